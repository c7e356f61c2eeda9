// Package migrations is the schema's history: numbered goose files, run in order by
// platform/db. It owns nothing else.
//
// A feature's tables are created by its own file. After each CREATE TABLE comes one of the
// functions of 00001: protect('t') for a tenant's table or share('t') for a global one;
// then distribute('t', 'tenant_id', 'tenants').
package migrations

import "embed"

// FS holds the migrations of this build.
//
//go:embed *.sql
var FS embed.FS

package db_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
)

// shared are the tables outside row level security, each with the reason why its rows are no
// tenant's. Global tables are few and small; local ones are work lists of the installation.
var shared = map[string]string{
	"goose_db_version":   "the migrations' own record",
	"tenant_slugs":       "global: an address is found before its tenant is known, and unique in the installation",
	"tenant_hosts":       "global: as tenant_slugs",
	"users":              "global: one person may be in several tenants",
	"user_tenants":       "global: where a person is a member, asked at sign-in",
	"user_links":         "global: verification and reset, before any tenant is known",
	"recovery_codes":     "global: belong to users",
	"sessions":           "global: belong to users",
	"refresh_tokens":     "global: belong to sessions",
	"login_attempts":     "global: who tries is not known yet",
	"rate_cards":         "global: Meta's prices, the same for all",
	"rates":              "global: belong to rate_cards",
	"markups":            "global: the platform's price book",
	"channel_owners":     "global: a phone number id belongs to one tenant in the installation",
	"waba_owners":        "global: routes account events to tenants",
	"lanes":              "local: leases, not a tenant's data",
	"webhook_deliveries": "local: one body may concern many tenants",
	"set_asides":         "local: what no tenant could be found for, among others",
	"push_keys":          "global: push services know the installation by it, not a tenant",
}

func TestEveryTable(t *testing.T) {
	t.Parallel()
	for _, problem := range readCatalogue(t, dbtest.URL(t)).problems() {
		t.Error(problem)
	}
}

// TestTheRulesForTablesBite breaks each rule once and expects it to be noticed.
func TestTheRulesForTablesBite(t *testing.T) {
	t.Parallel()
	const bad = `
create table open_notes (tenant_id uuid not null, id uuid primary key);
create table plain (id uuid primary key);
create table loose (tenant_id uuid not null, id uuid not null, primary key (tenant_id, id));
alter table loose enable row level security;
create policy tenant on loose to aerostic_app using (true);
grant truncate on loose to aerostic_app;
create table good (tenant_id uuid not null, id uuid not null, code text unique, primary key (tenant_id, id));
select protect('good');
create table crossing (tenant_id uuid not null, id uuid not null, other uuid not null, primary key (tenant_id, id),
    foreign key (other, id) references good (tenant_id, id));
select protect('crossing');
create type mood as enum ('good');
create function nothing() returns trigger language plpgsql as 'begin return new; end';
create trigger sly after insert on good for each row execute function nothing();
create table messages_sly partition of messages for values from ('f0000000-0000-0000-0000-000000000000') to ('f1000000-0000-0000-0000-000000000000');
grant select on messages_sly to aerostic_app;
alter table users add column sly_tenant uuid, add column sly_id uuid, add foreign key (sly_tenant, sly_id) references good (tenant_id, id);
alter table sessions enable row level security;`
	url := dbtest.URL(t)
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), bad); err != nil {
		t.Fatal(err)
	}
	problems := strings.Join(readCatalogue(t, url).problems(), "\n")
	for _, want := range []string{
		"open_notes is not under forced", "open_notes: the key open_notes_pkey (id) does not begin",
		"plain has no tenant_id", "loose is not under forced", "loose has the policies", "loose can be truncated",
		"good: the key good_code_key (code) does not begin", "crossing: the key crossing_other_id_fkey",
		"mood is an enum", "good has the trigger sly", "partition messages_sly is not under", "partition messages_sly can be reached",
		"users: the foreign key users_sly_tenant_sly_id_fkey leads", "sessions is listed as shared and under",
	} {
		if !strings.Contains(problems, want) {
			t.Errorf("nobody noticed: %s", want)
		}
	}
	if t.Failed() {
		t.Log(problems)
	}
}

// problems are all that is against the rules, in words.
func (c catalogue) problems() []string {
	out := slices.Clone(c.oddities)
	for _, table := range c.tables {
		switch {
		case table.Parent != "":
			out = append(out, table.asPartition()...)
		case shared[table.Name] != "":
			out = append(out, table.asShared()...)
		default:
			out = append(out, table.asTenants()...)
		}
	}
	for name := range shared {
		if !slices.ContainsFunc(c.tables, func(t table) bool { return t.Name == name }) {
			out = append(out, name+" is listed as shared and is no table")
		}
	}
	return out
}

// table is one table of the schema public.
type table struct {
	Name      string
	Parent    string // of a partition
	HasTenant bool   // a column tenant_id not null
	Enabled   bool   // row level security
	Forced    bool
	Policies  []string
	Rights    []string // of both roles: "aerostic_app INSERT"
	Keys      []key
}

// key is a primary key, unique index or foreign key.
type key struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Target  string   `json:"target"`  // of a foreign key: the table it leads to
	Targets []string `json:"targets"` // and its columns there
}

type catalogue struct {
	tables   []table
	oddities []string
}

const readCatalogueTables = `
select c.relname, coalesce(p.relname, ''),
    exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnotnull),
    c.relrowsecurity, c.relforcerowsecurity,
    array(select format('%s to %s using %s check %s', polname, polroles::regrole[], pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
        from pg_policy where polrelid = c.oid order by polname),
    array(select format('%s %s', grantee::regrole, privilege_type) from aclexplode(c.relacl)
        where grantee::regrole::text in ('aerostic_app', 'aerostic_system') order by 1),
    (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'columns', columns, 'target', target, 'targets', targets)), '[]') from (
        select x.relname as name, '' as target, array(select a.attname from unnest(i.indkey::int2[]) with ordinality k (n, o)
            join pg_attribute a on a.attrelid = c.oid and a.attnum = k.n order by o) as columns, null::name[] as targets
        from pg_index i join pg_class x on x.oid = i.indexrelid where i.indrelid = c.oid and i.indisunique
        union all
        select conname, confrelid::regclass::text, array(select a.attname from unnest(conkey) with ordinality k (n, o)
            join pg_attribute a on a.attrelid = c.oid and a.attnum = k.n order by o),
            array(select a.attname from unnest(confkey) with ordinality k (n, o)
            join pg_attribute a on a.attrelid = confrelid and a.attnum = k.n order by o)
        from pg_constraint where conrelid = c.oid and contype = 'f') keys)
from pg_class c
left join pg_inherits i on i.inhrelid = c.oid
left join pg_class p on p.oid = i.inhparent
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
order by c.relname`

const readOddities = `
select format('%s has the trigger %s', tgrelid::regclass, tgname) from pg_trigger where not tgisinternal
    and tgrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
union all
select format('%s is an enum: its comparison is not leakproof, so no index of it works under a policy; use text with a check', typname)
from pg_type where typtype = 'e' and typnamespace = 'public'::regnamespace
union all
select format('%s has the rule %s', tablename, rulename) from pg_rules where schemaname = 'public'
union all
select format('%s is a view or sequence: there are none here', relname) from pg_class
where relnamespace = 'public'::regnamespace and relkind in ('v', 'm', 'S') and relname not like 'goose%'`

func readCatalogue(t *testing.T, url string) catalogue {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	var c catalogue
	rows, err := conn.Query(t.Context(), readCatalogueTables)
	if err != nil {
		t.Fatal(err)
	}
	if c.tables, err = pgx.CollectRows(rows, pgx.RowToStructByPos[table]); err != nil {
		t.Fatal(err)
	}
	if rows, err = conn.Query(t.Context(), readOddities); err != nil {
		t.Fatal(err)
	}
	if c.oddities, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
		t.Fatal(err)
	}
	return c
}

// asTenants holds a tenant's table to the rules.
func (t table) asTenants() (out []string) {
	if !t.HasTenant {
		return []string{t.Name + " has no tenant_id not null: add it and call protect, or list the table as shared with the reason"}
	}
	if !t.Enabled || !t.Forced {
		out = append(out, t.Name+" is not under forced row level security: call protect")
	}
	if want := policies(); !slices.Equal(t.Policies, want) {
		out = append(out, fmt.Sprintf("%s has the policies %q, want %q", t.Name, t.Policies, want))
	}
	if !slices.Contains(t.Rights, "aerostic_app SELECT") || !slices.Contains(t.Rights, "aerostic_system SELECT") {
		out = append(out, t.Name+" cannot be read by both roles")
	}
	if slices.ContainsFunc(t.Rights, func(right string) bool { return strings.HasSuffix(right, " TRUNCATE") }) {
		out = append(out, t.Name+" can be truncated, which no policy holds back")
	}
	if len(t.Keys) == 0 {
		out = append(out, t.Name+" has no primary key")
	}
	for _, key := range t.Keys {
		if shared[key.Target] == "" && key.Columns[0] != "tenant_id" || key.Target != "" && shared[key.Target] == "" && key.Targets[0] != "tenant_id" {
			out = append(out, fmt.Sprintf("%s: the key %s (%s) does not begin with tenant_id", t.Name, key.Name, strings.Join(key.Columns, ", ")))
		}
	}
	return out
}

// policies are what protect makes, as the server writes them.
func policies() []string {
	const own = "(tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)"
	return []string{
		"system to {aerostic_system} using true check true",
		"tenant to {aerostic_app} using " + own + " check " + own,
	}
}

// asPartition holds a partition to being reachable through its parent only.
func (t table) asPartition() (out []string) {
	if !t.Enabled || !t.Forced {
		out = append(out, "the partition "+t.Name+" is not under forced row level security")
	}
	if len(t.Policies) > 0 || len(t.Rights) > 0 {
		out = append(out, fmt.Sprintf("the partition %s can be reached around its parent: %v %v", t.Name, t.Policies, t.Rights))
	}
	return out
}

// asShared holds a global or local table to having no say over tenants' tables.
func (t table) asShared() (out []string) {
	if t.Enabled {
		out = append(out, t.Name+" is listed as shared and under row level security")
	}
	for _, key := range t.Keys {
		if key.Target != "" && shared[key.Target] == "" {
			out = append(out, fmt.Sprintf("%s: the foreign key %s leads from a shared table to a tenant's (%s)", t.Name, key.Name, key.Target))
		}
	}
	return out
}

func TestTheRolesAreBound(t *testing.T) {
	t.Parallel()
	conn, err := pgx.Connect(t.Context(), dbtest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	const look = `
select rolname, rolsuper or rolbypassrls or rolcanlogin or rolcreaterole or rolcreatedb
    or exists (select from pg_auth_members where member = r.oid)
from pg_roles r where rolname in ('aerostic_app', 'aerostic_system')`
	rows, err := conn.Query(t.Context(), look)
	if err != nil {
		t.Fatal(err)
	}
	roles := map[string]bool{}
	var name string
	var free bool
	if _, err := pgx.ForEachRow(rows, []any{&name, &free}, func() error { roles[name] = free; return nil }); err != nil {
		t.Fatal(err)
	}
	if want := map[string]bool{"aerostic_app": false, "aerostic_system": false}; !maps.Equal(roles, want) {
		t.Errorf("the roles and whether they can get around the policies: %v", roles)
	}
}

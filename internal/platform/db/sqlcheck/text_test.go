package sqlcheck_test

import (
	"strings"
	"testing"

	"github.com/aerostic/aerostic/internal/platform/db/sqlcheck"
)

// schema has two tenants' tables and a local one.
func schema() sqlcheck.Schema {
	return sqlcheck.Schema{Tables: map[string]sqlcheck.Table{
		"messages": {Tenant: true, Large: true}, "contacts": {Tenant: true, Large: true}, "lanes": {}, "users": {},
	}}
}

func TestGoodStatements(t *testing.T) {
	t.Parallel()
	for name, sql := range map[string]string{
		"alone":                 `select id from messages where tenant_id = $1 and id = any($2)`,
		"parameter first":       `select id from messages where $1 = tenant_id`,
		"cast":                  `select id from messages m where m.tenant_id = $1::uuid`,
		"join, both":            `select m.id from messages m join contacts c on c.tenant_id = $1 and c.id = m.contact_id where m.tenant_id = $1`,
		"join, over the other":  `select m.id from messages m left join contacts c on c.tenant_id = m.tenant_id and c.id = m.contact_id where m.tenant_id = $1`,
		"comma":                 `select m.id from messages m, contacts as c where m.tenant_id = $1 and c.tenant_id = $1`,
		"local":                 `select channel_id from lanes where expires_at < clock_timestamp() for update skip locked`,
		"local write":           `update lanes set expires_at = clock_timestamp() + $2::interval where channel_id = $1`,
		"update":                `update messages set state = 'read' where tenant_id = $1 and id = $2`,
		"update from":           `update messages m set state = u.state from unnest($2::uuid[], $3::text[]) as u(id, state) where m.tenant_id = $1 and m.id = u.id`,
		"delete":                `delete from messages where tenant_id = $1 and id = $2`,
		"delete using":          `delete from messages m using contacts c where m.tenant_id = $1 and c.tenant_id = $1 and c.id = m.contact_id`,
		"insert":                `insert into messages (tenant_id, id) values ($1, $2)`,
		"unnest with conflict":  `insert into messages (tenant_id, id) select $1, u.id from unnest($2::uuid[]) u (id) on conflict (tenant_id, id) do update set state = excluded.state`,
		"unnest with returning": `insert into messages (tenant_id, id) select $1, unnest($2::uuid[]) returning id`,
		"with":                  `with m as (select id from messages where tenant_id = $1) select id from m`,
		"with columns":          `with recent (id) as not materialized (select id from messages where tenant_id = $1) select id from recent`,
		"writing with":          `with gone as (delete from messages where tenant_id = $1 and id = $2 returning id) insert into contacts (tenant_id, id) select $1, id from gone`,
		"hidden by with":        `with messages as (select 1 as id from lanes) select id from messages`,
		"union":                 `select id from messages where tenant_id = $1 union all select id from contacts where tenant_id = $1`,
		"exists":                `select id from contacts c where c.tenant_id = $1 and exists (select 1 from messages m where m.tenant_id = $1 and m.contact_id = c.id)`,
		"functions with from":   `select extract(epoch from created_at), substring(phone from 2), count(*) from contacts where tenant_id = $1`,
		"distinct from":         `select id from contacts where tenant_id = $1 and name is distinct from email`,
		"marked as system":      "-- system: lists all\nselect id from messages where state = 'sending' limit $1",
		"words in text":         `select 'offset; select * from messages, now(), set_config' from lanes where holder = 'it''s'`,
		"words in comments":     "select id -- offset\nfrom lanes /* select * from messages */ where token = $1",
		"multiplication":        `select 2 * count(*) from lanes`,
		"upsert on a local":     `insert into lanes (channel_id, token) values ($1, $2) on conflict (channel_id) do update set token = $2`,
		"locking":               `select id from messages where tenant_id = $1 order by id for update of messages skip locked`,
		"quoted":                `select "id" from "messages" where "tenant_id" = $1`,
		"lateral":               `select c.id from contacts c cross join lateral (select m.id from messages m where m.tenant_id = $1 and m.contact_id = c.id limit 1) last where c.tenant_id = $1`,
	} {
		if broken := sqlcheck.Text(sql, schema(), false); len(broken) > 0 {
			t.Errorf("%s: %q", name, broken)
		}
	}
}

func TestBadStatements(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ sql, want string }{
		"no tenant":            {`select id from messages where id = $1`, "messages (read) needs messages.tenant_id"},
		"not a parameter":      {`select id from messages m where m.tenant_id = current_setting('app.tenant_id')::uuid`, "messages (read) needs m.tenant_id"},
		"join, one only":       {`select m.id from messages m join contacts c on c.id = m.contact_id where m.tenant_id = $1`, "contacts (read) needs c.tenant_id"},
		"subquery":             {`select id from contacts where tenant_id = $1 and id in (select contact_id from messages)`, "messages (read) needs"},
		"subquery over outer":  {`select id from contacts c where c.tenant_id = $1 and exists (select 1 from messages m where m.tenant_id = c.tenant_id)`, "messages (read) needs m.tenant_id"},
		"lateral over outer":   {`select c.id from contacts c cross join lateral (select m.id from messages m where m.tenant_id = c.tenant_id limit 1) x where c.tenant_id = $1`, "messages (read) needs m.tenant_id"},
		"with":                 {`with m as (select id from messages) select id from contacts where tenant_id = $1`, "messages (read) needs"},
		"union":                {`select id from messages where tenant_id = $1 union select id from contacts`, "contacts (read) needs"},
		"update":               {`update messages set state = 'read' where id = $1`, "messages (update) needs"},
		"update over its from": {`update messages m set state = 'read' from contacts c where c.tenant_id = $1 and m.tenant_id = c.tenant_id`, "messages (update) needs m.tenant_id"},
		"delete":               {`delete from messages m where m.id = $1`, "messages (delete) needs"},
		"insert":               {`insert into messages (id) values ($1)`, "does not name tenant_id"},
		"insert, no columns":   {`insert into messages values ($1, $2)`, "does not name tenant_id"},
		"insert from":          {`insert into messages (tenant_id, id) select tenant_id, id from contacts on conflict do nothing`, "contacts (read) needs"},
		"bare unnest":          {`insert into messages (tenant_id, id) select $1, u from unnest($2::uuid[]) u`, "needs ON CONFLICT or RETURNING"},
		"offset":               {`select id from lanes order by id limit 10 offset $1`, "OFFSET"},
		"merge":                {`merge into lanes using users on true when matched then delete`, "MERGE"},
		"star":                 {`select * from lanes`, "SELECT *"},
		"star of one":          {`select l.channel_id, l.* from lanes l`, "SELECT *"},
		"returning star":       {`update lanes set token = 1 returning *`, "SELECT *"},
		"set_config":           {`select set_config('app.tenant_id', $1, true) from lanes`, "set_config"},
		"set":                  {`set local app.tenant_id = 'x'`, "SET"},
		"clock in a write":     {`update messages set read_at = now() where tenant_id = $1`, "now in a write to messages"},
		"clock in a subquery":  {`update messages set read_at = (select current_timestamp) where tenant_id = $1`, "current_timestamp in a write"},
		"random id":            {`insert into lanes (channel_id) values (gen_random_uuid())`, "gen_random_uuid in a write"},
		"parameter in upsert":  {`insert into messages (tenant_id, id) values ($1, $2) on conflict (tenant_id, id) do update set state = $3 returning id`, "uses the parameter $3"},
	} {
		broken := strings.Join(sqlcheck.Text(c.sql, schema(), false), "; ")
		if !strings.Contains(broken, c.want) {
			t.Errorf("%s: %q does not say %q", name, broken, c.want)
		}
	}
}

func TestSystemStatementsMayConcernAllTenants(t *testing.T) {
	t.Parallel()
	if broken := sqlcheck.Text(`select id from messages where state = $1`, schema(), true); len(broken) > 0 {
		t.Errorf("%q", broken)
	}
	if broken := sqlcheck.Text(`select * from messages`, schema(), true); len(broken) != 1 {
		t.Errorf("the other rules hold for the system too: %q", broken)
	}
}

func FuzzText(f *testing.F) {
	f.Add(`select "a" from (select 'b''' from messages m where m.tenant_id = $1) x -- note`)
	f.Add(`with x (a) as ((((` + "\x00")
	f.Add(`insert into messages (tenant_id) select`)
	f.Add(`/* '`)
	f.Add(`update`)
	f.Add(`delete from`)
	f.Fuzz(func(t *testing.T, sql string) { sqlcheck.Text(sql, schema(), false) })
}

package bench

// pagesSmall fills what has at most some ten thousand rows.
var pagesSmall = []string{
	`insert into channels (tenant_id, id, phone_number_id, waba_id, portfolio_id, display_phone, verified_name, status, throughput, limit_tier, daily_limit, created_at, updated_at)
select $1, md5('channel' || i)::uuid, 'phone' || i, 'waba' || 1 + i % 2, 'portfolio', '+91 98450 0000' || i, 'Acme ' || i, 'connected', 80, 'TIER_100K', 100000, now(), now() from generate_series(1, 5) i`,
	`insert into template_syncs (tenant_id, waba_id, started_at, finished_at, seen) select $1, 'waba' || i, now(), now(), 1000 from generate_series(1, 2) i`,
	`insert into template_counts (tenant_id, mark, counted_at) values ($1, '', now() + interval '1 hour')`,
	`insert into template_days (tenant_id, template_id, day, sent, delivered, read, replied, failed, blocked, charged)
select $1, t.id, current_date - d, 1000, 900, 400, 30, 100, 5, 8631000 from templates t cross join generate_series(0, 89) d where t.tenant_id = $1 and t.status = 'APPROVED' and t.language = 'hi'`,
	`insert into template_events (tenant_id, id, template_id, kind, at, before, after)
select $1, ` + idOf("now() - interval '1 day' * j", "t.id::text || j") + `, t.id, 'status', now() - interval '1 day' * j, 'PENDING', 'APPROVED' from templates t cross join generate_series(1, 120) j
where t.tenant_id = $1 and t.language = 'hi'`,
	`insert into imports (tenant_id, id, file_name, size, encoding, delimiter, has_header, columns, state, rows, created, created_at, started_at, finished_at)
select $1, ` + idOf("now() - interval '1 hour' * i", "'import' || i") + `, 'people ' || i || '.csv', 1000000, 'utf-8', ',', true, '[{"name":"Phone","target":"phone"}]', 'done', 1000, 1000, now(), now(), now()
from generate_series(1, 2000) i`,
	`insert into contact_bulks (tenant_id, id, action, filter, state, total, seen, changed, created_at, finished_at)
select $1, ` + idOf("now() - interval '1 hour' * i", "'bulk' || i") + `, '{"kind":"optOut"}', '{"q":"asha"}', 'done', 100, 100, 100, now(), now() from generate_series(1, 2000) i`,
	`insert into goals (tenant_id, id, key, name, touch, window_days, created_at, updated_at)
select $1, gen_random_uuid(), 'goal_' || i, 'Goal ' || i, 'delivered', 7, now(), now() from generate_series(1, 20) i`,
	`insert into links (tenant_id, campaign_id, number, slot, url, people, clicks)
select $1, c.id, j, 'button.' || j, 'https://shop.example.com/diwali?n=' || j, 100, 120 from bench.campaigns c cross join generate_series(1, 2) j where c.started is not null`,
	`insert into campaign_variants (tenant_id, campaign_id, variant, total, delivered, read, replied, failed)
select $1, x.id, n, 500, 400, 200, 20 * n, 50 from campaigns x cross join generate_series(1, 2) n where x.tenant_id = $1 and x.experiment is not null`,
	`insert into campaign_act_counts (tenant_id, campaign_id, act, messaged, held_out)
select $1, c.id, 'replied', 300, 4 from bench.campaigns c where c.people <> 0`,
	`insert into campaign_approvals (tenant_id, id, campaign_id, amount, schedule, state, requested_by, requested_at)
select $1, gen_random_uuid(), c.id, 8631000, '{}', 'approved', md5('ann')::uuid, now() from bench.campaigns c where c.started is not null`,
	`insert into campaign_log (tenant_id, campaign_id, id, at, kind)
select $1, c.id, gen_random_uuid(), now(), 'cap' from bench.campaigns c cross join generate_series(1, 3) where c.started is not null`,
	`insert into campaign_series (tenant_id, campaign_id, rule, starts_on, at_minute, zone, holidays, late_hours, next_on, next_at, created_at)
select $1, c.id, 'FREQ=WEEKLY;BYDAY=MO', current_date - 400, 600, 'Asia/Kolkata', 'skip', 2, current_date + 7, now() + interval '7 days', now() from bench.campaigns c where c.status = 'repeating'`,
	`insert into campaign_occurrences (tenant_id, series_id, occurs_on, planned_at, at)
select $1, c.id, current_date - 7 * j, now() - interval '7 days' * j, now() - interval '7 days' * j from bench.campaigns c cross join generate_series(1, 110) j where c.status = 'repeating'`,
	`insert into invitations (tenant_id, id, email, role, invited_by, token_hash, expires_at, sent_at, created_at)
select $1, ` + idOf("now() - interval '1 hour' * i", "'invitation' || i") + `, 'guest' || i || '@bench.example', 'agent', (select user_id from members where tenant_id = $1 limit 1), sha256(convert_to('invitation' || i, 'utf8')),
    now() + interval '3 days', now(), now() from generate_series(1, 500) i`,
	`insert into holidays (tenant_id, id, name, on_date, created_at) select $1, gen_random_uuid(), 'Holiday ' || i, current_date + i * 9, now() from generate_series(1, 60) i`,
	`insert into consent_topics (tenant_id, id, name, created_at) select $1, gen_random_uuid(), 'Topic ' || i, now() from generate_series(1, 10) i`,
	`insert into consent_requests (tenant_id, id, contact_id, message_id, words, score, state, created_at)
select $1, ` + idOf("now() - interval '1 minute' * p.n", "'request' || p.n") + `, p.id, gen_random_uuid(), 'please stop', 0.9, case when p.n % 10 = 0 then 'open' else 'stopped' end, now() from bench.people p where p.n <= 20000`,
	`insert into contact_duplicates (tenant_id, contact_id, other_id, source, seen_at)
select $1, p.id, q.id, 'email', now() - interval '1 minute' * p.n from bench.people p join bench.people q on q.n = p.n + 1 where p.n <= 20000`,
	`insert into contact_requests (tenant_id, id, contact_id, kind, state, created_at, finished_at)
select $1, ` + idOf("now() - interval '1 minute' * p.n", "'export' || p.n") + `, p.id, 'export', 'done', now(), now() from bench.people p where p.n <= 100`,
	`insert into contact_notes (tenant_id, contact_id, id, body, author_name, created_at)
select $1, p.id, ` + idOf("now() - interval '1 hour' * j", "p.n || 'note' || j") + `, 'Asked for the red one', 'Ann', now() - interval '1 hour' * j
from bench.people p cross join lateral generate_series(1, case when p.n <= 20 then 500 else 1 end) j where p.n % 10 = 0 or p.n <= 20`,
	`insert into tenant_daily_metrics (tenant_id, day, queued, accepted, sent, delivered, read, failed, charged, spend_base, spend_markup)
select $1, current_date - d, 10000, 9900, 9800, 9000, 5000, 100, 9000, 77679000, 900000 from generate_series(0, 365) d`,
	`with made as (insert into tenants (tenant_id, name, slug, created_at, updated_at)
    select gen_random_uuid(), 'Shop ' || i, 'shop' || i, now() - interval '1 hour' * i, now() from generate_series(1, 3000) i where $1::uuid is not null returning tenant_id, slug)
insert into tenant_slugs (slug, tenant_id, created_at) select slug, tenant_id, now() from made`,
	`insert into set_asides (id, delivery_id, kind, reason, tenant_id, item, created_at)
select gen_random_uuid(), gen_random_uuid(), 'status', 'no such message', $1, '{}', now() - interval '1 minute' * i from generate_series(1, 20000) i`,
}

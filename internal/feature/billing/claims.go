package billing

// claim is one thing that must hold of a tenant's money. Its statement returns a line for each
// place where it does not, given the tenant as $1.
type claim struct {
	name, holds, sql string
}

const (
	claimOwed  = "posted_is_owed"
	claimRates = "price_is_the_rate_cards"
)

// claims are those of DESIGN section 7 that the ledger, the usage events and the messages prove
// in SQL. Every part of a statement names the tenant.
func claims() []claim {
	return []claim{
		{"entries_balance", "The entries of every transaction sum to zero and are what its row says.", unbalanced},
		{"balance_is_its_entries", "The stored balance is the sum of its entries and of all its changes.", wrongBalance},
		{"statement_runs_on", "Changes of the balance are numbered without gaps and each follows from the one before.", brokenStatement},
		{"negative_by_adjustment_only", "Only adjustments ever took the balance below zero.", overdrawn},
		{"one_currency", "Everything is in the wallet's currency.", foreignCurrency},
		{"held_is_open_holds", "What is held is the sum of the open holds of messages.", wrongHeld},
		{"holds_are_open_where_due", "Holds are open only on messages sending, in doubt, accepted or sent, and closed on those only when given back before.", misplacedHolds},
		{"holds_close_once", "Of every hold each message's part closed once, for its exact amount, or is open.", wrongClosings},
		{claimOwed, "What every message has posted is what it owes by its state and pricing.", wrongCharge},
		{"postings_are_numbered", "The usage events of every message sum to what it posted, numbered from 1 without gaps, and none lacks its message.", wrongPostings},
		{"usage_is_the_ledger", "The usage events of every transaction sum to its entries and its count of messages.", wrongUsage},
		{"accepted_once", "Every message that WhatsApp took has one record of it, and no other has.", wrongAccepted},
	}
}

const unbalanced = `
select 'transaction ' || t.id || ' (' || t.kind || ')'
from wallet_transactions t
left join (
    select transaction_id, sum(amount) as total, count(*) as entries,
        coalesce(sum(amount) filter (where account = 'available'), 0) as available,
        coalesce(sum(amount) filter (where account = 'held'), 0) as held,
        coalesce(sum(amount) filter (where account = 'funding'), 0) as funding,
        coalesce(sum(amount) filter (where account in ('base_cost', 'markup')), 0) as cost
    from wallet_entries
    where tenant_id = $1
    group by transaction_id
) e on e.transaction_id = t.id
where t.tenant_id = $1 and (
    coalesce(e.total, 0) <> 0
    or coalesce(e.available, 0) <> t.available_change
    or t.amount <> case t.kind
        when 'topup' then - coalesce(e.funding, 0)
        when 'hold' then coalesce(e.held, 0)
        when 'release' then - coalesce(e.held, 0)
        when 'charge' then - coalesce(e.held, 0)
        else coalesce(e.cost, 0)
    end
)
union all
select 'entries of ' || e.transaction_id || ' have no transaction'
from wallet_entries e
where e.tenant_id = $1 and not exists (
    select from wallet_transactions t where t.tenant_id = $1 and t.id = e.transaction_id
)`

const wrongBalance = `
select 'balance ' || w.available || ', entries ' || e.total || ', changes ' || t.total || ' in ' || t.changes
    || ' of ' || w.number
from wallets w
cross join (
    select coalesce(sum(amount), 0) as total from wallet_entries where tenant_id = $1 and account = 'available'
) e
cross join (
    select coalesce(sum(available_change), 0) as total, count(number) as changes
    from wallet_transactions
    where tenant_id = $1
) t
where w.tenant_id = $1 and (w.available <> e.total or w.available <> t.total or w.number <> t.changes)`

const brokenStatement = `
select 'transaction ' || s.id || ' is number ' || s.number || ', balance ' || s.available_after
from (
    select id, number, available_after,
        row_number() over (order by number) as place,
        sum(available_change) over (order by number) as balance
    from wallet_transactions
    where tenant_id = $1 and number is not null
) s
where s.number <> s.place or s.available_after <> s.balance`

const overdrawn = `
select 'transaction ' || id || ' (' || kind || ') left ' || available_after
from wallet_transactions
where tenant_id = $1 and available_after < 0 and available_change < 0 and kind <> 'adjustment'`

const foreignCurrency = `
select x.what || ' is in ' || x.currency
from wallets w
join (
    select 'transaction ' || id as what, currency from wallet_transactions where tenant_id = $1
    union all
    select 'an entry of ' || transaction_id, currency from wallet_entries where tenant_id = $1
    union all
    select 'usage of ' || source_id, currency from usage_events where tenant_id = $1
) x on x.currency <> w.currency
where w.tenant_id = $1`

const wrongHeld = `
select 'held ' || e.total || ', open holds ' || m.total
from (
    select coalesce(sum(amount), 0) as total from wallet_entries where tenant_id = $1 and account = 'held'
) e
cross join (
    select coalesce(sum(hold_amount), 0) as total from messages where tenant_id = $1 and hold_open
) m
where e.total <> m.total`

const misplacedHolds = `
select 'message ' || m.id || ' is ' || m.state || ', its hold ' || case when m.hold_open then 'open' else 'closed' end
from messages m
where m.tenant_id = $1
    and (m.hold_open or m.state in ('sending', 'in_doubt', 'accepted', 'sent'))
    and not (m.hold_open and m.state in ('sending', 'in_doubt', 'accepted', 'sent'))
    and (m.hold_open or not exists (
        select from usage_events e
        where e.tenant_id = $1 and e.source_id = m.id and e.kind = 'message_released'
            and e.hold_transaction = m.hold_transaction
    ))`

const wrongClosings = `
select 'hold ' || coalesce(t.id, p.id) || ' of ' || coalesce(t.amount::text, 'nothing') || ' has parts of '
    || coalesce(p.total, 0) || ' for ' || coalesce(p.parts, 0) || ' of ' || coalesce(t.messages, 0) || ' messages'
from (
    select id, amount, messages from wallet_transactions where tenant_id = $1 and kind = 'hold'
) t
full join (
    select u.id, sum(u.part) as total, count(*) as parts
    from (
        select hold_transaction as id, hold as part
        from usage_events
        where tenant_id = $1 and hold_transaction is not null
        union all
        select hold_transaction, hold_amount
        from messages
        where tenant_id = $1 and hold_open
    ) u
    group by u.id
) p on p.id = t.id
where t.id is null or t.amount <> coalesce(p.total, 0) or t.messages <> coalesce(p.parts, 0)
union all
select 'message ' || x.source_id || ' closed its part of ' || x.hold_transaction || ' ' || x.n || ' times'
from (
    select source_id, hold_transaction, count(*) as n
    from usage_events
    where tenant_id = $1 and hold_transaction is not null
    group by source_id, hold_transaction
) x
where x.n > 1
union all
select 'message ' || m.id || ' has a hold open that it closed'
from messages m
where m.tenant_id = $1 and m.hold_open and exists (
    select from usage_events e
    where e.tenant_id = $1 and e.source_id = m.id and e.hold_transaction = m.hold_transaction
)`

// Messages in another category than held are checked by checkRepriced.
const wrongCharge = `
select 'message ' || id || ' is ' || state || ' and posted ' || posted_base || ' + ' || posted_markup
from messages
where tenant_id = $1
    and (pricing_category = '' or pricing_category = lower(category))
    and (
        posted_base <> case
            when state in ('delivered', 'read') and pricing_type in ('', 'regular') then base else 0 end
        or posted_markup <> case
            when state in ('delivered', 'read') and pricing_type in ('', 'regular') then markup else 0 end
    )`

const wrongPostings = `
select 'message ' || coalesce(m.id, e.source_id) || ' posted ' || coalesce(m.posted_base + m.posted_markup, 0)
    || ' in ' || coalesce(m.posted_seq, 0) || ', its usage is ' || coalesce(e.base + e.markup, 0)
    || ' in ' || coalesce(e.n, 0)
from (
    select id, posted_base, posted_markup, posted_seq
    from messages
    where tenant_id = $1 and (posted_seq <> 0 or posted_base <> 0 or posted_markup <> 0)
) m
full join (
    select source_id, sum(base) as base, sum(markup) as markup, count(*) as n, max(seq) as last,
        count(distinct seq) as numbers
    from usage_events
    where tenant_id = $1 and transaction_id is not null
    group by source_id
) e on e.source_id = m.id
where m.id is null or e.source_id is null
    or m.posted_base <> e.base or m.posted_markup <> e.markup
    or m.posted_seq <> e.n or m.posted_seq <> e.last or e.numbers <> e.n`

const wrongUsage = `
select 'transaction ' || coalesce(t.id, e.transaction_id) || ' (' || coalesce(t.kind, 'none') || ')'
from (
    select t.id, t.kind, t.messages,
        coalesce(sum(e.amount) filter (where e.account = 'base_cost'), 0) as base,
        coalesce(sum(e.amount) filter (where e.account = 'markup'), 0) as markup,
        coalesce(- sum(e.amount) filter (where e.account = 'held'), 0) as hold
    from wallet_transactions t
    left join wallet_entries e on e.tenant_id = t.tenant_id and e.tenant_id = $1 and e.transaction_id = t.id
    where t.tenant_id = $1 and t.kind in ('charge', 'release', 'adjustment')
    group by t.id, t.kind, t.messages
) t
full join (
    select transaction_id, sum(base) as base, sum(markup) as markup, sum(hold) as hold, count(*) as n,
        min(kind) as kind, max(kind) as last_kind
    from usage_events
    where tenant_id = $1 and transaction_id is not null
    group by transaction_id
) e on e.transaction_id = t.id
where t.id is null or e.transaction_id is null
    or t.base <> e.base or t.markup <> e.markup or t.hold <> e.hold or t.messages <> e.n
    or e.kind <> e.last_kind
    or e.kind <> case t.kind
        when 'charge' then 'message_charged' when 'release' then 'message_released' else 'message_adjusted' end`

// What the business wrote on its phone cost nobody anything.
const wrongAccepted = `
select 'message ' || coalesce(m.id, e.source_id) || ' is ' || coalesce(m.state, 'missing') || ' with '
    || coalesce(e.n, 0) || ' records'
from (
    select id, state from messages where tenant_id = $1 and direction = 'out' and origin <> 'phone'
) m
full join (
    select source_id, count(*) as n
    from usage_events
    where tenant_id = $1 and kind = 'message_accepted'
    group by source_id
) e on e.source_id = m.id
where m.id is null
    or coalesce(e.n, 0) > 1
    or (e.n is null and m.state in ('accepted', 'sent', 'delivered', 'read'))
    or (e.n is not null and m.state in ('queued', 'sending', 'in_doubt', 'unknown', 'refused', 'cancelled', 'duplicate'))`

-- Wallets, their double-entry ledger, rate cards, usage and daily metrics (feature/billing).
-- Every amount is in ten-thousandths of its currency: Meta's prices have four decimals.

-- +goose Up

-- One wallet per tenant. available is the only stored balance; held and the rest are sums of entries.
create table wallets (
    tenant_id         uuid        primary key references tenants (tenant_id),
    currency          text        not null,
    available         bigint      not null default 0, -- may go negative, by adjustments alone
    number            bigint      not null default 0, -- changes of available so far
    last_transaction  uuid,                           -- the transaction that made the last change
    low_balance       bigint      not null,           -- at or below this the screens warn
    created_at        timestamptz not null,
    updated_at        timestamptz not null
) with (fillfactor = 50);
select protect('wallets');
select distribute('wallets', 'tenant_id', 'tenants');

create table wallet_transactions (
    tenant_id         uuid        not null,
    id                uuid        not null, -- UUIDv7 of created_at
    kind              text        not null check (kind in ('topup', 'hold', 'release', 'charge', 'adjustment')),
    currency          text        not null,
    amount            bigint      not null, -- the headline: topped up, held, released, charged; net of an adjustment
    available_change  bigint      not null,
    number            bigint,               -- its place among the changes of available; null: changed none
    available_after   bigint,
    messages          integer     not null default 0, -- how many it is about
    claim             uuid,                 -- of a hold: the claim batch it pays for
    reason            text        not null default '',
    actor             uuid,                 -- null: Aerostic itself
    actor_name        text        not null default '',
    idempotency_key   text,
    created_at        timestamptz not null,
    primary key (tenant_id, id),
    check ((available_change = 0) = (number is null)),
    check ((number is null) = (available_after is null))
);
create unique index wallet_transactions_number on wallet_transactions (tenant_id, number)
    where number is not null;
create unique index wallet_transactions_claim on wallet_transactions (tenant_id, claim)
    where claim is not null;
create unique index wallet_transactions_key on wallet_transactions (tenant_id, idempotency_key)
    where idempotency_key is not null;
create index wallet_transactions_by_kind on wallet_transactions (tenant_id, kind, id);
select protect('wallet_transactions');
select append_only('wallet_transactions');
select distribute('wallet_transactions', 'tenant_id', 'tenants');

-- The entries of a transaction sum to zero; an account appears once in it.
create table wallet_entries (
    tenant_id       uuid   not null,
    transaction_id  uuid   not null,
    account         text   not null check (account in ('available', 'held', 'base_cost', 'markup', 'funding')),
    amount          bigint not null check (amount <> 0),
    currency        text   not null,
    primary key (tenant_id, transaction_id, account),
    foreign key (tenant_id, transaction_id) references wallet_transactions (tenant_id, id)
);
-- Balances are sums per account, read from the index alone.
create index wallet_entries_by_account on wallet_entries (tenant_id, account) include (amount);
select protect('wallet_entries');
select append_only('wallet_entries');
select distribute('wallet_entries', 'tenant_id', 'tenants');

-- What was used, once per source, kind and number. source_id is the message's id (UUIDv7),
-- so the record of a message lies in the partition of the message.
create table usage_events (
    tenant_id         uuid        not null,
    source_id         uuid        not null,
    kind              text        not null, -- message_accepted, message_charged, message_released, message_adjusted
    seq               smallint    not null, -- postings of a source are numbered from 1, without gaps
    quantity          bigint      not null,
    base              bigint      not null default 0, -- what the provider takes
    markup            bigint      not null default 0, -- what the platform adds
    hold              bigint      not null default 0, -- the part of the hold that this event closes
    currency          text        not null,
    category          text        not null default '',
    market            text        not null default '',
    campaign_id       uuid,
    transaction_id    uuid,                 -- the wallet transaction that posted it
    hold_transaction  uuid,                 -- the wallet transaction that took the hold
    occurred_at       timestamptz not null,
    primary key (tenant_id, source_id, kind, seq)
) partition by range (source_id);
create index usage_events_by_transaction on usage_events (tenant_id, transaction_id, source_id)
    where transaction_id is not null;
create index usage_events_by_hold on usage_events (tenant_id, hold_transaction, source_id)
    where hold_transaction is not null;
select ensure_partitions('usage_events', (date_trunc('month', current_date) - interval '1 month')::date, 4,
    'autovacuum_vacuum_insert_scale_factor=0.3');
select protect('usage_events');
select append_only('usage_events');
select distribute('usage_events', 'tenant_id', 'tenants');

-- Derived from messages and usage_events, and rebuilt from them at will. day is the tenant's.
create table tenant_daily_metrics (
    tenant_id     uuid   not null,
    day           date   not null,
    queued        bigint not null default 0,
    accepted      bigint not null default 0,
    sent          bigint not null default 0,
    delivered     bigint not null default 0,
    read          bigint not null default 0,
    failed        bigint not null default 0,
    inbound       bigint not null default 0,
    charged       bigint not null default 0, -- messages charged
    spend_base    bigint not null default 0,
    spend_markup  bigint not null default 0,
    primary key (tenant_id, day)
) with (fillfactor = 50);
select protect('tenant_daily_metrics');
select distribute('tenant_daily_metrics', 'tenant_id', 'tenants');

-- A price list of the provider in one currency. Rows are never changed, only ended, so a
-- message's rate_card prices it the same for ever. A new price list is a new card.
create table rate_cards (
    id              uuid        primary key,
    currency        text        not null,
    source          text        not null, -- where the numbers come from, shown beside them
    -- Where this card states no rate, the rate of that card times conversion / 10000.
    converts        uuid        references rate_cards (id),
    conversion      bigint      check (conversion > 0), -- ten-thousandths of currency per unit of the other
    conversion_note text        not null default '',
    effective_from  date        not null, -- the tenant's day; Meta changes prices at its midnight
    effective_to    date,                 -- not that day any more; null: until further notice
    check ((converts is null) = (conversion is null))
);
select share('rate_cards');

create table rates (
    rate_card_id  uuid   not null references rate_cards (id),
    market        text   not null, -- as billing.Market names it
    category      text   not null, -- marketing, utility, authentication, service, authentication_international
    base          bigint not null check (base >= 0),
    primary key (rate_card_id, market, category)
);
select share('rates');

-- What the platform adds, apart from the base price. '' is any; the closest match wins.
create table markups (
    id              uuid        primary key,
    currency        text        not null,
    market          text        not null default '',
    category        text        not null default '',
    basis_points    bigint      not null default 0, -- of the base price, rounded half up
    fixed           bigint      not null default 0, -- per message, on top
    effective_from  timestamptz not null,
    effective_to    timestamptz
);
select share('markups');

-- The same for one tenant; goes before the installation's.
create table tenant_markups (
    tenant_id       uuid        not null references tenants (tenant_id),
    id              uuid        not null,
    market          text        not null default '',
    category        text        not null default '',
    basis_points    bigint      not null default 0,
    fixed           bigint      not null default 0, -- in the wallet's currency
    effective_from  timestamptz not null,
    effective_to    timestamptz,
    primary key (tenant_id, id)
);
select protect('tenant_markups');
select distribute('tenant_markups', 'tenant_id', 'tenants');

-- Seed. Source: reference/whatsapp-cloud-api.md section 9.2, list rates of 1 October 2026.
insert into rate_cards (id, currency, source, converts, conversion, conversion_note, effective_from) values
    ('01998ab1-f000-7000-8000-000000000001', 'USD', 'Meta list rates of 1 October 2026, USD',
        null, null, '', '2026-10-01'),
    ('01998ab1-f000-7000-8000-000000000002', 'INR', 'Meta list rates of 1 October 2026, INR (India)',
        '01998ab1-f000-7000-8000-000000000001', 900000,
        'Markets outside India: Meta''s USD rate at 90.0000 INR per USD, a rate set for this installation and not by Meta.',
        '2026-10-01');

insert into rates (rate_card_id, market, category, base)
select '01998ab1-f000-7000-8000-000000000001', m.market, c.category,
    case c.category
        when 'marketing' then m.marketing
        when 'authentication_international' then m.international
        else m.other
    end
from (
    values
        -- market, marketing, utility = authentication = service, authentication-international
        ('Argentina', 618, 260, null),
        ('Bangladesh', 732, 37, 960),
        ('Brazil', 625, 68, null),
        ('Chile', 889, 200, null),
        ('Colombia', 125, 8, null),
        ('Egypt', 644, 36, 650),
        ('France', 859, 300, null),
        ('Germany', 1365, 550, null),
        ('Hong Kong', 732, 260, null),
        ('Hungary', 860, 350, null),
        ('India', 118, 14, 304),
        ('Indonesia', 411, 250, 1360),
        ('Iraq', 341, 79, 1280),
        ('Israel', 353, 53, null),
        ('Italy', 795, 300, null),
        ('Kazakhstan', 604, 180, 1600),
        ('Kuwait', 792, 440, 1200),
        ('Malaysia', 860, 140, 418),
        ('Mexico', 397, 85, null),
        ('Morocco', 414, 230, 811),
        ('Nepal', 732, 34, 1120),
        ('Netherlands', 1597, 500, null),
        ('Nigeria', 516, 67, 750),
        ('Oman', 341, 247, 600),
        ('Pakistan', 473, 150, 750),
        ('Peru', 703, 300, null),
        ('Poland', 366, 122, null),
        ('Qatar', 341, 120, null),
        ('Romania', 860, 290, null),
        ('Russia', 802, 400, null),
        ('Saudi Arabia', 576, 107, 598),
        ('Singapore', 732, 160, null),
        ('South Africa', 379, 95, 200),
        ('Spain', 707, 200, null),
        ('Sri Lanka', 732, 20, 1440),
        ('Turkey', 109, 9, null),
        ('Ukraine', 860, 298, 746),
        ('UAE', 576, 157, 510),
        ('UK', 635, 220, null),
        ('North America', 250, 34, null),
        ('Rest of Africa', 225, 40, null),
        ('Rest of Asia Pacific', 842, 113, null),
        ('Rest of Central & Eastern Europe', 860, 212, null),
        ('Rest of Latin America', 740, 113, null),
        ('Rest of Middle East', 392, 91, null),
        ('Rest of Western Europe', 592, 171, null),
        ('Other', 604, 77, null)
) m (market, marketing, other, international)
cross join (
    values ('marketing'), ('utility'), ('authentication'), ('service'), ('authentication_international')
) c (category)
where c.category <> 'authentication_international' or m.international is not null;

insert into rates (rate_card_id, market, category, base) values
    ('01998ab1-f000-7000-8000-000000000002', 'India', 'marketing', 8631),
    ('01998ab1-f000-7000-8000-000000000002', 'India', 'utility', 1150),
    ('01998ab1-f000-7000-8000-000000000002', 'India', 'authentication', 1150),
    ('01998ab1-f000-7000-8000-000000000002', 'India', 'service', 1150),
    ('01998ab1-f000-7000-8000-000000000002', 'India', 'authentication_international', 24971);

-- The installation's default: 10 % on every message, for the operator to change.
insert into markups (id, currency, basis_points, effective_from) values
    ('01998ab1-f000-7000-8000-000000000003', 'USD', 1000, '2000-01-01 00:00+00'),
    ('01998ab1-f000-7000-8000-000000000004', 'INR', 1000, '2000-01-01 00:00+00');

-- +goose Down
drop table tenant_markups, markups, rates, rate_cards, tenant_daily_metrics, usage_events,
    wallet_entries, wallet_transactions, wallets;

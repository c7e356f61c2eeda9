-- What people were asked to pay inside WhatsApp, and what became of it (feature/paymentrequest). The money
-- goes to the business's own gateway; nothing here touches the wallet.
-- +goose Up

create table payment_requests (
    tenant_id      uuid        not null,
    message_id     uuid        not null, -- that asks
    channel_id     uuid        not null,
    contact_id     uuid        not null,
    reference      text        not null, -- by which WhatsApp and the gateway know it; made of message_id
    currency       text        not null,
    amount         bigint      not null check (amount > 0), -- minor units: paise
    gateway        text        not null,
    configuration  text        not null,
    expires_at     timestamptz,
    status         text        not null default 'requested' check (status in ('requested', 'pending', 'failed', 'differs', 'paid')),
    paid_amount    bigint,               -- of paid and differs
    paid_currency  text        not null default '',
    method         text        not null default '', -- upi, card …
    transaction_id text        not null default '', -- the gateway's
    failure        text        not null default '', -- the gateway's reason for the latest try
    told_at        timestamptz,          -- the moment of the latest news that counted
    paid_at        timestamptz,
    checked_at     timestamptz,          -- when WhatsApp was asked last
    created_by     uuid,                 -- the member who asked; null: nobody did
    created_at     timestamptz not null,
    primary key (tenant_id, message_id),
    constraint payment_requests_reference unique (tenant_id, reference)
);
create index payment_requests_contact on payment_requests (tenant_id, contact_id);
select protect('payment_requests');
select distribute('payment_requests', 'tenant_id', 'tenants');

-- +goose Down
drop table payment_requests;

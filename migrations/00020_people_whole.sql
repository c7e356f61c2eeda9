-- What is known of people, whole: opting in twice, what a merge carried from one contact to the other,
-- and what an erasure leaves of the consent record.
-- +goose Up

-- pending: somebody says that the person opted in, and the person has not said so yet.
alter table contacts drop constraint contacts_opt_in_check,
    add constraint contacts_opt_in_check check (opt_in in ('unknown', 'pending', 'in', 'out'));
alter table consent_records drop constraint consent_records_state_check,
    add constraint consent_records_state_check check (state in ('in', 'pending', 'out', 'unknown'));

alter table consent_settings
    -- People confirm by themselves that they opted in.
    add column confirming boolean not null default false,
    -- For so many days they may.
    add column confirm_days smallint not null default 7 check (confirm_days between 1 and 90),
    -- The number that asks, the template it asks with, and the text while the service window is open.
    add column confirm_channel uuid,
    add column confirm_template uuid,
    add column confirm_text text not null default '';

-- Who is to confirm an opt-in. A row ends with the answer, or lapses.
create table consent_confirmations (
    tenant_id  uuid        not null,
    contact_id uuid        not null,
    wanted_at  timestamptz not null, -- since when the opt-in waits
    lapses_at  timestamptz not null,
    due_at     timestamptz not null, -- when to do the next thing: ask, try again, let lapse
    asked_at   timestamptz,          -- null: not yet
    message_id uuid,                 -- that asked
    shown      text        not null default '', -- what it asked
    problem    text        not null default '', -- why it could not be asked so far
    primary key (tenant_id, contact_id)
);
create index consent_confirmations_due on consent_confirmations (tenant_id, due_at);
select protect('consent_confirmations');
select distribute('consent_confirmations', 'tenant_id', 'tenants');

-- The requests of one person, for what is kept of them.
create index consent_requests_of on consent_requests (tenant_id, contact_id, id);

-- The record grows only, but for the words of people who asked to be erased: db.AsSystem alone may
-- take those out, and nothing of what was agreed to and when.
grant update (source, evidence, proof, message_id) on consent_records to aerostic_system;

-- By table: what its owner needs to give back what a merge carried over.
alter table contact_merges add column carried jsonb not null default '{}';

-- +goose Down
alter table contact_merges drop column carried;
revoke update (source, evidence, proof, message_id) on consent_records from aerostic_system;
drop index consent_requests_of;
drop table consent_confirmations;
alter table consent_settings drop column confirming, drop column confirm_days, drop column confirm_channel,
    drop column confirm_template, drop column confirm_text;
set local role aerostic_system;
update contacts set opt_in = 'unknown' where opt_in = 'pending';
reset role;
alter table contacts drop constraint contacts_opt_in_check,
    add constraint contacts_opt_in_check check (opt_in in ('unknown', 'in', 'out'));
alter table consent_records drop constraint consent_records_state_check,
    add constraint consent_records_state_check check (state in ('in', 'out', 'unknown')) not valid;

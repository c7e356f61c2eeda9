-- What a campaign was worth: conversions of those it was for and of those held out, and clicks by version.
-- The way its marketing goes. A cap on what a workspace spends in a month.
-- +goose Up

-- A person's act of one kind: how often within the window, and the sum of its values in ten-thousandths.
alter table campaign_acts
    add column times integer not null default 1,
    add column value bigint  not null default 0;

-- The squares are those of each person's value: what the spread of a mean follows from.
alter table campaign_act_counts
    add column messaged_value  bigint  not null default 0,
    add column held_out_value  bigint  not null default 0,
    add column messaged_square numeric not null default 0,
    add column held_out_square numeric not null default 0;

-- Which campaigns a conversion may say something about.
create index campaigns_measured on campaigns (tenant_id, started_at) where hold_out > 0 and started_at is not null;

alter table campaign_variants add column clicked bigint not null default 0; -- people who clicked any link

alter table campaigns add column route text not null default 'usual'; -- message.Route
alter table channels add column marketing_api text not null default ''; -- Meta's status of the account there

-- What the calendar month taken_month took from the wallet: holds less what came back. Kept by the
-- update that moves available.
alter table wallets
    add column taken       bigint not null default 0,
    add column taken_month date,
    add column month_cap   bigint; -- null: none

-- +goose Down
alter table wallets drop column taken, drop column taken_month, drop column month_cap;
alter table channels drop column marketing_api;
alter table campaigns drop column route;
alter table campaign_variants drop column clicked;
drop index campaigns_measured;
alter table campaign_act_counts drop column messaged_value, drop column held_out_value,
    drop column messaged_square, drop column held_out_square;
alter table campaign_acts drop column times, drop column value;

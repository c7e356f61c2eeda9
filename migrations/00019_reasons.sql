-- Why people were not reached, without looking at each of them.
-- +goose Up

-- The report groups a campaign's failures by reason: from this index alone, where there were hundreds
-- of thousands of rows to fetch. Only what is not reached is in it, so sending pays nothing.
create index campaign_recipients_reason on campaign_recipients (tenant_id, campaign_id, outcome, contact_id) include (reason) where outcome is not null;
drop index campaign_recipients_outcome;

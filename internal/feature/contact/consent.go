package contact

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// The functions below run in the transaction of whoever learnt the news (message, inbox). They
// take ids in any order, ignore unknown ones, and lock rows in the order of their ids.

// News about a contact that became part of another is about that other.
const nowLiving = `id = any(array(select coalesce(x.merged_into, x.id) from contacts x where x.tenant_id = $1 and x.id = any($2)))`

// ByWhatsApp is the By of suppressions and the Source of consent that WhatsApp reported.
const ByWhatsApp = "whatsapp"

// Later suppressions do not replace the first.
const sqlSuppress = `
update contacts set suppressed_at = $3, suppress_reason = $4, suppressed_by = $5, updated_at = $3
where tenant_id = $1 and id = any($2) and suppressed_at is null`

// Suppress stops everything to the contacts: replies, templates, campaigns. For a person who
// only stopped marketing use Stop.
func Suppress(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, s Suppression) error {
	if err := lock(ctx, tx, tenant, ids); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlSuppress, tenant, ids, s.At, s.Reason, s.By)
	return err
}

const sqlUnsuppress = `
update contacts set suppressed_at = null, suppress_reason = '', suppressed_by = '', updated_at = $3
where tenant_id = $1 and id = any($2) and suppressed_at is not null`

// Unsuppress undoes Suppress.
func Unsuppress(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, at time.Time) error {
	if err := lock(ctx, tx, tenant, ids); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlUnsuppress, tenant, ids, at)
	return err
}

// News may come late and out of order: what was said last counts.
const sqlConsent = `
update contacts set opt_in = $3, opt_in_source = $4, opt_in_at = $5, opt_in_evidence = $6, updated_at = $5
where tenant_id = $1 and ` + nowLiving + ` and (opt_in_at is null or opt_in_at <= $5) returning id`

// Stop records that people stopped marketing messages: Meta's user_preferences "stop", error
// 131050, a STOP keyword. evidence is what was received.
func Stop(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, at time.Time, source, evidence string) error {
	return setConsent(ctx, tx, tenant, ids, Consent{State: OptInRefused, Source: source, At: &at, Evidence: evidence})
}

// Resume records that people want marketing messages again: Meta's user_preferences "resume".
func Resume(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, at time.Time, source, evidence string) error {
	return setConsent(ctx, tx, tenant, ids, Consent{State: OptInGiven, Source: source, At: &at, Evidence: evidence})
}

func setConsent(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, c Consent) error {
	if err := lock(ctx, tx, tenant, ids); err != nil {
		return err
	}
	rows, err := tx.Query(ctx, sqlConsent, tenant, ids, c.State, c.Source, c.At, c.Evidence)
	if err != nil {
		return err
	}
	changed, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return err
	}
	events := make([]Event, len(changed))
	for i, id := range changed {
		events[i] = Event{Contact: id, Kind: EventConsent, Note: c.Evidence,
			Changes: []FieldChange{{Field: "optIn", To: string(c.State)}, {Field: "optIn.source", To: c.Source}}}
	}
	return Append(ctx, tx, tenant, *c.At, events...)
}

const sqlUnreachable = `
update contacts set unreachable_at = $3, unreachable_reason = $4, updated_at = $3
where tenant_id = $1 and ` + nowLiving + ` and unreachable_at is null`

// MarkUnreachable records that WhatsApp could not deliver to the numbers (error 131026), why in
// a sentence. It stops nothing by itself.
func MarkUnreachable(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, at time.Time, reason string) error {
	if err := lock(ctx, tx, tenant, ids); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlUnreachable, tenant, ids, at, reason)
	return err
}

const sqlReached = `
update contacts set unreachable_at = null, unreachable_reason = ''
where tenant_id = $1 and ` + nowLiving + ` and unreachable_at is not null`

// Reached ends MarkUnreachable: a message was delivered, or the person wrote.
func Reached(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) error {
	if err := lock(ctx, tx, tenant, ids); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlReached, tenant, ids)
	return err
}

const sqlOpenWindow = `
update contacts set window_open_until = $3
where tenant_id = $1 and id = $2 and (window_open_until is null or window_open_until < $3)`

// OpenWindow lets anything be written to the person until then; it never shortens a window.
func OpenWindow(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, until time.Time) error {
	_, err := tx.Exec(ctx, sqlOpenWindow, tenant, id, until)
	return err
}

const sqlLock = `select id from contacts where tenant_id = $1 and id = any($2) order by id for update`

// lock takes the rows in one order, so that two batches never wait for each other. A single row
// needs none.
func lock(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) error {
	if len(ids) < 2 {
		return nil
	}
	_, err := tx.Exec(ctx, sqlLock, tenant, ids)
	return err
}

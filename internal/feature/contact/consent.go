package contact

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// The functions below run in the transaction of whoever learnt the news (message, consent). They
// take ids of contacts in any order and lock rows in the order of their ids.

// News about a contact that became part of another is about that other.
const nowLiving = `id = any(array(select coalesce(x.merged_into, x.id) from contacts x where x.tenant_id = $1 and x.id = any($2)))`

// ByWhatsApp is the By of suppressions and the Source of consent that WhatsApp reported.
const ByWhatsApp = consent.ByWhatsApp

// ChangeConsent appends changes to the consent record of the contacts and makes their rows follow.
// Nothing else changes consent, but what writes whole rows and appends to the record itself: an import
// and its undoing, the editing of a contact, a merge. It is consent's hook.
func ChangeConsent(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, changes ...consent.Change) error {
	if len(changes) == 0 || len(ids) == 0 {
		return nil
	}
	ids, err := holdLiving(ctx, tx, tenant, ids)
	if err != nil {
		return fmt.Errorf("change consent: %w", err)
	}
	for _, c := range changes {
		if err := changeOne(ctx, tx, tenant, ids, c); err != nil {
			return fmt.Errorf("change consent: %w", err)
		}
	}
	return nil
}

// changeOne makes the rows and the record follow one change.
func changeOne(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, c consent.Change) (err error) {
	waits := false
	if c.Unconfirmed() {
		if waits, err = consent.Confirms(ctx, tx, tenant); err != nil {
			return err
		}
	}
	if waits {
		return wait(ctx, tx, tenant, ids, c)
	}
	if err := follow(ctx, tx, tenant, ids, c); err != nil {
		return err
	}
	return consent.Append(ctx, tx, tenant, ids, c)
}

const sqlOptIns = `select id, opt_in from contacts where tenant_id = $1 and id = any($2) order by id`

// wait makes people pending whom somebody else says opted in. Who did so themselves has the change
// recorded; who waits already is asked once.
func wait(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, c consent.Change) error {
	rows, err := tx.Query(ctx, sqlOptIns, tenant, ids)
	if err != nil {
		return err
	}
	by := map[OptIn][]uuid.UUID{}
	var id uuid.UUID
	var state OptIn
	if _, err := pgx.ForEachRow(rows, []any{&id, &state}, func() error { by[state] = append(by[state], id); return nil }); err != nil {
		return err
	}
	if in := by[OptInGiven]; len(in) > 0 {
		if err := follow(ctx, tx, tenant, in, c); err != nil {
			return err
		}
		if err := consent.Append(ctx, tx, tenant, in, c); err != nil {
			return err
		}
	}
	rest := sortedIDs(append(by[OptInUnknown], by[OptInRefused]...))
	if len(rest) == 0 {
		return nil
	}
	c.State = consent.Pending
	if err := follow(ctx, tx, tenant, rest, c); err != nil {
		return err
	}
	return consent.Append(ctx, tx, tenant, rest, c)
}

// awaited is what is written about a contact's opt-in where the workspace has opt-ins confirmed: yes
// becomes a wait for the person's own word, and nothing when they wait already.
func awaited(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, before OptIn, written *Consent) (*Consent, error) {
	switch {
	case written == nil || written.State == OptInPending && before == OptInPending:
		return nil, nil
	case written.State == OptInPending:
		return nil, fault.Invalid("An opt-in waits by itself.").At("body.optIn.state", "Say in: where opt-ins are confirmed, it waits by itself.")
	case written.State != OptInGiven || before == OptInGiven:
		return written, nil
	}
	confirms, err := consent.Confirms(ctx, tx, tenant)
	if err != nil || !confirms {
		return written, err
	}
	if before == OptInPending {
		return nil, nil
	}
	waits := *written
	waits.State = OptInPending
	return &waits, nil
}

const sqlHoldLiving = `select id from contacts where tenant_id = $1 and ` + nowLiving + ` order by id for update`

// holdLiving locks the contacts that ids are by now, in one order.
func holdLiving(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) ([]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlHoldLiving, tenant, ids)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

// Later suppressions do not replace the first.
const sqlSuppress = `
update contacts set suppressed_at = $3, suppress_reason = $4, suppressed_by = $5, updated_at = $3, consent_version = consent_version + 1
where tenant_id = $1 and id = any($2) and suppressed_at is null`

// A person comes back only from having left themselves; the workspace from any suppression.
const sqlUnsuppress = `
update contacts set suppressed_at = null, suppress_reason = '', suppressed_by = '', updated_at = $3, consent_version = consent_version + 1
where tenant_id = $1 and id = any($2) and suppressed_at is not null and ($4 or suppressed_by = 'contact')`

// News may come late and out of order: what was said last counts.
const sqlConsent = `
update contacts set opt_in = $3, opt_in_source = $4, opt_in_at = $5, opt_in_evidence = $6, updated_at = $5, consent_version = consent_version + 1
where tenant_id = $1 and id = any($2) and (opt_in_at is null or opt_in_at <= $5) returning id`

const sqlUtility = `
update contacts set utility_out = $3, updated_at = $4, consent_version = consent_version + 1 where tenant_id = $1 and id = any($2)`

const sqlTopicOut = `
update contacts set topics_out = array_append(topics_out, $3), updated_at = $4, consent_version = consent_version + 1
where tenant_id = $1 and id = any($2) and not topics_out @> array[$3::uuid]`

const sqlTopicIn = `
update contacts set topics_out = array_remove(topics_out, $3), updated_at = $4, consent_version = consent_version + 1
where tenant_id = $1 and id = any($2)`

const sqlFrequency = `
update contacts set marketing_days = $3, updated_at = $4, consent_version = consent_version + 1 where tenant_id = $1 and id = any($2)`

// follow makes the rows say what the record will.
func follow(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, c consent.Change) (err error) {
	switch {
	case c.Topic != uuid.Nil && c.State == consent.Out:
		_, err = tx.Exec(ctx, sqlTopicOut, tenant, ids, c.Topic, c.At)
	case c.Topic != uuid.Nil:
		_, err = tx.Exec(ctx, sqlTopicIn, tenant, ids, c.Topic, c.At)
	case c.Days != nil:
		_, err = tx.Exec(ctx, sqlFrequency, tenant, ids, *c.Days, c.At)
	case c.Purpose == consent.Utility:
		_, err = tx.Exec(ctx, sqlUtility, tenant, ids, c.State == consent.Out, c.At)
	case c.Purpose == consent.All && c.State == consent.Out:
		_, err = tx.Exec(ctx, sqlSuppress, tenant, ids, c.At, c.Evidence, c.By)
	case c.Purpose == consent.All:
		_, err = tx.Exec(ctx, sqlUnsuppress, tenant, ids, c.At, c.By != consent.ByContact)
	default:
		err = followMarketing(ctx, tx, tenant, ids, c)
	}
	return err
}

// followMarketing tells the timelines of those whose opt-in moved, too.
func followMarketing(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, c consent.Change) error {
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
	return Append(ctx, tx, tenant, c.At, events...)
}

// Suppress stops everything to the contacts: replies, templates, campaigns. For a person who
// only stopped marketing use Stop.
func Suppress(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, s Suppression) error {
	return ChangeConsent(ctx, tx, tenant, ids, consent.Change{Purpose: consent.All, State: consent.Out, Via: consent.ViaOf(ctx),
		By: s.By, Evidence: s.Reason, At: s.At})
}

// Unsuppress undoes Suppress.
func Unsuppress(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, at time.Time) error {
	return ChangeConsent(ctx, tx, tenant, ids, consent.Change{Purpose: consent.All, State: consent.In, Via: consent.ViaOf(ctx),
		By: who(ctx), At: at})
}

// Stop records that people stopped marketing messages as Meta reports it: user_preferences "stop",
// error 131050. evidence is what was received.
func Stop(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, at time.Time, source, evidence string) error {
	return ChangeConsent(ctx, tx, tenant, ids, reported(consent.Out, at, source, evidence))
}

// Resume records that people want marketing messages again: Meta's user_preferences "resume".
func Resume(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID, at time.Time, source, evidence string) error {
	return ChangeConsent(ctx, tx, tenant, ids, reported(consent.In, at, source, evidence))
}

// reported is a change that Meta told of. Meta tells the same more than once.
func reported(state consent.State, at time.Time, source, evidence string) consent.Change {
	return consent.Change{Purpose: consent.Marketing, State: state, Via: consent.ViaWhatsApp, Source: source, By: source,
		Evidence: evidence, At: at, Key: source + evidence + at.UTC().Format(time.RFC3339Nano)}
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

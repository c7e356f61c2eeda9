package consent

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
)

// What becomes of consent when people ask for what is kept, are erased, or turn out to be one.

const (
	sqlKeptRecords = `
select jsonb_build_object('at', r.happened_at, 'purpose', r.purpose, 'topic', coalesce(t.name, ''), 'state', r.state, 'frequencyDays', r.frequency_days,
    'via', r.via, 'source', r.source, 'recordedBy', r.recorded_by, 'textShown', r.shown, 'evidence', r.evidence, 'proof', r.proof, 'messageId', r.message_id)
from consent_records r left join consent_topics t on t.tenant_id = $1 and t.id = r.topic_id
where r.tenant_id = $1 and r.contact_id = any($2) order by r.happened_at, r.id`
	sqlKeptAsked = `
select jsonb_build_object('at', r.created_at, 'words', r.words, 'state', r.state, 'decidedBy', r.decided_by, 'decidedAt', r.decided_at)
from consent_requests r where r.tenant_id = $1 and r.contact_id = any($2) order by r.id`
	sqlKeptConfirmations = `
select jsonb_build_object('since', f.wanted_at, 'askedAt', f.asked_at, 'textShown', f.shown, 'until', f.lapses_at)
from consent_confirmations f where f.tenant_id = $1 and f.contact_id = any($2) order by f.contact_id`

	// The one change the database allows to the record. What was agreed to, when, and by which text stays.
	sqlSystemForgetRecords = `
update consent_records r set source = '', evidence = '', message_id = null, proof = $3
where r.tenant_id = $1 and r.contact_id = any($2) and exists (
    select from contacts c where c.tenant_id = $1 and c.id = r.contact_id and c.erased_at is not null)`
	sqlForgetAsked = `
update consent_requests set words = '', state = case when state = 'open' then 'dismissed' else state end
where tenant_id = $1 and contact_id = any($2)`
	sqlForgetConfirmations = `delete from consent_confirmations where tenant_id = $1 and contact_id = any($2)`

	// One request of a person is open at most: theirs stays where it is when the other has one.
	sqlCarryAsked = `
update consent_requests r set contact_id = $3
where r.tenant_id = $1 and r.contact_id = $2 and (r.state <> 'open' or not exists (
    select from consent_requests o where o.tenant_id = $1 and o.contact_id = $3 and o.state = 'open'))
returning r.id`
	sqlReturnAsked = `
update consent_requests r set contact_id = $3
where r.tenant_id = $1 and r.contact_id = $2 and r.id = any($4)`
	sqlCarryConfirmation = `
update consent_confirmations f set contact_id = $3
where f.tenant_id = $1 and f.contact_id = $2 and not exists (
    select from consent_confirmations o where o.tenant_id = $1 and o.contact_id = $3)
returning f.contact_id`
)

// KeptRecords are the contacts' consent records as objects of JSON.
func KeptRecords(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]json.RawMessage, error) {
	return db.Objects(ctx, tx, sqlKeptRecords, tenant, contacts)
}

// KeptRequests are their requests to be left alone, in their words.
func KeptRequests(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]json.RawMessage, error) {
	return db.Objects(ctx, tx, sqlKeptAsked, tenant, contacts)
}

// KeptConfirmations are the opt-ins they are to confirm.
func KeptConfirmations(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]json.RawMessage, error) {
	return db.Objects(ctx, tx, sqlKeptConfirmations, tenant, contacts)
}

// ForgetRecords takes the words and proofs of erased people out of the record. Who knows an address of
// theirs finds that they agreed, and to what, by its keyed hash.
func (s *Service) ForgetRecords(ctx context.Context, tenant uuid.UUID, contacts []uuid.UUID, hashes [][]byte) error {
	known := make([]string, len(hashes))
	for i, hash := range hashes {
		known[i] = hex.EncodeToString(hash)
	}
	proof := map[string]string{"erased": strings.Join(known, " ")}
	return s.DB.AsSystem(ctx, "take the words of an erased person out of the consent record", func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlSystemForgetRecords, tenant, contacts, proof)
		return err
	})
}

// ForgetRequests takes out what they wrote.
func (s *Service) ForgetRequests(ctx context.Context, tenant uuid.UUID, contacts []uuid.UUID) error {
	return s.forget(ctx, tenant, sqlForgetAsked, contacts)
}

// ForgetConfirmations ends the wait for their answer.
func (s *Service) ForgetConfirmations(ctx context.Context, tenant uuid.UUID, contacts []uuid.UUID) error {
	return s.forget(ctx, tenant, sqlForgetConfirmations, contacts)
}

func (s *Service) forget(ctx context.Context, tenant uuid.UUID, sql string, contacts []uuid.UUID) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, tenant, contacts)
		return err
	})
}

// CarryRequests gives one contact's requests to another.
func CarryRequests(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID) (any, error) {
	return carry(ctx, tx, sqlCarryAsked, tenant, goes, stays)
}

// CarryConfirmation gives the other contact what is to be confirmed, where it has nothing to.
func CarryConfirmation(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID) (any, error) {
	return carry(ctx, tx, sqlCarryConfirmation, tenant, goes, stays)
}

func carry(ctx context.Context, tx pgx.Tx, sql string, tenant, goes, stays uuid.UUID) (any, error) {
	rows, err := tx.Query(ctx, sql, tenant, goes, stays)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return ids, nil
}

// ReturnRequests gives them back.
func ReturnRequests(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID, raw json.RawMessage) error {
	var ids []uuid.UUID
	if err := json.Unmarshal(raw, &ids); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlReturnAsked, tenant, stays, goes, ids)
	return err
}

// ReturnConfirmation gives it back.
func ReturnConfirmation(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID, _ json.RawMessage) error {
	_, err := carry(ctx, tx, sqlCarryConfirmation, tenant, stays, goes)
	return err
}

package consent

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// A record reported twice, by the same key, is there once.
const sqlAppend = `
insert into consent_records (tenant_id, contact_id, id, purpose, state, topic_id, frequency_days, via, source,
    recorded_by, shown, evidence, proof, message_id, batch_id, happened_at)
select $1, u.contact_id, u.id, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16
from unnest($2::uuid[], $3::uuid[]) as u(contact_id, id)
on conflict (tenant_id, contact_id, id) do nothing`

// Append writes a change into the record of each of the contacts, in the caller's transaction: that
// of feature/contact, which makes the contacts' rows follow.
func Append(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID, c Change) error {
	if len(contacts) == 0 {
		return nil
	}
	ids := make([]uuid.UUID, len(contacts))
	for i, contact := range contacts {
		ids[i] = c.recordID(contact)
	}
	proof := c.Proof
	if proof == nil {
		proof = map[string]string{}
	}
	_, err := tx.Exec(ctx, sqlAppend, tenant, contacts, ids, c.Purpose, c.State, optional(c.Topic), c.Days, c.Via, clip(c.Source, 100),
		c.By, clip(c.Shown, maxShown), clip(c.Evidence, maxEvidence), proof, optional(c.MessageID), optional(c.BatchID), c.At)
	if err == nil && c.State == Pending {
		err = await(ctx, tx, tenant, contacts, c)
	}
	if err != nil {
		return fmt.Errorf("append to the consent record: %w", err)
	}
	return nil
}

// recordID is fresh, or, for a change with a key, always the same: the time it happened and a hash.
func (c Change) recordID(contact uuid.UUID) uuid.UUID {
	if c.Key == "" {
		return ident.New()
	}
	id := ident.At(c.At)
	sum := sha256.Sum256([]byte(c.Key + "\x00" + string(c.Purpose) + string(c.State) + contact.String()))
	copy(id[9:], sum[:])
	return id
}

const recordColumns = `r.id, r.contact_id, r.purpose, r.state, r.topic_id, coalesce(t.name, ''), r.frequency_days, r.via, r.source,
    r.recorded_by, r.shown, r.evidence, r.proof, r.message_id, r.happened_at,
    case when r.state = 'in' and r.frequency_days is null then (
        select min(w.happened_at) from consent_records w
        where w.tenant_id = $1 and w.contact_id = r.contact_id and w.state = 'out' and w.happened_at >= r.happened_at
            and w.id <> r.id and (w.purpose = 'all' or w.purpose = r.purpose and w.topic_id is not distinct from r.topic_id)) end`

const recordTables = ` from consent_records r left join consent_topics t on t.tenant_id = $1 and t.id = r.topic_id `

func scanRecord(row pgx.CollectableRow) (Record, error) {
	var r Record
	err := row.Scan(&r.ID, &r.ContactID, &r.Purpose, &r.State, &r.TopicID, &r.TopicName, &r.FrequencyDays, &r.Via, &r.Source,
		&r.By, &r.Shown, &r.Evidence, &r.Proof, &r.MessageID, &r.At, &r.WithdrawnAt)
	return r, err
}

// A person has few records: they are read by the key's prefix and sorted. Those of contacts that became
// part of them are theirs.
const sqlHistory = `select ` + recordColumns + recordTables + `
where r.tenant_id = $1 and r.contact_id = any(array(
        select x.id from contacts x where x.tenant_id = $1 and (x.id = $2 or x.merged_into = $2))) and (r.happened_at, r.id) < ($3, $4)
order by r.happened_at desc, r.id desc limit $5`

// position is the cursor of a history: the last record shown.
type position struct {
	At time.Time `json:"a"`
	ID uuid.UUID `json:"i"`
}

func history(ctx context.Context, tx pgx.Tx, tenant, contact uuid.UUID, before position, limit int) ([]Record, error) {
	rows, err := tx.Query(ctx, sqlHistory, tenant, contact, before.At, before.ID, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanRecord)
}

func optional(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

// clip cuts s to n characters and drops what PostgreSQL cannot keep.
func clip(s string, n int) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// Whatever was in the record by then on all of a purpose: ids are of when it was written down.
const sqlStanding = `select ` + recordColumns + recordTables + `
where r.tenant_id = $1 and r.contact_id = any(array(
        select x.id from contacts x where x.tenant_id = $1 and (x.id = $2 or x.merged_into = $2)))
    and r.id < $3 and r.purpose = any($4) and r.topic_id is null and r.frequency_days is null
order by r.id desc limit 1`

// StandingAt is the entry of a contact's record on which a decision about a purpose stood at a
// time; nil: the record had none.
func StandingAt(ctx context.Context, tx pgx.Tx, tenant, contact uuid.UUID, purpose Purpose, at time.Time) (*Record, error) {
	rows, err := tx.Query(ctx, sqlStanding, tenant, contact, ident.At(at.Add(time.Millisecond)), []Purpose{purpose, All})
	if err != nil {
		return nil, fmt.Errorf("read the consent record: %w", err)
	}
	found, err := pgx.CollectRows(rows, scanRecord)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

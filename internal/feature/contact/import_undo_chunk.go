package contact

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/platform/db"
)

// Why something an import did cannot be taken back.
const (
	keptChanged   = "It was changed since."
	keptUsed      = "Messages went to or came from this person since."
	keptNoted     = "There are notes or other entries about this person since."
	keptPlaced    = "This person was given a stage or an owner since."
	keptUnknown   = "What was there before is not known."
	keptGone      = "The contact was deleted or merged since."
	keptAddressed = "Another contact has the former number or user id by now."
)

// kept is one thing that stays.
type kept struct{ name, address, field, reason string }

// undoChunk is what one chunk of an import did, being taken back in one transaction.
type undoChunk struct {
	tx                pgx.Tx
	tenant            uuid.UUID
	imp               Import
	first             int64
	at, now           time.Time // of the chunk, and of the undo
	journal           journal
	tally             tally
	removed, restored int64
	kept              []kept
	events            []Event
}

func (c *undoChunk) undo(ctx context.Context) error {
	if err := c.unmark(ctx); err != nil {
		return err
	}
	if err := c.remove(ctx); err != nil {
		return err
	}
	if err := c.restoreAll(ctx); err != nil {
		return err
	}
	if err := Append(ctx, c.tx, c.tenant, c.now, c.events...); err != nil {
		return err
	}
	return c.tally.write(ctx, c.tx, c.tenant)
}

const sqlUnmarkPairs = `
delete from contact_tags x using unnest($2::uuid[], $3::uuid[]) as u(tag_id, contact_id)
where x.tenant_id = $1 and x.tag_id = u.tag_id and x.contact_id = u.contact_id returning x.tag_id`

// unmark takes the tags from contacts that were known before.
func (c *undoChunk) unmark(ctx context.Context) error {
	if len(c.journal.tags) == 0 {
		return nil
	}
	return countInto(ctx, c.tx, c.tally, -1, sqlUnmarkPairs, c.tenant, c.journal.tags, c.journal.tagged)
}

// The contacts that the chunk made and that are still there. Those brought back after a deletion
// are older than the chunk, so they are not between its ids.
const sqlMade = `select ` + columns + ` from contacts c
where c.tenant_id = $1 and c.id between $2 and $3 and c.created_import_id = $4 and c.deleted_at is null order by c.id for update`

// Who of them has a life of their own by now.
const (
	sqlMadeWritten = `
select r.contact_id from campaigns c join campaign_recipients r on r.tenant_id = $1 and r.campaign_id = c.id
where c.tenant_id = $1 and c.started_at >= $4 and r.contact_id between $2 and $3
union
select m.contact_id from contact_messages m where m.tenant_id = $1 and m.contact_id between $2 and $3`
	sqlMadeNoted = `
select e.contact_id from contact_events e where e.tenant_id = $1 and e.contact_id between $2 and $3
union
select n.contact_id from contact_notes n where n.tenant_id = $1 and n.contact_id between $2 and $3`
)

const (
	sqlRemove           = `delete from contacts where tenant_id = $1 and id = any($2)`
	sqlForgetDuplicates = `delete from contact_duplicates where tenant_id = $1 and (contact_id = any($2) or other_id = any($2))`
)

// remove deletes the contacts the chunk made, but for those that were used or changed since.
func (c *undoChunk) remove(ctx context.Context) error {
	if c.journal.low == uuid.Nil {
		return nil
	}
	made, err := collect(ctx, c.tx, sqlMade, c.tenant, c.journal.low, c.journal.high, c.imp.ID)
	if err != nil || len(made) == 0 {
		return err
	}
	written, err := c.ids(ctx, sqlMadeWritten, c.journal.low, c.journal.high, c.imp.StartedAt)
	if err != nil {
		return err
	}
	noted, err := c.ids(ctx, sqlMadeNoted, c.journal.low, c.journal.high)
	if err != nil {
		return err
	}
	gone := make([]uuid.UUID, 0, len(made))
	for _, one := range made {
		if reason := c.inUse(one, written, noted); reason != "" {
			c.keep(one, "", reason)
			continue
		}
		gone = append(gone, one.ID)
	}
	return c.delete(ctx, gone)
}

func (c *undoChunk) inUse(one Contact, written, noted map[uuid.UUID]bool) string {
	switch {
	case written[one.ID] || one.WindowOpenUntil != nil:
		return keptUsed
	case !one.UpdatedAt.Equal(c.at):
		return keptChanged
	case noted[one.ID]:
		return keptNoted
	case one.StageID != nil || one.OwnerID != nil:
		return keptPlaced
	}
	return ""
}

func (c *undoChunk) delete(ctx context.Context, gone []uuid.UUID) error {
	if len(gone) == 0 {
		return nil
	}
	if err := countInto(ctx, c.tx, c.tally, -1, sqlUnmarkAll, c.tenant, gone, gone[0], gone[len(gone)-1]); err != nil {
		return err
	}
	if _, err := c.tx.Exec(ctx, sqlForgetDuplicates, c.tenant, gone); err != nil {
		return err
	}
	c.removed += int64(len(gone))
	c.tally[everyone()] -= int64(len(gone))
	_, err := c.tx.Exec(ctx, sqlRemove, c.tenant, gone)
	return err
}

func (c *undoChunk) ids(ctx context.Context, sql string, args ...any) (map[uuid.UUID]bool, error) {
	rows, err := c.tx.Query(ctx, sql, append([]any{c.tenant}, args...)...)
	if err != nil {
		return nil, err
	}
	found := map[uuid.UUID]bool{}
	var id uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&id}, func() error {
		found[id] = true
		return nil
	})
	return found, err
}

// With the values that the import found and wrote; none when they are not known.
const sqlChangedByImport = `select ` + columns + `, coalesce(e.changes, '[]'), e.id is not null
from unnest($2::uuid[], $3::uuid[]) as u(contact_id, event_id)
join contacts c on c.tenant_id = $1 and c.id = u.contact_id and c.id between $4 and $5
left join contact_events e on e.tenant_id = $1 and e.contact_id = u.contact_id and e.id = u.event_id
where c.tenant_id = $1 order by c.id for update of c`

type changedContact struct {
	Contact
	changes []FieldChange
	known   bool
}

// restoreAll gives contacts their former values back.
func (c *undoChunk) restoreAll(ctx context.Context) error {
	if len(c.journal.contacts) == 0 {
		return nil
	}
	sorted := sortedIDs(c.journal.contacts)
	rows, err := c.tx.Query(ctx, sqlChangedByImport, c.tenant, c.journal.contacts, c.journal.events, sorted[0], sorted[len(sorted)-1])
	if err != nil {
		return err
	}
	changed, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (changedContact, error) {
		var one changedContact
		contact, err := scanWith(row, &one.changes, &one.known)
		one.Contact = contact
		return one, err
	})
	for _, one := range changed {
		if err == nil {
			err = c.restore(ctx, one)
		}
	}
	return err
}

// restore takes one contact back, value by value where the import's is still there.
func (c *undoChunk) restore(ctx context.Context, one changedContact) error {
	switch {
	case one.deleted:
		c.keep(one.Contact, "", keptGone)
		return nil
	case !one.known:
		c.keep(one.Contact, "", keptUnknown)
		return nil
	}
	before := one.Contact
	after := before
	after.Fields = maps.Clone(before.Fields)
	for _, change := range one.changes {
		if before.values()[change.Field] != change.To {
			if !strings.HasPrefix(change.Field, "optIn.") {
				c.keep(before, change.Field, keptChanged)
			}
			continue
		}
		after.set(change.Field, change.From)
	}
	changes := difference(before, after)
	if len(changes) == 0 {
		return nil
	}
	return c.write(ctx, before, after, changes)
}

// recordConsent appends the consent that is back to what it was before the import.
func (c *undoChunk) recordConsent(ctx context.Context, before, after Contact) error {
	if !after.OptIn.differs(before.OptIn) {
		return nil
	}
	return consent.Append(ctx, c.tx, c.tenant, []uuid.UUID{after.ID}, consent.Change{Purpose: consent.Marketing,
		State: consent.State(after.OptIn.State), Via: consent.ViaUndo, Source: after.OptIn.Source, Evidence: after.OptIn.Evidence,
		BatchID: c.imp.ID, At: c.now})
}

// write stores a restored contact; one that the import brought back is deleted again.
func (c *undoChunk) write(ctx context.Context, before, after Contact, changes []FieldChange) error {
	after.UpdatedAt = c.now
	if after.Phone != before.Phone {
		after.WAID, after.Market = digitsOf(after.Phone), billing.Market(after.Phone)
	}
	if after.Phone == "" && after.BSUID == "" {
		c.keep(before, "", keptChanged)
		return nil
	}
	trial, err := c.tx.Begin(ctx)
	if err != nil {
		return err
	}
	if err = update(ctx, trial, c.tenant, after); db.IsUnique(err, "contacts_") {
		c.keep(before, "", keptAddressed)
		return trial.Rollback(ctx)
	}
	if err != nil {
		return err
	}
	if err := trial.Commit(ctx); err != nil {
		return err
	}
	c.restored++
	if err := c.recordConsent(ctx, before, after); err != nil {
		return err
	}
	if after.deleted {
		_, err := erase(ctx, c.tx, c.tenant, []uuid.UUID{after.ID}, c.now)
		return err
	}
	c.events = append(c.events, Event{Contact: after.ID, Kind: EventImportUndone, Subject: c.imp.ID, Note: c.imp.FileName, Changes: changes})
	return nil
}

func (c *undoChunk) keep(one Contact, field, reason string) {
	address := one.Phone
	if address == "" {
		address = one.BSUID
	}
	entry := kept{one.Name, address, strings.TrimPrefix(field, fieldTarget), reason}
	if !slices.Contains(c.kept, entry) {
		c.kept = append(c.kept, entry)
	}
}

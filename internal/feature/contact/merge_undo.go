package contact

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Unmerged is the outcome of an undone merge. Kept says in sentences what could not be taken back.
type Unmerged struct {
	Contact Contact  `json:"contact"`
	Other   Contact  `json:"other"`
	Kept    []string `json:"kept"`
}

const sqlMergeLocked = `
select contact_id, other_id, before, tag_ids, carried, undone_at from contact_merges where tenant_id = $1 and id = $2 for update`

// UndoMerge makes two contacts of one again, as far as what happened since allows: a value that
// was changed after the merge stays as it is. Messages that followed stay where they went.
func (s *Service) UndoMerge(ctx context.Context, id uuid.UUID) (Unmerged, error) {
	var out Unmerged
	err := s.patiently(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		out, err = s.unmerge(ctx, tx, tenant, id)
		return err
	})
	if db.IsUnique(err, "contacts_") {
		err = errContactExists()
	}
	return out, err
}

func (s *Service) unmerge(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Unmerged, error) {
	if _, err := tx.Exec(ctx, sqlBeginMerge, tenant); err != nil {
		return Unmerged{}, err
	}
	u := &unmerging{id: id, now: s.clock.Now()}
	var stays, goes uuid.UUID
	var undone *time.Time
	err := tx.QueryRow(ctx, sqlMergeLocked, tenant, id).Scan(&stays, &goes, &u.before, &u.tags, &u.carried, &undone)
	if errors.Is(err, pgx.ErrNoRows) {
		return Unmerged{}, fault.NotFound("This merge does not exist.").WithCode("merge_not_found")
	}
	if err != nil {
		return Unmerged{}, err
	}
	if u.stays, u.goes, err = pair(ctx, tx, tenant, stays, goes); err != nil {
		return Unmerged{}, err
	}
	if undone != nil || u.stays.deleted || u.goes.merged != stays {
		return Unmerged{}, fault.Conflict("This merge cannot be undone any more: it was undone before, or the contact was deleted or merged again.").
			WithCode("merge_not_undoable")
	}
	if err := s.giveBack(ctx, tx, tenant, goes, stays, u.carried); err != nil {
		return Unmerged{}, err
	}
	return u.run(ctx, tx, tenant)
}

// unmerging is a merge being taken back: both rows as they are now, and as they were.
type unmerging struct {
	id          uuid.UUID
	now         time.Time
	before      merged
	tags        []uuid.UUID
	carried     map[string]json.RawMessage // by table
	stays, goes Contact
	kept        []string
}

const (
	sqlGiveUp = `update contacts set phone = null, wa_id = null, wa_differs = false, bsuid = null where tenant_id = $1 and id = $2`
	sqlSplit  = `
update contacts set merged_into = null, deleted_at = null, phone = $3, wa_id = $4, wa_differs = $5, bsuid = $6 where tenant_id = $1 and id = $2`
	sqlEndMerge  = `update contact_merges set undone_at = $3 where tenant_id = $1 and id = $2`
	sqlMarkAgain = `
insert into contact_tags (tenant_id, tag_id, contact_id)
select $1, t.id, $3 from tags t where t.tenant_id = $1 and t.id = any($2) and t.deleted_at is null
on conflict do nothing returning tag_id`
)

func (u *unmerging) run(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (out Unmerged, err error) {
	stays, goes := u.restored(), u.returned()
	u.addresses(&stays, &goes)
	if stays.Phone == "" && stays.BSUID == "" || goes.Phone == "" && goes.BSUID == "" {
		return out, fault.Conflict("The phone number was changed since, so one of the two would have none. Give the contact both addresses first.").
			WithCode("merge_not_undoable")
	}
	for _, step := range []struct {
		sql  string
		args []any
	}{{sqlGiveUp, []any{tenant, goes.ID}}, {sqlEndMerge, []any{tenant, u.id, u.now}}} {
		if _, err := tx.Exec(ctx, step.sql, step.args...); err != nil {
			return out, err
		}
	}
	if err := putWhole(ctx, tx, tenant, stays); err != nil {
		return out, err
	}
	if _, err := tx.Exec(ctx, sqlSplit, tenant, goes.ID, orNull(goes.Phone), orNull(goes.WAID), goes.Phone != "" && differs(goes), orNull(goes.BSUID)); err != nil {
		return out, err
	}
	if err := putWhole(ctx, tx, tenant, goes); err != nil {
		return out, err
	}
	if err := u.retag(ctx, tx, tenant, stays, goes); err != nil {
		return out, err
	}
	if err := Append(ctx, tx, tenant, u.now,
		Event{Contact: stays.ID, Kind: EventUnmerged, Subject: u.id, Note: nameOf(goes), Changes: difference(u.stays, stays)},
		Event{Contact: goes.ID, Kind: EventUnmerged, Subject: u.id, Note: nameOf(stays)}); err != nil {
		return out, err
	}
	if out.Contact, err = whole(ctx, tx, tenant, stays.ID); err != nil {
		return out, err
	}
	out.Other, err = whole(ctx, tx, tenant, goes.ID)
	out.Kept = notNil(u.kept)
	return out, err
}

// restored is the one that stayed: each value as before, where the merge's is still there.
func (u *unmerging) restored() Contact {
	c := u.stays
	c.Fields = maps.Clone(u.stays.Fields)
	is := u.stays.values()
	for _, change := range difference(u.before.Stays, u.before.After) {
		if change.Field == "phone" || change.Field == "bsuid" {
			continue
		}
		if is[change.Field] == change.To {
			c.set(change.Field, change.From)
		} else if change.Field == "optIn" || len(change.Field) < 6 || change.Field[:6] != "optIn." {
			u.kept = append(u.kept, "“"+change.Field+"” was changed since, and stays as it is.")
		}
	}
	if sameID(c.StageID, u.before.After.StageID) {
		c.StageID, c.StageAt = u.before.Stays.StageID, u.before.Stays.StageAt
	}
	if sameID(c.OwnerID, u.before.After.OwnerID) {
		c.OwnerID = u.before.Stays.OwnerID
	}
	if u.before.Stays.Suppressed == nil && c.Suppressed != nil && u.before.Goes.Suppressed != nil && c.Suppressed.At.Equal(u.before.Goes.Suppressed.At) {
		c.Suppressed = nil
	}
	c.UpdatedAt = u.now
	return c
}

// returned is the one that went, as it was; a refusal or a block since the merge holds for both.
func (u *unmerging) returned() Contact {
	c := u.before.Goes
	c.ID, c.UpdatedAt, c.deleted = u.goes.ID, u.now, false
	if u.stays.OptIn.State == OptInRefused && u.before.After.OptIn.State != OptInRefused {
		c.OptIn = u.stays.OptIn
		u.kept = append(u.kept, "They opted out after the merge; both contacts are opted out now.")
	}
	if u.stays.Suppressed != nil && u.before.After.Suppressed == nil {
		c.Suppressed = u.stays.Suppressed
		u.kept = append(u.kept, "The contact was blocked after the merge; both are blocked now.")
	}
	return c
}

// addresses deals the addresses that the two rows have now out to who had them. One that was
// changed since stays with the contact that stayed.
func (u *unmerging) addresses(stays, goes *Contact) {
	phones := []string{u.stays.Phone, u.goes.Phone}
	if u.stays.Phone == u.before.After.Phone || slices.Contains(phones, u.before.Stays.Phone) && u.before.Stays.Phone != "" {
		stays.Phone, stays.WAID = u.before.Stays.Phone, u.before.Stays.WAID
	}
	if !slices.Contains(phones, goes.Phone) || goes.Phone == stays.Phone {
		if goes.Phone != "" {
			u.kept = append(u.kept, "The phone number "+goes.Phone+" is no longer here to be given back.")
		}
		goes.Phone = ""
	}
	bsuids := []string{u.stays.BSUID, u.goes.BSUID}
	if u.stays.BSUID == u.before.After.BSUID || slices.Contains(bsuids, u.before.Stays.BSUID) && u.before.Stays.BSUID != "" {
		stays.BSUID = u.before.Stays.BSUID
	}
	if !slices.Contains(bsuids, goes.BSUID) || goes.BSUID == stays.BSUID {
		goes.BSUID = ""
	}
	readMarket(stays)
	readMarket(goes)
}

// retag takes from the one that stayed what the merge gave it, and gives the other its own again.
func (u *unmerging) retag(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, stays, goes Contact) error {
	t := tally{everyone(): 1}
	if err := unmark(ctx, tx, tenant, u.tags, []uuid.UUID{stays.ID}, t); err != nil {
		return err
	}
	var own []uuid.UUID
	for _, tag := range u.before.Goes.Tags {
		own = append(own, tag.ID)
	}
	if err := countInto(ctx, tx, t, 1, sqlMarkAgain, tenant, notNil(own), goes.ID); err != nil {
		return err
	}
	t.move(u.stays.StageID, stays.StageID)
	t.move(u.stays.OwnerID, stays.OwnerID)
	t.move(nil, goes.StageID)
	t.move(nil, goes.OwnerID)
	return t.write(ctx, tx, tenant)
}

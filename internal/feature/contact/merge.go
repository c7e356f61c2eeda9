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
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Merging names the contact that becomes part of another, and whose values survive.
type Merging struct {
	OtherID uuid.UUID `json:"otherId" doc:"Becomes part of the contact, and is no contact of its own any more"`
	Take    []string  `json:"take,omitempty" maxItems:"200" doc:"Values taken from the other: phone, bsuid, name, email, locale, stage, owner, field:<key>. All others stay, unless they are empty"`
}

// merged is what a merge needs to be undone: both contacts as they were, and the one that stays as
// it was left.
type merged struct {
	Stays Contact `json:"stays"`
	Goes  Contact `json:"goes"`
	After Contact `json:"after"`
}

// HoldMerges keeps contacts from being merged until the transaction ends. Whoever writes a
// campaign's recipients from the contacts takes it first: then no merge happens between reading
// the people and writing them down.
func HoldMerges(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	_, err := tx.Exec(ctx, sqlHoldMerges, tenant)
	return err
}

const (
	sqlHoldMerges = `select tenant_id from tenants where tenant_id = $1 for share`
	// Waits for all that hold merges, and is alone until the end.
	sqlBeginMerge = `select tenant_id from tenants where tenant_id = $1 for no key update`
	sqlPair       = `select ` + columns + `, c.merged_into from contacts c where c.tenant_id = $1 and c.id = any($2) order by c.id for update`
)

// Merge makes one contact of two. Fields, tags, stage, owner and consent follow; the stricter
// consent and any block win. In campaigns that are not over nobody gets two messages. It is tried
// again when a campaign was quicker.
func (s *Service) Merge(ctx context.Context, id uuid.UUID, m Merging) (Contact, error) {
	if id == m.OtherID {
		return Contact{}, fault.Invalid("Choose two different contacts.").At("body.otherId", "This is the same contact.")
	}
	var c Contact
	err := s.patiently(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		c, err = s.merge(ctx, tx, tenant, id, m)
		return err
	})
	return c, err
}

// patiently tries a transaction again that lost to another.
func (s *Service) patiently(ctx context.Context, do func(context.Context, pgx.Tx, uuid.UUID) error) (err error) {
	for range 5 {
		if err = s.inTenant(ctx, do); !db.IsSerialization(err) {
			return err
		}
	}
	return err
}

func (s *Service) merge(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, m Merging) (Contact, error) {
	if _, err := tx.Exec(ctx, sqlBeginMerge, tenant); err != nil {
		return Contact{}, err
	}
	stays, goes, err := pair(ctx, tx, tenant, id, m.OtherID)
	if err != nil {
		return Contact{}, err
	}
	if stays.deleted || goes.deleted {
		return Contact{}, errNoContact()
	}
	if s.Hooks.Merging != nil {
		if err := s.Hooks.Merging(ctx, tx, tenant, id, m.OtherID); err != nil {
			return Contact{}, err
		}
	}
	carried, err := s.carry(ctx, tx, tenant, m.OtherID, id)
	if err != nil {
		return Contact{}, err
	}
	now := s.clock.Now()
	after := unite(stays, goes, m.Take, now)
	if err := absorb(ctx, tx, tenant, after, goes, now); err != nil {
		return Contact{}, err
	}
	if err := inherit(ctx, tx, tenant, stays, goes, after, now); err != nil {
		return Contact{}, err
	}
	tags, err := moveTags(ctx, tx, tenant, stays, goes, after)
	if err != nil {
		return Contact{}, err
	}
	mergeID := ident.New()
	if _, err := tx.Exec(ctx, sqlInsertMerge, tenant, mergeID, id, m.OtherID, merged{stays, goes, after}, notNil(tags), who(ctx), now, carried); err != nil {
		return Contact{}, err
	}
	if err := Append(ctx, tx, tenant, now, Event{Contact: id, Kind: EventMerged, Subject: mergeID, Note: nameOf(goes), Changes: difference(stays, after)}); err != nil {
		return Contact{}, err
	}
	return whole(ctx, tx, tenant, id)
}

const sqlInsertMerge = `
insert into contact_merges (tenant_id, id, contact_id, other_id, before, tag_ids, made_by, made_at, carried)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

// pair locks two contacts, living or not, in the order of their ids, with their tags.
func pair(ctx context.Context, tx pgx.Tx, tenant, a, b uuid.UUID) (Contact, Contact, error) {
	rows, err := tx.Query(ctx, sqlPair, tenant, []uuid.UUID{a, b})
	if err != nil {
		return Contact{}, Contact{}, err
	}
	found, err := pgx.CollectRows(rows, scanMerged)
	if err == nil && len(found) < 2 {
		err = errNoContact()
	}
	if err == nil {
		err = addTags(ctx, tx, tenant, found)
	}
	if err != nil {
		return Contact{}, Contact{}, err
	}
	if found[0].ID == a {
		return found[0], found[1], nil
	}
	return found[1], found[0], nil
}

func nameOf(c Contact) string { return orElse(c.Name, orElse(c.Phone, c.BSUID)) }

// unite is the contact that stays as the merge leaves it.
func unite(stays, goes Contact, take []string, now time.Time) Contact {
	c := stays
	c.Fields = maps.Clone(stays.Fields)
	values, others := stays.values(), goes.values()
	for name, value := range others {
		if strings.HasPrefix(name, "optIn") || name == "deleted" || value == "" {
			continue
		}
		if values[name] == "" || slices.Contains(take, name) {
			c.set(name, value)
		}
	}
	if c.Phone == goes.Phone {
		c.WAID, c.Market, c.Unreachable = goes.WAID, goes.Market, goes.Unreachable
	}
	if c.Phone == stays.Phone {
		c.WAID, c.Market, c.Unreachable = stays.WAID, stays.Market, stays.Unreachable
	}
	if c.StageID == nil || slices.Contains(take, "stage") && goes.StageID != nil {
		c.StageID, c.StageAt = goes.StageID, goes.StageAt
	}
	if c.OwnerID == nil || slices.Contains(take, "owner") && goes.OwnerID != nil {
		c.OwnerID = goes.OwnerID
	}
	c.OptIn = stricter(stays.OptIn, goes.OptIn)
	if c.Suppressed == nil {
		c.Suppressed = goes.Suppressed
	}
	if c.WindowOpenUntil == nil || goes.WindowOpenUntil != nil && goes.WindowOpenUntil.After(*c.WindowOpenUntil) {
		c.WindowOpenUntil = goes.WindowOpenUntil
	}
	c.UpdatedAt = now
	return c
}

// inherit records the consent that the one that stays takes over, and adds the other's wishes to its
// own: what either of the two did not want, the one person does not.
func inherit(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, stays, goes, after Contact, now time.Time) error {
	change := consent.Change{Purpose: consent.Marketing, State: consent.Out, Via: consent.ViaMerge, Source: goes.OptIn.Source,
		By: who(ctx), Evidence: goes.OptIn.Evidence, At: now}
	var wishes []consent.Change
	for _, topic := range goes.TopicsOut {
		wish := change
		wish.Topic = topic
		wishes = append(wishes, wish)
	}
	if goes.UtilityOut && !stays.UtilityOut {
		wish := change
		wish.Purpose = consent.Utility
		wishes = append(wishes, wish)
	}
	if goes.MarketingDays > stays.MarketingDays {
		wish := change
		wish.State, wish.Days = consent.In, &goes.MarketingDays
		wishes = append(wishes, wish)
	}
	if err := ChangeConsent(ctx, tx, tenant, []uuid.UUID{after.ID}, wishes...); err != nil || !after.OptIn.differs(stays.OptIn) {
		return err
	}
	change.State = consent.State(after.OptIn.State)
	return consent.Append(ctx, tx, tenant, []uuid.UUID{after.ID}, change)
}

// stricter is the consent of one person who was two contacts: a refusal wins over everything;
// without one, what the person said wins over what waits for them to, and that over nothing said.
func stricter(a, b Consent) Consent {
	switch {
	case a.State == OptInRefused:
		return a
	case b.State == OptInRefused:
		return b
	case a.State == OptInUnknown, a.State == OptInPending && b.State == OptInGiven:
		return b
	}
	return a
}

const (
	// What stays of a contact that became part of another: the addresses it still has, by which
	// who writes is recognised.
	sqlAbsorb = `
update contacts set merged_into = $3, deleted_at = $4, updated_at = $4, phone = null, wa_id = null, wa_differs = false, bsuid = null,
    name = '', name_key = '', email = null, locale = null, fields = '{}', window_open_until = null,
    stage_id = null, stage_at = null, owner_id = null
where tenant_id = $1 and id = $2`
	sqlAlias = `
update contacts set phone = $3, wa_id = $4, wa_differs = $5, bsuid = $6 where tenant_id = $1 and id = $2`
	sqlPlace = `
update contacts set suppressed_at = $3, suppress_reason = $4, suppressed_by = $5, unreachable_at = $6, unreachable_reason = $7,
    window_open_until = $8, stage_id = $9, stage_at = $10, owner_id = $11
where tenant_id = $1 and id = $2`
	// Those that became part of it earlier go along.
	sqlFollow      = `update contacts set merged_into = $3 where tenant_id = $1 and merged_into = $2`
	sqlNoDuplicate = `
delete from contact_duplicates where tenant_id = $1 and (contact_id = $2 or other_id = $2)`
)

// absorb writes both rows: first the one that goes gives its addresses up.
func absorb(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, after, goes Contact, now time.Time) error {
	if _, err := tx.Exec(ctx, sqlAbsorb, tenant, goes.ID, after.ID, now); err != nil {
		return err
	}
	if err := putWhole(ctx, tx, tenant, after); err != nil {
		return err
	}
	for _, sql := range []string{sqlFollow, sqlNoDuplicate} {
		args := []any{tenant, goes.ID, after.ID}
		if sql == sqlNoDuplicate {
			args = args[:2]
		}
		if _, err := tx.Exec(ctx, sql, args...); err != nil {
			return err
		}
	}
	return nil
}

// putWhole writes everything a contact's row says.
func putWhole(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Contact) error {
	if err := update(ctx, tx, tenant, c); err != nil {
		return err
	}
	var s Suppression
	var u Unreachable
	var blocked, missed *time.Time
	if c.Suppressed != nil {
		s, blocked = *c.Suppressed, &c.Suppressed.At
	}
	if c.Unreachable != nil {
		u, missed = *c.Unreachable, &c.Unreachable.At
	}
	_, err := tx.Exec(ctx, sqlPlace, tenant, c.ID, blocked, s.Reason, s.By, missed, u.Reason, c.WindowOpenUntil, c.StageID, c.StageAt, c.OwnerID)
	return err
}

// alias gives an absorbed contact the addresses that the other did not take.
func alias(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, id uuid.UUID, left Contact) error {
	_, err := tx.Exec(ctx, sqlAlias, tenant, id, orNull(left.Phone), orNull(left.WAID), left.Phone != "" && differs(left), orNull(left.BSUID))
	return err
}

const (
	sqlCopyTags = `
insert into contact_tags (tenant_id, tag_id, contact_id)
select $1, x.tag_id, $3 from contact_tags x where x.tenant_id = $1 and x.contact_id = $2
on conflict do nothing returning tag_id`
)

// moveTags gives the tags of the one that goes to the one that stays, counts, and returns those
// that are new to it. The addresses that nobody took stay with the row that goes.
func moveTags(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, stays, goes, after Contact) ([]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlCopyTags, tenant, goes.ID, stays.ID)
	if err != nil {
		return nil, err
	}
	tags, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return nil, err
	}
	t := tally{everyone(): -1}
	for _, tag := range tags {
		t[tag]++
	}
	if err := countInto(ctx, tx, t, -1, sqlUnmarkAll, tenant, []uuid.UUID{goes.ID}, goes.ID, goes.ID); err != nil {
		return nil, err
	}
	for _, c := range []Contact{stays, goes} {
		t.move(c.StageID, nil)
		t.move(c.OwnerID, nil)
	}
	t.move(nil, after.StageID)
	t.move(nil, after.OwnerID)
	if err := alias(ctx, tx, tenant, goes.ID, untaken(stays, goes, after)); err != nil {
		return nil, err
	}
	return tags, t.write(ctx, tx, tenant)
}

// untaken are the addresses of two contacts that the united one does not have.
func untaken(stays, goes, after Contact) (left Contact) {
	for _, c := range []Contact{stays, goes} {
		if c.Phone != "" && c.Phone != after.Phone {
			left.Phone, left.WAID = c.Phone, c.WAID
		}
		if c.BSUID != "" && c.BSUID != after.BSUID {
			left.BSUID = c.BSUID
		}
	}
	return left
}

func readMarket(c *Contact) {
	if c.Phone == "" {
		c.WAID, c.Market = "", ""
		return
	}
	c.Market = billing.Market(c.Phone)
}

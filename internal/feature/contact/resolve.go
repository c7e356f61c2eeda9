package contact

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Resolve finds or makes the contact behind an event of WhatsApp, in the caller's transaction,
// and locks it. It matches by user id first, then by phone, adds the address that was missing,
// and ends being unreachable: whoever writes can be reached. When the two addresses belong to
// two contacts both stay as they are, the one of the user id is returned, and the pair is
// recorded for a person to merge. created reports a stranger.
func Resolve(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, who Identity) (c Contact, created bool, err error) {
	if !who.usable() {
		return Contact{}, false, fmt.Errorf("resolve contact: no usable identity")
	}
	// Somebody else may make the same stranger: then the second look finds them.
	for range 3 {
		c, created, err = resolveOnce(ctx, tx, tenant, who)
		if !errors.Is(err, errRaced) {
			return c, created, err
		}
	}
	return Contact{}, false, fmt.Errorf("resolve contact: %w", err)
}

func (who Identity) usable() bool {
	return (who.WAID != "" || who.BSUID != "") && (who.WAID == "" || validDigits(who.WAID)) && len(who.BSUID) <= maxBSUID
}

var errRaced = errors.New("address taken meanwhile")

func resolveOnce(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, who Identity) (Contact, bool, error) {
	phone := ""
	if who.WAID != "" {
		phone = phoneOfWA(who.WAID)
	}
	found, err := byAddress(ctx, tx, tenant, phone, who.BSUID, who.WAID)
	if err != nil {
		return Contact{}, false, err
	}
	byUser, byPhone := match(found, phone, who)
	byUser, aliased, err := living(ctx, tx, tenant, byUser)
	if err != nil {
		return Contact{}, false, err
	}
	if aliased {
		who.BSUID = "" // it stays with the row of the contact that was merged
	}
	if byPhone, aliased, err = living(ctx, tx, tenant, byPhone); err != nil {
		return Contact{}, false, err
	}
	if aliased {
		who.WAID, phone = "", ""
	}
	switch {
	case byUser == nil && byPhone == nil:
		return stranger(ctx, tx, tenant, phone, who)
	case byUser != nil && byPhone != nil && byUser.ID != byPhone.ID:
		if err := recordDuplicate(ctx, tx, tenant, byUser.ID, byPhone.ID, who.At); err != nil {
			return Contact{}, false, err
		}
		return known(ctx, tx, tenant, *byUser, Identity{Name: who.Name, At: who.At}, "")
	case byUser != nil:
		return known(ctx, tx, tenant, *byUser, who, phone)
	}
	return known(ctx, tx, tenant, *byPhone, who, phone)
}

// living follows a contact that became part of another to the one it is now; aliased reports that
// it did.
func living(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c *Contact) (_ *Contact, aliased bool, err error) {
	if c == nil || c.merged == uuid.Nil {
		return c, false, nil
	}
	now, err := one(ctx, tx, sqlByIDLocked, tenant, c.merged)
	return &now, true, err
}

func match(found []Contact, phone string, who Identity) (byUser, byPhone *Contact) {
	for i := range found {
		c := &found[i]
		if who.BSUID != "" && c.BSUID == who.BSUID {
			byUser = c
		}
		if phone != "" && (c.Phone == phone || c.WAID == who.WAID) && (byPhone == nil || c.Phone == phone) {
			byPhone = c
		}
	}
	return byUser, byPhone
}

func strangerOf(phone string, who Identity) Contact {
	return Contact{ID: ident.New(), Phone: phone, WAID: who.WAID, BSUID: who.BSUID, Name: cleanName(who.Name), Market: marketOf(phone),
		OptIn: Consent{State: OptInUnknown}, CreatedAt: who.At, UpdatedAt: who.At, Fields: map[string]string{}}
}

func stranger(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, phone string, who Identity) (Contact, bool, error) {
	c := strangerOf(phone, who)
	inserted, err := insert(ctx, tx, tenant, c)
	switch {
	case err != nil:
		return Contact{}, false, err
	case !inserted:
		return Contact{}, false, errRaced
	}
	return c, true, tally{everyone(): 1}.write(ctx, tx, tenant)
}

// known adds to a contact what the event says and we did not know.
func known(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Contact, who Identity, phone string) (Contact, bool, error) {
	before, revived := c, c.deleted
	if c.Phone == "" && phone != "" {
		c.Phone, c.Market = phone, marketOf(phone)
	}
	if who.WAID != "" && c.Phone == phone {
		c.WAID = who.WAID // WhatsApp's own word for this phone
	}
	if c.BSUID == "" {
		c.BSUID = who.BSUID
	}
	if c.Name == "" {
		c.Name = cleanName(who.Name)
	}
	if revived || c.Phone != before.Phone || c.WAID != before.WAID || c.BSUID != before.BSUID || c.Name != before.Name {
		c.UpdatedAt, c.deleted = who.At, false
		if err := update(ctx, tx, tenant, c); err != nil {
			return Contact{}, false, err
		}
	}
	if c.Unreachable != nil {
		c.Unreachable = nil
		if err := Reached(ctx, tx, tenant, []uuid.UUID{c.ID}); err != nil {
			return Contact{}, false, err
		}
	}
	if !revived {
		return c, false, nil
	}
	return c, true, tally{everyone(): 1}.write(ctx, tx, tenant)
}

func cleanName(name string) string {
	if !storable(name) {
		return ""
	}
	return firstRunes(name, maxName)
}

const sqlDuplicate = `
insert into contact_duplicates (tenant_id, contact_id, other_id, source, seen_at)
values ($1, $2, $3, 'whatsapp', $4) on conflict do nothing`

func recordDuplicate(ctx context.Context, tx pgx.Tx, tenant, a, b uuid.UUID, at time.Time) error {
	_, err := tx.Exec(ctx, sqlDuplicate, tenant, a, b, at)
	return err
}

package contact

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Follow gives a contact the addresses that its person has from now on, in the caller's transaction. An
// address that is another contact's stays there, and the pair is recorded for a person to merge.
func Follow(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, to Identity) error {
	if !to.usable() {
		return nil
	}
	phone := ""
	if to.WAID != "" {
		phone = phoneOfWA(to.WAID)
	}
	found, err := byAddress(ctx, tx, tenant, phone, to.BSUID, to.WAID)
	if err != nil {
		return err
	}
	for _, other := range found {
		if other.ID == id || other.merged == id {
			continue
		}
		return recordDuplicate(ctx, tx, tenant, id, other.ID, to.At)
	}
	c, err := one(ctx, tx, sqlByIDLocked, tenant, id)
	if err != nil {
		return err
	}
	if phone != "" {
		c.Phone, c.WAID, c.Market = phone, to.WAID, marketOf(phone)
	}
	if to.BSUID != "" {
		c.BSUID = to.BSUID
	}
	c.UpdatedAt = to.At
	return update(ctx, tx, tenant, c)
}

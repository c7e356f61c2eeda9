package contact

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// erasureKeys hash the addresses of people who were erased: whoever has the table alone cannot
// try all phone numbers against it. Keys rotate; the first makes, all of them recognise.
type erasureKeys [][]byte

// hashes are an address under every key, the first key's first. Each tenant's differ.
func (k erasureKeys) hashes(tenant uuid.UUID, address string) [][]byte {
	out := make([][]byte, len(k))
	for i, key := range k {
		mac := hmac.New(sha256.New, key)
		mac.Write(tenant[:])
		mac.Write([]byte(address))
		out[i] = mac.Sum(nil)
	}
	return out
}

// byErasure is where the refusal of people who were erased comes from.
const byErasure = "erasure"

// Met keeps marketing from strangers who asked to be erased: they may write, and are answered,
// and only they can opt in again. It is message.Hooks.Met.
func (s *Service) Met(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, strangers []Contact) error {
	var addresses []string
	for _, c := range strangers {
		addresses = append(addresses, addressesOf(c)...)
	}
	found, err := s.erasures.erased(ctx, tx, tenant, addresses)
	if err != nil || len(found) == 0 {
		return err
	}
	for _, c := range strangers {
		if !slices.ContainsFunc(addressesOf(c), func(address string) bool { return found[address] }) {
			continue
		}
		if err := Stop(ctx, tx, tenant, []uuid.UUID{c.ID}, c.UpdatedAt, byErasure, "This person asked to be erased."); err != nil {
			return err
		}
	}
	return nil
}

// heedErasure does the same for a person added by hand, unless whoever adds them says that they
// agreed.
func (s *Service) heedErasure(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, c Contact, change Change, now time.Time) error {
	if change.OptIn != nil {
		return nil
	}
	c.ID, c.UpdatedAt = id, now
	return s.Met(ctx, tx, tenant, []Contact{c})
}

func addressesOf(c Contact) (addresses []string) {
	for _, address := range []string{c.Phone, c.BSUID} {
		if address != "" {
			addresses = append(addresses, address)
		}
	}
	return addresses
}

const (
	sqlAnyErased = `select exists (select 1 from contact_erasures where tenant_id = $1)`
	sqlErased    = `select hash from contact_erasures where tenant_id = $1 and hash = any($2)`
)

// erased says which of the addresses (a phone, a user id) are of people who were erased.
func (k erasureKeys) erased(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, addresses []string) (map[string]bool, error) {
	var some bool
	if len(k) == 0 || len(addresses) == 0 {
		return nil, nil
	}
	if err := tx.QueryRow(ctx, sqlAnyErased, tenant).Scan(&some); err != nil || !some {
		return nil, err
	}
	of, all := map[string]string{}, [][]byte{}
	for _, address := range addresses {
		for _, hash := range k.hashes(tenant, address) {
			of[string(hash)], all = address, append(all, hash)
		}
	}
	rows, err := tx.Query(ctx, sqlErased, tenant, all)
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	var hash []byte
	_, err = pgx.ForEachRow(rows, []any{&hash}, func() error {
		found[of[string(hash)]] = true
		return nil
	})
	return found, err
}

// refuseErased leaves people out who asked to be erased: a file must not bring them back silently.
func (w *writing) refuseErased(ctx context.Context) error {
	var addresses []string
	for _, who := range w.chunk.people {
		addresses = append(addresses, addressesOf(Contact{Phone: who.phone, BSUID: who.bsuid})...)
	}
	erased, err := w.keys.erased(ctx, w.tx, w.tenant, addresses)
	if err != nil || len(erased) == 0 {
		return err
	}
	for i, who := range w.chunk.people {
		if erased[who.phone] || erased[who.bsuid] {
			w.problems[i] = problemErased
		}
	}
	return nil
}

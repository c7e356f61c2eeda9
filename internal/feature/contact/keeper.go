package contact

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Keeper is a table that names contacts, and what becomes of its rows when a person asks for all that
// is kept of them, asks to be erased, or turns out to be two contacts. Its owner gives one to the
// wiring (Service.Keep); a table without one fails a test. What is not done has its reason.
type Keeper struct {
	Table string

	// Read returns the contacts' rows, one object of JSON each, for the export's part Section.
	Section string
	Read    func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID) ([]json.RawMessage, error)
	Unread  string // why an export goes without

	// Forget takes away what the rows say of people, in transactions of its own, any number of times.
	Forget func(ctx context.Context, tenant uuid.UUID, e Erasure) error
	Kept   string // why an erasure leaves them

	// Carry gives one contact's rows to the contact it becomes part of, in the merge's transaction, and
	// tells what Return needs to give them back: an object or list of JSON, or nothing.
	Carry  func(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID) (any, error)
	Return func(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID, carried json.RawMessage) error
	Stays  string // why a merge leaves them where they are
}

// Erasure is a person being erased: the contacts they were, and keyed hashes of their addresses, by
// which what must be kept as proof is found by whoever knows an address.
type Erasure struct {
	Contacts []uuid.UUID
	Hashes   [][]byte
	At       time.Time
}

// Keep adds tables of other features to those that exports, erasures and merges go through, in this
// order. It is called while wiring.
func (s *Service) Keep(keepers ...Keeper) { s.keepers = append(s.keepers, keepers...) }

// Keepers are all tables that name contacts, this feature's own first.
func (s *Service) Keepers() []Keeper { return append(ownKeepers(), s.keepers...) }

// carry gives the rows of all tables to the contact that stays, and returns what gives them back.
func (s *Service) carry(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID) (map[string]any, error) {
	carried := map[string]any{}
	for _, k := range s.Keepers() {
		if k.Carry == nil {
			continue
		}
		moved, err := k.Carry(ctx, tx, tenant, goes, stays)
		if err != nil {
			return nil, fmt.Errorf("carry %s over: %w", k.Table, err)
		}
		if moved != nil {
			carried[k.Table] = moved
		}
	}
	return carried, nil
}

// giveBack undoes carry, the last table first.
func (s *Service) giveBack(ctx context.Context, tx pgx.Tx, tenant, goes, stays uuid.UUID, carried map[string]json.RawMessage) error {
	all := s.Keepers()
	for i := len(all) - 1; i >= 0; i-- {
		k := all[i]
		if moved, has := carried[k.Table]; has && k.Return != nil {
			if err := k.Return(ctx, tx, tenant, goes, stays, moved); err != nil {
				return fmt.Errorf("give %s back: %w", k.Table, err)
			}
		}
	}
	return nil
}

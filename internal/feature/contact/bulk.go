package contact

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Marking is a change of tags on many contacts: those of IDs, or those a Filter lets through.
type Marking struct {
	IDs    []uuid.UUID `json:"ids,omitempty" maxItems:"1000"`
	Filter *Filter     `json:"filter,omitempty" doc:"Everybody it lets through, instead of ids; {} is everybody"`
	Add    []uuid.UUID `json:"add,omitempty" maxItems:"50" doc:"Tags to give"`
	Remove []uuid.UUID `json:"remove,omitempty" maxItems:"50" doc:"Tags to take away"`
}

// Marked is how far a Marking got.
type Marked struct {
	Contacts  int64 `json:"contacts" doc:"Contacts looked at so far"`
	Continues bool  `json:"continues" doc:"The rest is done in the background"`
}

const (
	// Contacts per transaction, and transactions before the rest goes to a job.
	markPage  = 5000
	markPages = 10
)

// Mark changes tags. IDs are one transaction. A filter is worked in transactions of 5,000
// contacts; after 50,000 a job goes on, and the reply says so.
func (s *Service) Mark(ctx context.Context, m Marking) (Marked, error) {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return Marked{}, err
	}
	switch {
	case len(m.Add)+len(m.Remove) == 0:
		return Marked{}, fault.Invalid("Say which tags to add or remove.").At("body.add", "Name a tag.")
	case (m.Filter == nil) == (len(m.IDs) == 0):
		return Marked{}, fault.Invalid("Name the contacts, or give a filter.").At("body.ids", "Either ids or a filter.")
	case m.Filter == nil:
		var done Marked
		err = s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
			held, err := holdContacts(ctx, tx, tenant, m.IDs)
			if err != nil {
				return err
			}
			done.Contacts = int64(len(held))
			return s.markSome(ctx, tx, tenant, m, held)
		})
		return done, err
	}
	return s.markFiltered(ctx, markArgs{Tenant: tenant, Marking: m}, markPages)
}

// markFiltered works pages from where args stands, and leaves the rest to a job.
func (s *Service) markFiltered(ctx context.Context, args markArgs, pages int) (Marked, error) {
	for page := 1; ; page++ {
		finished := false
		err := s.db.InTenant(ctx, args.Tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
			next, more, err := s.markNext(ctx, tx, args)
			if err != nil {
				return err
			}
			args, finished = next, !more
			if more && page == pages {
				return s.queue.Insert(ctx, tx, args, nil)
			}
			return nil
		})
		if err != nil || finished || page == pages {
			return Marked{Contacts: args.Done, Continues: !finished}, err
		}
	}
}

// markNext works one page. By id: the order of a list that tagging itself does not change.
func (s *Service) markNext(ctx context.Context, tx pgx.Tx, args markArgs) (next markArgs, more bool, err error) {
	l, err := listingFor(ctx, tx, args.Tenant, *args.Marking.Filter, Newest)
	if err != nil {
		return args, false, err
	}
	rows, err := list(ctx, tx, args.Tenant, l, args.After, markPage)
	if err != nil || len(rows) == 0 {
		return args, false, err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, c := range rows {
		ids[i] = c.ID
	}
	held, err := holdContacts(ctx, tx, args.Tenant, ids)
	if err != nil {
		return args, false, err
	}
	args.After = l.position(rows[len(rows)-1]).(position)
	args.Done += int64(len(held))
	return args, len(rows) == markPage, s.markSome(ctx, tx, args.Tenant, args.Marking, held)
}

func (s *Service) markSome(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, m Marking, contacts []uuid.UUID) error {
	t := tally{}
	if err := unmark(ctx, tx, tenant, m.Remove, contacts, t); err != nil {
		return err
	}
	return s.tag(ctx, tx, tenant, contacts, m.Add, t)
}

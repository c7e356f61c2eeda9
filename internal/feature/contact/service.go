package contact

import (
	"context"
	"log/slog"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/feature/segment"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/blob"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// Inserter puts a job into the caller's transaction; queue.Client is one.
type Inserter interface {
	Insert(ctx context.Context, tx pgx.Tx, args river.JobArgs, opts *river.InsertOpts) error
}

// Deps is what the service stands on. All but Logger are needed.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock
	Queue  Inserter
	Blobs  blob.Store // uploaded files and error files
	Logger *slog.Logger
	// ErasureKeys hash the addresses of erased people; the first makes, all of them recognise.
	ErasureKeys [][]byte
}

// Service is the use cases of contacts. Each exported method with a context acts for the
// context's actor in one transaction, unless it says otherwise.
type Service struct {
	// Moved, when set, hears of each step to another stage or owner, in its transaction.
	Moved func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, moves []Move) error

	db    *db.DB
	clock clock.Clock
	queue Inserter
	blobs blob.Store
	log   *slog.Logger

	erasures erasureKeys
	keepers  []Keeper
	// Hooks are set by the wiring before any role starts.
	Hooks Hooks
}

// Hooks are what other features do when this one acts, in its transaction.
type Hooks struct {
	// Merging makes one recipient of two in every campaign that is not over: what is not yet
	// claimed follows the contact that stays, or ends as a duplicate.
	Merging func(ctx context.Context, tx pgx.Tx, tenant, stays, goes uuid.UUID) error
	// Why puts the reason in words for which a message was refused or failed; nil: it is not told.
	Why func(reason string, code int) string
}

// New makes the service.
func New(d Deps) *Service {
	if d.Logger == nil {
		d.Logger = slog.New(slog.DiscardHandler)
	}
	return &Service{db: d.DB, clock: d.Clock, queue: d.Queue, blobs: d.Blobs, log: d.Logger, erasures: d.ErasureKeys}
}

func (s *Service) inTenant(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, tenant) })
}

// List returns a page of contacts with their tags. Total is exact without filters and with a tag
// alone; with others it is exact up to 10,000 and absent beyond. It is counted for the first
// page only.
func (s *Service) List(ctx context.Context, f Filter, sort Sort, p web.PageQuery) (web.Page[Contact], error) {
	var after position
	if err := web.DecodeCursor(p.After, &after); err != nil {
		return web.Page[Contact]{}, err
	}
	var page web.Page[Contact]
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		l, err := s.listingFor(ctx, tx, tenant, f, sort, after)
		if err != nil {
			return err
		}
		rows, total, err := l.read(ctx, tx, tenant, after, p.Limit+1)
		if err != nil {
			return err
		}
		page = web.PageOf(rows, p.Limit, l.position)
		if p.After == "" {
			page.Total = total
		}
		return addTags(ctx, tx, tenant, page.Items)
	})
	return page, err
}

// listingFor is the list of a filter from a position. Where the order is the id's, what a segment
// joins is bounded by the position too.
func (s *Service) listingFor(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, f Filter, sort Sort, after position) (listing, error) {
	region := ""
	if looksLikePhone(strings.TrimSpace(f.Q)) {
		var err error
		if region, err = country(ctx, tx, tenant); err != nil {
			return listing{}, err
		}
	}
	l := newListing(f, sort, region)
	q := f.query()
	if q.Everybody() {
		return l, nil
	}
	var bound *segment.Span
	if l.order == "id" && after.ID != uuid.Nil {
		bound = &segment.Span{Op: "<", From: after.ID}
	}
	var err error
	l.only, err = segment.Compile(ctx, tx, tenant, q, s.clock.Now(), bound, "query.where")
	return l, err
}

// Get returns one contact with its tags.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Contact, error) {
	var c Contact
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		c, err = whole(ctx, tx, tenant, id)
		return err
	})
	return c, err
}

func whole(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Contact, error) {
	c, err := one(ctx, tx, sqlByID, tenant, id)
	if err != nil {
		return Contact{}, err
	}
	found := []Contact{c}
	err = addTags(ctx, tx, tenant, found)
	return found[0], err
}

// Delete erases a contact's name, e-mail, fields, tags, stage and owner. Its addresses, consent and messages
// stay (see the package doc).
func (s *Service) Delete(ctx context.Context, id uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		gone, err := erase(ctx, tx, tenant, []uuid.UUID{id}, s.clock.Now())
		if err == nil && len(gone) == 0 {
			return errNoContact()
		}
		return err
	})
}

// SuppressOne stops everything to a contact; the actor is who did it.
func (s *Service) SuppressOne(ctx context.Context, id uuid.UUID, reason string) (Contact, error) {
	return s.changeOne(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		now, reason := s.clock.Now(), strings.TrimSpace(reason)
		if err := Suppress(ctx, tx, tenant, []uuid.UUID{id}, Suppression{At: now, Reason: reason, By: who(ctx)}); err != nil {
			return err
		}
		return Append(ctx, tx, tenant, now, Event{Contact: id, Kind: EventSuppressed, Note: reason})
	})
}

// UnsuppressOne undoes SuppressOne.
func (s *Service) UnsuppressOne(ctx context.Context, id uuid.UUID) (Contact, error) {
	return s.changeOne(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if err := Unsuppress(ctx, tx, tenant, []uuid.UUID{id}, s.clock.Now()); err != nil {
			return err
		}
		return Append(ctx, tx, tenant, s.clock.Now(), Event{Contact: id, Kind: EventUnsuppressed})
	})
}

func (s *Service) changeOne(ctx context.Context, id uuid.UUID, change func(context.Context, pgx.Tx, uuid.UUID) error) (Contact, error) {
	var c Contact
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		if _, err = one(ctx, tx, sqlByIDLocked, tenant, id); err != nil {
			return err
		}
		if err = change(ctx, tx, tenant); err != nil {
			return err
		}
		c, err = whole(ctx, tx, tenant, id)
		return err
	})
	return c, err
}

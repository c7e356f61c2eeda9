package segment

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Deps is what the service stands on.
type Deps struct {
	DB    *db.DB
	Clock clock.Clock
}

// Service is the use cases of segments. Each exported method without a transaction is one, for
// the context's actor.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

func (s *Service) inTenant(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, tenant) })
}

// List returns the segments by name, each with its sentence.
func (s *Service) List(ctx context.Context) (found []Segment, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if found, err = all(ctx, tx, tenant); err != nil {
			return err
		}
		queries := make([]Query, len(found))
		for i, one := range found {
			queries[i] = one.Query
		}
		v, err := learn(ctx, tx, tenant, Query{All: queries}, s.Clock.Now())
		if err != nil {
			return err
		}
		for i := range found {
			found[i].Sentence = v.sentence(found[i].Query)
		}
		return nil
	})
	return found, err
}

// Get returns one segment.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (found Segment, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		found, err = s.whole(ctx, tx, tenant, id)
		return err
	})
	return found, err
}

func (s *Service) whole(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Segment, error) {
	found, err := byID(ctx, tx, tenant, id)
	if err != nil {
		return Segment{}, err
	}
	v, err := learn(ctx, tx, tenant, found.Query, s.Clock.Now())
	if err != nil {
		return Segment{}, err
	}
	found.Sentence = v.sentence(found.Query)
	return found, nil
}

// Create makes a segment.
func (s *Service) Create(ctx context.Context, name string, q Query) (made Segment, err error) {
	now := s.Clock.Now()
	made = Segment{ID: ident.New(), Name: strings.TrimSpace(name), Query: q, CreatedAt: now, UpdatedAt: now}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if err := s.check(ctx, tx, tenant, made); err != nil {
			return err
		}
		if err := hasRoom(ctx, tx, tenant); err != nil {
			return err
		}
		a, _ := actor.From(ctx)
		if err := insert(ctx, tx, tenant, a.UserID, made); err != nil {
			return err
		}
		made, err = s.whole(ctx, tx, tenant, made.ID)
		return err
	})
	return made, err
}

func hasRoom(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	var n int
	if err := tx.QueryRow(ctx, sqlCountSegments, tenant).Scan(&n); err != nil {
		return err
	}
	if n >= maxSegments {
		return fault.Invalid(fmt.Sprintf("A workspace has room for %d segments.", maxSegments)).WithCode("too_many_segments")
	}
	return nil
}

// check holds a segment against the language and the workspace.
func (s *Service) check(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, one Segment) error {
	if one.Name == "" || utf8.RuneCountInString(one.Name) > maxName {
		return fault.Invalid("Give the segment a name of 1 to 100 characters.").At("body.name", "1 to 100 characters.")
	}
	if len(one.Query.ids("segment")) > 0 {
		return wrong("body.query", "A segment cannot be made of segments.")
	}
	_, err := Compile(ctx, tx, tenant, one.Query, s.Clock.Now(), nil, "body.query")
	return err
}

// Change is what a person sets on a segment; nil leaves a part as it is.
type Change struct {
	Name  *string `json:"name,omitempty" minLength:"1" maxLength:"100"`
	Query *Query  `json:"query,omitempty"`
}

// Edit changes a segment. Campaigns that have started keep the people they had.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, change Change) (edited Segment, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if edited, err = byID(ctx, tx, tenant, id); err != nil {
			return err
		}
		if change.Name != nil {
			edited.Name = strings.TrimSpace(*change.Name)
		}
		if change.Query != nil {
			edited.Query = *change.Query
		}
		edited.UpdatedAt = s.Clock.Now()
		if err := s.check(ctx, tx, tenant, edited); err != nil {
			return err
		}
		if err := update(ctx, tx, tenant, edited); err != nil {
			return err
		}
		edited, err = s.whole(ctx, tx, tenant, id)
		return err
	})
	return edited, err
}

const sqlScheduledFor = `
select name from campaigns where tenant_id = $1 and status = 'scheduled' and audience::text like '%' || $2::text || '%' limit 1`

// Delete removes a segment that no scheduled campaign is for.
func (s *Service) Delete(ctx context.Context, id uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		rows, err := tx.Query(ctx, sqlScheduledFor, tenant, id.String())
		if err != nil {
			return err
		}
		waiting, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return err
		}
		if len(waiting) > 0 {
			return fault.Conflict(fmt.Sprintf("The scheduled campaign “%s” is for this segment. Change or cancel it first.", waiting[0])).WithCode("in_use")
		}
		return remove(ctx, tx, tenant, id)
	})
}

// Preview is what a query means now.
type Preview struct {
	Count    int64  `json:"count"`
	Sentence string `json:"sentence"`
	Sample   []Row  `json:"sample" doc:"The newest of them"`
}

const sampleRows = 5

// Preview counts a query and shows some of those it lets through.
func (s *Service) Preview(ctx context.Context, q Query) (p Preview, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if err := q.Check("body.query"); err != nil {
			return err
		}
		v, err := learn(ctx, tx, tenant, q, s.Clock.Now())
		if err != nil {
			return err
		}
		c, err := compile(v, q, nil, "body.query")
		if err != nil {
			return err
		}
		p.Sentence = v.sentence(q)
		if p.Count, err = c.Count(ctx, tx, tenant); err != nil {
			return fmt.Errorf("count segment: %w", err)
		}
		p.Sample, err = c.sample(ctx, tx, tenant, p.Count, sampleRows)
		return err
	})
	return p, err
}

package campaign

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/mapping"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

const (
	firstChunk  = 500 // small, so that the first message leaves at once; each next one is twice the last
	freezeChunk = 4000
	freezeSpan  = 30 * time.Second // how long one job freezes before it hands over to the next
)

// freezeSome freezes recipients until all are, or the job's time is up; it says
// whether all are.
func (s *Service) freezeSome(ctx context.Context, tenant, id uuid.UUID) (bool, error) {
	end := s.Clock.Now().Add(freezeSpan)
	for size := firstChunk; ; size = min(2*size, freezeChunk) {
		done, err := s.freezeChunk(ctx, tenant, id, size)
		if err != nil || done {
			return done, err
		}
		if !s.Clock.Now().Before(end) {
			return false, nil
		}
	}
}

// freezeChunk freezes the next chunk in one transaction with its cursor, so a
// killed job goes on where it was, and rings the lane. The campaign is locked in
// shared mode: sending goes on, a cancel waits.
func (s *Service) freezeChunk(ctx context.Context, tenant, id uuid.UUID, size int) (done bool, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		if err := contact.HoldMerges(ctx, tx, tenant); err != nil {
			return err
		}
		found, err := standing(ctx, tx, tenant, []uuid.UUID{id})
		if err != nil || len(found) == 0 || found[0].Status != Running && found[0].Status != Paused {
			done = err == nil
			return err
		}
		after, err := freezeCursor(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		c, err := byID(ctx, tx, tenant, id)
		if err != nil || c.Frozen {
			done = err == nil
			return err
		}
		done, err = s.freezeNext(ctx, tx, tenant, c, after, size)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("freeze campaign %s: %w", id, err)
	}
	return done, nil
}

// freezeNext writes one chunk. Contacts come by ascending id, so the cursor is enough.
func (s *Service) freezeNext(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, after uuid.UUID, size int) (bool, error) {
	people, err := contact.AudiencePage(ctx, tx, tenant, c.Audience.AsOf(s.Clock.Now()), after, size)
	if err != nil {
		return false, fmt.Errorf("read audience: %w", err)
	}
	chunk, err := s.chunk(ctx, tx, tenant, c, people)
	if err != nil {
		return false, err
	}
	if c.LocalAt != nil {
		if err := s.timeChunk(ctx, tx, tenant, c, people, chunk); err != nil {
			return false, fmt.Errorf("find recipients' times: %w", err)
		}
	}
	wrote, err := freeze(ctx, tx, tenant, c.ID, chunk)
	if err != nil {
		return false, fmt.Errorf("write recipients: %w", err)
	}
	if len(people) > 0 {
		after = people[len(people)-1].ID
	}
	done := len(people) < size
	if err := count(ctx, tx, tenant, c.ID, wrote); err != nil {
		return false, err
	}
	if err := setFreezeCursor(ctx, tx, tenant, c.ID, after, done); err != nil {
		return false, err
	}
	return done, s.Messages.Ring(ctx, tx, c.ChannelID)
}

// chunk gives each person their message's id, their variant by lot, their language and their
// parameters. Values that the template cannot take are kept: the gate refuses that one message and
// says why.
func (s *Service) chunk(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, people []contact.Contact) ([]frozen, error) {
	fill := make([]*mapping.Languages, c.variants())
	for i := range fill {
		var err error
		if fill[i], err = s.filler(ctx, tx, tenant, c.as(int16(i+1))); err != nil {
			return nil, err
		}
	}
	chunk := make([]frozen, 0, len(people))
	for _, p := range people {
		chunk = append(chunk, c.freezeOne(p, fill))
	}
	return chunk, nil
}

// filler fills one variant's template in its languages, sendable now or not.
func (s *Service) filler(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) (*mapping.Languages, error) {
	t, err := s.Templates.ByID(ctx, tx, tenant, c.TemplateID)
	if err != nil {
		return nil, fmt.Errorf("read template: %w", err)
	}
	compiled, err := s.Templates.Compiled(t)
	if err != nil {
		return nil, fmt.Errorf("compile template: %w", err)
	}
	r, err := s.rendererOf(tenant, compiled, c.Mapping)
	if err != nil {
		return nil, err
	}
	if r.Tracker, err = s.Links.Tracker(ctx, tx, tenant, r.Placed()); err != nil {
		return nil, fmt.Errorf("tracked links: %w", err)
	}
	return s.languagesOf(ctx, tx, tenant, c, t, r)
}

// alternative is what one variant would be for a person who waits for the winner.
type alternative struct {
	Template *uuid.UUID `json:"t"`
	Params   []string   `json:"p"`
}

func (c Campaign) freezeOne(p contact.Contact, fill []*mapping.Languages) frozen {
	state, variant := c.assign(p.ID)
	f := frozen{contact: p.ID, message: ident.New(), state: state, variant: variant, params: []string{}}
	switch state {
	case statePending:
		f.template, f.params = written(p, f.message, max(1, variant), fill)
	case stateResting:
		all := make([]alternative, len(fill))
		for i := range all {
			all[i].Template, all[i].Params = written(p, f.message, int16(i+1), fill)
		}
		f.params = all
	}
	return f
}

// written is what a person gets of a variant: its template, nil for the campaign's own, and its values.
func written(p contact.Contact, message uuid.UUID, variant int16, fill []*mapping.Languages) (*uuid.UUID, []string) {
	versions := fill[variant-1]
	v := versions.Of(p.Locale)
	params, _ := v.Params(p, nil, message)
	if variant == 1 {
		return versions.IDOf(v), notNil(params)
	}
	return &v.Template.ID, notNil(params)
}

// timeChunk gives each person of a chunk the time of their own clock.
func (s *Service) timeChunk(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, people []contact.Contact, chunk []frozen) error {
	quiet, err := s.Messages.Quiet(ctx, tx, tenant)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	for i, p := range people {
		due := dueAt(*c.LocalAt, s.zones.Of(p.Fields[quiet.ZoneField()], p.Phone, quiet.Zone()), now)
		if chunk[i].state != stateHeldOut {
			chunk[i].due = &due
		}
	}
	return markTimed(ctx, tx, tenant, c.ID)
}

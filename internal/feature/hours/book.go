package hours

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Book is a workspace's calendars, ready to count by, as they were when it was read.
type Book struct {
	Zone *time.Location // the workspace's

	byID map[uuid.UUID]*entry
	uses map[use]*entry
}

type use struct {
	kind   UseKind
	target uuid.UUID
}

// entry is a calendar with its hours.
type entry struct {
	calendar Calendar
	hours    *Hours
}

// Read returns the workspace's calendars, in the caller's transaction.
func (s *Service) Read(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (*Book, error) {
	zone, err := s.Zone(ctx, tx, tenant)
	if err != nil {
		return nil, err
	}
	b := &Book{Zone: zone, byID: map[uuid.UUID]*entry{}, uses: map[use]*entry{}}
	list, err := listCalendars(ctx, tx, tenant)
	if err != nil || len(list) == 0 {
		return b, err
	}
	holidays, err := listClosed(ctx, tx, tenant)
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		e := &entry{c, Compile(c, s.named(c.Zone, b.Zone), holidays)}
		b.byID[c.ID] = e
		for _, u := range c.Uses {
			b.uses[use{u.Kind, u.target()}] = e
		}
	}
	return b, nil
}

// Zone is the workspace's own, in the caller's transaction: all of the book that who only counts days needs.
func (s *Service) Zone(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (*time.Location, error) {
	name, err := zoneOf(ctx, tx, tenant)
	return s.named(name, time.UTC), err
}

func (s *Service) named(name string, otherwise *time.Location) *time.Location {
	if found := s.zones.Named(name); found != nil {
		return found
	}
	return otherwise
}

// of is the calendar of the team, else the number, else the workspace; nil: none.
func (b *Book) of(channel, team uuid.UUID) *entry {
	for _, u := range []use{{ForTeam, team}, {ForChannel, channel}, {ForWorkspace, uuid.Nil}} {
		if e := b.uses[u]; e != nil {
			return e
		}
	}
	return nil
}

// For are the hours of a number and a team, either of which may be nil. Nil is always open.
func (b *Book) For(channel, team uuid.UUID) *Hours {
	if e := b.of(channel, team); e != nil {
		return e.hours
	}
	return nil
}

// Calendar are the hours of one calendar; false when it is not there.
func (b *Book) Calendar(id uuid.UUID) (*Hours, bool) {
	e, ok := b.byID[id]
	if !ok {
		return nil, false
	}
	return e.hours, true
}

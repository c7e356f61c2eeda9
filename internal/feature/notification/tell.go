package notification

import (
	"bytes"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/realtime"
)

// Tell tells people news in the transaction that made it so. Who is no member (any more), and who did it
// themselves, is not told. The same item is told once, however often it comes.
func (s *Service) Tell(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, news ...News) error {
	reached, err := listeners(ctx, tx, tenant, addressees(news))
	if err != nil || len(reached) == 0 {
		return err
	}
	rows := s.rows(news, reached)
	if len(rows) == 0 {
		return nil
	}
	told, err := insertNotifications(ctx, tx, tenant, rows)
	if err != nil {
		return err
	}
	return s.announce(ctx, tx, tenant, told)
}

// addressees are all who might be told something.
func addressees(news []News) []uuid.UUID {
	var ids []uuid.UUID
	for _, n := range news {
		for _, u := range n.To {
			if u != n.Actor && u != uuid.Nil {
				ids = append(ids, u)
			}
		}
	}
	slices.SortFunc(ids, compare)
	return slices.Compact(ids)
}

func compare(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }

// row is a notification as it is written.
type row struct {
	user, id, subject, item uuid.UUID
	actor                   *uuid.UUID
	event                   Event
	n                       int
	app                     bool
	at                      time.Time
	push, mail              *time.Time
}

// rows makes one per person, subject and event, in the order in which they are locked.
func (s *Service) rows(news []News, reached map[uuid.UUID]listener) []row {
	var rows []row
	at := map[[2]uuid.UUID]map[Event]int{}
	for _, n := range news {
		for _, user := range n.To {
			l, ok := reached[user]
			if !ok || user == n.Actor {
				continue
			}
			r, wanted := s.row(n, user, l)
			if !wanted {
				continue
			}
			key := [2]uuid.UUID{user, n.Subject}
			if at[key] == nil {
				at[key] = map[Event]int{}
			}
			if before, twice := at[key][n.Event]; twice {
				rows[before-1].again(r)
				continue
			}
			rows = append(rows, r)
			at[key][n.Event] = len(rows)
		}
	}
	slices.SortFunc(rows, row.order)
	return rows
}

// again counts one more of the same in one telling.
func (r *row) again(later row) {
	if r.item == later.item {
		return
	}
	r.item, r.actor, r.n = later.item, later.actor, r.n+1
}

func (r row) order(o row) int {
	if c := compare(r.user, o.user); c != 0 {
		return c
	}
	if c := compare(r.subject, o.subject); c != 0 {
		return c
	}
	return bytes.Compare([]byte(r.event), []byte(o.event))
}

// row decides the ways for one person; false: they want none.
func (s *Service) row(n News, user uuid.UUID, l listener) (row, bool) {
	now := s.Clock.Now()
	r := row{user: user, id: ident.New(), subject: n.Subject, item: n.Item, event: n.Event, n: 1, at: now, app: l.preferences.by(n.Event, InApp)}
	if r.item == uuid.Nil {
		r.item = n.Subject
	}
	if n.Actor != uuid.Nil {
		r.actor = &n.Actor
	}
	zone := s.zoneOf(l)
	if l.device && l.preferences.by(n.Event, Push) {
		due := l.preferences.from(now, n.Event, zone)
		r.push = &due
	}
	if l.preferences.by(n.Event, Mail) {
		due := l.preferences.from(now.Add(time.Duration(l.preferences.MailAfter)*time.Minute), n.Event, zone)
		r.mail = &due
	}
	return r, r.app || r.push != nil || r.mail != nil
}

func (s *Service) zoneOf(l listener) *time.Location {
	if z := s.zones.Named(l.preferences.Zone); z != nil {
		return z
	}
	if z := s.zones.Named(l.zone); z != nil {
		return z
	}
	return time.UTC
}

// announce rings the browsers of those who see it in the app, and queues the pushes that may go now.
func (s *Service) announce(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, told []announced) error {
	now := s.Clock.Now()
	var app, push []uuid.UUID
	for _, t := range told {
		if t.App {
			app = append(app, t.User)
		}
		if t.Push != nil && !t.Push.After(now) {
			push = append(push, t.User)
		}
	}
	for _, user := range sorted(app) {
		if err := realtime.Publish(ctx, tx, tenant, Topic(user), map[string]bool{"notifications": true}); err != nil {
			return err
		}
	}
	for _, user := range sorted(push) {
		if err := s.Queue.Insert(ctx, tx, PushArgs{TenantID: tenant, UserID: user}, nil); err != nil {
			return err
		}
	}
	return nil
}

func sorted(ids []uuid.UUID) []uuid.UUID {
	slices.SortFunc(ids, compare)
	return slices.Compact(ids)
}

package notification

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/mail"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/platform/secret"
	"github.com/aerostic/aerostic/internal/platform/zone"
)

// Inserter queues a job in the caller's transaction.
type Inserter interface {
	Insert(ctx context.Context, tx pgx.Tx, args river.JobArgs, opts *river.InsertOpts) error
}

// Deps is what the service works with.
type Deps struct {
	DB        *db.DB
	Clock     clock.Clock
	Queue     Inserter
	Mail      mail.Sender
	Keys      *secret.Keyring
	Logger    *slog.Logger
	PublicURL string // where the web app is reached, without a slash at the end
	// Subject is whom push services may write to about our pushes: a mail address, or an https URL.
	Subject string
	// Outbound reaches push services; it refuses private addresses.
	Outbound *http.Client
	// Reachable judges a push service's address before it is kept; nil: everything.
	Reachable func(ctx context.Context, url string) error
}

// Service is the use cases on notifications.
type Service struct {
	Deps
	// Describe reads what notifications say of their subjects, by the notification's id; what is gone is
	// left out. Set once by the wiring; nil: nothing is known.
	Describe func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Notification) (map[uuid.UUID]Words, error)

	zones zone.Book
	mu    sync.Mutex
	keys  *pushKeys // once they were read
}

// New makes the service.
func New(d Deps) *Service {
	d.PublicURL = strings.TrimRight(d.PublicURL, "/")
	return &Service{Deps: d}
}

// Topic is what a person's browsers hear of their own notifications.
func Topic(user uuid.UUID) string { return "user:" + user.String() }

// page is where a list goes on.
type page struct {
	At time.Time `json:"at"`
	ID uuid.UUID `json:"id"`
}

// Shown is a notification with its words.
type Shown struct {
	Notification
	Title   string
	Preview string
	Path    string
}

// List reads the actor's notifications, the latest first, one more than limit.
func (s *Service) list(ctx context.Context, after page, limit int) (shown []Shown, err error) {
	err = s.inWorkspace(ctx, func(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
		found, err := listFor(ctx, tx, tenant, user, after, limit+1)
		if err != nil {
			return err
		}
		shown, err = s.show(ctx, tx, tenant, found)
		return err
	})
	return shown, err
}

// show adds the words.
func (s *Service) show(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Notification) ([]Shown, error) {
	words, err := s.describe(ctx, tx, tenant, list)
	if err != nil {
		return nil, err
	}
	names, err := s.actors(ctx, tx, tenant, list)
	if err != nil {
		return nil, err
	}
	shown := make([]Shown, len(list))
	for i, n := range list {
		by := ""
		if n.Actor != nil {
			by = names[*n.Actor].Name
		}
		w := words[n.ID]
		shown[i] = Shown{Notification: n, Title: n.title(w, by), Preview: w.Preview, Path: n.path()}
	}
	return shown, nil
}

func (s *Service) describe(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Notification) (map[uuid.UUID]Words, error) {
	if s.Describe == nil || len(list) == 0 {
		return nil, nil
	}
	return s.Describe(ctx, tx, tenant, list)
}

func (s *Service) actors(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Notification) (map[uuid.UUID]Person, error) {
	var ids []uuid.UUID
	for _, n := range list {
		if n.Actor != nil {
			ids = append(ids, *n.Actor)
		}
	}
	return people(ctx, tx, tenant, ids)
}

// Unread counts what the actor has not read, up to most.
func (s *Service) Unread(ctx context.Context) (n int, err error) {
	err = s.inWorkspace(ctx, func(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
		n, err = countUnread(ctx, tx, tenant, user)
		return err
	})
	return n, err
}

// Read marks the actor's notifications read; no ids: all of them.
func (s *Service) Read(ctx context.Context, ids []uuid.UUID) error {
	return s.inWorkspace(ctx, func(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
		n, err := markRead(ctx, tx, tenant, user, ids, s.Clock.Now())
		return s.publish(ctx, tx, tenant, user, n, err)
	})
}

// SubjectRead marks what a person was told of a conversation read, in the transaction in which they read it.
func (s *Service) SubjectRead(ctx context.Context, tx pgx.Tx, tenant, user, subject uuid.UUID) error {
	n, err := markSubjectRead(ctx, tx, tenant, user, subject, s.Clock.Now())
	return s.publish(ctx, tx, tenant, user, n, err)
}

func (s *Service) publish(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID, changed int64, err error) error {
	if err != nil || changed == 0 {
		return err
	}
	return realtime.Publish(ctx, tx, tenant, Topic(user), map[string]bool{"notifications": true})
}

// Preferences are the actor's.
func (s *Service) Preferences(ctx context.Context) (p Preferences, err error) {
	err = s.inWorkspace(ctx, func(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
		p, err = preferencesOf(ctx, tx, tenant, user)
		return err
	})
	return p.whole(), err
}

// Prefer keeps how the actor wants to be told.
func (s *Service) Prefer(ctx context.Context, p Preferences) (Preferences, error) {
	if err := p.Check(); err != nil {
		return p, err
	}
	err := s.inWorkspace(ctx, func(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
		return savePreferences(ctx, tx, tenant, user, p, s.Clock.Now())
	})
	return p.whole(), err
}

// MemberLeft forgets what a person was told and where they were reached, in the transaction in which they
// left the workspace.
func (s *Service) MemberLeft(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
	return forgetMember(ctx, tx, tenant, user)
}

// inWorkspace runs fn for the person who acts; programs have no notifications.
func (s *Service) inWorkspace(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID, uuid.UUID) error) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	user := actor.Must(ctx).UserID
	if user == uuid.Nil {
		return fault.Conflict("Only people have notifications.")
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, tenant, user) })
}

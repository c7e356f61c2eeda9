package channel

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/platform/secret"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// tokenPlace binds a sealed token to its column.
const tokenPlace = "channels.token"

// Bell is the doorbell that wakes a number's lane; its id is the channel's.
const Bell = "lane"

// Topic is where the app hears that a number changed.
const Topic = "channels"

// Deps is what the service works with. All are required.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Queue    *queue.Client
	WhatsApp *whatsapp.Client
	Keys     *secret.Keyring
	Logger   *slog.Logger
}

// Service is the use cases on numbers.
type Service struct {
	Deps

	// Created runs in the transaction that connects a number, and again when a removed number
	// is connected anew, so it must not mind a row that is there already.
	Created func(ctx context.Context, tx pgx.Tx, c Channel) error
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{Deps: d, Created: func(context.Context, pgx.Tx, Channel) error { return nil }}
}

// List returns the tenant's numbers in use, oldest first.
func (s *Service) List(ctx context.Context) ([]Channel, error) {
	var list []Channel
	err := s.inTenant(ctx, "list numbers", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		list, err = listChannels(ctx, tx, tenant)
		return err
	})
	return list, err
}

// Get returns one number of the tenant, removed ones included: old messages name them.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Channel, error) {
	var found Channel
	err := s.inTenant(ctx, "read number", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		found, err = channelByID(ctx, tx, tenant, id)
		return err
	})
	return found, err
}

// Pause keeps a number from sending until somebody resumes it. What WhatsApp has already
// taken cannot be recalled.
func (s *Service) Pause(ctx context.Context, id uuid.UUID, note string) (Channel, error) {
	return s.edit(ctx, "pause number", id, func(c *Channel) error {
		c.hold(ReasonUser, strings.TrimSpace(note), nil)
		return nil
	})
}

// Resume lets a number send again. It refuses while Meta itself would refuse every message.
func (s *Service) Resume(ctx context.Context, id uuid.UUID) (Channel, error) {
	return s.edit(ctx, "resume number", id, func(c *Channel) error {
		if c.PauseReason == ReasonRestriction && c.PauseUntil != nil && !c.pauseOver(s.Clock.Now()) {
			return fault.Conflict(fmt.Sprintf("Meta restricts this number until %s UTC; it resumes by itself then.",
				c.PauseUntil.UTC().Format("2 January 2006 15:04"))).WithCode("restricted_by_meta")
		}
		c.release()
		return nil
	})
}

// Remove disconnects a number: its token is forgotten and its phone number id is free for
// anybody again. Its messages keep their reports.
func (s *Service) Remove(ctx context.Context, id uuid.UUID) error {
	return s.inTenant(ctx, "remove number", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		_, err := s.change(ctx, tx, tenant, id, func(c *Channel) error {
			now := s.Clock.Now()
			c.RemovedAt = &now
			c.lose(Disconnected, "This number was removed.")
			return s.forget(ctx, tx, *c)
		})
		return err
	})
}

func (s *Service) forget(ctx context.Context, tx pgx.Tx, c Channel) error {
	if err := saveToken(ctx, tx, c.TenantID, c.ID, nil); err != nil {
		return err
	}
	if err := freeNumber(ctx, tx, c); err != nil {
		return err
	}
	others, err := channelsOfWABA(ctx, tx, c.TenantID, c.WABAID)
	if err != nil || len(others) > 1 {
		return err
	}
	return leaveWABA(ctx, tx, c.WABAID, c.TenantID)
}

// edit changes one number that is in use, on behalf of a person.
func (s *Service) edit(ctx context.Context, what string, id uuid.UUID, fn func(*Channel) error) (Channel, error) {
	var after Channel
	err := s.inTenant(ctx, what, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		after, err = s.change(ctx, tx, tenant, id, fn)
		return err
	})
	return after, err
}

// change locks a number in use, lets fn alter it, saves it, and tells the lane and the app.
func (s *Service) change(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, fn func(*Channel) error) (Channel, error) {
	before, err := lockChannel(ctx, tx, tenant, id)
	if err != nil {
		return Channel{}, err
	}
	if before.RemovedAt != nil {
		return Channel{}, fault.Gone("This number was removed. Connect it again to use it.")
	}
	after := before
	if err := fn(&after); err != nil {
		return Channel{}, err
	}
	return after, s.save(ctx, tx, before, &after)
}

func (s *Service) save(ctx context.Context, tx pgx.Tx, before Channel, after *Channel) error {
	after.UpdatedAt = s.Clock.Now()
	if err := saveChannel(ctx, tx, *after); err != nil {
		return err
	}
	if err := s.scheduleResume(ctx, tx, before, *after); err != nil {
		return err
	}
	return s.tell(ctx, tx, before, *after)
}

// notice is what the app hears: enough to know that it must read again.
type notice struct {
	ID     uuid.UUID `json:"id"`
	Status Status    `json:"status"`
}

func (s *Service) tell(ctx context.Context, tx pgx.Tx, before, after Channel) error {
	if before.pace() != after.pace() {
		if err := realtime.Ring(ctx, tx, Bell, after.ID.String()); err != nil {
			return err
		}
	}
	return realtime.Publish(ctx, tx, after.TenantID, Topic, notice{after.ID, after.Status})
}

// pace is what the lane acts on: a change of it rings the bell.
type pace struct {
	status     Status
	throughput int
	daily      int
}

func (c Channel) pace() pace {
	p := pace{status: c.Status, throughput: c.Throughput}
	if c.DailyLimit != nil {
		p.daily = *c.DailyLimit
	}
	return p
}

// inTenant runs a use case in the actor's tenant and names what went wrong.
func (s *Service) inTenant(ctx context.Context, what string, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.inTenantOf(ctx, tenant, what, fn)
}

func (s *Service) inTenantOf(ctx context.Context, tenant uuid.UUID, what string, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, tenant) })
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.NotFound("There is no such number in this workspace.")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

func later(at time.Time, d time.Duration) *time.Time {
	t := at.Add(d)
	return &t
}

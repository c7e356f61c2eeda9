package message

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/feature/upload"
	"github.com/aerostic/aerostic/internal/platform/blob"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/platform/zone"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// BellLane is the doorbell of a channel with new work; its id is the channel's.
const BellLane = "lane"

// Config is how patiently messages are sent. Every zero value is usable.
type Config struct {
	Lease       time.Duration // how long a worker owns a lane without renewing; 20 s
	Settle      time.Duration // how long evidence is awaited for a message in doubt; 15 min
	Concurrency int           // requests in flight per lane at most; 256
	MaxRate     int           // messages per second of one lane at most, above the number's own; 0: no cap
	Lanes       int           // lanes one worker serves at once; 64
	Slice       time.Duration // how long a lane is served while others wait; 1 s
	TTL         time.Duration // after which an undelivered message expires; 37 days
}

func (c Config) withDefaults() Config {
	c.Lease = orElse(c.Lease, 20*time.Second)
	c.Settle = orElse(c.Settle, 15*time.Minute)
	c.Slice = orElse(c.Slice, time.Second)
	c.TTL = orElse(c.TTL, 37*24*time.Hour)
	c.Concurrency = orElse(c.Concurrency, 256)
	c.Lanes = orElse(c.Lanes, 64)
	return c
}

func orElse[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// Deps is what the service works with.
type Deps struct {
	DB        *db.DB
	Clock     clock.Clock
	Logger    *slog.Logger
	WhatsApp  *whatsapp.Client
	Billing   *billing.Service
	Channels  *channel.Service
	Templates *template.Service
	Consents  *consent.Service
	Uploads   *upload.Service
	Queue     *queue.Client
	Blobs     blob.Store // of media
	AppSecret string     // Meta's app secret, for webhook signatures
	Verify    string     // the token Meta echoes when a callback is configured
	Config    Config
}

// Hooks are called by the sending and receiving code, inside its transactions
// unless said otherwise. They are set once, while wiring.
type Hooks struct {
	// Standing locks the campaigns in shared mode and says how each stands.
	Standing func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, campaigns []uuid.UUID) (map[uuid.UUID]Standing, error)
	// Changed is told every message that moved.
	Changed func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []Change) error
	// Received is told of customers' messages stored in this transaction, in their order.
	Received func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Receipt) error
	// Amended is told what became of messages after they came; nil: nobody is.
	Amended func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Amendment) error
	// Queued is told of every message that Send queued, once; nil: nobody is. Campaigns feed themselves.
	Queued func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, drafts []Draft) error
	// Repeated is told of a new attempt at a message that a person chose; nil: nobody is.
	Repeated func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, again Resend) error
	// Paid is told what becomes of a payment that somebody was asked for; its error sets the news aside.
	Paid func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e whatsapp.PaymentEvent) error
	// Halt pauses a campaign; in a transaction of its own.
	Halt func(ctx context.Context, tenant, campaign uuid.UUID, halt Halt) error
	// Refill queues more messages on a channel and says how many; in transactions of its own.
	Refill func(ctx context.Context, tenant, channel uuid.UUID) (int, error)
	// Pending lists recipients of the channel's campaigns that a claim may feed and take at once, unlocked;
	// nil: everything is queued first.
	Pending func(ctx context.Context, tx pgx.Tx, tenant, channel uuid.UUID, room Room) ([]Pending, error)
	// Feed takes recipients out of the pending, under the lock of their campaign that Standing took, and
	// says whether all still were. The caller undoes it where not.
	Feed func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Pending) (bool, error)
	// Step locks, in shared mode, what messages of sequences belong to and says how each message stands;
	// asked only for those. Without an answer it may go. nil: there are no sequences.
	Step func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, messages []uuid.UUID) (map[uuid.UUID]Standing, error)
	// StepHalted pauses the sequences of messages that could not be paid for and stay queued; in a
	// transaction of its own.
	StepHalted func(ctx context.Context, tenant uuid.UUID, messages []uuid.UUID, halt Halt) error
	// Uncapped says which campaigns the frequency cap does not hold for; asked only where there is a cap.
	Uncapped func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, campaigns []uuid.UUID) (map[uuid.UUID]bool, error)
	// Windows says until when people may be written to freely on a number, those who ever wrote to it;
	// asked only for free-form messages. nil: a window is open on every number when it is on one.
	Windows func(ctx context.Context, tx pgx.Tx, tenant, channel uuid.UUID, contacts []uuid.UUID) (map[uuid.UUID]time.Time, error)
	// Met is told of strangers who became contacts by writing; nil: nobody is.
	Met func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, strangers []contact.Contact) error
	// Waiting lists the channels that have campaigns to feed from.
	Waiting func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]uuid.UUID, error)
}

// Standing is how a campaign, or a message of a sequence, stands at the moment of a claim.
type Standing struct {
	Runs      bool
	Cancelled bool
	Completed bool          // a message of it was handed back late
	Budget    *money.Amount // what may still be committed; nil: no cap
	Route     Route         // the way its marketing goes; empty: as every message
	RetryTill time.Time     // no new attempt leaves after; zero: no such end
	Reason    string        // of Reasons, when a step is cancelled
}

// over says whether the time for new attempts has passed.
func (st Standing) over(now time.Time) bool {
	return !st.RetryTill.IsZero() && !now.Before(st.RetryTill)
}

// Halt is why a campaign is paused by the machine.
type Halt struct {
	Reason    string // a key of Halts
	ErrorCode int    // Meta's, when Meta is the reason
}

// Reasons of a Halt.
const (
	HaltNoCredit = "no_credit"
	HaltMonthCap = "month_cap"
	HaltBudget   = "budget"
	HaltMeta     = "meta"
	HaltTemplate = "template"
)

// Service is the use cases on messages.
type Service struct {
	Deps
	Hooks Hooks

	instance string // names this process in leases
	zones    zone.Book
	breaker  breaker
	months   sync.Map // the months whose partition of messages is there
}

// New makes the service. Its hooks are set by the wiring before any role starts.
func New(d Deps, instance string) *Service {
	d.Config = d.Config.withDefaults()
	return &Service{Deps: d, instance: instance}
}

// Send queues messages in the caller's transaction and rings their lanes. It is
// the only way a message leaves: campaigns, replies, workflows, agents and the
// API all call it. Queueing a draft twice makes one message.
func (s *Service) Send(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, drafts []Draft) error {
	drafts, err := queueDrafts(ctx, tx, tenant, drafts, s.Clock.Now())
	if err != nil {
		return err
	}
	if err := s.awaitFiles(ctx, tx, tenant, drafts); err != nil {
		return err
	}
	if s.Hooks.Queued != nil && len(drafts) > 0 {
		if err := s.Hooks.Queued(ctx, tx, tenant, drafts); err != nil {
			return fmt.Errorf("tell of queued messages: %w", err)
		}
	}
	rung := make(map[uuid.UUID]bool)
	for _, d := range drafts {
		if rung[d.ChannelID] {
			continue
		}
		rung[d.ChannelID] = true
		if err := s.Ring(ctx, tx, d.ChannelID); err != nil {
			return err
		}
	}
	return nil
}

// Ring wakes the lane of a channel after the caller's commit.
func (s *Service) Ring(ctx context.Context, tx pgx.Tx, channel uuid.UUID) error {
	return realtime.Ring(ctx, tx, BellLane, channel.String())
}

// OpenLane makes the lane of a new channel, in the transaction that adds the channel.
func (s *Service) OpenLane(ctx context.Context, tx pgx.Tx, tenant, channel uuid.UUID) error {
	return insertLane(ctx, tx, channel, tenant)
}

// Unpark makes up to limit parked messages of a running campaign due again.
func (s *Service) Unpark(ctx context.Context, tx pgx.Tx, tenant, channel, campaign uuid.UUID, limit int) (int, error) {
	return unpark(ctx, tx, tenant, channel, campaign, s.Clock.Now(), limit)
}

// UnparkThese makes those of some messages that are parked due again.
func (s *Service) UnparkThese(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) error {
	if len(ids) == 0 {
		return nil
	}
	low, high := bounds(ids)
	if _, err := tx.Exec(ctx, sqlLockUnclaimed, tenant, ids, low, high); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlUnparkThese, tenant, ids, s.Clock.Now(), low, high)
	return err
}

// CancelQueued ends up to limit queued messages of a cancelled campaign and says how many.
func (s *Service) CancelQueued(ctx context.Context, tx pgx.Tx, tenant, channel, campaign uuid.UUID, limit int) (int, error) {
	found, err := queuedOfCampaign(ctx, tx, tenant, channel, campaign, limit)
	if err != nil {
		return 0, err
	}
	list := make([]refusal, len(found))
	for i, q := range found {
		list[i] = refusal{candidate{id: q.ID, channelID: channel, contactID: q.Contact, campaignID: campaign, variant: q.Variant}, Cancelled, ReasonCampaignCancelled, nil}
	}
	return len(list), s.end(ctx, tx, tenant, s.Clock.Now(), list)
}

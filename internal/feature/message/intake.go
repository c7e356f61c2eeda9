package message

import (
	"context"
	"crypto/subtle"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// BellDelivery is the doorbell of webhook bodies waiting to be applied.
const BellDelivery = "webhook"

const (
	maxBody      = 4 << 20 // Meta's POSTs have at most 3 MB
	intakeQueue  = 4096    // bodies waiting for a commit; past that Meta is asked to come again
	intakeCommit = 500     // bodies in one commit
	intakeWait   = 10 * time.Second
	ringEvery    = 5 * time.Millisecond
)

// Intake takes Meta's POSTs and answers only after their bodies are durable. A
// commit takes whatever queued while the one before it ran; there is no timer. The doorbell is rung after it,
// in a transaction of its own that writes nothing: Postgres lets one commit with a notice through at a time,
// and those that write hold the others up until they are on the disk.
type Intake struct {
	s       *Service
	arrived chan arrival
	stored  chan struct{} // since the last ring
}

type arrival struct {
	id   uuid.UUID
	at   time.Time
	body []byte
	done chan error
}

// NewIntake makes the intake; Run commits what its handler takes.
func NewIntake(s *Service) *Intake {
	return &Intake{s: s, arrived: make(chan arrival, intakeQueue), stored: make(chan struct{}, 1)}
}

// Run commits bodies until ctx ends and the queue is empty.
func (in *Intake) Run(ctx context.Context) error {
	var ringing sync.WaitGroup
	ringing.Go(func() { in.ring(ctx) })
	defer ringing.Wait()
	for {
		select {
		case first := <-in.arrived:
			in.commit(in.gather(first))
		case <-ctx.Done():
			for len(in.arrived) > 0 {
				in.commit(in.gather(<-in.arrived))
			}
			return nil
		}
	}
}

func (in *Intake) gather(first arrival) []arrival {
	batch := append(make([]arrival, 0, 64), first)
	for len(batch) < intakeCommit {
		select {
		case next := <-in.arrived:
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

func (in *Intake) commit(batch []arrival) {
	ctx, cancel := context.WithTimeout(context.Background(), intakeWait)
	defer cancel()
	err := in.s.DB.AsSystem(ctx, "store webhook deliveries", func(ctx context.Context, tx pgx.Tx) error {
		return insertDeliveries(ctx, tx, "whatsapp", batch)
	})
	if err != nil {
		in.s.Logger.Error("store webhook deliveries", "count", len(batch), "error", err)
	}
	wake(in.stored)
	for _, a := range batch {
		a.done <- err
	}
}

// ring tells workers of what was stored, until ctx ends. What is stored just after a ring shares the next one.
func (in *Intake) ring(ctx context.Context) {
	for ; ctx.Err() == nil; _ = clock.Sleep(ctx, in.s.Clock, ringEvery) {
		select {
		case <-ctx.Done():
			return
		case <-in.stored:
		}
		err := in.s.DB.AsSystem(ctx, "ring for webhook deliveries", func(ctx context.Context, tx pgx.Tx) error {
			return realtime.Ring(ctx, tx, BellDelivery, "")
		})
		if err != nil && ctx.Err() == nil {
			in.s.Logger.WarnContext(ctx, "ring for webhook deliveries; workers find them by themselves", "error", err)
		}
	}
}

// ServeHTTP answers Meta: the check of a new callback URL, or a signed delivery.
func (in *Intake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		in.verify(w, r)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "the body cannot be read or is larger than 4 MB", http.StatusRequestEntityTooLarge)
		return
	}
	if !whatsapp.VerifySignature(body, r.Header.Get("X-Hub-Signature-256"), in.s.AppSecret) {
		http.Error(w, "the signature does not match the body", http.StatusUnauthorized)
		return
	}
	if err := in.store(r.Context(), body); err != nil {
		w.Header().Set("Retry-After", "1")
		http.Error(w, "the delivery could not be stored; send it again", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusOK)
}

// errFull says that the queue is full; Meta delivers again.
var errFull = errors.New("intake queue is full")

// store returns once the body is committed.
func (in *Intake) store(ctx context.Context, body []byte) error {
	a := arrival{id: ident.New(), at: in.s.Clock.Now(), body: body, done: make(chan error, 1)}
	select {
	case in.arrived <- a:
	default:
		return errFull
	}
	select {
	case err := <-a.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// verify answers the challenge with which Meta checks a callback URL.
func (in *Intake) verify(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	same := subtle.ConstantTimeCompare([]byte(q.Get("hub.verify_token")), []byte(in.s.Verify)) == 1
	if q.Get("hub.mode") != "subscribe" || !same || in.s.Verify == "" {
		http.Error(w, "the verify token does not match", http.StatusForbidden)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, q.Get("hub.challenge"))
}

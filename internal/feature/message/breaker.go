package message

import (
	"context"
	"sync"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const (
	breakerSpan  = 100 // the outcomes of a number that are looked at
	breakerTrips = 20  // failures among them that stop it
)

// breaker watches what becomes of each number's messages after Meta took them. One
// failure that blames the account may be a stray; a fifth of the last hundred is not.
type breaker struct {
	mu      sync.Mutex
	numbers map[uuid.UUID]*outcomes
}

// outcomes is a ring of a number's last results: true where the account was to blame.
type outcomes struct {
	ring   [breakerSpan]bool
	next   int
	failed int
}

// add notes one result and says whether the number's share of failures is too high now.
func (b *breaker) add(channel uuid.UUID, blamed bool) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.numbers == nil {
		b.numbers = make(map[uuid.UUID]*outcomes)
	}
	o := b.numbers[channel]
	if o == nil {
		o = new(outcomes)
		b.numbers[channel] = o
	}
	if o.ring[o.next] {
		o.failed--
	}
	if blamed {
		o.failed++
	}
	o.ring[o.next] = blamed
	o.next = (o.next + 1) % breakerSpan
	if o.failed < breakerTrips {
		return false
	}
	delete(b.numbers, channel) // it starts anew when somebody resumes it
	return true
}

// blames says whether a failure is the account's or the campaign's, not the message's.
func blames(a whatsapp.Advice) bool {
	switch a.Action {
	case whatsapp.Reauthorise, whatsapp.PauseNumber, whatsapp.PauseBilling, whatsapp.Register, whatsapp.PauseCampaign:
		return true
	}
	return false
}

// watch feeds the breaker with what a batch settled and stops what has tripped. It
// runs after the batch is committed.
func (s *Service) watch(ctx context.Context, m *merging) {
	for _, r := range m.rows {
		if r.state != Failed && r.state != Delivered && r.state != Read {
			continue
		}
		advice := whatsapp.Lookup(r.errorCode)
		blamed := r.state == Failed && r.errorCode != 0 && blames(advice)
		if s.breaker.add(r.channelID, blamed) && blamed {
			s.stop(ctx, m.tenant, r, advice)
		}
	}
}

// stop holds the number back, or pauses the campaign where that is to blame.
func (s *Service) stop(ctx context.Context, tenant uuid.UUID, r *row, advice whatsapp.Advice) {
	var err error
	if advice.Action == whatsapp.PauseCampaign {
		if r.campaignID != (uuid.UUID{}) {
			err = s.Hooks.Halt(ctx, tenant, r.campaignID, Halt{Reason: HaltMeta, ErrorCode: r.errorCode})
		}
	} else {
		err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
			return s.Channels.HoldBack(ctx, tx, tenant, r.channelID, advice)
		})
	}
	if err != nil {
		s.Logger.ErrorContext(ctx, "stop after failures", "channel", r.channelID, "code", r.errorCode, "error", err)
	}
}

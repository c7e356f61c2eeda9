package message

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Abandon takes a lane, claims, writes the requests and is gone before it records
// anything, as a killed process is. It returns how many it wrote.
func (s *Service) Abandon(ctx context.Context, channel uuid.UUID) (int, error) {
	r, err := s.open(ctx, channel, nil)
	if err != nil || r == nil {
		return 0, err
	}
	c, err := s.claim(ctx, r, 100)
	for _, g := range c.items {
		s.WhatsApp.Send(ctx, r.sender.Token, r.sender.PhoneNumberID, g.request)
	}
	return len(c.items), err
}

// ClaimAfter takes a lane, gates a batch, lets something happen, and claims: what comes between is
// what a lane's worker may not see. It returns how many messages were claimed.
func (s *Service) ClaimAfter(ctx context.Context, channel uuid.UUID, between func()) (int, error) {
	r, err := s.open(ctx, channel, nil)
	if err != nil || r == nil {
		return 0, err
	}
	g, err := s.gateBatch(ctx, r.lease, 100)
	if err != nil {
		return 0, err
	}
	between()
	plan, err := s.take(ctx, r.lease, ident.New(), r.held, g)
	return len(plan.claim), errors.Join(err, s.release(ctx, r.lease))
}

// Expire is the hourly sweep for what nobody received in time.
func (s *Service) Expire(ctx context.Context, tenant uuid.UUID) error { return s.expire(ctx, tenant) }

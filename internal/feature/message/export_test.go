package message

import (
	"context"

	"github.com/google/uuid"
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

// Expire is the hourly sweep for what nobody received in time.
func (s *Service) Expire(ctx context.Context, tenant uuid.UUID) error { return s.expire(ctx, tenant) }

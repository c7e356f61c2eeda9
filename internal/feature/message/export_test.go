package message

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

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

// WrittenAsStored claims and says where a row that was fed by its claim differs from what a merge would
// read: a merge takes it for known.
func (s *Service) WrittenAsStored(ctx context.Context, channel uuid.UUID) (n int, differs string, err error) {
	r, err := s.open(ctx, channel, nil)
	if err != nil || r == nil {
		return 0, "no lane", err
	}
	c, err := s.claim(ctx, r, 100)
	if err != nil {
		return 0, "", err
	}
	err = s.DB.InTenant(ctx, r.lease.tenant, func(ctx context.Context, tx pgx.Tx) error {
		stored, err := lockRows(ctx, tx, r.lease.tenant, idsOf(c.items), together)
		for _, g := range c.items {
			known, found := item{gated: g, claim: c.claim}.written(channel), stored[g.id]
			if known == nil || found == nil {
				continue
			}
			n++
			known.deadline, known.createdAt = found.deadline, found.createdAt // no merge looks at them
			if *known != *found {
				differs = fmt.Sprintf("%+v is stored as %+v", *known, *found)
			}
		}
		return err
	})
	return n, differs, errors.Join(err, s.release(ctx, r.lease))
}

// What the tests of the ingestion know of its pace.
const (
	IngestBatch   = ingestBatch
	LongestRest   = longestRest
	TenantsAtOnce = tenantsAtOnce
	GrowEvery     = growEvery
)

// IngestOnce is ingestOnce.
func (s *Service) IngestOnce(ctx context.Context) (int, error) { return s.ingestOnce(ctx) }

// Rest is rest.
func Rest(n int, took time.Duration) time.Duration { return rest(n, took) }

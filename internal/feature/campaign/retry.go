package campaign

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// retryChunk is how many people one transaction tries again.
const retryChunk = 500

// unreachedWait is the first gap after our own retries were spent: nothing left at all.
const unreachedWait = time.Hour

// maxDoublings bounds the growth of the gaps; the deadline comes long before.
const maxDoublings = 10

// later is how long after a change its person may be tried again; 0: not.
func later(c message.Change) time.Duration {
	if c.To != message.Failed || c.Superseded {
		return 0
	}
	if c.ErrorCode == 0 && c.Reason == message.ReasonRetriesSpent {
		return unreachedWait
	}
	if c.ErrorCode == 0 {
		return 0
	}
	return whatsapp.Lookup(c.ErrorCode).Later
}

// arrivedBefore says that a new attempt was not sent, because an earlier one had arrived: that
// one shall stand for the person again.
func arrivedBefore(c message.Change) bool {
	return c.To == message.Refused && c.Reason == message.ReasonArrived
}

// gapAfter is the wait after so many attempts: each twice the one before.
func gapAfter(attempts int, first time.Duration) time.Duration {
	return first << min(max(0, attempts-1), maxDoublings)
}

// person is a recipient of a campaign.
type person struct{ campaign, contact uuid.UUID }

// planRetries says of the failures in a batch when each is tried again, and forgets it of those
// that turned out otherwise. A batch without failures costs nothing.
func (s *Service) planRetries(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []message.Change, deltas map[uuid.UUID]*tally, o *outcomes) error {
	moved := make(map[person]message.Change)
	for _, c := range changes {
		leaves := (c.From == message.Failed || c.From == message.Refused) && c.From != c.To && !c.Superseded
		if c.CampaignID != (uuid.UUID{}) && (later(c) > 0 || arrivedBefore(c) || leaves) {
			moved[person{c.CampaignID, c.ContactID}] = c
		}
	}
	if len(moved) == 0 {
		return nil
	}
	list, err := retriable(ctx, tx, tenant, moved)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	for _, r := range list {
		who := person{r.Campaign, r.Contact}
		c := moved[who]
		at := r.next(c, now)
		o.retry(who, at)
		if r.Planned != (at != nil) {
			n := int64(1)
			if r.Planned {
				n = -1
			}
			deltas[r.Campaign].on(c.Variant, func(k *Counts) { k.Retrying += n })
		}
	}
	return nil
}

// retriableRow is a recipient of a campaign that tries failures again.
type retriableRow struct {
	Campaign, Contact uuid.UUID
	Attempts          int
	Planned           bool
	Until             time.Time
}

// next is when a change's person is tried again; nil: never.
func (r retriableRow) next(c message.Change, now time.Time) *time.Time {
	at := now
	switch first := later(c); {
	case first > 0:
		at = now.Add(gapAfter(r.Attempts, first))
	case !arrivedBefore(c):
		return nil
	}
	if !at.Before(r.Until) {
		return nil
	}
	return &at
}

const sqlRetriable = `
select r.campaign_id, r.contact_id, r.attempts, r.retry_at is not null, c.retry_until
from unnest($2::uuid[], $3::uuid[]) as u(campaign_id, contact_id)
join campaigns c on c.tenant_id = $1 and c.id = u.campaign_id and c.retry_until is not null and c.status in ('running', 'paused')
join campaign_recipients r on r.tenant_id = $1 and r.campaign_id = u.campaign_id and r.contact_id = u.contact_id
where c.tenant_id = $1 and r.tenant_id = $1`

func retriable(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, moved map[person]message.Change) ([]retriableRow, error) {
	var campaigns, contacts []uuid.UUID
	for who := range moved {
		campaigns, contacts = append(campaigns, who.campaign), append(contacts, who.contact)
	}
	rows, err := tx.Query(ctx, sqlRetriable, tenant, campaigns, contacts)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[retriableRow])
}

// retry notes when a person's failure is tried again.
func (o *outcomes) retry(who person, at *time.Time) {
	for i := range o.contacts {
		if o.contacts[i] == who.contact && o.campaigns[i] == who.campaign {
			o.retries[i] = at
		}
	}
}

// retrySome queues a new attempt for people whose time has come, and lets an attempt that arrived
// after all stand again. Locks as everywhere: messages, then the campaign, then its counters.
func (s *Service) retrySome(ctx context.Context, tenant, id uuid.UUID) (n int, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		c, err := byID(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		room := min(retryChunk, ahead-int(c.Counts.Queued))
		if room <= 0 {
			return nil
		}
		list, err := dueRetries(ctx, tx, tenant, id, s.Clock.Now(), room)
		if err != nil || len(list) == 0 {
			return err
		}
		if !s.Clock.Now().Before(*c.RetryUntil) {
			n, err = s.forgetRetries(ctx, tx, tenant, id)
			return err
		}
		n, err = s.tryAgain(ctx, tx, tenant, c, list)
		return err
	})
	if errors.Is(err, errNotRunning) {
		return 0, nil
	}
	return n, err
}

// tryAgain says of how many people another message stands now.
func (s *Service) tryAgain(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, list []dueRetry) (int, error) {
	made, back, err := s.changeAttempts(ctx, tx, tenant, list)
	if err != nil {
		return 0, err
	}
	found, err := standing(ctx, tx, tenant, []uuid.UUID{c.ID})
	if err != nil {
		return 0, err
	}
	if len(found) == 0 || found[0].Status != Running {
		return 0, errNotRunning
	}
	changed := attemptsOf(list, made, back)
	return len(changed), s.storeAttempts(ctx, tx, tenant, c, changed)
}

// changeAttempts lets what arrived stand again, or where there is nothing such, sends anew: both
// lock messages by id, and one after the other in a transaction would not keep to that order.
func (s *Service) changeAttempts(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []dueRetry) (made []message.Resend, back []message.Restored, err error) {
	back, err = s.Messages.Restore(ctx, tx, tenant, restores(list))
	if err != nil || len(back) > 0 {
		return nil, back, err
	}
	made, err = s.Messages.Resend(ctx, tx, tenant, resends(list))
	return made, nil, err
}

// resends are the failures to send anew; restores the refusals of what had arrived.
func resends(list []dueRetry) (out []message.Resend) {
	for _, r := range list {
		if r.Outcome == string(message.Failed) {
			out = append(out, message.Resend{Of: r.Message, ID: ident.New()})
		}
	}
	return out
}

func restores(list []dueRetry) (out []message.Resend) {
	for _, r := range list {
		if r.Outcome == string(message.Refused) && r.ResendOf != nil {
			out = append(out, message.Resend{Of: *r.ResendOf, ID: r.Message})
		}
	}
	return out
}

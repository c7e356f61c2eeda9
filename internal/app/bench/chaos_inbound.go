package bench

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const (
	chaosCustomers = 12                     // of each firm, who write while roles are killed
	chaosWrites    = 400 * time.Millisecond // between what one of them writes
)

// customer is somebody who writes; the wamids of what they wrote, in order, tell it apart.
type customer struct {
	firm  firm
	phone string
	wrote []string
}

// write lets customers of every firm write until the time is over. Each delivery is posted until it is
// answered with 200, as Meta does, and every fifth twice at once.
func (c *chaos) write(ctx, over context.Context) error {
	for _, f := range c.firms {
		for n := range chaosCustomers {
			c.customers = append(c.customers, &customer{firm: f.firm, phone: fmt.Sprintf("4478%08d", n)})
		}
	}
	var group errgroup.Group
	for _, who := range c.customers {
		group.Go(func() error { return c.talk(ctx, over, who) })
	}
	return group.Wait()
}

func (c *chaos) talk(ctx, over context.Context, who *customer) error {
	var posts errgroup.Group
	for i := 0; pause(over, chaosWrites) == nil; i++ {
		wamid := fmt.Sprintf("wamid.chaos.%s.%s.%05d", who.firm.tenant, who.phone, i)
		who.wrote = append(who.wrote, wamid)
		body := textBody(who.firm, wamid, who.phone, fmt.Sprintf("message %d", i), time.Now())
		times := 1
		if i%5 == 0 {
			times = 2
		}
		for range times {
			posts.Go(func() error { return c.deliver(ctx, body) })
		}
		// The next comes only after this one was taken: within a second the order is that of arrival.
		if err := posts.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// deliver posts a webhook until it is taken.
func (c *chaos) deliver(ctx context.Context, body []byte) error {
	var refused error
	err := await(ctx, settleWithin, 200*time.Millisecond, func() (bool, error) {
		refused = c.post(ctx, body) // the role may be away
		return refused == nil, nil
	})
	if err != nil {
		return fmt.Errorf("deliver a webhook: %w: %w: %s", err, refused, c.processes[len(c.processes)-1].said())
	}
	return nil
}

// post is one attempt.
func (c *chaos) post(ctx context.Context, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.w.webhookURL(), bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set(whatsapp.SignatureHeader, whatsapp.Sign(body, appSecret))
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		return fmt.Errorf("it answered %s", reply.Status)
	}
	return nil
}

// heardOf is what became of what customers wrote.
type heardOf struct{ sent, lost, doubled, misordered int }

// judgeInbound holds the threads against what the customers wrote.
func (c *chaos) judgeInbound(ctx context.Context) (h heardOf, err error) {
	for _, who := range c.customers {
		rows, err := c.w.super.Query(ctx, `
			select m.wamid from messages m
			join contact_messages t on t.tenant_id = m.tenant_id and t.message_id = m.id and t.contact_id = m.contact_id
			join contacts k on k.tenant_id = m.tenant_id and k.id = m.contact_id
			where m.tenant_id = $1 and m.direction = 'in' and k.wa_id = $2 order by m.id`, who.firm.tenant, who.phone)
		if err != nil {
			return h, fmt.Errorf("read a thread: %w", err)
		}
		thread, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return h, fmt.Errorf("read a thread: %w", err)
		}
		h.add(who.wrote, thread)
	}
	return h, nil
}

func (h *heardOf) add(wrote, thread []string) {
	h.sent += len(wrote)
	once := slices.Compact(slices.Sorted(slices.Values(thread)))
	h.doubled += len(thread) - len(once)
	h.lost += len(wrote) - len(once)
	for i := 1; i < len(thread); i++ {
		if thread[i] < thread[i-1] {
			h.misordered++
		}
	}
}

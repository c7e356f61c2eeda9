package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/aerostic/aerostic/internal/feature/channel"
)

// arriving is how many messages of customers come in a second while the inbox is opened once more.
const arriving = 50

// seedChannels are the numbers that people write to.
const seedChannels = `
with made as (
    insert into channels (tenant_id, id, phone_number_id, waba_id, portfolio_id, display_phone, verified_name, status, throughput, created_at, updated_at)
    select $1, md5('channel' || i)::uuid, 'phone' || i, 'waba', 'portfolio', '+91 98450 0000' || i, 'Acme ' || i, 'connected', 80, now(), now() from generate_series(0, 3) i
    on conflict do nothing returning tenant_id, id, phone_number_id)
insert into channel_owners (phone_number_id, tenant_id, channel_id, created_at) select phone_number_id, tenant_id, id, now() from made on conflict do nothing`

// openWhileArriving asks for lists and searches while messages come, as kinds of their own.
func (m *measured) openWhileArriving(ctx context.Context, w *world, s inboxSeed, v *visitor, rounds int) error {
	posting, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- w.arrive(posting, s) }()
	var err error
	for round := 0; round < rounds && err == nil; round++ {
		err = m.walk(ctx, v, round, map[string][]call{"list_arriving": listCalls(), "search_arriving": searchCalls()})
	}
	stop()
	return errors.Join(err, <-ended)
}

// arrive posts texts of people who have conversations, one after the other, until it is stopped.
func (w *world) arrive(ctx context.Context, s inboxSeed) error {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", w.cfg.Addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	answers, phrases, tick := bufio.NewReader(conn), madePhrases(s.words, 500), time.NewTicker(time.Second/arriving)
	defer tick.Stop()
	for began, i := time.Now().UnixMilli(), 1; ; i++ {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		n := 1 + i*7919%(s.orders/2)
		f := firm{channel: channel.Channel{WABAID: "waba", PhoneNumberID: fmt.Sprintf("phone%d", n%3)}}
		text := textBody(f, fmt.Sprintf("wamid.arrived.%d.%d", began, i), fmt.Sprint(917_000_000_000+n), phrases[i%500].body, time.Now())
		if _, err := conn.Write(w.signed(text)); err != nil {
			return err
		}
		if status, err := readAnswer(answers); err != nil || status != http.StatusOK {
			return errors.Join(err, fmt.Errorf("a webhook is answered %d", status))
		}
	}
}

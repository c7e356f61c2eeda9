package bench

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/app"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// postersDefault is the load generator's connections.
const postersDefault = 128

// steps are the statuses that follow an accepted message.
func steps() []string { return []string{"sent", "delivered", "read"} }

// webhookBench posts signed statuses, one per POST, for messages that were sent before:
// first every message's sent, then its delivered, then its read.
func webhookBench(ctx context.Context, o Options) (Result, error) {
	switch o.Kind {
	case "text":
		return textBench(ctx, o)
	case "status", "":
	default:
		return nil, fmt.Errorf("--kind %s: this bench posts statuses or texts: --kind status, --kind text", o.Kind)
	}
	if o.Concurrency == 0 {
		o.Concurrency = postersDefault
	}
	w, err := newWorld(ctx, o)
	if err != nil {
		return nil, err
	}
	defer w.close()
	f, list, err := w.oneFirm(ctx, -1, o.Recipients, quiet(), app.RoleWebhook, app.RoleWorker)
	if err != nil {
		return nil, err
	}
	profile := w.o.Profile
	w.o.Profile = "" // of the webhooks, not of the sending before them
	run, err := w.sendCampaign(ctx, f, list, handed)
	if err != nil {
		return nil, err
	}
	if run.reached < o.Recipients {
		return nil, fmt.Errorf("prepare messages: %d of %d were accepted", run.reached, o.Recipients)
	}
	w.o.Profile = profile
	return w.floodStatuses(ctx, f)
}

// floodStatuses posts all statuses and follows them until they are applied.
func (w *world) floodStatuses(ctx context.Context, f firm) (Result, error) {
	ids, posts, err := w.statusPosts(ctx, f)
	if err != nil {
		return nil, err
	}
	stopProfile, err := w.profile()
	if err != nil {
		return nil, err
	}
	defer stopProfile()
	started := time.Now()
	flood, err := post(ctx, w.cfg.Addr, posts, w.o.Concurrency)
	if err != nil {
		return nil, err
	}
	_, applied, err := progress(ctx, 0, w.waiting(ctx))
	if err != nil {
		return nil, fmt.Errorf("wait for deliveries to be applied: %w", err)
	}
	took := applied.Sub(started)
	lost, err := w.unapplied(ctx, f, ids, flood.accepted)
	if err != nil {
		return nil, err
	}
	ledger, err := w.core.VerifyLedger(ctx)
	if err != nil {
		return nil, err
	}
	accepted := len(flood.took)
	return Result{
		{"messages", len(ids)}, {"posts", len(posts)}, {"accepted", accepted}, {"refused", len(posts) - accepted},
		{"per_second", per(accepted, flood.elapsed)}, {"p50_ms", percentile(flood.took, 0.50)}, {"p99_ms", percentile(flood.took, 0.99)},
		{"applied_per_second", per(accepted, took)}, {"drain_s", round((took - flood.elapsed).Seconds())},
		{"lost", lost}, {"ledger_ok", ledger.OK},
	}, nil
}

// waiting counts down: minus the deliveries not applied yet.
func (w *world) waiting(ctx context.Context) func() (int64, error) {
	return func() (n int64, err error) {
		err = w.super.QueryRow(ctx, `select -count(*) from webhook_deliveries where waiting`).Scan(&n)
		return n, err
	}
}

// statusPosts makes the signed requests, message after message within each step.
func (w *world) statusPosts(ctx context.Context, f firm) (ids []uuid.UUID, posts [][]byte, err error) {
	rows, err := w.super.Query(ctx, `
		select m.id, m.wamid, coalesce(c.wa_id, ltrim(c.phone, '+'))
		from messages m join contacts c on c.tenant_id = m.tenant_id and c.id = m.contact_id
		where m.tenant_id = $1 and m.state = 'accepted' order by m.id`, f.tenant)
	if err != nil {
		return nil, nil, fmt.Errorf("read messages: %w", err)
	}
	var wamids, people []string
	var id uuid.UUID
	var wamid, person string
	_, err = pgx.ForEachRow(rows, []any{&id, &wamid, &person}, func() error {
		ids, wamids, people = append(ids, id), append(wamids, wamid), append(people, person)
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("read messages: %w", err)
	}
	for _, step := range steps() {
		for i := range ids {
			posts = append(posts, w.signed(statusBody(f, ids[i], wamids[i], people[i], step)))
		}
	}
	return ids, posts, nil
}

// statusBody is a webhook as Meta writes it.
func statusBody(f firm, id uuid.UUID, wamid, person, step string) []byte {
	pricing := `,"pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"marketing"}`
	if step == "read" {
		pricing = ""
	}
	return fmt.Appendf(nil, `{"object":"whatsapp_business_account","entry":[{"id":%q,"changes":[{"field":"messages","value":{`+
		`"messaging_product":"whatsapp","metadata":{"display_phone_number":%q,"phone_number_id":%q},"statuses":[{`+
		`"id":%q,"status":%q,"timestamp":"%d","recipient_id":%q,"biz_opaque_callback_data":%q%s}]}}]}]}`,
		f.channel.WABAID, f.channel.DisplayPhone, f.channel.PhoneNumberID, wamid, step, time.Now().Unix(), person, id, pricing)
}

// signed is the whole request of a webhook, ready for the wire.
func (w *world) signed(body []byte) []byte {
	head := fmt.Sprintf("POST /webhooks/whatsapp HTTP/1.1\r\nHost: %s\r\nUser-Agent: facebookexternalua\r\n"+
		"Content-Type: application/json\r\nContent-Length: %d\r\n%s: %s\r\n\r\n",
		w.cfg.Addr, len(body), whatsapp.SignatureHeader, whatsapp.Sign(body, appSecret))
	return append([]byte(head), body...)
}

// unapplied counts the accepted posts whose message has not come as far as they say.
func (w *world) unapplied(ctx context.Context, f firm, ids []uuid.UUID, accepted []bool) (int, error) {
	states := make(map[uuid.UUID]string, len(ids))
	rows, err := w.super.Query(ctx, `select id, state from messages where tenant_id = $1`, f.tenant)
	if err != nil {
		return 0, err
	}
	var id uuid.UUID
	var state string
	if _, err := pgx.ForEachRow(rows, []any{&id, &state}, func() error { states[id] = state; return nil }); err != nil {
		return 0, err
	}
	lost := 0
	for i, ok := range accepted {
		step := i / len(ids)
		if ok && slices.Index(steps(), states[ids[i%len(ids)]]) < step {
			lost++
		}
	}
	return lost, nil
}

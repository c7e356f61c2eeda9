package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/aerostic/aerostic/internal/app"
)

// textsEach is how many texts a customer of the bench writes; half of the customers are strangers.
const textsEach = 5

// said is what customers write, in turn.
func said() []string {
	return []string{"नमस्ते, मेरा ऑर्डर कहाँ है?", "Hi, is this still in stock?", "ok thank you 🙏", "Kal tak mil jayega kya?", "مرحبا، كم السعر؟"}
}

// textBench posts signed texts of customers, one per POST, until they are stored, in their threads and
// announced.
func textBench(ctx context.Context, o Options) (Result, error) {
	if o.Concurrency == 0 {
		o.Concurrency = postersDefault
	}
	w, err := newWorld(ctx, o)
	if err != nil {
		return nil, err
	}
	defer w.close()
	people := max(2, o.Recipients/textsEach)
	f, _, err := w.oneFirm(ctx, -1, people/2, quiet(), app.RoleWebhook, app.RoleWorker)
	if err != nil {
		return nil, err
	}
	known, err := w.phonesOf(ctx, f)
	if err != nil {
		return nil, err
	}
	return w.floodTexts(ctx, f, known, people)
}

// phonesOf are the digits of the firm's contacts.
func (w *world) phonesOf(ctx context.Context, f firm) (phones []string, err error) {
	err = w.super.QueryRow(ctx, `select coalesce(array_agg(coalesce(wa_id, ltrim(phone, '+')) order by id), '{}') from contacts where tenant_id = $1`, f.tenant).Scan(&phones)
	return phones, err
}

func (w *world) floodTexts(ctx context.Context, f firm, known []string, people int) (Result, error) {
	posts := make([][]byte, w.o.Recipients)
	for i := range posts {
		from := fmt.Sprintf("4479%08d", i%people)
		if n := i % people; n < len(known) {
			from = known[n]
		}
		posts[i] = w.signed(textBody(f, fmt.Sprintf("wamid.text.%d", i), from, said()[i%len(said())], time.Now()))
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
	threaded, err := w.threaded(ctx, f)
	if err != nil {
		return nil, err
	}
	accepted := len(flood.took)
	return Result{
		{"posts", len(posts)}, {"people", people}, {"accepted", accepted}, {"refused", len(posts) - accepted},
		{"per_second", per(accepted, flood.elapsed)}, {"p50_ms", percentile(flood.took, 0.50)}, {"p99_ms", percentile(flood.took, 0.99)},
		{"applied_per_second", per(accepted, took)}, {"drain_s", round((took - flood.elapsed).Seconds())},
		{"lost", accepted - threaded},
	}, nil
}

// threaded counts the firm's inbound messages that stand in the thread of who wrote them.
func (w *world) threaded(ctx context.Context, f firm) (n int, err error) {
	err = w.super.QueryRow(ctx, `
		select count(distinct m.wamid) from messages m
		join contact_messages t on t.tenant_id = m.tenant_id and t.message_id = m.id and t.contact_id = m.contact_id
		join contacts c on c.tenant_id = m.tenant_id and c.id = m.contact_id and c.window_open_until >= m.created_at + interval '24 hours'
		where m.tenant_id = $1 and m.direction = 'in'`, f.tenant).Scan(&n)
	return n, err
}

// textBody is a customer's text as Meta writes it.
func textBody(f firm, wamid, from, text string, at time.Time) []byte {
	return fmt.Appendf(nil, `{"object":"whatsapp_business_account","entry":[{"id":%q,"changes":[{"field":"messages","value":{`+
		`"messaging_product":"whatsapp","metadata":{"display_phone_number":%q,"phone_number_id":%q},`+
		`"contacts":[{"profile":{"name":"Asha"},"wa_id":%q}],"messages":[{`+
		`"from":%q,"id":%q,"timestamp":"%d","type":"text","text":{"body":%q}}]}}]}]}`,
		f.channel.WABAID, f.channel.DisplayPhone, f.channel.PhoneNumberID, from, from, wamid, at.Unix(), text)
}

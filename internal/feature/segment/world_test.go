package segment

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// person is a contact as the reference knows it.
type person struct {
	id                                               uuid.UUID
	name, phone, email, market, locale, optIn        string
	fields                                           map[string]string
	created                                          time.Time
	suppressed, unreachable                          bool
	windowUntil                                      *time.Time
	stage, owner                                     uuid.UUID
	tags                                             map[uuid.UUID]bool
	writtenAt, sentAt, deliveredAt, readAt, failedAt *time.Time
	got                                              map[uuid.UUID]receipt     // by campaign
	clicked, reached                                 map[uuid.UUID][]time.Time // by campaign, by goal
	converted                                        map[uuid.UUID]bool        // of campaigns
}

// receipt is one message of a campaign.
type receipt struct {
	state                                           string
	sentAt, deliveredAt, readAt, endedAt, repliedAt *time.Time
}

// world is a workspace with people of every kind.
type world struct {
	now      time.Time
	fields   []field
	ids      map[string][]uuid.UUID
	words    map[string][]string
	segments map[uuid.UUID]Query
	people   []person
}

// people inserts n plain contacts.
func (b *bundle) people(n int) []person {
	b.t.Helper()
	people := make([]person, n)
	for i := range people {
		people[i] = person{id: ident.New(), name: "Ann", phone: fmt.Sprintf("+9198765%05d", i), optIn: "unknown", created: b.clock.Now()}
		b.insert(people[i])
	}
	return people
}

func (b *bundle) insert(p person) {
	b.t.Helper()
	fields, _ := json.Marshal(p.fields)
	if p.fields == nil {
		fields = []byte("{}")
	}
	var suppressed, unreachable *time.Time
	if p.suppressed {
		suppressed = &p.created
	}
	if p.unreachable {
		unreachable = &p.created
	}
	b.exec(`insert into contacts (tenant_id, id, phone, wa_id, name, email, market, locale, fields, opt_in, suppressed_at, unreachable_at,
    window_open_until, stage_id, stage_at, owner_id, created_at, updated_at)
values ($1, $2, $3, substr($3, 2), $4, nullif($5, ''), $6, nullif($7, ''), $8, $9, $10, $11, $12, $13, $14, $15, $16, $16)`,
		b.acme, p.id, p.phone, p.name, p.email, p.market, p.locale, fields, p.optIn, suppressed, unreachable,
		p.windowUntil, orNone(p.stage), atIf(p.stage, p.created), orNone(p.owner), p.created)
}

func orNone(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

func atIf(id uuid.UUID, at time.Time) *time.Time {
	if id == uuid.Nil {
		return nil
	}
	return &at
}

// world fills Acme with n random people, a deleted one, and what they did.
func (b *bundle) world(n int) *world {
	b.t.Helper()
	w := &world{now: b.clock.Now(), ids: map[string][]uuid.UUID{}, segments: map[uuid.UUID]Query{}, words: map[string][]string{
		"name": {"asha", "आशा", "ANN", "a", "m"}, "phone": {"+91", "+9198", "+91987650"}, "email": {"ann@acme.test", "ann", "b"},
		"market": {"India", "Egypt"}, "locale": {"hi", "EN"}, "field:size": {"S", "M", "L"}}}
	w.fields = []field{{"city", "City", "text"}, {"spent", "Spent", "number"}, {"birthday", "Birthday", "date"}, {"member", "Member", "boolean"}, {"size", "Size", "choice"}}
	for _, f := range w.fields {
		b.exec(`insert into contact_fields (tenant_id, key, label, type, options, created_at) values ($1, $2, $3, $4, $5, $6)`,
			b.acme, f.Key, f.Label, f.Type, map[bool][]string{true: {"S", "M", "L"}, false: {}}[f.Type == "choice"], w.now)
	}
	b.name(w)
	b.batch = &pgx.Batch{}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range n {
		p := w.person(r, i)
		b.insert(p)
		b.attach(w, p)
		w.people = append(w.people, p)
	}
	gone := w.person(r, n)
	b.insert(gone)
	b.exec(`update contacts set deleted_at = $3 where tenant_id = $1 and id = $2`, b.acme, gone.id, w.now)
	b.flush()
	b.analyze()
	return w
}

// analyze renews the planner's statistics, as the database does by itself in a minute or so.
func (b *bundle) analyze() {
	b.t.Helper()
	cfg := b.DB.App().Config().ConnConfig.Copy()
	delete(cfg.RuntimeParams, "role")
	conn, err := pgx.ConnectConfig(b.t.Context(), cfg)
	if err != nil {
		b.t.Fatal(err)
	}
	defer conn.Close(b.t.Context())
	if _, err := conn.Exec(b.t.Context(), `analyze`); err != nil {
		b.t.Fatal(err)
	}
}

// name makes the tags, stages, owners, campaigns and segments.
func (b *bundle) name(w *world) {
	for i := range 5 {
		tag, stage, user, campaign := ident.New(), ident.New(), ident.New(), ident.New()
		name := fmt.Sprint("नाम ", i)
		b.exec(`insert into tags (tenant_id, id, name, name_key, created_at, updated_at) values ($1, $2, $3, $3, $4, $4)`, b.acme, tag, name, w.now)
		b.exec(`insert into contact_stages (tenant_id, id, name, name_key, position, tone, created_at, updated_at) values ($1, $2, $3, $3, $5, 'info', $4, $4)`, b.acme, stage, name, w.now, i)
		b.exec(`insert into campaigns (tenant_id, id, name, status, started_at, created_at, updated_at) values ($1, $2, $3, 'running', $4, $4, $4)`, b.acme, campaign, name, w.now.AddDate(0, 0, -50))
		goal := ident.New()
		b.exec(`insert into goals (tenant_id, id, key, name, touch, window_days, created_at, updated_at) values ($1, $2, $3, $4, 'clicked', 7, $5, $5)`,
			b.acme, goal, fmt.Sprint("goal_", i), name, w.now)
		w.ids["goal"] = append(w.ids["goal"], goal)
		b.member(user, name)
		w.ids["tag"], w.ids["stage"] = append(w.ids["tag"], tag), append(w.ids["stage"], stage)
		w.ids["owner"], w.ids["campaign"] = append(w.ids["owner"], user), append(w.ids["campaign"], campaign)
	}
	for i, q := range []Query{{On: "tag", Op: "is", Values: []string{w.ids["tag"][0].String()}}, {Not: &Query{On: "field:spent", Op: "more", Values: []string{"3"}}}, {}} {
		made, err := b.Create(b.ctx, fmt.Sprint("खंड ", i), q)
		if err != nil {
			b.t.Fatal(err)
		}
		w.ids["segment"], w.segments[made.ID] = append(w.ids["segment"], made.ID), q
	}
}

func (b *bundle) member(user uuid.UUID, name string) {
	err := b.DB.Global(b.t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into users (id, email, name, password_hash, created_at, updated_at) values ($1, $2, $3, 'x', $4, $4)`,
			user, user.String()+"@acme.test", name, b.clock.Now())
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.exec(`insert into members (tenant_id, user_id, role, created_at, updated_at) values ($1, $2, 'agent', $3, $3)`, b.acme, user, b.clock.Now())
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

func (w *world) person(r *rand.Rand, i int) person {
	ago := func(days int) *time.Time {
		if r.IntN(3) == 0 {
			return nil
		}
		at := w.now.Add(-time.Duration(r.IntN(days*24*60)) * time.Minute)
		return &at
	}
	p := person{id: ident.New(), name: pick(r, "Asha", "आशा देवी", "Ann Müller", "محمد", ""), phone: fmt.Sprintf("+9198765%05d", i), email: pick(r, "", "ann@acme.test", "bob@acme.test"),
		market: pick(r, "India", "Egypt", ""), locale: pick(r, "hi", "en", ""), optIn: pick(r, "in", "out", "unknown", "pending"), created: w.now.Add(-time.Duration(r.IntN(60*24)) * time.Hour),
		suppressed: r.IntN(4) == 0, unreachable: r.IntN(4) == 0, stage: pick(r, append(w.ids["stage"], uuid.Nil)...), owner: pick(r, append(w.ids["owner"], uuid.Nil)...),
		tags: map[uuid.UUID]bool{}, fields: map[string]string{}, got: map[uuid.UUID]receipt{},
		clicked: map[uuid.UUID][]time.Time{}, converted: map[uuid.UUID]bool{}, reached: map[uuid.UUID][]time.Time{},
		writtenAt: ago(60), sentAt: ago(60), deliveredAt: ago(60), readAt: ago(60), failedAt: ago(60)}
	if at := ago(40); at != nil {
		until := at.Add(24 * time.Hour)
		p.windowUntil = &until
	}
	for _, tag := range w.ids["tag"] {
		p.tags[tag] = r.IntN(3) == 0
	}
	for key, value := range map[string]string{"city": pick(r, "Pune", "PUNE", "पुणे", "दिल्ली", "القاهرة", "100% 'Delhi'"), "spent": pick(r, "-3.5", "7", "12.5", "0", "later", "1.2.3"),
		"birthday": w.now.AddDate(0, 0, r.IntN(80)-60).Format(time.DateOnly), "member": pick(r, "true", "false", "yes"), "size": pick(r, "S", "M", "L")} {
		if r.IntN(4) > 0 {
			p.fields[key] = value
		}
	}
	for _, campaign := range w.ids["campaign"] {
		if p.converted[campaign] = r.IntN(4) == 0; p.converted[campaign] {
			goal := w.ids["goal"][0]
			p.reached[goal] = append(p.reached[goal], w.now)
		}
		if r.IntN(2) == 0 {
			p.got[campaign] = receiptOf(pick(r, "accepted", "sent", "expired", "failed", "delivered", "read", "refused", "held_out"), w.now.Add(-time.Duration(r.IntN(50*24))*time.Hour))
		}
		w.answer(r, p, campaign)
	}
	for _, goal := range w.ids["goal"] {
		for range r.IntN(3) {
			p.reached[goal] = append(p.reached[goal], w.now.Add(-time.Duration(r.IntN(50*24*60))*time.Minute))
		}
	}
	return p
}

// answer lets a recipient click and reply.
func (w *world) answer(r *rand.Rand, p person, campaign uuid.UUID) {
	got, has := p.got[campaign]
	if !has || got.deliveredAt == nil {
		return
	}
	for range r.IntN(3) {
		p.clicked[campaign] = append(p.clicked[campaign], w.now.Add(-time.Duration(r.IntN(50*24*60))*time.Minute))
	}
	if r.IntN(2) == 0 {
		at := w.now.Add(-time.Duration(r.IntN(50*24)) * time.Hour)
		got.repliedAt = &at
		p.got[campaign] = got
	}
}

func receiptOf(state string, at time.Time) receipt {
	got := receipt{state: state, sentAt: &at}
	switch state {
	case "failed", "expired", "refused":
		got.endedAt = &at
	case "read":
		got.readAt, got.deliveredAt = &at, &at
	case "delivered":
		got.deliveredAt = &at
	}
	return got
}

// attach writes what a person has and did.
func (b *bundle) attach(w *world, p person) {
	for tag, has := range p.tags {
		if has {
			b.exec(`insert into contact_tags (tenant_id, tag_id, contact_id) values ($1, $2, $3)`, b.acme, tag, p.id)
		}
	}
	b.exec(`insert into contact_activity (tenant_id, contact_id, written_at, sent_at, delivered_at, read_at, failed_at) values ($1, $2, $3, $4, $5, $6, $7)`,
		b.acme, p.id, p.writtenAt, p.sentAt, p.deliveredAt, p.readAt, p.failedAt)
	for campaign, converted := range p.converted {
		if converted {
			b.exec(`insert into conversions (tenant_id, event_id, goal_id, contact_id, value, at, campaign_id, received_at) values ($1, $2, $3, $4, 0, $5, $6, $5)`,
				b.acme, ident.New().String(), w.ids["goal"][0], p.id, w.now, campaign)
		}
	}
	for campaign, got := range p.got {
		id := ident.New()
		if got.state == "held_out" {
			b.exec(`insert into campaign_recipients (tenant_id, campaign_id, contact_id, message_id, state, outcome) values ($1, $2, $3, $4, 'held_out', 'held_out')`, b.acme, campaign, p.id, id)
			continue
		}
		b.exec(`insert into campaign_recipients (tenant_id, campaign_id, contact_id, message_id, state, replied_at) values ($1, $2, $3, $4, 'fed', $5)`, b.acme, campaign, p.id, id, got.repliedAt)
		b.exec(`insert into messages (tenant_id, id, channel_id, contact_id, campaign_id, origin, kind, state, sent_at, delivered_at, read_at, ended_at, created_at)
values ($1, $2, $2, $3, $4, 'campaign', 'template', $5, $6, $7, $8, $9, $10)`, b.acme, id, p.id, campaign, got.state, got.sentAt, got.deliveredAt, got.readAt, got.endedAt, w.now)
	}
	for campaign, moments := range p.clicked {
		b.exec(`insert into link_clickers (tenant_id, campaign_id, number, contact_id) values ($1, $2, 0, $3), ($1, $2, 1, $3)`, b.acme, campaign, p.id)
		for _, at := range moments {
			b.exec(`insert into link_clicks (tenant_id, campaign_id, contact_id, number, at) values ($1, $2, $3, 1, $4) on conflict do nothing`, b.acme, campaign, p.id, at)
		}
	}
	for goal, moments := range p.reached {
		for _, at := range moments {
			b.exec(`insert into conversions (tenant_id, event_id, goal_id, contact_id, value, at, received_at) values ($1, $2, $3, $4, 0, $5, $5)`,
				b.acme, ident.New().String(), goal, p.id, at)
		}
	}
}

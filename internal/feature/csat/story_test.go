package csat

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// bundle is Acme, Ann who answers, and Asha who writes.
type bundle struct {
	t                       *testing.T
	s                       *Service
	talks                   *conversation.Service
	clock                   *clock.Fake
	acme, ann, asha, number uuid.UUID
	said                    []Question
	rated                   []Rating
}

func setup(t *testing.T, change func(*Settings)) *bundle {
	t.Helper()
	d, now := dbtest.New(t), clock.NewFake(time.Date(2026, time.November, 2, 4, 30, 0, 0, time.UTC))
	log := slog.New(slog.DiscardHandler)
	b := &bundle{t: t, clock: now, acme: dbtest.Tenant(t, d, "acme"), ann: ident.New(), asha: ident.New(), number: ident.New()}
	b.talks = conversation.New(conversation.Deps{DB: d, Clock: now, Logger: log})
	b.s = New(Deps{DB: d, Clock: now, Conversations: b.talks})
	b.talks.Hooks = conversation.Hooks{Changed: b.s.Follow, Silent: b.s.Hear}
	b.s.Hooks = Hooks{
		Ask: func(_ context.Context, _ pgx.Tx, _ uuid.UUID, list []Question) error {
			b.said = append(b.said, list...)
			return nil
		},
		Rated: func(_ context.Context, _ pgx.Tx, _ uuid.UUID, list []Rating) error {
			b.rated = append(b.rated, list...)
			return nil
		},
	}
	b.exec(`insert into contacts (tenant_id, id, name, locale, bsuid, created_at, updated_at) values ($1, $2, 'आशा', 'hi', 'IN.1', $3, $3)`, b.asha, now.Now())
	set := defaults()
	set.On = true
	if change != nil {
		change(&set)
	}
	_, err := b.s.SaveSettings(b.as(), set)
	b.must(err)
	return b
}

func (b *bundle) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bundle) as() context.Context {
	return actor.With(b.t.Context(), actor.Actor{Kind: actor.User, TenantID: b.acme, UserID: b.ann, Role: "owner"})
}

func (b *bundle) tx(fn func(context.Context, pgx.Tx) error) {
	b.t.Helper()
	b.must(b.s.DB.InTenant(b.as(), b.acme, fn))
}

func (b *bundle) exec(sql string, args ...any) {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, append([]any{b.acme}, args...)...)
		return err
	})
}

func (b *bundle) writes(text, payload string) {
	b.t.Helper()
	kind := "text"
	if payload != "" {
		kind = "interactive"
	}
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		return b.talks.Received(ctx, tx, b.acme, []message.Receipt{{ID: ident.New(), ChannelID: b.number, ContactID: b.asha, Kind: kind,
			Text: text, Payload: payload, At: b.clock.Now()}})
	})
}

// solved has Asha write and Ann answer and resolve.
func (b *bundle) solved() {
	b.t.Helper()
	b.writes("साड़ी कब आएगी?", "")
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		return b.talks.Queued(ctx, tx, b.acme, []message.Draft{{ID: ident.New(), ChannelID: b.number, ContactID: b.asha, Origin: message.OriginReply, Text: "कल"}})
	})
	var id uuid.UUID
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select id from conversations where tenant_id = $1`, b.acme).Scan(&id)
	})
	b.must(b.talks.SetStatus(b.as(), []uuid.UUID{id}, conversation.StatusChange{To: conversation.Resolved}))
}

func (b *bundle) passes(d time.Duration) {
	b.t.Helper()
	b.clock.Advance(d)
	b.must(b.s.AskDue(b.t.Context()))
}

// heard is what was said since it was looked at last.
func (b *bundle) heard() (texts []string) {
	for _, q := range b.said {
		texts = append(texts, q.Text)
	}
	b.said = nil
	return texts
}

func (b *bundle) row(sql string) (s string) {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error { return tx.QueryRow(ctx, sql, b.acme).Scan(&s) })
	return s
}

const (
	status = `select status from conversations where tenant_id = $1`
	cases  = `select count(*)::text from conversation_cases where tenant_id = $1`
	states = `select string_agg(state || coalesce(':' || nullif(reason, ''), ''), ' ' order by case_id) from csat_asks where tenant_id = $1`
)

func TestARating(t *testing.T) {
	t.Parallel()
	b := setup(t, func(s *Settings) { s.Comment = true })
	b.solved()
	b.passes(4 * time.Minute)
	if got := b.heard(); len(got) != 0 {
		t.Fatalf("asked before its time: %v", got)
	}
	b.passes(time.Minute)
	b.passes(time.Minute)
	if len(b.said) != 1 || b.said[0].Text != "आपका अनुभव कैसा रहा? आपके उत्तर से हम बेहतर बनते हैं।" || b.said[0].Button != "रेटिंग दें" || len(b.said[0].Choices) != 5 {
		t.Fatalf("%+v", b.said)
	}
	four := b.said[0].Choices[1].ID
	b.heard()
	b.writes("★★★★", four)
	b.writes("★", oneStar(four))
	if len(b.rated) != 1 || b.rated[0].Score != 4 || id(b.rated[0].Assignee) != b.ann {
		t.Errorf("%+v", b.rated)
	}
	if got := b.heard(); len(got) != 1 || got[0] != "धन्यवाद! क्या आप इसका कारण बताना चाहेंगे?" {
		t.Errorf("said %v", got)
	}
	b.writes("बहुत अच्छे लोग 🙏", "")
	if got := b.heard(); len(got) != 1 || got[0] != "आपके उत्तर के लिए धन्यवाद।" {
		t.Errorf("said %v", got)
	}
	if got := b.row(`select comment from csat_asks where tenant_id = $1`); got != "बहुत अच्छे लोग 🙏" {
		t.Errorf("the comment is %q", got)
	}
	if b.row(status) != "resolved" || b.row(cases) != "1" {
		t.Errorf("the rating opened something: %s, %s cases", b.row(status), b.row(cases))
	}
	if n := b.row(`select count(*)::text from conversation_entries where tenant_id = $1 and what = 'csat_answered'`); n != "1" {
		t.Errorf("told %s times", n)
	}
	b.writes("एक और सवाल", "") // the next thing is a case again
	if b.row(status) != "open" || b.row(cases) != "2" {
		t.Errorf("a question after the comment: %s, %s cases", b.row(status), b.row(cases))
	}
	list, err := b.s.getAnswers(b.as(), &answersInput{PageQuery: web.PageQuery{Limit: 10}})
	b.must(err)
	if len(list.Body.Items) != 1 || list.Body.Items[0].Score != 4 || list.Body.Items[0].Contact != "आशा" {
		t.Errorf("%+v", list.Body)
	}
}

// oneStar is the payload of one star in place of another's.
func oneStar(other string) string { return other[:len(other)-1] + "1" }

func id(u *uuid.UUID) (v uuid.UUID) {
	if u != nil {
		v = *u
	}
	return v
}

func TestWhoIsNotAsked(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(*Settings)
		story  func(*bundle)
		want   string
	}{
		"asked not long ago":       {nil, func(b *bundle) { b.solved(); b.passes(5 * time.Minute); b.solved(); b.passes(5 * time.Minute) }, "asked skipped:recent"},
		"after every case":         {func(s *Settings) { s.EveryDays = 0 }, func(b *bundle) { b.solved(); b.passes(5 * time.Minute); b.solved(); b.passes(5 * time.Minute) }, "asked asked"},
		"the window closed":        {func(s *Settings) { s.DelayMinutes = 24 * 60 }, func(b *bundle) { b.solved(); b.passes(24 * time.Hour) }, "skipped:window"},
		"the conversation goes on": {nil, func(b *bundle) { b.solved(); b.writes("और?", ""); b.passes(5 * time.Minute) }, "skipped:reopened"},
		"switched off": {nil, func(b *bundle) {
			b.solved()
			b.exec(`update csat_settings set settings = settings || '{"on": false}' where tenant_id = $1`)
			b.passes(5 * time.Minute)
		}, "skipped:off"},
		"deleted": {nil, func(b *bundle) {
			b.solved()
			b.exec(`update contacts set deleted_at = created_at where tenant_id = $1`)
			b.passes(5 * time.Minute)
		}, "skipped:gone"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, tc.change)
			tc.story(b)
			if got := b.row(states); got != tc.want {
				t.Errorf("%s, not %s", got, tc.want)
			}
		})
	}
}

func TestLateAndTypedAnswers(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	b.solved()
	b.passes(5 * time.Minute)
	b.passes(6 * 24 * time.Hour)
	b.writes("५", "") // typed, in Devanagari, days later
	if len(b.rated) != 1 || b.rated[0].Score != 5 || b.row(status) != "resolved" {
		t.Errorf("%+v, %s", b.rated, b.row(status))
	}
	c := setup(t, func(s *Settings) { s.Scale, s.LateDays = Buttons3, 2 })
	c.solved()
	c.passes(5 * time.Minute)
	face := c.said[0].Choices[2].ID
	if len(c.said[0].Choices) != 3 || c.said[0].Button != "" {
		t.Errorf("%+v", c.said)
	}
	c.passes(49 * time.Hour)
	c.writes("🙁", face) // too late: it counts for nothing, and somebody looks at it
	if len(c.rated) != 0 || c.row(status) != "open" {
		t.Errorf("%+v, %s", c.rated, c.row(status))
	}
}

func TestSettingsThatCannotBe(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	for name, spoil := range map[string]func(*Settings){
		"no text":       func(s *Settings) { s.Texts = nil },
		"no question":   func(s *Settings) { s.Texts[0].Question = " " },
		"a long button": func(s *Settings) { s.Texts[0].Button = "Please rate what we did" },
		"twice":         func(s *Settings) { s.Texts[1].Language = "EN" },
		"a week later":  func(s *Settings) { s.DelayMinutes = 7 * 24 * 60 },
		"no comment":    func(s *Settings) { s.Comment, s.Texts[0].Comment = true, "" },
		"a stranger":    func(s *Settings) { s.Channels = []uuid.UUID{uuid.New()} },
	} {
		set := defaults()
		spoil(&set)
		if _, err := b.s.SaveSettings(b.as(), set); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDigits(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"5": 5, " ४ ": 4, "৩": 3, "0": 0, "५५": 0, "five": 0, "": 0, "९": 9, "③": 0} {
		if got := digitOf(text); got != want {
			t.Errorf("%q is %d, not %d", text, got, want)
		}
	}
}

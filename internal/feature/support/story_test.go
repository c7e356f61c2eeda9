package support

import (
	"bytes"
	"context"
	"encoding/csv"
	"log/slog"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/csat"
	"github.com/aerostic/aerostic/internal/feature/hours"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/sla"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// bundle is Acme on a Monday at ten, with two who answer and some who write.
type bundle struct {
	t         *testing.T
	s         *Service
	talks     *conversation.Service
	calendars *hours.Service
	clock     *clock.Fake
	zone      *time.Location
	acme      uuid.UUID
	people    []uuid.UUID
	customers []uuid.UUID
	number    uuid.UUID
}

func setup(t *testing.T) *bundle {
	t.Helper()
	d, now := dbtest.New(t), clock.NewFake(time.Date(2026, time.November, 2, 4, 30, 0, 0, time.UTC))
	log := slog.New(slog.DiscardHandler)
	b := &bundle{t: t, clock: now, acme: dbtest.Tenant(t, d, "acme"), number: ident.New()}
	b.talks = conversation.New(conversation.Deps{DB: d, Clock: now, Logger: log})
	b.calendars = hours.New(hours.Deps{DB: d, Clock: now})
	b.s = New(Deps{DB: d, Clock: now, Calendars: b.calendars})
	b.talks.Hooks.Changed = b.s.Follow
	for range 2 {
		b.people = append(b.people, ident.New())
		b.exec(`insert into members (tenant_id, user_id, role, created_at, updated_at) values ($1, $2, 'agent', $3, $3)`, b.people[len(b.people)-1], now.Now())
	}
	for range 5 {
		b.customers = append(b.customers, ident.New())
	}
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		book, err := b.calendars.Read(ctx, tx, b.acme)
		b.zone = book.Zone
		return err
	})
	return b
}

func (b *bundle) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bundle) as(user uuid.UUID) context.Context {
	return actor.With(b.t.Context(), actor.Actor{Kind: actor.User, TenantID: b.acme, UserID: user, Role: "owner"})
}

func (b *bundle) txAs(user uuid.UUID, fn func(context.Context, pgx.Tx) error) {
	b.t.Helper()
	b.must(b.s.DB.InTenant(b.as(user), b.acme, fn))
}

func (b *bundle) tx(fn func(context.Context, pgx.Tx) error) { b.t.Helper(); b.txAs(uuid.Nil, fn) }

func (b *bundle) exec(sql string, args ...any) {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, append([]any{b.acme}, args...)...)
		return err
	})
}

func (b *bundle) writes(who uuid.UUID) {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		return b.talks.Received(ctx, tx, b.acme, []message.Receipt{{ID: ident.New(), ChannelID: b.number, ContactID: who, Kind: "text", Text: "नमस्ते", At: b.clock.Now()}})
	})
}

func (b *bundle) answers(user, who uuid.UUID) {
	b.t.Helper()
	b.txAs(user, func(ctx context.Context, tx pgx.Tx) error {
		return b.talks.Queued(ctx, tx, b.acme, []message.Draft{{ID: ident.New(), ChannelID: b.number, ContactID: who, Origin: message.OriginReply, Text: "Hello"}})
	})
}

func (b *bundle) talk(who uuid.UUID) (id uuid.UUID) {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select id from conversations where tenant_id = $1 and contact_id = $2`, b.acme, who).Scan(&id)
	})
	return id
}

func (b *bundle) resolves(user, who uuid.UUID) {
	b.t.Helper()
	b.must(b.talks.SetStatus(b.as(user), []uuid.UUID{b.talk(who)}, conversation.StatusChange{To: conversation.Resolved}))
}

func (b *bundle) report(by string, days int) Report {
	b.t.Helper()
	b.must(b.s.Fold(b.t.Context()))
	from := time.Date(2026, time.November, 2, 0, 0, 0, 0, time.UTC)
	r, err := b.s.Report(b.as(b.people[0]), Query{From: from, To: from.AddDate(0, 0, days-1), By: by})
	b.must(err)
	return r
}

func TestAStoryOfTwoDays(t *testing.T) {
	t.Parallel()
	b := setup(t)
	day := []hours.Span{{From: "10:00", To: "18:00"}}
	_, err := b.calendars.Create(b.as(b.people[0]), hours.Calendar{Name: "Office", Zone: "Asia/Kolkata",
		Week: [][]hours.Span{day, day, day, day, day, nil, nil}, Uses: []hours.Use{{Kind: hours.ForWorkspace}}})
	b.must(err)
	ann, bob, asha, ravi := b.people[0], b.people[1], b.customers[0], b.customers[1]
	b.writes(asha)
	b.clock.Advance(10 * time.Minute)
	b.answers(ann, asha)
	b.clock.Advance(7*time.Hour + 20*time.Minute) // 17:30
	b.writes(ravi)
	b.writes(ravi)
	b.clock.Advance(17 * time.Hour) // 10:30 of the next day
	b.answers(bob, ravi)
	b.clock.Advance(time.Second)
	b.answers(ann, ravi)
	b.resolves(ann, ravi)
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		list := []csat.Rating{{Channel: b.number, Assignee: &bob, Score: 4}, {Channel: b.number, Assignee: &bob, Score: 1}}
		return b.s.Rated(ctx, tx, b.acme, list)
	})
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		kept, missed, dropped := sla.Ended{AssigneeID: &ann}, sla.Ended{AssigneeID: &ann}, sla.Ended{}
		kept.Outcome, missed.Outcome, dropped.Outcome = sla.Kept, sla.Missed, sla.Dropped
		return b.s.Ended(ctx, tx, b.acme, []sla.Ended{kept, missed, kept, dropped})
	})
	r := b.report("day", 3)
	ten, long := Times{1, 600, 600, 600, 600}, Times{1, 17 * 3600, 17 * 3600, 3600, 3600}
	want := []Row{
		{Day: "2026-11-02", Opened: 2, In: 3, Out: 1, First: ten, Backlog: 2},
		{Day: "2026-11-03", Resolved: 1, Out: 2, First: long, Resolution: long, Ratings: 2, RatingSum: 5, Satisfied: 1, SLAKept: 2, SLAMissed: 1, Backlog: 1},
		{Day: "2026-11-04", Backlog: 1},
	}
	if diff := cmp.Diff(want, r.Items); diff != "" {
		t.Errorf("by day:\n%s", diff)
	}
	if r.Total.First != (Times{2, 600, 17 * 3600, 600, 3600}) || r.Total.Opened != 2 || r.Total.Backlog != 1 {
		t.Errorf("%+v", r.Total)
	}
	b.s.Names = func(context.Context, pgx.Tx, uuid.UUID, string) (map[uuid.UUID]string, error) {
		return map[uuid.UUID]string{ann: "Ann", bob: "=Bob"}, nil
	}
	r = b.report("person", 3)
	byName := map[string]Row{}
	for _, row := range r.Items {
		byName[row.Name] = row
	}
	if a, o := byName["Ann"], byName["=Bob"]; a.Out != 2 || a.First.N != 1 || a.Backlog != 1 || o.Resolved != 1 || o.Satisfied != 1 || o.Backlog != 0 {
		t.Errorf("Ann %+v\nBob %+v", a, o)
	}
	file, err := csv.NewReader(bytes.NewReader(r.file()[3:])).ReadAll()
	b.must(err)
	if len(file) != 2+len(r.Items) || file[1][1] != "'=Bob" || file[len(file)-1][0] != "Total" {
		t.Errorf("%v", file)
	}
}

// TestReportsEqualTheCases plays weeks at random and holds the report against the cases themselves.
func TestReportsEqualTheCases(t *testing.T) {
	t.Parallel()
	b := setup(t)
	r := rand.New(rand.NewPCG(3, 3))
	teams := []*uuid.UUID{nil, {1}, {2}}
	for range 250 {
		b.clock.Advance(time.Duration(1+r.IntN(200)) * time.Minute)
		who, user := b.customers[r.IntN(len(b.customers))], b.people[r.IntN(2)]
		switch r.IntN(6) {
		case 0, 1:
			b.writes(who)
		case 2, 3:
			b.answers(user, who)
		case 4:
			if b.opened(who) {
				b.resolves(user, who)
			}
		default:
			if b.opened(who) {
				to, team := &user, teams[r.IntN(3)]
				b.must(b.talks.Assign(b.as(user), []uuid.UUID{b.talk(who)}, conversation.Assignment{Assignee: &to, Team: &team}))
			}
		}
		if r.IntN(20) == 0 {
			b.must(b.s.Fold(t.Context()))
		}
	}
	for _, by := range []string{"day", "person", "team", "channel"} {
		got := b.report(by, 60)
		opened, resolved, in, out, first, backlog := 0, 0, 0, 0, 0, 0
		for _, row := range got.Items {
			opened, resolved, in, out, first = opened+row.Opened, resolved+row.Resolved, in+row.In, out+row.Out, first+row.First.N
			if backlog += row.Backlog; row.Backlog < 0 {
				t.Errorf("by %s: a backlog of %d", by, row.Backlog)
			}
		}
		if by == "day" {
			backlog = got.Items[len(got.Items)-1].Backlog
		}
		sum := []int{opened, resolved, in, out, first, backlog}
		if diff := cmp.Diff(b.count(), sum); diff != "" {
			t.Errorf("by %s, the cases and the report:\n%s", by, diff)
		}
		if total := []int{got.Total.Opened, got.Total.Resolved, got.Total.In, got.Total.Out, got.Total.First.N, got.Total.Backlog}; !slices.Equal(total, sum) {
			t.Errorf("by %s: the total is %v, the rows come to %v", by, total, sum)
		}
	}
	b.holdsBacklog()
}

func (b *bundle) opened(who uuid.UUID) (open bool) {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select exists (select from conversations where tenant_id = $1 and contact_id = $2 and case_id is not null)`, b.acme, who).Scan(&open)
	})
	return open
}

// count are the totals as the cases themselves have them.
func (b *bundle) count() []int {
	b.t.Helper()
	n := make([]int, 6)
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select count(*), count(resolved_at), sum(messages_in), sum(messages_out),
			count(*) filter (where first_reply_at >= first_inbound_at), count(*) filter (where resolved_at is null)
			from conversation_cases where tenant_id = $1`, b.acme).Scan(&n[0], &n[1], &n[2], &n[3], &n[4], &n[5])
	})
	return n
}

// holdsBacklog looks at the end of each day, and of each team, at the cases that are open.
func (b *bundle) holdsBacklog() {
	b.t.Helper()
	for _, row := range b.report("day", 60).Items {
		on, _ := time.ParseInLocation(time.DateOnly, row.Day, b.zone)
		var open int
		b.tx(func(ctx context.Context, tx pgx.Tx) error {
			return tx.QueryRow(ctx, `select count(*) from conversation_cases where tenant_id = $1 and opened_at < $2 and (resolved_at is null or resolved_at >= $2)`,
				b.acme, on.AddDate(0, 0, 1)).Scan(&open)
		})
		if open != row.Backlog {
			b.t.Errorf("%s ends with %d open, the report says %d", row.Day, open, row.Backlog)
		}
	}
	for _, row := range b.report("team", 60).Items {
		var open int
		b.tx(func(ctx context.Context, tx pgx.Tx) error {
			return tx.QueryRow(ctx, `select count(*) from conversations where tenant_id = $1 and case_id is not null and team_id is not distinct from $2`, b.acme, row.ID).Scan(&open)
		})
		if open != row.Backlog {
			b.t.Errorf("team %v has %d open, the report says %d", row.ID, open, row.Backlog)
		}
	}
}

func TestPercentilesAndRounding(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 2))
	for range 300 {
		taken, all := map[int]int{}, []int{}
		for range 1 + r.IntN(60) {
			v := r.IntN(50)
			taken[v]++
			all = append(all, v)
		}
		slices.Sort(all)
		n, median, p90 := percentiles(taken)
		if n != len(all) || median != all[(n-1)/2] || p90 != all[(9*n-1)/10] {
			t.Fatalf("%v: %d, %d, %d", all, n, median, p90)
		}
		d := time.Duration(r.Int64N(int64(30 * 24 * time.Hour)))
		if off := time.Duration(Round(d))*time.Second - d; off.Abs() > max(d/60, time.Second/2) {
			t.Fatalf("%s is kept as %d seconds", d, Round(d))
		}
	}
}

func TestRanges(t *testing.T) {
	t.Parallel()
	b := setup(t)
	day := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	for _, q := range []Query{{From: day, To: day.AddDate(0, 0, -1), By: "day"}, {From: day, To: day.AddDate(1, 0, 1), By: "day"}} {
		if _, err := b.s.Report(b.as(b.people[0]), q); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

package sla

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/hours"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func (b *bundle) expect(due map[Kind]string, ended map[Kind]Outcome) {
	b.t.Helper()
	if diff := cmp.Diff(due, b.due()); diff != "" {
		b.t.Errorf("due:\n%s", diff)
	}
	if diff := cmp.Diff(ended, b.outcomes()); diff != "" {
		b.t.Errorf("ended:\n%s", diff)
	}
}

func TestACaseFromFirstToLast(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.shop()
	b.policy(Definition{FirstMinutes: 30, NextMinutes: 60, ResolutionMinutes: 16 * 60})
	b.at("2026-11-02 18:50")
	b.writes()
	b.expect(map[Kind]string{First: "2026-11-03 10:20", Resolution: "2026-11-04 18:50"}, map[Kind]Outcome{})
	b.writes() // an impatient person changes nothing
	b.expect(map[Kind]string{First: "2026-11-03 10:20", Resolution: "2026-11-04 18:50"}, map[Kind]Outcome{})
	b.at("2026-11-03 10:19")
	b.answers()
	b.expect(map[Kind]string{Resolution: "2026-11-04 18:50"}, map[Kind]Outcome{First: Kept})
	b.at("2026-11-03 12:30")
	b.writes()
	b.expect(map[Kind]string{Next: "2026-11-03 14:30", Resolution: "2026-11-04 18:50"}, map[Kind]Outcome{})
	b.at("2026-11-03 14:29")
	if len(b.alarms) != 0 {
		t.Errorf("alarms before anything is due: %+v", b.alarms)
	}
	b.at("2026-11-03 14:31")
	b.at("2026-11-03 14:32")
	if len(b.alarms) != 1 || b.alarms[0].Kind != Next || b.told(conversation.Breached) != 1 {
		t.Errorf("%+v, told %d times", b.alarms, b.told(conversation.Breached))
	}
	b.answers()
	b.expect(map[Kind]string{Resolution: "2026-11-04 18:50"}, map[Kind]Outcome{Next: Missed})
	b.becomes(conversation.Resolved)
	b.expect(map[Kind]string{}, map[Kind]Outcome{Resolution: Kept})
	b.writes() // a new case, a new first response
	b.expect(map[Kind]string{First: "2026-11-03 15:02", Resolution: "2026-11-05 14:32"}, map[Kind]Outcome{})
	b.becomes(conversation.Resolved) // without an answer: there was nothing to keep
	b.expect(map[Kind]string{}, map[Kind]Outcome{First: Dropped, Resolution: Kept})
}

func TestALateAnswerThatTheSweepHasNotSeen(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.policy(Definition{FirstMinutes: 1}) // around the clock
	b.writes()
	b.clock.Advance(61e9)
	b.answers()
	b.expect(map[Kind]string{}, map[Kind]Outcome{First: Missed})
	b.must(b.s.Sweep(t.Context()))
	if len(b.alarms) != 0 {
		t.Errorf("an alarm after the answer: %+v", b.alarms)
	}
}

// Four fifths of the time, and never twice for one clock.
func TestAWarningComesOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.shop()
	p := b.policy(Definition{FirstMinutes: 100, ResolutionMinutes: 300, PausePending: true})
	warned := func(at string, want ...Kind) {
		t.Helper()
		b.warnings = nil
		b.at(at)
		b.at(at) // a second sweep
		var got []Kind
		for _, a := range b.warnings {
			got = append(got, a.Kind)
		}
		if diff := cmp.Diff(want, got); diff != "" || b.told(conversation.Breached) != 0 {
			t.Errorf("at %s, with %d breaches told:\n%s", at, b.told(conversation.Breached), diff)
		}
	}
	b.at("2026-11-02 12:00")
	b.writes() // due at 14:40; an hour of it is lunch
	warned("2026-11-02 14:19")
	warned("2026-11-02 14:20", First)
	b.writes()
	p.FirstMinutes = 110
	_, err := b.s.Edit(b.as(b.ann), p.ID, p)
	b.must(err)
	b.recount()
	b.expect(map[Kind]string{First: "2026-11-02 14:50", Resolution: "2026-11-02 18:00"}, map[Kind]Outcome{})
	warned("2026-11-02 14:30") // the clock was warned of
	b.answers()
	warned("2026-11-02 16:59")
	warned("2026-11-02 17:00", Resolution)
	b.becomes(conversation.Pending)
	warned("2026-11-03 11:00")
	b.becomes(conversation.Open)
	b.expect(map[Kind]string{Resolution: "2026-11-03 12:00"}, map[Kind]Outcome{First: Kept})
	warned("2026-11-03 11:30")
	b.at("2026-11-03 12:00")
	if len(b.alarms) != 1 || b.alarms[0].Warning {
		t.Errorf("alarms: %+v", b.alarms)
	}
}

// A clock that nobody looked at before it fell due is breached, without a warning.
func TestAWarningIsNotForWhatIsDue(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.policy(Definition{FirstMinutes: 60})
	b.writes()
	b.clock.Advance(2 * time.Hour)
	b.must(b.s.Sweep(t.Context()))
	if len(b.warnings) != 0 || len(b.alarms) != 1 {
		t.Errorf("%d warnings, %d alarms", len(b.warnings), len(b.alarms))
	}
}

func TestPending(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.shop()
	b.policy(Definition{ResolutionMinutes: 120, PausePending: true, PauseSnoozed: true})
	b.writes() // Monday at ten
	b.at("2026-11-02 11:00")
	b.answers()
	b.becomes(conversation.Pending)
	b.expect(map[Kind]string{Resolution: ""}, map[Kind]Outcome{})
	b.at("2026-11-04 10:00")
	if len(b.alarms) != 0 {
		t.Errorf("an alarm while it waits for the customer: %+v", b.alarms)
	}
	b.writes() // it runs again
	b.expect(map[Kind]string{Resolution: "2026-11-04 11:00"}, map[Kind]Outcome{})
	b.at("2026-11-04 10:30")
	b.becomes(conversation.Snoozed)
	b.expect(map[Kind]string{Resolution: ""}, map[Kind]Outcome{})
	b.at("2026-11-05 10:00")
	b.becomes(conversation.Open)
	b.expect(map[Kind]string{Resolution: "2026-11-05 10:30"}, map[Kind]Outcome{})
	b.at("2026-11-05 10:30")
	b.becomes(conversation.Resolved) // to the minute
	b.expect(map[Kind]string{}, map[Kind]Outcome{Resolution: Kept})
}

func TestEscalation(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.shop()
	team := ident.New()
	b.policy(Definition{FirstMinutes: 30, Levels: []Level{
		{AfterMinutes: 10, Notify: []uuid.UUID{b.bob}}, {AfterMinutes: 20, AssignTo: &b.bob, AssignTeam: &team}, {AfterMinutes: 60, Raise: true}}})
	b.at("2026-11-02 12:25")
	b.writes() // due at 12:55; ten minutes later the shop is at lunch
	b.at("2026-11-02 13:30")
	if len(b.alarms) != 1 || b.alarms[0].Level != 0 {
		t.Fatalf("alarms at lunch: %+v", b.alarms)
	}
	b.at("2026-11-02 14:05")
	if len(b.alarms) != 2 || b.alarms[1].Level != 1 || b.alarms[1].Users[0] != b.bob {
		t.Fatalf("alarms after lunch: %+v", b.alarms)
	}
	b.at("2026-11-02 14:15")
	var assignee, of *uuid.UUID
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select assignee_id, team_id from conversations where tenant_id = $1`, b.acme).Scan(&assignee, &of)
	})
	if id(assignee) != b.bob || id(of) != team || b.told(conversation.Escalated) != 2 {
		t.Errorf("assigned to %v of %v, told %d times", assignee, of, b.told(conversation.Escalated))
	}
	row := func() (r conversation.Promise) {
		b.tx(func(ctx context.Context, tx pgx.Tx) error {
			rows, err := b.s.Rows(ctx, tx, b.acme, []uuid.UUID{b.talk()})
			r = rows[b.talk()]
			return err
		})
		return r
	}
	if r := row(); r.Kind != string(First) || !r.Breached || r.Raised {
		t.Errorf("%+v", r)
	}
	b.at("2026-11-02 14:55")
	if r := row(); !r.Raised {
		t.Errorf("not raised: %+v", r)
	}
	list, err := b.s.Breaches(b.as(b.ann), false, web.PageQuery{Limit: 10})
	b.must(err)
	if len(list.Items) != 1 || list.Items[0].Level != 3 || !list.Items[0].Breached || id(list.Items[0].AssigneeID) != b.bob {
		t.Errorf("%+v", list.Items)
	}
	b.answers()
	b.at("2026-11-03 12:00")
	if len(b.alarms) != 4 {
		t.Errorf("it went on after the answer: %+v", b.alarms)
	}
}

func TestNewHoursCountForClocksThatRun(t *testing.T) {
	t.Parallel()
	b := setup(t)
	c := b.shop()
	p := b.policy(Definition{FirstMinutes: 60})
	b.at("2026-11-02 12:30")
	b.writes()
	b.expect(map[Kind]string{First: "2026-11-02 14:30"}, map[Kind]Outcome{})
	b.at("2026-11-02 14:31") // a breach
	c.Days = []hours.Day{{On: "2026-11-02", Name: "Half day", Open: []hours.Span{{From: "10:00", To: "12:45"}}}}
	_, err := b.calendars.Edit(b.as(b.ann), c.ID, c)
	b.must(err)
	b.recount()
	b.expect(map[Kind]string{First: "2026-11-03 10:45"}, map[Kind]Outcome{})
	b.at("2026-11-03 10:40")
	if len(b.alarms) != 1 {
		t.Errorf("%+v", b.alarms)
	}
	p.FirstMinutes = 20
	_, err = b.s.Edit(b.as(b.ann), p.ID, p)
	b.must(err)
	b.recount()
	b.expect(map[Kind]string{First: "2026-11-03 10:05"}, map[Kind]Outcome{})
	b.at("2026-11-03 10:41")
	if len(b.alarms) != 2 {
		t.Errorf("the new promise is not told as broken: %+v", b.alarms)
	}
	b.must(b.s.Remove(b.as(b.ann), p.ID))
	b.recount()
	b.expect(map[Kind]string{}, map[Kind]Outcome{First: Missed})
}

func TestTheFirstPolicyThatFits(t *testing.T) {
	t.Parallel()
	b := setup(t)
	label, team := ident.New(), ident.New()
	b.exec(`insert into labels (tenant_id, id, name, name_key, tone, created_at) values ($1, $2, 'VIP', 'vip', 'info', $3)`, label, b.clock.Now())
	everybody := b.policy(Definition{FirstMinutes: 60})
	vip := b.policy(Definition{FirstMinutes: 5, Labels: []uuid.UUID{label}})
	teams := b.policy(Definition{FirstMinutes: 20, Teams: []uuid.UUID{team}})
	b.writes()
	b.expect(map[Kind]string{First: "2026-11-02 11:00"}, map[Kind]Outcome{})
	_, err := b.s.Order(b.as(b.ann), []uuid.UUID{vip.ID, teams.ID, everybody.ID})
	b.must(err)
	b.recount()
	b.expect(map[Kind]string{First: "2026-11-02 11:00"}, map[Kind]Outcome{})
	to := &team
	b.must(b.talks.Assign(b.as(b.ann), []uuid.UUID{b.talk()}, conversation.Assignment{Team: &to}))
	b.expect(map[Kind]string{First: "2026-11-02 10:20"}, map[Kind]Outcome{})
	b.must(b.talks.SetLabels(b.as(b.ann), []uuid.UUID{b.talk()}, []uuid.UUID{label}, nil))
	b.expect(map[Kind]string{First: "2026-11-02 10:05"}, map[Kind]Outcome{})
}

func TestPoliciesThatCannotBe(t *testing.T) {
	t.Parallel()
	b := setup(t)
	stranger := ident.New()
	for name, p := range map[string]Policy{
		"no name":            {Definition: Definition{FirstMinutes: 1}},
		"no promise":         {Name: "A"},
		"a stranger":         {Name: "A", Definition: Definition{FirstMinutes: 1, Levels: []Level{{Notify: []uuid.UUID{stranger}}}}},
		"a foreign number":   {Name: "A", Definition: Definition{FirstMinutes: 1, Channels: []uuid.UUID{stranger}}},
		"a foreign label":    {Name: "A", Definition: Definition{FirstMinutes: 1, Labels: []uuid.UUID{stranger}}},
		"a foreign calendar": {Name: "A", Definition: Definition{FirstMinutes: 1, CalendarID: &stranger}},
		"an idle level":      {Name: "A", Definition: Definition{FirstMinutes: 1, Levels: []Level{{AfterMinutes: 5}}}},
		"levels at once":     {Name: "A", Definition: Definition{FirstMinutes: 1, Levels: []Level{{Raise: true}, {Raise: true}}}},
	} {
		if _, err := b.s.Create(b.as(b.ann), p); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

package sla

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/hours"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

func office(t *testing.T, r *rand.Rand) *hours.Hours {
	t.Helper()
	zone, err := time.LoadLocation([]string{"Asia/Kolkata", "America/New_York", "Australia/Lord_Howe"}[r.IntN(3)])
	if err != nil {
		t.Fatal(err)
	}
	if r.IntN(6) == 0 {
		return nil
	}
	day := []hours.Span{{From: "09:00", To: "12:30"}, {From: "13:30", To: "18:00"}}
	return hours.Compile(hours.Calendar{Week: [][]hours.Span{day, day, nil, day, day, day[:1], nil}}, zone, nil)
}

// TestDueIsTheFirstInstantByWhichTheTimeWasSpent, whatever pauses there were.
func TestDueIsTheFirstInstantByWhichTheTimeWasSpent(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 21))
	paused, due := 0, 0
	for range 4000 {
		h := office(t, r)
		k := Clock{Kind: Resolution, Minutes: 1 + r.IntN(3000), StartedAt: time.Date(2026, time.Month(1+r.IntN(12)), 1+r.IntN(28), r.IntN(24), r.IntN(60), 0, 0, time.UTC)}
		at := k.StartedAt
		for range r.IntN(7) {
			at = at.Add(time.Duration(r.IntN(4000)) * time.Minute)
			k.Pauses = append(k.Pauses, at)
		}
		got, ok := k.falls(h)
		promised := time.Duration(k.Minutes) * time.Minute
		if !ok {
			if paused++; spent(k, h, at.Add(1000*time.Hour)) >= promised {
				t.Fatalf("%+v never falls due", k)
			}
			continue
		}
		if due++; spent(k, h, got) != promised || spent(k, h, got.Add(-1)) != promised-1 {
			t.Fatalf("%+v is due %s, when %s were spent", k, got, spent(k, h, got))
		}
	}
	if paused < 100 || due < 100 {
		t.Errorf("%d stood still, %d fell due: too few to tell", paused, due)
	}
}

// spent is the business time that ran until an instant, counted stretch by stretch.
func spent(k Clock, h *hours.Hours, until time.Time) (total time.Duration) {
	edges := append([]time.Time{k.StartedAt}, k.Pauses...)
	for i := 0; i < len(edges); i += 2 {
		end := until
		if i+1 < len(edges) && edges[i+1].Before(until) {
			end = edges[i+1]
		}
		total += h.Between(edges[i], end)
	}
	return total
}

// TestClocksFollowAnyStory plays random moves and holds the clocks against what they mean.
func TestClocksFollowAnyStory(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(12, 8))
	for range 300 {
		h := office(t, r)
		rule := rule{policy: Policy{ID: ident.New(), Definition: Definition{FirstMinutes: 30 * r.IntN(3), NextMinutes: 60, ResolutionMinutes: 600, PausePending: true}}, promised: true, hours: h}
		now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
		s := state{Case: ident.New(), Customer: &now, Conversation: conversation.Conversation{ID: ident.New(), Status: conversation.Open, WaitingSince: &now}, At: now}
		var clocks []*Clock
		for range 30 {
			s.At = s.At.Add(time.Duration(1+r.IntN(400)) * time.Minute)
			move(&s, r)
			clocks = append(clocks, reconcile(clocks, s, rule)...)
			again := running(clocks)
			if more := reconcile(clocks, s, rule); len(more) != 0 {
				t.Fatalf("a clock starts twice: %+v", more[0])
			}
			for i, k := range clocks {
				if again[i] != nil && !k.same(*again[i]) {
					t.Fatalf("doing it again changes %+v to %+v", again[i], k)
				}
			}
			holds(t, clocks, s, rule)
			if s.Over {
				break
			}
		}
	}
}

// move is something that may happen to a conversation.
func move(s *state, r *rand.Rand) {
	c, at := &s.Conversation, s.At
	switch r.IntN(6) {
	case 0, 1:
		if c.WaitingSince == nil {
			c.WaitingSince = &at
		}
		c.Status = conversation.Open
	case 2, 3:
		c.WaitingSince, s.Answered = nil, true
	case 4:
		c.Status = conversation.Pending
	default:
		if r.IntN(5) == 0 {
			s.Over, c.Status, c.WaitingSince = true, conversation.Resolved, nil
		}
	}
}

func holds(t *testing.T, clocks []*Clock, s state, r rule) {
	t.Helper()
	responding, firsts := 0, 0
	for _, k := range clocks {
		if k.Kind == First {
			firsts++
		}
		if k.running() && k.Kind != Resolution {
			responding++
			if s.Conversation.WaitingSince == nil {
				t.Fatalf("%s runs while nobody waits", k.Kind)
			}
		}
		if s.Over && k.running() {
			t.Fatalf("%s runs after the case", k.Kind)
		}
		if k.Kind == Resolution && k.running() && k.paused() != (s.Conversation.Status == conversation.Pending) {
			t.Fatalf("paused is %v while %s", k.paused(), s.Conversation.Status)
		}
		if k.Outcome != "" && (k.Outcome == Missed) != (spent(*k, r.hours, *k.StoppedAt) > time.Duration(k.Minutes)*time.Minute) {
			t.Fatalf("%s after %s of %d minutes", k.Outcome, spent(*k, r.hours, *k.StoppedAt), k.Minutes)
		}
	}
	if responding > 1 || firsts > 1 {
		t.Fatalf("%d responses are awaited, %d first ones promised", responding, firsts)
	}
}

func TestChoice(t *testing.T) {
	t.Parallel()
	number, team, label := uuid.New(), uuid.New(), uuid.New()
	list := []Policy{{Name: "off", Active: false}, {Name: "label", Active: true, Definition: Definition{Labels: []uuid.UUID{label}, Channels: []uuid.UUID{number}}},
		{Name: "team", Active: true, Definition: Definition{Teams: []uuid.UUID{team}}}}
	for _, tc := range []struct {
		channel uuid.UUID
		team    *uuid.UUID
		labels  []uuid.UUID
		want    string
	}{{number, &team, []uuid.UUID{label}, "label"}, {uuid.New(), &team, []uuid.UUID{label}, "team"}, {number, &team, nil, "team"}, {number, nil, nil, ""}} {
		if got, ok := choose(list, tc.channel, tc.team, tc.labels); got.Name != tc.want || ok != (tc.want != "") {
			t.Errorf("%+v gets %q", tc, got.Name)
		}
	}
}

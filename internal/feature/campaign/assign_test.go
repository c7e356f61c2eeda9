package campaign

import (
	"math"
	"testing"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// trial is a campaign with three versions, a winner's rule and a hold-out.
func trial(id uuid.UUID) Campaign {
	return Campaign{ID: id, HoldOut: 10, Experiment: &Experiment{Weight: 50, Others: []Variant{{Weight: 30}, {Weight: 20}},
		Winner: &WinnerRule{Metric: MetricRead, TestPercent: 40, AfterMinutes: 60}}}
}

func TestAssignmentFollowsTheSharesAndNothingElse(t *testing.T) {
	t.Parallel()
	const n = 100_000
	c := trial(uuid.MustParse("01980000-0000-7000-8000-000000000001"))
	states, variants := make(map[recipientState]int), make(map[int16]int)
	for i := range n {
		// In the order they came, as ids are made: a share of an interval of ids must be no different.
		id := uuid.UUID{0: 1, 6: 0x70, 12: byte(i >> 24), 13: byte(i >> 16), 14: byte(i >> 8), 15: byte(i)}
		state, variant := c.assign(id)
		again, same := c.assign(id)
		if state != again || variant != same {
			t.Fatal("a second draw differs")
		}
		states[state]++
		variants[variant]++
	}
	about := func(what string, got int, share float64) {
		t.Helper()
		if want, spread := n*share, 4*math.Sqrt(n*share*(1-share)); math.Abs(float64(got)-want) > spread {
			t.Errorf("%s: %d of %d, not about %.0f", what, got, n, want)
		}
	}
	about("held out", states[stateHeldOut], 0.1)
	about("resting", states[stateResting], 0.9*0.6)
	about("version A", variants[1], 0.9*0.4*0.5)
	about("version B", variants[2], 0.9*0.4*0.3)
	about("version C", variants[3], 0.9*0.4*0.2)
}

func TestAnotherCampaignDrawsAnew(t *testing.T) {
	t.Parallel()
	a, b := trial(ident.New()), trial(ident.New())
	both, heldOut := 0, 0
	for range 20_000 {
		id := ident.New()
		one, _ := a.assign(id)
		two, _ := b.assign(id)
		if one == stateHeldOut {
			heldOut++
			if two == stateHeldOut {
				both++
			}
		}
	}
	if share := float64(both) / float64(heldOut); share > 0.15 {
		t.Errorf("%.0f %% of those held out of one campaign are held out of the next", share*100)
	}
}

func TestACampaignWithoutATestAssignsNothing(t *testing.T) {
	t.Parallel()
	if state, variant := (Campaign{ID: ident.New()}).assign(ident.New()); state != statePending || variant != 0 {
		t.Errorf("%s, version %d", state, variant)
	}
}

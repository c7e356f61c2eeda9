package stat_test

import (
	"math"
	"testing"

	"github.com/aerostic/aerostic/internal/platform/stat"
)

func near(t *testing.T, what string, got, want, by float64) {
	t.Helper()
	if math.Abs(got-want) > by || math.IsNaN(got) {
		t.Errorf("%s: %v, not %v", what, got, want)
	}
}

// Fleiss, Levin, Paik, table A.4 without the continuity correction, and R's
// power.prop.test(p1, p2, power = 0.8).
func TestSampleSizesAreThoseOfTheTables(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, by float64
		want     int64
	}{
		{0.10, 0.05, 686}, {0.50, 0.10, 388}, {0.20, 0.05, 1094}, {0.05, 0.01, 8158}, {0.25, 0.15, 152},
	} {
		if got := stat.SampleSize(c.from, c.by, 1); got != c.want {
			t.Errorf("from %v by %v: %d people, not %d", c.from, c.by, got, c.want)
		}
	}
	if stat.SampleSize(0.1, 0.05, 3) <= stat.SampleSize(0.1, 0.05, 1) {
		t.Error("more comparisons need no more people")
	}
	for _, none := range [][2]float64{{0, 0.1}, {0.1, 0}, {0.9, 0.1}, {0.1, -0.05}} {
		if got := stat.SampleSize(none[0], none[1], 1); got != 0 {
			t.Errorf("from %v by %v there is no test, and %d people are asked for", none[0], none[1], got)
		}
	}
}

func TestDetectableIsTheInverseOfTheSampleSize(t *testing.T) {
	t.Parallel()
	for _, people := range []int64{200, 686, 5000, 1_000_000} {
		rise := stat.Detectable(0.1, people, 1)
		if n := stat.SampleSize(0.1, rise, 1); n > people || n == 0 {
			t.Errorf("with %d people a rise of %v, which needs %d", people, rise, n)
		}
		if n := stat.SampleSize(0.1, rise-0.0001, 1); n != 0 && n <= people {
			t.Errorf("with %d people less than %v would do", people, rise)
		}
	}
	if got := stat.Detectable(0.5, 3, 1); got != 0 {
		t.Errorf("three people show a rise of %v", got)
	}
}

// R: prop.test(c(60, 40), c(100, 100), correct = FALSE) and prop.test of three shares.
func TestDifferencesAreThoseOfR(t *testing.T) {
	t.Parallel()
	a, b := stat.Share{Hits: 60, Of: 100}, stat.Share{Hits: 40, Of: 100}
	near(t, "two shares", stat.PairP(a, b), 0.004678, 1e-6)
	near(t, "two shares by chi-square", stat.SameP([]stat.Share{a, b}), stat.PairP(a, b), 1e-12)
	// Sum of squares 14.4/… : 83/86, 90/93, 129/136, 70/82 are Fleiss's smokers, 12.6 with 3 degrees.
	smokers := []stat.Share{{Hits: 83, Of: 86}, {Hits: 90, Of: 93}, {Hits: 129, Of: 136}, {Hits: 70, Of: 82}}
	near(t, "Fleiss's smokers", stat.SameP(smokers), 0.005585, 1e-6)
	near(t, "the same twice", stat.PairP(a, a), 1, 1e-12)
	near(t, "nobody", stat.PairP(stat.Share{}, b), 1, 0)
	near(t, "no hit at all", stat.SameP([]stat.Share{{Of: 10}, {Of: 20}, {Of: 5}}), 1, 0)
}

// Newcombe 1998, table II: 56/70 less 48/80 by method 10; 0/10 and the 10/10 beside it.
func TestIntervalsAreNewcombes(t *testing.T) {
	t.Parallel()
	d, i := stat.Difference(stat.Share{Hits: 56, Of: 70}, stat.Share{Hits: 48, Of: 80})
	near(t, "56/70 less 48/80", d, 0.2, 1e-9)
	near(t, "its lower bound", i.Low, 0.0524, 5e-5)
	near(t, "its upper bound", i.High, 0.3339, 5e-5)
	_, i = stat.Difference(stat.Share{Hits: 10, Of: 10}, stat.Share{Of: 10})
	near(t, "the lower bound of 10/10 less 0/10", i.Low, 0.6075, 5e-5)
	near(t, "its upper bound", i.High, 1, 1e-9)
	w := stat.Wilson(stat.Share{Hits: 81, Of: 263})
	near(t, "Wilson of 81/263, low", w.Low, 0.2553, 5e-5)
	near(t, "Wilson of 81/263, high", w.High, 0.3662, 5e-5)
	if all := stat.Wilson(stat.Share{}); all.Low != 0 || all.High != 1 {
		t.Errorf("of nobody anything is known: %+v", all)
	}
}

func TestHolmCorrectsEachByItsRank(t *testing.T) {
	t.Parallel()
	got := stat.Holm([]float64{0.01, 0.04, 0.03, 0.005})
	for i, want := range []float64{0.03, 0.06, 0.06, 0.02} {
		near(t, "corrected", got[i], want, 1e-12)
	}
}

// Whatever was counted, what comes out can be written as JSON.
func TestMoreHitsThanPeople(t *testing.T) {
	t.Parallel()
	most, few := stat.Share{Hits: 12, Of: 10}, stat.Share{Hits: 3, Of: 10}
	d, i := stat.Difference(most, few)
	for name, v := range map[string]float64{"rate": most.Rate(), "pair": stat.PairP(most, few), "pair of two": stat.PairP(most, most),
		"same": stat.SameP([]stat.Share{most, few}), "same of two": stat.SameP([]stat.Share{most, most}), "difference": d, "low": i.Low, "high": i.High} {
		if math.IsNaN(v) || v < -1 || v > 1 {
			t.Errorf("%s is %v", name, v)
		}
	}
}

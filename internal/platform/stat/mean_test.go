package stat_test

import (
	"math"
	"testing"

	"github.com/aerostic/aerostic/internal/platform/stat"
)

// sampleOf is what is known of these values.
func sampleOf(values ...float64) (s stat.Sample) {
	for _, v := range values {
		s.Of, s.Sum, s.Squares = s.Of+1, s.Sum+v, s.Squares+v*v
	}
	return s
}

// TestMeanDifference holds the interval against one worked out by hand: means 20 and 14, variances
// 10 and 10 over five each, so the standard error is 2.
func TestMeanDifference(t *testing.T) {
	t.Parallel()
	d, i := stat.MeanDifference(sampleOf(16, 18, 20, 22, 24), sampleOf(10, 12, 14, 16, 18))
	if d != 6 || math.Abs(i.Low-(6-2*1.959964)) > 1e-5 || math.Abs(i.High-(6+2*1.959964)) > 1e-5 {
		t.Errorf("%v in %+v", d, i)
	}
	if d, i := stat.MeanDifference(stat.Sample{}, sampleOf(5)); d != -5 || i != (stat.Interval{Low: -5, High: -5}) {
		t.Errorf("of nobody: %v in %+v", d, i)
	}
}

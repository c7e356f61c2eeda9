package stat

import "math"

// Sample is what is known of a value of each of some people: how many there are, the sum, and the
// sum of the squares. Who has no value counts with zero.
type Sample struct {
	Of           int64
	Sum, Squares float64
}

// Mean is the value per person; 0 when there is nobody.
func (s Sample) Mean() float64 {
	if s.Of == 0 {
		return 0
	}
	return s.Sum / float64(s.Of)
}

// spread is the squared standard error of the mean.
func (s Sample) spread() float64 {
	if s.Of < 2 {
		return 0
	}
	n := float64(s.Of)
	return max(0, (s.Squares-s.Sum*s.Sum/n)/(n-1)) / n
}

// MeanDifference is a's mean less b's with its 95 % interval, the variances told apart (Welch), by
// the normal distribution: give it samples of dozens at least.
func MeanDifference(a, b Sample) (float64, Interval) {
	d := a.Mean() - b.Mean()
	half := z95 * math.Sqrt(a.spread()+b.spread())
	return d, Interval{d - half, d + half}
}

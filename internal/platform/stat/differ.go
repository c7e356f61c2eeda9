package stat

import (
	"math"
	"slices"
)

// Level is the chance of a false alarm that is accepted.
const Level = 0.05

// PairP is the chance of a difference as great as this between two shares that are truly the
// same: a two-sided z test with the pooled rate.
func PairP(a, b Share) float64 {
	if a.Of == 0 || b.Of == 0 {
		return 1
	}
	pooled := Share{a.Hits + b.Hits, a.Of + b.Of}.Rate()
	spread := math.Sqrt(pooled * (1 - pooled) * (1/float64(a.Of) + 1/float64(b.Of)))
	if spread == 0 {
		return 1
	}
	return 2 * Normal(-math.Abs(a.Rate()-b.Rate())/spread)
}

// SameP is the chance of differences as great as these among shares that are truly the same:
// chi-square with one degree of freedom fewer than there are shares.
func SameP(shares []Share) float64 {
	var all Share
	for _, s := range shares {
		all.Hits, all.Of = all.Hits+s.Hits, all.Of+s.Of
	}
	p := all.Rate()
	if p == 0 || p == 1 || len(shares) < 2 {
		return 1
	}
	var sum float64
	for _, s := range shares {
		if s.Of == 0 {
			return 1
		}
		gap := float64(s.Hits) - p*float64(s.Of)
		sum += gap * gap / (float64(s.Of) * p * (1 - p))
	}
	return chiTail(sum, len(shares)-1)
}

// chiTail is the chance of a chi-square above x with whole degrees of freedom, by the
// recurrence from one or two degrees up.
func chiTail(x float64, degrees int) float64 {
	if degrees <= 0 || x <= 0 {
		return 1
	}
	tail, term, at := math.Exp(-x/2), math.Exp(-x/2), 2
	if degrees%2 == 1 {
		tail, at = math.Erfc(math.Sqrt(x/2)), 1
		term = math.Sqrt(2*x/math.Pi) * math.Exp(-x/2) / x
	}
	for ; at < degrees; at += 2 {
		term *= x / float64(at)
		tail += term
	}
	return tail
}

// Holm corrects the p values of several comparisons, in their order: the chance that any of them
// is a false alarm stays at the level.
func Holm(ps []float64) []float64 {
	order := make([]int, len(ps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if ps[a] < ps[b] {
			return -1
		}
		if ps[a] > ps[b] {
			return 1
		}
		return 0
	})
	out, worst := make([]float64, len(ps)), 0.0
	for rank, i := range order {
		worst = max(worst, min(1, ps[i]*float64(len(ps)-rank)))
		out[i] = worst
	}
	return out
}

// Package stat answers what a test of several versions shows: how many people it needs, whether
// the versions differ, and between which bounds a difference lies.
//
// It owns the formulas, as pure functions of counts. It does not own what is counted nor the
// words a person reads. Sources: Fleiss, Levin, Paik, Statistical Methods for Rates and
// Proportions, 3rd ed. (sample size); Newcombe, Statistics in Medicine 17 (1998), method 10
// (difference of proportions); Holm, Scandinavian Journal of Statistics 6 (1979).
package stat

import "math"

// Rate is a share of people from 0 to 1, or a difference of two. It is never an amount.
type Rate = float64

// People is how many of so many a rate is, to the nearest.
func People(rate Rate, of int64) int64 { return int64(math.Round(rate * float64(of))) }

// Share is hits among people.
type Share struct{ Hits, Of int64 }

// Rate is hits per person, at most 1: somebody may do a thing whose message is not known to have
// left. It is 0 when there is nobody.
func (s Share) Rate() float64 {
	if s.Of == 0 {
		return 0
	}
	return min(1, float64(s.Hits)/float64(s.Of))
}

// Interval is where a value lies with 95 % confidence.
type Interval struct{ Low, High float64 }

// Holds says whether a value is inside.
func (i Interval) Holds(v float64) bool { return i.Low <= v && v <= i.High }

// z95 is the standard normal's 97.5 % point: a two-sided level of 5 %.
var z95 = Quantile(0.975)

// Normal is the standard normal's distribution function.
func Normal(z float64) float64 { return 0.5 * math.Erfc(-z/math.Sqrt2) }

// Quantile is its inverse; p lies in (0, 1).
func Quantile(p float64) float64 { return -math.Sqrt2 * math.Erfcinv(2*p) }

// Wilson is the 95 % score interval of a rate: honest for few people and rare hits, where the
// usual one is not.
func Wilson(s Share) Interval {
	if s.Of == 0 {
		return Interval{0, 1}
	}
	n, p := float64(s.Of), s.Rate()
	square := z95 * z95
	middle := (p + square/(2*n)) / (1 + square/n)
	half := z95 / (1 + square/n) * math.Sqrt(p*(1-p)/n+square/(4*n*n))
	return Interval{max(0, middle-half), min(1, middle+half)}
}

// Difference is a's rate less b's with its 95 % interval (Newcombe's, of two Wilson intervals).
func Difference(a, b Share) (float64, Interval) {
	d, wa, wb := a.Rate()-b.Rate(), Wilson(a), Wilson(b)
	low := math.Hypot(a.Rate()-wa.Low, wb.High-b.Rate())
	high := math.Hypot(wa.High-a.Rate(), b.Rate()-wb.Low)
	return d, Interval{max(-1, d-low), min(1, d+high)}
}

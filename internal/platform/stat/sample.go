package stat

import "math"

// Power is the chance to notice a true difference that a test is planned for.
const Power = 0.8

// SampleSize is how many people each of two versions needs, so that a rise from the baseline by
// effect (both rates, 0 to 1) is noticed with 80 % power at the two-sided level of 5 %, the level
// shared among comparisons. 0: there is no such test.
func SampleSize(baseline, effect float64, comparisons int) int64 {
	better := baseline + effect
	if baseline <= 0 || effect <= 0 || better >= 1 {
		return 0
	}
	za := Quantile(1 - Level/float64(2*max(1, comparisons)))
	zb := Quantile(Power)
	mean := (baseline + better) / 2
	root := za*math.Sqrt(2*mean*(1-mean)) + zb*math.Sqrt(baseline*(1-baseline)+better*(1-better))
	return int64(math.Ceil(root * root / (effect * effect)))
}

// Detectable is the smallest rise from the baseline that so many people per version show, in
// steps of a hundredth of a percent; 0 when none does.
func Detectable(baseline float64, people int64, comparisons int) float64 {
	const step = 0.0001
	low, high := 1, int((1-baseline)/step)
	fits := func(k int) bool {
		n := SampleSize(baseline, float64(k)*step, comparisons)
		return n > 0 && n <= people
	}
	// The need falls as the rise grows, but for the last step, where the rate would be 1.
	for low < high {
		middle := (low + high) / 2
		if fits(middle) {
			high = middle
		} else {
			low = middle + 1
		}
	}
	if !fits(low) {
		return 0
	}
	return float64(low) * step
}

package whatsapp

import (
	"testing"
	"time"
)

// documented is every code of Meta's error table, with the classes the reference gives it.
var documented = map[Class][]int{
	ClassTransient:  {1, 2, 131000, 131016, 133004, 2494100, 131059},
	ClassManagement: {4, 80007, 80008},
	ClassNumberRate: {130429, 131057},
	ClassPairRate:   {131056},
	ClassAuth:       {0, 3, 10, 190, 200, 210, 299, 131005, 36007, 36008, 36009},
	ClassAccount:    {33, 368, 130497, 131031, 131037, 131048, 134011},
	ClassBilling:    {131042},
	ClassContact:    {130403, 131026},
	ClassOptOut:     {131050},
	ClassCooldown:   {130472, 131049},
	ClassWindow:     {131047},
	ClassTemplate: {131053, 131061, 131062, 131063, 131064, 132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016,
		132018, 132068, 132069, 134100, 134101, 134102, 2388019, 2388023, 2388024, 2388040, 2388047, 2388072, 2388073, 2388293, 2388299},
	ClassRequest:  {100, 131008, 131009, 131021, 131030, 131051, 131055, 135000, 137000, 139100},
	ClassRegister: {131045, 133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016, 136024},
	ClassInfo: {131052, 131060, 147001, 147002, 147003, 147004, 1752041, 200005, 200006, 200007, 2388001, 2388012, 2388091,
		2388093, 2388103, 2593107, 2593108, 2593109},
}

func TestEveryDocumentedCodeHasAdvice(t *testing.T) {
	t.Parallel()
	seen := 0
	for class, codes := range documented {
		for _, code := range codes {
			advice, known := lookup(code, 0)
			if !known || advice.Class != class || advice.Action == 0 || advice.Sentence == "" || advice.Code != code {
				t.Errorf("code %d: %+v known=%v, want class %s", code, advice, known, class)
			}
			seen++
		}
	}
	if inRanges := 3; len(adviceTable) != seen-inRanges {
		t.Errorf("the table has %d codes, the reference %d", len(adviceTable), seen-inRanges)
	}
}

func TestOnlyRefusalsBeforeProcessingMayBeReplayed(t *testing.T) {
	t.Parallel()
	safe := map[int]bool{4: true, 80007: true, 80008: true, 130429: true, 131056: true, 131057: true, 2494100: true}
	for code, advice := range adviceTable {
		if advice.Replay != safe[code] {
			t.Errorf("code %d: Replay is %v", code, advice.Replay)
		}
	}
}

func TestUnknownCodesHaveADefault(t *testing.T) {
	t.Parallel()
	advice := Lookup(987654)
	if advice.Action != Fail || advice.Sentence == "" || advice.Code != 987654 {
		t.Errorf("got %+v", advice)
	}
}

func TestSubcodesSayMore(t *testing.T) {
	t.Parallel()
	gone := (&Error{Code: 100, Subcode: 33}).Advice()
	if gone.Action != Reauthorise {
		t.Errorf("100/33: %+v", gone)
	}
	edge := (&Error{Code: 100, Subcode: 2388299, UserMessage: "Variables can't be at the start."}).Advice()
	if edge.Code != 2388299 || edge.Sentence != "Variables can't be at the start." {
		t.Errorf("100/2388299: %+v", edge)
	}
	if expired := (&Error{Code: 190, Subcode: 463}).Advice(); expired.Code != 190 {
		t.Errorf("190/463: %+v", expired)
	}
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	pair := Lookup(131056)
	for attempt, want := range []time.Duration{time.Second, 4 * time.Second, 16 * time.Second} {
		if got := pair.Backoff(attempt, 0.5); got != want {
			t.Errorf("pair attempt %d: %v", attempt, got)
		}
	}
	rate := Lookup(130429)
	if got := rate.Backoff(3, 0.5); got != 4*time.Second {
		t.Errorf("rate attempt 3: %v", got)
	}
	if got := rate.Backoff(40, 0.999); got > 5*time.Minute {
		t.Errorf("rate attempt 40: %v", got)
	}
	if got := Lookup(131049).Backoff(0, 0); got != 24*time.Hour {
		t.Errorf("cooldown: %v", got)
	}
}

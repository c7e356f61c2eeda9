package message

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// evidence is all that may be reported of one message that left.
func evidence() []Report {
	claim := modelID('N', 1)
	at := func(s int) time.Time { return noon.Add(time.Duration(s) * time.Second) }
	status := func(s whatsapp.Status, second int, p *whatsapp.Pricing) Report {
		e := whatsapp.StatusEvent{ID: "wamid.1", Status: s, At: at(second), Pricing: p}
		if s == whatsapp.StatusFailed {
			e.Errors = []whatsapp.EventError{{Code: 131026}}
		}
		return statusReport(modelID('M', 0), e)
	}
	regular := &whatsapp.Pricing{Type: "regular", Category: "marketing"}
	free := &whatsapp.Pricing{Type: "free_customer_service", Category: "service"}
	utility := &whatsapp.Pricing{Type: "regular", Category: "utility"}
	return []Report{
		{State: Accepted, At: at(1), WAMID: "wamid.1"},
		{State: InDoubt, Claim: claim, At: at(1), Reason: ReasonLostAnswer, Until: at(60)},
		status(whatsapp.StatusSent, 2, regular), status(whatsapp.StatusSent, 2, nil),
		status(whatsapp.StatusDelivered, 3, free), status(whatsapp.StatusDelivered, 3, utility),
		status(whatsapp.StatusRead, 4, nil), status(whatsapp.StatusFailed, 5, nil),
	}
}

func sendingRow() *row {
	return &row{id: modelID('M', 0), state: Sending, claim: modelID('N', 1), deadline: noon.Add(20 * time.Second)}
}

// outcome is what of a row may not depend on the order of its reports.
func outcome(r *row) string {
	return fmt.Sprintf("%s %s %s %s accepted=%v sent=%v delivered=%v read=%v code=%d", r.state, r.wamid, r.pricingType, r.pricingCategory,
		!r.acceptedAt.IsZero(), !r.sentAt.IsZero(), !r.deliveredAt.IsZero(), !r.readAt.IsZero(), r.errorCode)
}

func TestAnyOrderOfReportsMergesToTheSame(t *testing.T) {
	t.Parallel()
	all := evidence()
	for subset := range 1 << len(all) {
		var reports []Report
		for i, rep := range all {
			if subset&(1<<i) != 0 {
				reports = append(reports, rep)
			}
		}
		want, rng := "", rand.New(rand.NewPCG(uint64(subset), 1))
		for range 40 {
			rng.Shuffle(len(reports), func(i, j int) { reports[i], reports[j] = reports[j], reports[i] })
			r := sendingRow()
			for i := range 2 * len(reports) { // each of them twice
				merge(r, reports[i%len(reports)])
			}
			if got := outcome(r); want == "" {
				want = got
			} else if got != want {
				t.Fatalf("%v\n%s\n%s", reports, got, want)
			}
		}
	}
}

func TestAChargeWinsOverFree(t *testing.T) {
	t.Parallel()
	types := []string{"", "free_entry_point", "free_customer_service", "some_day_invented", "regular"}
	for i, low := range types {
		for j, high := range types {
			if got := pricingAfter(low, "marketing", high, "marketing"); got != (j > i) {
				t.Errorf("%q after %q: %v", high, low, got)
			}
		}
	}
}

func TestMergingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	r := sendingRow()
	for _, rep := range evidence() {
		merge(r, rep)
	}
	before := *r
	for _, rep := range evidence() {
		if merge(r, rep) || *r != before {
			t.Errorf("%+v changed a row that had it", rep)
		}
	}
}

func TestOnlyTheClaimantStepsDown(t *testing.T) {
	t.Parallel()
	mine, due := modelID('N', 1), noon.Add(time.Second)
	cases := []struct {
		name  string
		state State
		claim uuid.UUID
		back  bool
	}{
		{"mine", Sending, mine, true},
		{"mine, in doubt since", InDoubt, mine, true},
		{"another's", Sending, modelID('N', 2), false},
		{"accepted", Accepted, mine, false},
		{"unknown", Unknown, uuid.UUID{}, false},
		{"queued again", Queued, uuid.UUID{}, false},
		{"cancelled", Cancelled, uuid.UUID{}, false},
	}
	for _, tc := range cases {
		r := &row{state: tc.state, claim: tc.claim, deadline: noon, reason: "overdue"}
		changed := merge(r, Report{HandBack: &HandBack{Claim: mine, DueAt: due, Retry: true}})
		if changed != tc.back {
			t.Errorf("%s: changed is %v", tc.name, changed)
		}
		if tc.back && (r.state != Queued || r.claim != uuid.UUID{} || !r.dueAt.Equal(due) || !r.deadline.IsZero() || r.retries != 1 || r.reason != "") {
			t.Errorf("%s: %+v", tc.name, r)
		}
	}
}

func TestTimeAloneMovesOnlyWhatItConcerns(t *testing.T) {
	t.Parallel()
	mine := modelID('N', 1)
	moves := map[State][]State{InDoubt: {Sending}, Unknown: {InDoubt}, Expired: {Accepted, Sent}}
	for to, from := range moves {
		for _, state := range States() {
			r := &row{state: state, claim: mine}
			merge(r, Report{State: to, Claim: mine, At: noon})
			want := state
			for _, f := range from {
				if f == state {
					want = to
				}
			}
			if r.state != want {
				t.Errorf("%s from %s gives %s", to, state, r.state)
			}
		}
	}
	r := sendingRow()
	if merge(r, Report{State: InDoubt, Claim: modelID('N', 2), At: noon}) {
		t.Error("a doubt of another claim moved the row")
	}
}

func TestWhatWasNeverSentStays(t *testing.T) {
	t.Parallel()
	for _, state := range []State{Refused, Cancelled, Duplicate} {
		for _, rep := range evidence() {
			r := &row{state: state}
			if merge(r, rep) || r.state != state {
				t.Errorf("%s became %s", state, r.state)
			}
		}
		if !state.Final() {
			t.Errorf("%s is not final", state)
		}
	}
}

func TestEveryStateHasItsPlace(t *testing.T) {
	t.Parallel()
	for _, state := range States() {
		if rank[state] == 0 && !neverSent[state] {
			t.Errorf("%s has no rank", state)
		}
	}
	if len(States()) != len(rank)+len(neverSent) {
		t.Errorf("%d states, %d with a place", len(States()), len(rank)+len(neverSent))
	}
}

func TestAnswersDecideWhatBecomesOfAMessage(t *testing.T) {
	t.Parallel()
	campaign := item{gated: gated{candidate: candidate{id: modelID('M', 0), campaignID: modelCampID}}, claim: modelID('N', 1)}
	reply := item{gated: gated{candidate: candidate{id: modelID('M', 0)}}, claim: modelID('N', 1)}
	straggler, spent := campaign, campaign
	straggler.straggler, spent.retries = true, maxRetries
	refusal := func(kind whatsapp.OutcomeKind, code int) whatsapp.Outcome {
		return whatsapp.Outcome{Kind: kind, Err: &whatsapp.Error{HTTP: 400, Code: code}}
	}
	cases := []struct {
		name   string
		it     item
		out    whatsapp.Outcome
		state  State // "": handed back
		wait   time.Duration
		retry  bool
		reacts string
	}{
		{name: "accepted", it: campaign, out: whatsapp.Outcome{Kind: whatsapp.Accepted, WAMID: "w"}, state: Accepted},
		{name: "lost", it: campaign, out: whatsapp.Outcome{}, state: InDoubt},
		{name: "never left", it: campaign, out: whatsapp.Outcome{Kind: whatsapp.NotLeft}, retry: true, wait: 500 * time.Millisecond},
		{name: "never left, too often", it: spent, out: whatsapp.Outcome{Kind: whatsapp.NotLeft}, state: Failed},
		{name: "throttled", it: spent, out: refusal(whatsapp.Refused, 130429), wait: throttleWait, reacts: "slow"},
		{name: "pair limit", it: campaign, out: refusal(whatsapp.Refused, 131056), wait: pairWait},
		{name: "no WhatsApp", it: campaign, out: refusal(whatsapp.Failed, 131026), state: Failed},
		{name: "token gone", it: campaign, out: refusal(whatsapp.Failed, 190), reacts: "trip"},
		{name: "token gone, a reply", it: reply, out: refusal(whatsapp.Failed, 190), state: Failed, reacts: "trip"},
		{name: "template paused", it: campaign, out: refusal(whatsapp.Failed, 132015), reacts: "halt"},
		{name: "template paused, a reply", it: reply, out: refusal(whatsapp.Failed, 132015), state: Failed},
		{name: "template paused, the campaign over", it: straggler, out: refusal(whatsapp.Failed, 132015), state: Failed},
	}
	for _, tc := range cases {
		rep, also := answer(tc.it, tc.out, modelStart.Add(time.Minute), time.Hour, 0.5)
		if rep.State != tc.state || (rep.HandBack != nil) != (tc.state == "") {
			t.Errorf("%s: %+v", tc.name, rep)
			continue
		}
		if h := rep.HandBack; h != nil && (h.Claim != tc.it.claim || h.Retry != tc.retry || h.DueAt.Sub(modelStart.Add(time.Minute)) != tc.wait) {
			t.Errorf("%s: %+v after %s", tc.name, h, h.DueAt.Sub(modelStart.Add(time.Minute)))
		}
		reacts := ""
		switch {
		case also.slow:
			reacts = "slow"
		case also.trip != nil:
			reacts = "trip"
		case also.halt != 0:
			reacts = "halt"
		}
		if reacts != tc.reacts {
			t.Errorf("%s: reacts %q", tc.name, reacts)
		}
	}
}

package consent

import (
	"testing"
	"time"

	"github.com/google/uuid"
)

func TestDecide(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	sarees, toys := uuid.New(), uuid.New()
	offer, order, text := Ask{Kind: KindMarketing, Automatic: true, Now: now}, Ask{Kind: KindUtility, Automatic: true, Now: now}, Ask{Kind: KindFree, Now: now}
	code := Ask{Kind: "AUTHENTICATION", Automatic: true, Now: now}
	machine := func(a Ask) Ask { a.Automatic = true; return a }
	about := func(topic uuid.UUID) Ask { a := offer; a.Topic = topic; return a }
	strict, final := offer, machine(text)
	strict.NeedsOptIn, final.Final = true, true
	after := func(days int) Ask { a := offer; a.LastOffer = now.AddDate(0, 0, -days); return a }
	stopped := Standing{Marketing: Out, MarketingAt: now.Add(-time.Hour), SpokeAt: now.Add(-time.Hour)}
	wroteSince := Standing{Marketing: Out, MarketingAt: now.Add(-time.Hour), SpokeAt: now.Add(-time.Minute)}
	left := Standing{Marketing: Out, Suppressed: true, Left: true, SpokeAt: now}
	cases := []struct {
		name string
		ask  Ask
		s    Standing
		want Refusal
	}{
		{"an offer to somebody who said nothing", offer, Standing{Marketing: Unknown}, ""},
		{"an offer to somebody who agreed", offer, Standing{Marketing: In}, ""},
		{"an offer to somebody who stopped", offer, stopped, OptedOut},
		{"an offer by a person to somebody who stopped", Ask{Kind: KindMarketing, Now: now}, stopped, OptedOut},
		{"an offer where silence is no consent", strict, Standing{Marketing: Unknown}, NoOptIn},
		{"an offer where silence is no consent, to who agreed", strict, Standing{Marketing: In}, ""},
		{"an offer to somebody who has not confirmed", offer, Standing{Marketing: Pending}, Unconfirmed},
		{"an offer to somebody who has not confirmed, where silence is no consent", strict, Standing{Marketing: Pending}, Unconfirmed},
		{"an order to somebody who has not confirmed", order, Standing{Marketing: Pending}, ""},
		{"the question itself, in an open window", final, Standing{Marketing: Pending}, ""},
		{"an offer on a refused topic", about(sarees), Standing{TopicsOut: []uuid.UUID{sarees}}, TopicRefused},
		{"an offer on another topic", about(toys), Standing{TopicsOut: []uuid.UUID{sarees}}, ""},
		{"an offer without a topic", offer, Standing{TopicsOut: []uuid.UUID{sarees}}, ""},
		{"an offer too soon", after(6), Standing{Days: 7}, FrequencyChosen},
		{"an offer in time", after(7), Standing{Days: 7}, ""},
		{"the first offer", offer, Standing{Days: 30}, ""},
		{"an offer soon, without a wish", after(0), Standing{}, ""},
		{"an order to somebody who stopped offers", order, stopped, ""},
		{"an order to somebody who wants none", order, Standing{UtilityOut: true}, UtilityRefused},
		{"a code to somebody who wants no updates", code, Standing{Marketing: Out, UtilityOut: true}, ""},
		{"a person's reply to who stopped", text, stopped, ""},
		{"a machine's text to who stopped", machine(text), stopped, Stopped},
		{"a machine's text to who stopped and wrote since", machine(text), wroteSince, ""},
		{"the answer to the stop itself", final, stopped, ""},
		{"a machine's text to who said nothing", machine(text), Standing{}, ""},
		{"an offer to who left", offer, left, Left},
		{"an order to who left", order, left, Left},
		{"a code to who left", code, left, Left},
		{"a reply to who left", text, left, Left},
		{"an answer to who left", final, left, Left},
		{"anything to who is suppressed", order, Standing{Suppressed: true}, Suppressed},
		{"a reply to who is suppressed", text, Standing{Suppressed: true, SpokeAt: now}, Suppressed},
	}
	for _, c := range cases {
		if got := Decide(c.ask, c.s); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}

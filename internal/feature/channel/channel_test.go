package channel

import (
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

func TestTheTableNamesEveryStatusAndNoOther(t *testing.T) {
	t.Parallel()
	all := []Status{Connected, Paused, NeedsReauth, Disconnected, Banned}
	if len(moves) != len(all) {
		t.Fatalf("the table has %d rows, there are %d statuses", len(moves), len(all))
	}
	for _, from := range all {
		for _, to := range moves[from] {
			if _, ok := moves[to]; !ok {
				t.Errorf("%s may become %s, which is no status", from, to)
			}
			if from == to {
				t.Errorf("%s may become itself", from)
			}
		}
		if from != Banned && !from.CanBecome(Banned) {
			t.Errorf("Meta can ban a number at any time, but not when %s", from)
		}
	}
	if Disconnected.CanBecome(NeedsReauth) || Banned.CanBecome(NeedsReauth) {
		t.Error("a number without a use for its token cannot lose it")
	}
}

func TestAPauseOutlivesALostToken(t *testing.T) {
	t.Parallel()
	c := Channel{Status: Connected}
	c.hold(ReasonUser, "Diwali break", nil)
	c.lose(NeedsReauth, "token")
	c.restore()
	if c.Status != Paused || c.PauseNote != "Diwali break" || c.StatusNote != "" {
		t.Fatalf("after the new token: %s %q %q", c.Status, c.PauseNote, c.StatusNote)
	}
	c.release()
	if c.Status != Connected {
		t.Fatalf("after resuming: %s", c.Status)
	}
}

func TestMetasPauseNeverReplacesAPersons(t *testing.T) {
	t.Parallel()
	until := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	c := Channel{Status: Connected}
	c.hold(ReasonUser, "holiday", nil)
	c.hold(ReasonRestriction, "", &until)
	if c.PauseReason != ReasonUser || c.PauseUntil != nil {
		t.Fatalf("the person's pause became %s until %v", c.PauseReason, c.PauseUntil)
	}
	if c.pauseOver(until.Add(time.Hour)) {
		t.Fatal("a person's pause has no end")
	}
}

func TestABannedNumberIsNotResumed(t *testing.T) {
	t.Parallel()
	c := Channel{Status: Connected}
	c.followBan("DISABLE")
	c.hold(ReasonUser, "", nil)
	c.release()
	if c.Status != Banned {
		t.Fatalf("resuming made it %s", c.Status)
	}
	if c.lose(NeedsReauth, "token"); c.Status != Banned {
		t.Fatalf("a refused token made it %s", c.Status)
	}
	c.followBan("REINSTATE")
	if c.Status != Connected || c.StatusNote != "" {
		t.Fatalf("reinstated it is %s %q", c.Status, c.StatusNote)
	}
}

func TestDailyLimit(t *testing.T) {
	t.Parallel()
	cases := map[string]int{
		"TIER_250": 250, "TIER_2K": 2000, "TIER_10K": 10_000, "TIER_100K": 100_000,
		"TIER_1M": 1_000_000, "1000": 1000, " tier_2k ": 2000, "TIER_UNLIMITED": 0, "-1": 0,
	}
	for tier, want := range cases {
		limit, ok := dailyLimit(tier)
		switch {
		case !ok:
			t.Errorf("%q is not understood", tier)
		case want == 0 && limit != nil, want != 0 && (limit == nil || *limit != want):
			t.Errorf("%q: want %d", tier, want)
		}
	}
	for _, tier := range []string{"", "TIER_", "TIER_NEW", "0", "-5", "TIER_99999999999K", "२५०"} {
		if _, ok := dailyLimit(tier); ok {
			t.Errorf("%q is understood", tier)
		}
	}
	c := Channel{}
	c.setTier("TIER_2K")
	c.setTier("TIER_NEW")
	if c.DailyLimit == nil || *c.DailyLimit != 2000 || c.LimitTier != "TIER_2K" {
		t.Errorf("an unknown tier replaced a known one: %v %s", c.DailyLimit, c.LimitTier)
	}
}

func TestThroughput(t *testing.T) {
	t.Parallel()
	cases := []struct {
		level       string
		coexistence bool
		want        int
	}{
		{"STANDARD", false, 80}, {"HIGH", false, 1000}, {"NOT_APPLICABLE", false, 80},
		{"", false, 80}, {"HIGH", true, 20}, {"STANDARD", true, 20},
	}
	for _, c := range cases {
		if got := throughput(c.level, c.coexistence); got != c.want {
			t.Errorf("%q coexistence %t: %d, want %d", c.level, c.coexistence, got, c.want)
		}
	}
}

func TestEveryAdviceSaysWhatAndWhatToDo(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	sound := Channel{Status: Connected, Quality: Green, SubscribedAt: &now}
	if a := Advise(sound); a != nil {
		t.Errorf("a sound number gets advice: %+v", *a)
	}
	var troubled []Channel
	for _, r := range []Reason{ReasonUser, ReasonRestriction, ReasonSpam, ReasonPayment, ReasonPolicy, ReasonSetup} {
		troubled = append(troubled, Channel{Status: Paused, PauseReason: r})
	}
	for _, s := range []Status{NeedsReauth, Disconnected, Banned} {
		troubled = append(troubled, Channel{Status: s})
	}
	red, broken, warned, silent := sound, sound, sound, sound
	red.Quality, broken.RefreshError, warned.StatusNote, silent.SubscribedAt = Red, "WhatsApp did not answer.", "A warning.", nil
	for _, c := range append(troubled, red, broken, warned, silent) {
		if a := Advise(c); a == nil || a.Reason == "" || a.Todo == "" {
			t.Errorf("%s %s: no full advice", c.Status, c.PauseReason)
		}
	}
	noted := Advise(Channel{Status: Paused, PauseReason: ReasonUser, PauseNote: "ईद तक बंद 🌙"})
	if noted.Reason != "ईद तक बंद 🌙" {
		t.Errorf("the person's own words are lost: %q", noted.Reason)
	}
}

func TestOnlyRestrictionsOnMessagesHold(t *testing.T) {
	t.Parallel()
	until := time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)
	c := Channel{Status: Connected}
	c.restrict([]whatsapp.Restriction{{Type: "RESTRICTED_ADD_PHONE_NUMBER_ACTION", Until: until}})
	if c.Status != Connected {
		t.Fatal("a restriction on adding numbers stopped sending")
	}
	c.restrict([]whatsapp.Restriction{{Type: "RESTRICTED_BIZ_INITIATED_MESSAGING", Until: until}})
	if c.Status != Paused || c.PauseReason != ReasonRestriction || !c.PauseUntil.Equal(until) {
		t.Fatalf("restricted: %s %s %v", c.Status, c.PauseReason, c.PauseUntil)
	}
	if c.pauseOver(until.Add(-time.Second)) || !c.pauseOver(until) {
		t.Fatal("the restriction ends at its time")
	}
}

func TestMetasStatusOfTheNumber(t *testing.T) {
	t.Parallel()
	cases := []struct {
		meta string
		from Channel
		want Status
	}{
		{"CONNECTED", Channel{Status: Connected}, Connected},
		{"CONNECTED", Channel{Status: NeedsReauth}, Connected},
		{"CONNECTED", Channel{Status: Banned, PauseReason: ReasonUser}, Paused},
		{"CONNECTED", Channel{Status: Paused, PauseReason: ReasonSetup}, Connected},
		{"CONNECTED", Channel{Status: Paused, PauseReason: ReasonSpam}, Paused},
		{"FLAGGED", Channel{Status: Connected}, Connected},
		{"RATE_LIMITED", Channel{Status: Connected}, Connected},
		{"PENDING", Channel{Status: Connected}, Paused},
		{"RESTRICTED", Channel{Status: Connected}, Paused},
		{"BANNED", Channel{Status: Paused}, Banned},
		{"MIGRATED", Channel{Status: Connected}, Disconnected},
		{"", Channel{Status: NeedsReauth}, NeedsReauth},
	}
	for _, c := range cases {
		got := c.from
		facts{status: c.meta}.applyStatus(&got)
		if got.Status != c.want {
			t.Errorf("%s on %s (%s): %s, want %s", c.meta, c.from.Status, c.from.PauseReason, got.Status, c.want)
		}
	}
}

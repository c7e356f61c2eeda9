package sequence

import (
	"testing"
	"time"

	"github.com/google/uuid"
)

func TestWhenAStepIsDue(t *testing.T) {
	t.Parallel()
	kolkata, err := time.LoadLocation("Asia/Kolkata")
	if err != nil {
		t.Fatal(err)
	}
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name string
		step Step
		from string
		in   *time.Location
		want string
	}{
		{"at once", Step{Wait: Wait{0, Minutes}}, "2026-11-08T12:00:00Z", kolkata, "2026-11-08T12:00:00Z"},
		{"minutes", Step{Wait: Wait{90, Minutes}}, "2026-11-08T12:00:00Z", kolkata, "2026-11-08T13:30:00Z"},
		{"hours", Step{Wait: Wait{30, Hours}}, "2026-11-08T12:00:00Z", kolkata, "2026-11-09T18:00:00Z"},
		{"days", Step{Wait: Wait{2, Days}}, "2026-11-08T12:00:00Z", kolkata, "2026-11-10T12:00:00Z"},
		{"a day when the clocks go back", Step{Wait: Wait{1, Days}}, "2026-10-24T10:00:00Z", berlin, "2026-10-25T11:00:00Z"},
		{"later the same day", Step{Wait: Wait{1, Hours}, At: "10:00"}, "2026-11-08T02:30:00Z", kolkata, "2026-11-08T04:30:00Z"},
		{"not before the wait is over", Step{Wait: Wait{2, Hours}, At: "10:00"}, "2026-11-08T03:00:00Z", kolkata, "2026-11-09T04:30:00Z"},
		{"exactly then", Step{Wait: Wait{2, Hours}, At: "10:00"}, "2026-11-08T02:30:00Z", kolkata, "2026-11-08T04:30:00Z"},
	} {
		from, _ := time.Parse(time.RFC3339, tc.from)
		want, _ := time.Parse(time.RFC3339, tc.want)
		if got := tc.step.due(from, tc.in); !got.Equal(want) {
			t.Errorf("%s: %s, not %s", tc.name, got.UTC().Format(time.RFC3339), tc.want)
		}
	}
}

func TestWhereAPersonGoesOnInAnotherVersion(t *testing.T) {
	t.Parallel()
	a, b, c := uuid.New(), uuid.New(), uuid.New()
	d := Definition{Steps: []Step{{ID: b}, {ID: c}}}
	for _, tc := range []struct {
		name  string
		last  *uuid.UUID
		taken int
		want  int
	}{{"nothing taken", nil, 0, 0}, {"one that moved up", &b, 2, 1}, {"the last", &c, 1, 2}, {"one that is no more", &a, 1, 1}, {"more than there are", &a, 3, 2}} {
		if got := d.after(tc.last, tc.taken); got != tc.want {
			t.Errorf("%s: goes on at %d, not %d", tc.name, got, tc.want)
		}
	}
}

func TestWhatADefinitionMayNotBe(t *testing.T) {
	t.Parallel()
	id := uuid.New()
	for name, d := range map[string]Definition{
		"an event's name":  {Trigger: Trigger{Kind: ByEvent, Event: "Order Paid"}},
		"two of an id":     {Steps: []Step{{ID: id}, {ID: id}}},
		"more than a year": {Steps: []Step{{ID: id, Wait: Wait{400, Days}}}},
		"a time of day":    {Steps: []Step{{ID: id, At: "25:00"}}},
		"eleven steps":     {Steps: make([]Step, 11)},
	} {
		if d.check() == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

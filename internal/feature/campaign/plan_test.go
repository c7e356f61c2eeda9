package campaign

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// night is quiet hours from 21:00 to 09:00 on a clock.
func night(in *time.Location) planGroup {
	return planGroup{
		quiet: func(at time.Time) (time.Time, bool) {
			local := at.In(in)
			end := time.Date(local.Year(), local.Month(), local.Day(), 9, 0, 0, 0, in)
			if local.Hour() >= 21 {
				return end.AddDate(0, 0, 1), true
			}
			return end, local.Hour() < 9
		},
		begins: func(at time.Time) time.Time {
			local := at.In(in)
			begins := time.Date(local.Year(), local.Month(), local.Day(), 21, 0, 0, 0, in)
			if !begins.After(at) {
				begins = begins.AddDate(0, 0, 1)
			}
			return begins
		},
	}
}

func TestPlan(t *testing.T) {
	t.Parallel()
	kolkata, york := location(t, "Asia/Kolkata"), location(t, "America/New_York")
	monday := func(hour, minute int) time.Time { return time.Date(2026, 11, 30, hour, minute, 0, 0, kolkata) }
	limit := func(n int) *int { return &n }
	all := func(n int64) []planGroup { return []planGroup{{people: n}} }
	asleep := night(kolkata)
	asleep.people = 40_000
	indians, americans := night(kolkata), night(york)
	indians.people, americans.people = 1000, 1000
	later := planGroup{people: 100, due: monday(18, 0)}
	for name, tc := range map[string]struct {
		in   planInput
		want string
	}{
		"by the rate alone":    {planInput{start: monday(10, 0), groups: all(8000), perSecond: 80}, "Mon 8000 10:00-10:01; done Mon 10:01"},
		"nobody":               {planInput{start: monday(10, 0), groups: all(0), perSecond: 80}, "; done"},
		"within the limit":     {planInput{start: monday(10, 0), groups: all(10_000), perSecond: 80, limit: limit(10_000)}, "Mon 10000 10:00-10:02; done Mon 10:02"},
		"over two days":        {planInput{start: monday(14, 3), groups: all(12_000), perSecond: 80, limit: limit(10_000)}, "Mon 10000 14:03-14:05; Tue 2000 14:03-14:03; done Tue 14:03"},
		"what is used already": {planInput{start: monday(14, 0), groups: all(12_000), perSecond: 80, limit: limit(10_000), used: []usedSlot{{monday(9, 0), 4000}}}, "Mon 6000 14:00-14:01; Tue 6000 09:00-14:00; done Tue 14:00"},
		"used longer ago than a day": {planInput{start: monday(14, 0), groups: all(10_000), perSecond: 80, limit: limit(10_000),
			used: []usedSlot{{monday(14, 0).AddDate(0, 0, -1), 4000}}}, "Mon 10000 14:00-14:02; done Mon 14:02"},
		"used up, partly freed in the night": {planInput{start: monday(14, 0), groups: all(1000), perSecond: 80, limit: limit(2000),
			used: []usedSlot{{monday(3, 0), 500}, {monday(12, 0), 1500}}}, "Tue 1000 03:00-12:00; done Tue 12:00"},
		"through quiet hours": {planInput{start: monday(20, 58), groups: []planGroup{asleep}, perSecond: 80}, "Mon 9600 20:58-21:00; Tue 30400 09:00-09:06; done Tue 09:06"},
		"quiet at the start":  {planInput{start: monday(23, 0), groups: []planGroup{asleep}, perSecond: 1000}, "Tue 40000 09:00-09:00; done Tue 09:00"},
		"quiet hours of two clocks": {planInput{start: monday(22, 0), groups: []planGroup{indians, americans}, perSecond: 80},
			"Mon 1000 22:00-22:00; Tue 1000 09:00-09:00; done Tue 09:00"},
		"somebody's own time":  {planInput{start: monday(10, 0), groups: []planGroup{{people: 80}, later}, perSecond: 80}, "Mon 180 10:00-18:00; done Mon 18:00"},
		"beside another":       {planInput{start: monday(10, 0), groups: all(48_000), perSecond: 80, others: []int64{48_000}}, "Mon 48000 10:00-10:20; done Mon 10:20"},
		"beside a smaller one": {planInput{start: monday(10, 0), groups: all(48_000), perSecond: 80, others: []int64{4800}}, "Mon 48000 10:00-10:11; done Mon 10:11"},
		"another takes of the day": {planInput{start: monday(10, 0), groups: all(1000), perSecond: 80, limit: limit(1000), others: []int64{500}},
			"Mon 500 10:00-10:00; Tue 500 10:00-10:00; done Tue 10:00"},
		"a number at a standstill": {planInput{start: monday(10, 0), groups: all(10), perSecond: 0}, "; never"},
		"a limit of nobody":        {planInput{start: monday(10, 0), groups: all(10), perSecond: 80, limit: limit(0)}, "; never"},
		"longer than half a year":  {planInput{start: monday(10, 0), groups: all(1_000_000), perSecond: 80, limit: limit(250)}, "180 days; never"},
	} {
		stretches, done := makePlan(tc.in)
		if got := planText(stretches, done, kolkata); got != tc.want {
			t.Errorf("%s: %s\nnot %s", name, got, tc.want)
		}
	}
}

func planText(stretches []stretch, done bool, in *time.Location) string {
	var days []string
	for _, d := range byDay(stretches, in) {
		days = append(days, fmt.Sprintf("%s %d %s-%s", d.From.In(in).Format("Mon"), d.People, d.From.In(in).Format("15:04"), d.To.In(in).Format("15:04")))
	}
	text := strings.Join(days, "; ")
	if len(days) > 20 {
		text = fmt.Sprintf("%d days", len(days)/10*10)
	}
	if !done {
		return text + "; never"
	}
	if len(stretches) == 0 {
		return text + "; done"
	}
	return text + "; done " + stretches[len(stretches)-1].to.In(in).Format("Mon 15:04")
}

func TestNobodyIsLostInAPlan(t *testing.T) {
	t.Parallel()
	kolkata := location(t, "Asia/Kolkata")
	limit := 777
	g := night(kolkata)
	g.people = 10_001
	in := planInput{start: time.Date(2026, 11, 30, 20, 59, 59, 0, kolkata), groups: []planGroup{g, {people: 13, due: time.Date(2026, 12, 3, 0, 0, 0, 0, kolkata)}},
		perSecond: 7, limit: &limit, others: []int64{5, 999}, used: []usedSlot{{time.Date(2026, 11, 30, 3, 0, 0, 0, kolkata), 700}}}
	stretches, done := makePlan(in)
	var people, byDays int64
	for _, s := range stretches {
		people += s.people
	}
	for _, d := range byDay(stretches, kolkata) {
		byDays += d.People
	}
	if !done || people != 10_014 || byDays != 10_014 {
		t.Errorf("done %v with %d people, %d by the day", done, people, byDays)
	}
}

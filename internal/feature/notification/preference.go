package notification

import (
	"slices"
	"time"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Preferences are how one member wants to be told.
type Preferences struct {
	Ways map[Event][]Way `json:"ways"`
	// Quiet hours hold back pushes and mails; nil: none.
	Quiet *Quiet `json:"quiet,omitempty"`
	// Zone is where the person's clock hangs; empty: the workspace's.
	Zone string `json:"zone,omitempty"`
	// Preview puts the beginning of a message into pushes and mails.
	Preview bool `json:"preview"`
	// MailAfter is how many minutes something stays unread before it is mailed.
	MailAfter int `json:"mailAfter"`
}

// Quiet are hours in which somebody is left alone.
type Quiet struct {
	Days []int `json:"days"` // on which they begin; 0 is Sunday
	From int   `json:"from"` // minutes of the day
	To   int   `json:"to"`   // not above From: of the next day
	// Urgent lets an answer that is due or late pass.
	Urgent bool `json:"urgent"`
}

const (
	mailAfterUsual   = 15
	longestMailAfter = 24 * 60
	minutesOfDay     = 24 * 60
)

// usual is for those who have chosen nothing.
func usual() Preferences {
	return Preferences{MailAfter: mailAfterUsual, Ways: map[Event][]Way{
		Assigned: {InApp, Push, Mail}, Message: {InApp, Push}, Mention: {InApp, Push, Mail}, Unassigned: {InApp},
		SLAWarning: {InApp, Push}, SLABreached: {InApp, Push, Mail}, SnoozeOver: {InApp, Push}, CSATLow: {InApp}, PaymentReceived: {InApp, Push},
		CampaignFinished: {InApp}, CampaignFailed: {InApp, Push, Mail},
	}}
}

// by says whether a person wants to be told of an event this way. Events that came after they chose are
// told as is usual.
func (p Preferences) by(e Event, w Way) bool {
	ways, chosen := p.Ways[e]
	if !chosen {
		ways = usual().Ways[e]
	}
	return slices.Contains(ways, w)
}

// whole fills in the events that were not chosen.
func (p Preferences) whole() Preferences {
	ways := usual().Ways
	for e := range ways {
		if chosen, ok := p.Ways[e]; ok {
			ways[e] = chosen
		}
		if ways[e] == nil {
			ways[e] = []Way{}
		}
	}
	p.Ways = ways
	return p
}

// Check refuses what cannot be.
func (p Preferences) Check() error {
	for e, ways := range p.Ways {
		if !slices.Contains(Events(), e) {
			return fault.Invalid("There is no such event: "+string(e)+".").At("body.ways", "Unknown event.")
		}
		for _, w := range ways {
			if w != InApp && w != Push && w != Mail {
				return fault.Invalid("The ways are app, push and mail.").At("body.ways", "Unknown way.")
			}
		}
	}
	if p.MailAfter < 1 || p.MailAfter > longestMailAfter {
		return fault.Invalid("Mails can wait 1 minute to a day.").At("body.mailAfter", "1 to 1440 minutes.")
	}
	if p.Zone != "" {
		if err := tenant.CheckTimezone(p.Zone); err != nil {
			return fault.Invalid("Choose a time zone such as Asia/Kolkata.").At("body.zone", "Choose a time zone.")
		}
	}
	return p.Quiet.check()
}

func (q *Quiet) check() error {
	if q == nil {
		return nil
	}
	ok := q.From >= 0 && q.From < minutesOfDay && q.To >= 0 && q.To < minutesOfDay && q.From != q.To
	if !ok {
		return fault.Invalid("Quiet hours need two different times of the day.").At("body.quiet", "Two different times.")
	}
	if slices.ContainsFunc(q.Days, func(d int) bool { return d < 0 || d > 6 }) {
		return fault.Invalid("Days are 0 (Sunday) to 6.").At("body.quiet.days", "0 to 6.")
	}
	return nil
}

// from is when the person may be disturbed by an event: at, or the end of the quiet hours it falls into.
func (p Preferences) from(at time.Time, e Event, zone *time.Location) time.Time {
	q := p.Quiet
	if q == nil || e.Urgent() && q.Urgent {
		return at
	}
	local := at.In(zone)
	for _, back := range []int{0, 1} {
		day := time.Date(local.Year(), local.Month(), local.Day()-back, 0, 0, 0, 0, zone)
		if begin, end := q.span(day); slices.Contains(q.Days, int(day.Weekday())) && !at.Before(begin) && at.Before(end) {
			return end
		}
	}
	return at
}

// span is the quiet time that begins on a day, on the wall clock of its zone.
func (q *Quiet) span(day time.Time) (begin, end time.Time) {
	clock := func(later, minutes int) time.Time {
		return time.Date(day.Year(), day.Month(), day.Day()+later, 0, minutes, 0, 0, day.Location())
	}
	if q.From < q.To {
		return clock(0, q.From), clock(0, q.To)
	}
	return clock(0, q.From), clock(1, q.To)
}

package campaign

import (
	"slices"
	"time"
)

// planInput is what decides how long a campaign takes.
type planInput struct {
	start     time.Time
	groups    []planGroup // the people, by when they may be written to
	perSecond int         // of the number
	limit     *int        // people per rolling day of the portfolio; nil: none
	used      []usedSlot  // who counts against it at the start, the oldest first
	others    []int64     // people of each other campaign on the number, which takes its share
}

// planGroup is people with one clock: none of them is written to before they are due, nor while
// that clock shows quiet hours.
type planGroup struct {
	people int64
	due    time.Time                         // zero: at the start
	quiet  func(time.Time) (time.Time, bool) // the end of the quiet hours that a moment falls in
	begins func(time.Time) time.Time         // when they begin next; zero: never
}

// usedSlot is people reached at a moment, who count against the limit for a day.
type usedSlot struct {
	at     time.Time
	people int64
}

// stretch is some time in which people are written to at one pace.
type stretch struct {
	from, to time.Time
	people   int64
}

const (
	dayLong = 24 * time.Hour
	// planAhead is how far a plan looks; what is not done by then is said to take longer.
	planAhead = 180 * dayLong
	// planSteps bounds the work of a plan.
	planSteps = 20_000
	// planStep is the longest stretch: people reached in one stretch leave the rolling day together.
	planStep = 10 * time.Minute
)

// makePlan plays a campaign from its start to its end and returns when how many are written to; done
// is false when it is not over within planAhead. It is exact where the lane is: the portfolio's
// rolling day, the number's rate shared equally between campaigns, due times and quiet hours.
func makePlan(in planInput) (stretches []stretch, done bool) {
	p := planning{planInput: in, now: in.start, groups: slices.Clone(in.groups), others: slices.Clone(in.others), used: slices.Clone(in.used)}
	for range planSteps {
		if p.left() == 0 {
			return p.out, true
		}
		if p.now.Sub(in.start) > planAhead || in.perSecond <= 0 || in.limit != nil && *in.limit <= 0 {
			return p.out, false
		}
		p.step()
	}
	return p.out, false
}

// planning is a plan under way.
type planning struct {
	planInput
	now    time.Time
	groups []planGroup
	others []int64
	used   []usedSlot
	out    []stretch
}

func (p *planning) left() (n int64) {
	for _, g := range p.groups {
		n += g.people
	}
	return n
}

// step sends until something changes, or waits until something does.
func (p *planning) step() {
	room, frees := p.room()
	ready, next := p.ready()
	if room <= 0 {
		p.now = frees
		return
	}
	if len(ready) == 0 {
		p.now = next
		return
	}
	end := p.now.Add(planStep)
	if !next.IsZero() && next.Before(end) {
		end = next
	}
	p.send(ready, room, end)
}

// room is how many the rolling day still takes, and when it takes more.
func (p *planning) room() (int64, time.Time) {
	if p.limit == nil {
		return 1 << 50, time.Time{}
	}
	for len(p.used) > 0 && !p.used[0].at.Add(dayLong).After(p.now) {
		p.used = p.used[1:]
	}
	room := int64(*p.limit)
	for _, u := range p.used {
		room -= u.people
	}
	if len(p.used) == 0 {
		return room, time.Time{}
	}
	return room, p.used[0].at.Add(dayLong)
}

// ready lists the groups that may be written to now, and when that changes next.
func (p *planning) ready() (ready []int, next time.Time) {
	sooner := func(at time.Time) {
		if !at.IsZero() && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	for i, g := range p.groups {
		if g.people == 0 {
			continue
		}
		if g.due.After(p.now) {
			sooner(g.due)
			continue
		}
		if g.quiet == nil {
			ready = append(ready, i)
			continue
		}
		if end, is := g.quiet(p.now); is {
			sooner(end)
			continue
		}
		ready = append(ready, i)
		sooner(g.begins(p.now))
	}
	return ready, next
}

// send writes to the ready groups until a moment, or until they or the room are used up. The other
// campaigns of the number get their share of both.
func (p *planning) send(ready []int, room int64, end time.Time) {
	campaigns := int64(1)
	for _, n := range p.others {
		if n > 0 {
			campaigns++
		}
	}
	var mine int64
	for _, i := range ready {
		mine += p.groups[i].people
	}
	share := max(1, room/campaigns)
	rate := int64(p.perSecond)
	n := min(mine, share, max(1, rate*end.Sub(p.now).Milliseconds()/1000/campaigns))
	for _, other := range p.others {
		if other > 0 {
			n = min(n, max(1, other)) // until the first of them is done and the shares change
		}
	}
	to := p.now.Add(time.Duration(max(1, n*campaigns*1000/rate)) * time.Millisecond)
	p.take(ready, n)
	reached := n
	for i := range p.others {
		other := min(n, p.others[i])
		p.others[i] -= other
		reached += other
	}
	p.used = append(p.used, usedSlot{p.now, reached})
	p.note(n, to)
	p.now = to
}

// take removes people from the ready groups, from the first on.
func (p *planning) take(ready []int, n int64) {
	for _, i := range ready {
		took := min(n, p.groups[i].people)
		p.groups[i].people -= took
		n -= took
	}
}

// note adds to the stretch under way, or begins one after a wait or a new day's worth.
func (p *planning) note(n int64, to time.Time) {
	if last := len(p.out) - 1; last >= 0 && p.out[last].to.Equal(p.now) {
		p.out[last].people += n
		p.out[last].to = to
		return
	}
	p.out = append(p.out, stretch{p.now, to, n})
}

// PlanDay is what is written on one day of the workspace's calendar.
type PlanDay struct {
	Day    string    `json:"day" format:"date"`
	People int64     `json:"people"`
	From   time.Time `json:"from"`
	To     time.Time `json:"to"`
}

// byDay cuts stretches at the midnights of a zone.
func byDay(stretches []stretch, in *time.Location) []PlanDay {
	days := []PlanDay{}
	for _, s := range stretches {
		for s.people > 0 {
			local := s.from.In(in)
			midnight := time.Date(local.Year(), local.Month(), local.Day()+1, 0, 0, 0, 0, in)
			part := s
			if s.to.After(midnight) {
				before, whole := midnight.Sub(s.from).Milliseconds(), s.to.Sub(s.from).Milliseconds()
				part.people, part.to = s.people*before/max(1, whole), midnight
			}
			days = addDay(days, part, local.Format(time.DateOnly))
			s.people, s.from = s.people-part.people, part.to
		}
	}
	return days
}

func addDay(days []PlanDay, s stretch, day string) []PlanDay {
	if s.people == 0 {
		return days
	}
	if last := len(days) - 1; last >= 0 && days[last].Day == day {
		days[last].People += s.people
		days[last].To = s.to
		return days
	}
	return append(days, PlanDay{Day: day, People: s.people, From: s.from, To: s.to})
}

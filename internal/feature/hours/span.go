package hours

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/aerostic/aerostic/internal/platform/zone"
)

const day = 24 * 60 // minutes

// period is a span in minutes from midnight; to may be on the next day.
type period struct{ from, to int }

// read understands a span; one that ends when it begins is a whole day.
func (s Span) read() (p period, err error) {
	if p.from, err = zone.ParseClock(s.From); err != nil {
		return p, err
	}
	if s.To == "24:00" {
		return period{p.from, day}, nil
	}
	if p.to, err = zone.ParseClock(s.To); err != nil {
		return p, err
	}
	if p.to <= p.from {
		p.to += day
	}
	return p, nil
}

// cleanSpans puts a day's spans in order and refuses those that overlap.
func cleanSpans(place string, spans []Span) error {
	if len(spans) > mostSpans {
		return invalid(place, "A day has at most eight periods.")
	}
	at := map[Span]period{}
	for i, s := range spans {
		p, err := s.read()
		if err != nil {
			return invalid(fmt.Sprintf("%s.%d", place, i), "Enter times as 09:30.")
		}
		at[s] = p
	}
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(at[a].from, at[b].from) })
	for i := 1; i < len(spans); i++ {
		if at[spans[i]].from < at[spans[i-1]].to {
			return invalid(fmt.Sprintf("%s.%d", place, i), "The periods of a day must not overlap.")
		}
	}
	return nil
}

// periods are cleaned spans.
func periods(spans []Span) []period {
	list := make([]period, 0, len(spans))
	for _, s := range spans {
		if p, err := s.read(); err == nil {
			list = append(list, p)
		}
	}
	return list
}

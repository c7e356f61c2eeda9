// Package hours knows when a workspace works.
//
// It owns calendars: the week's periods, days that differ, and what is said to who writes while
// nobody is there. It does not own the workspace's holidays (tenant), which a calendar may keep,
// nor what counts business time (sla), nor how a message leaves (message).
//
// A calendar counts for the workspace, for numbers or for teams; a conversation has that of its
// team, else of its number, else of the workspace; without one it is always open. Arithmetic of
// business time is pure (arithmetic.go), in elapsed time: an hour that a change of clocks skips is
// no business time, one that comes twice is two.
package hours

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Calendar says when its people are there.
type Calendar struct {
	ID        uuid.UUID `json:"id"`
	Name      string    `json:"name"`
	Zone      string    `json:"zone" doc:"IANA name; empty: the workspace's"`
	Week      [][]Span  `json:"week" minItems:"7" maxItems:"7" doc:"Open periods of Monday to Sunday"`
	Holidays  bool      `json:"holidays" doc:"Closed on the workspace's holidays"`
	Days      []Day     `json:"days" doc:"Days that differ, holidays among them"`
	Away      Away      `json:"away"`
	Uses      []Use     `json:"uses" doc:"Whom it counts for"`
	CreatedAt time.Time `json:"createdAt"`
	UpdatedAt time.Time `json:"updatedAt"`
}

// Span is a period of a day.
type Span struct {
	From string `json:"from" maxLength:"5" doc:"HH:MM, the first open minute"`
	To   string `json:"to" maxLength:"5" doc:"HH:MM, the first closed one; not after from: of the next day"`
}

// Day is a date that differs from its weekday, and from a holiday of the workspace.
type Day struct {
	On     string `json:"on" format:"date"`
	Name   string `json:"name"`
	Yearly bool   `json:"yearly" doc:"Also on that day of every later year"`
	Open   []Span `json:"open" doc:"Empty: closed"`
}

// Away is what is said, once per case, to who writes while the calendar is closed.
type Away struct {
	On    bool       `json:"on"`
	Texts []AwayText `json:"texts" maxItems:"20" doc:"The first is for everybody whose language has none"`
}

// AwayText is the message in one language. {{name}} is the person's, {{opens}} when somebody is there again.
type AwayText struct {
	Language string `json:"language" maxLength:"12" doc:"As en or pt_BR"`
	Text     string `json:"text" maxLength:"1000"`
}

// UseKind is what a calendar counts for.
type UseKind string

// What a calendar may count for.
const (
	ForWorkspace UseKind = "workspace"
	ForChannel   UseKind = "channel"
	ForTeam      UseKind = "team"
)

// Use is something a calendar counts for; it has one calendar, the one it was given last.
type Use struct {
	Kind UseKind    `json:"kind" enum:"workspace,channel,team"`
	ID   *uuid.UUID `json:"id,omitempty" doc:"Of the number or team"`
}

func (u Use) target() uuid.UUID {
	if u.ID == nil || u.Kind == ForWorkspace {
		return uuid.Nil
	}
	return *u.ID
}

const (
	longestName   = 80
	longestText   = 1000
	mostCalendars = 50
	mostSpans     = 8
	mostDays      = 400
	mostUses      = 500
)

// clean refuses what cannot be a calendar, and puts each day's periods in order.
func (c *Calendar) clean() error {
	c.Name = strings.Join(strings.Fields(c.Name), " ")
	if c.Name == "" || utf8.RuneCountInString(c.Name) > longestName || !utf8.ValidString(c.Name) {
		return invalid("body.name", "Enter a name of 1 to 80 characters.")
	}
	if err := c.cleanWeek(); err != nil {
		return err
	}
	if err := c.cleanDays(); err != nil {
		return err
	}
	if len(c.Uses) > mostUses {
		return invalid("body.uses", "A calendar can count for 500 numbers and teams.")
	}
	for i, u := range c.Uses {
		if u.Kind != ForWorkspace && u.ID == nil {
			return invalid(fmt.Sprintf("body.uses.%d", i), "Choose a number or a team.")
		}
	}
	return c.Away.clean()
}

func (c *Calendar) cleanWeek() error {
	if len(c.Week) != 7 {
		return invalid("body.week", "A week has seven days.")
	}
	open := 0
	for i := range c.Week {
		if err := cleanSpans(fmt.Sprintf("body.week.%d", i), c.Week[i]); err != nil {
			return err
		}
		open += len(c.Week[i])
	}
	if open == 0 {
		return invalid("body.week", "Somebody must be there at some time of the week.")
	}
	return nil
}

func (c *Calendar) cleanDays() error {
	if len(c.Days) > mostDays {
		return invalid("body.days", "A calendar has room for 400 days. Remove some that have passed.")
	}
	have := map[string]bool{}
	for i := range c.Days {
		d, place := &c.Days[i], fmt.Sprintf("body.days.%d", i)
		d.Name = strings.Join(strings.Fields(d.Name), " ")
		if _, err := time.Parse(time.DateOnly, d.On); err != nil {
			return invalid(place+".on", "Enter a day as 2026-11-08.")
		}
		if have[d.On] {
			return invalid(place+".on", "This day is there already.")
		}
		have[d.On] = true
		if utf8.RuneCountInString(d.Name) > longestName || !utf8.ValidString(d.Name) {
			return invalid(place+".name", "Enter a name of at most 80 characters.")
		}
		if err := cleanSpans(place+".open", d.Open); err != nil {
			return err
		}
	}
	return nil
}

func (a *Away) clean() error {
	have := map[string]bool{}
	for i := range a.Texts {
		t, place := &a.Texts[i], fmt.Sprintf("body.away.texts.%d", i)
		t.Language, t.Text = strings.TrimSpace(t.Language), strings.TrimSpace(t.Text)
		switch {
		case have[strings.ToLower(t.Language)]:
			return invalid(place+".language", "This language is there already.")
		case t.Text == "" || utf8.RuneCountInString(t.Text) > longestText || !utf8.ValidString(t.Text):
			return invalid(place+".text", "Enter a message of 1 to 1,000 characters.")
		}
		have[strings.ToLower(t.Language)] = true
	}
	if a.On && len(a.Texts) == 0 {
		return invalid("body.away.texts", "Enter the message that is sent.")
	}
	return nil
}

func invalid(place, sentence string) error { return fault.Invalid(sentence).At(place, sentence) }

func errNoCalendar() error {
	return fault.NotFound("There is no calendar with this id.").WithCode("calendar_not_found")
}

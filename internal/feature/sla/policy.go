package sla

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// Policy is what is promised in some conversations.
type Policy struct {
	ID     uuid.UUID `json:"id"`
	Name   string    `json:"name"`
	Active bool      `json:"active"`
	Definition
	CreatedAt time.Time `json:"createdAt"`
	UpdatedAt time.Time `json:"updatedAt"`
}

// Definition is a policy's rules. A list that is empty lets every conversation through.
type Definition struct {
	Channels          []uuid.UUID `json:"channels" maxItems:"200" doc:"Numbers it is for; none: all"`
	Teams             []uuid.UUID `json:"teams" maxItems:"200" doc:"Teams it is for; none: all"`
	Labels            []uuid.UUID `json:"labels" maxItems:"200" doc:"Conversations with one of these; none: all"`
	CalendarID        *uuid.UUID  `json:"calendarId,omitempty" doc:"Whose hours count; absent: those of the conversation's team or number"`
	FirstMinutes      int         `json:"firstMinutes" minimum:"0" maximum:"43200" doc:"Business minutes to the first response; 0: no promise"`
	NextMinutes       int         `json:"nextMinutes" minimum:"0" maximum:"43200" doc:"To each later response"`
	ResolutionMinutes int         `json:"resolutionMinutes" minimum:"0" maximum:"43200" doc:"To the resolution"`
	PausePending      bool        `json:"pausePending" doc:"The time to resolution stands still while pending"`
	PauseSnoozed      bool        `json:"pauseSnoozed" doc:"And while snoozed"`
	Levels            []Level     `json:"levels" maxItems:"3" doc:"What happens after a breach, by time"`
}

// Level is a step of escalation.
type Level struct {
	AfterMinutes int         `json:"afterMinutes" minimum:"0" maximum:"43200" doc:"Business minutes after the breach"`
	Notify       []uuid.UUID `json:"notify" maxItems:"20" doc:"User ids of members who are told"`
	NotifyTeam   *uuid.UUID  `json:"notifyTeam,omitempty"`
	AssignTo     *uuid.UUID  `json:"assignTo,omitempty" doc:"User id of the member who gets the conversation"`
	AssignTeam   *uuid.UUID  `json:"assignTeam,omitempty"`
	Raise        bool        `json:"raise" doc:"Marks the conversation in the lists"`
}

const (
	longestName = 80
	mostPolicy  = 50
	mostLevels  = 3
	mostMinutes = 30 * 24 * 60
)

func (p *Policy) clean() error {
	p.Name = strings.Join(strings.Fields(p.Name), " ")
	if p.Name == "" || utf8.RuneCountInString(p.Name) > longestName || !utf8.ValidString(p.Name) {
		return invalid("body.name", "Enter a name of 1 to 80 characters.")
	}
	promised := 0
	for place, minutes := range map[string]int{"firstMinutes": p.FirstMinutes, "nextMinutes": p.NextMinutes, "resolutionMinutes": p.ResolutionMinutes} {
		if minutes < 0 || minutes > mostMinutes {
			return invalid("body."+place, "Choose up to 43,200 minutes of business time.")
		}
		promised += minutes
	}
	if promised == 0 {
		return invalid("body.firstMinutes", "A policy promises something: a first response, a next one, or a resolution.")
	}
	return p.cleanLevels()
}

func (p *Policy) cleanLevels() error {
	if len(p.Levels) > mostLevels {
		return invalid("body.levels", "There are at most three levels.")
	}
	for i, l := range p.Levels {
		place := fmt.Sprintf("body.levels.%d", i)
		switch {
		case l.AfterMinutes < 0 || l.AfterMinutes > mostMinutes:
			return invalid(place+".afterMinutes", "Choose up to 43,200 minutes of business time.")
		case i > 0 && l.AfterMinutes <= p.Levels[i-1].AfterMinutes:
			return invalid(place+".afterMinutes", "Each level comes later than the one before.")
		case len(l.Notify) == 0 && l.NotifyTeam == nil && l.AssignTo == nil && l.AssignTeam == nil && !l.Raise:
			return invalid(place, "A level does something: notify, assign, or raise.")
		}
	}
	return nil
}

// minutes is what is promised; 0: nothing.
func (d Definition) minutes(k Kind) int {
	switch k {
	case First:
		return d.FirstMinutes
	case Next:
		return d.NextMinutes
	default:
		return d.ResolutionMinutes
	}
}

// of says whether a policy is for a conversation.
func (d Definition) of(channel uuid.UUID, team *uuid.UUID, labels []uuid.UUID) bool {
	return (len(d.Channels) == 0 || slices.Contains(d.Channels, channel)) &&
		(len(d.Teams) == 0 || team != nil && slices.Contains(d.Teams, *team)) &&
		(len(d.Labels) == 0 || slices.ContainsFunc(labels, func(l uuid.UUID) bool { return slices.Contains(d.Labels, l) }))
}

// choose is the first active policy for a conversation; false: nothing is promised there.
func choose(policies []Policy, channel uuid.UUID, team *uuid.UUID, labels []uuid.UUID) (Policy, bool) {
	for _, p := range policies {
		if p.Active && p.of(channel, team, labels) {
			return p, true
		}
	}
	return Policy{}, false
}

// byLabels says whether labels make a difference.
func byLabels(policies []Policy) bool {
	return slices.ContainsFunc(policies, func(p Policy) bool { return p.Active && len(p.Labels) > 0 })
}

package sequence

import (
	"fmt"
	"reflect"
	"regexp"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/mapping"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/zone"
)

// Definition is what a version of a sequence does.
type Definition struct {
	ChannelID *uuid.UUID `json:"channelId,omitempty" doc:"The number it sends from"`
	Trigger   Trigger    `json:"trigger"`
	Entry     Entry      `json:"entry" enum:"every,once,alone" doc:"every: each event lets a person in again; once: a person comes in once ever; alone: not while they are in it"`
	Steps     []Step     `json:"steps" maxItems:"10"`
	Exits     Exits      `json:"exits" doc:"What ends it early. An opt-out always does"`
}

// TriggerKind is what brings people in.
type TriggerKind string

// The kinds of triggers.
const (
	ByEvent TriggerKind = "event"
	ByStage TriggerKind = "stage"
	ByHand  TriggerKind = "people"
)

// Trigger is what brings people in.
type Trigger struct {
	Kind    TriggerKind `json:"kind" enum:"event,stage,people" doc:"event: one that another system tells; stage: coming into a stage; people: an audience, let in by hand"`
	Event   string      `json:"event,omitempty" maxLength:"60" doc:"The event's name: order.paid"`
	StageID *uuid.UUID  `json:"stageId,omitempty"`
}

// key is what the trigger is found by.
func (t Trigger) key() string {
	switch {
	case t.Kind == ByEvent:
		return t.Event
	case t.Kind == ByStage && t.StageID != nil:
		return t.StageID.String()
	}
	return ""
}

// Entry says how often a person may come in.
type Entry string

// The entries.
const (
	Every Entry = "every"
	Once  Entry = "once"
	Alone Entry = "alone"
)

// Unit is a unit of waiting.
type Unit string

// The units. A day is one of the calendar, in the workspace's zone.
const (
	Minutes Unit = "minutes"
	Hours   Unit = "hours"
	Days    Unit = "days"
)

// Step is one message after a wait.
type Step struct {
	ID         uuid.UUID        `json:"id,omitzero" doc:"Stays the same from version to version; made when absent"`
	Wait       Wait             `json:"wait" doc:"After the step before it; for the first, after coming in"`
	At         string           `json:"at,omitempty" maxLength:"5" doc:"Then at this time of day in the workspace's zone" example:"10:00"`
	TemplateID *uuid.UUID       `json:"templateId,omitempty"`
	Mapping    []mapping.Source `json:"mapping" maxItems:"100"`
	ByLanguage bool             `json:"byLanguage" doc:"Each person gets the template in their language, where there is an approved version"`
}

// Wait is how long a step waits.
type Wait struct {
	Amount int  `json:"amount" minimum:"0" maximum:"10000"`
	Unit   Unit `json:"unit" enum:"minutes,hours,days"`
}

// Exits are what ends a person's way early.
type Exits struct {
	Reply bool        `json:"reply" doc:"They write anything"`
	Goals []uuid.UUID `json:"goals" maxItems:"20" doc:"They reach one of these goals"`
}

const (
	mostSteps   = 10
	longestWait = 365 * 24 * time.Hour
	clockLayout = "15:04"
)

func eventShape() *regexp.Regexp { return regexp.MustCompile(`^[a-z][a-z0-9_.]{0,59}$`) }

// tidy gives new steps their ids and leaves no list null.
func (d Definition) tidy() Definition {
	steps := make([]Step, len(d.Steps))
	for i, step := range d.Steps {
		if step.ID == uuid.Nil {
			step.ID = ident.New()
		}
		if step.Mapping == nil {
			step.Mapping = []mapping.Source{}
		}
		steps[i] = step
	}
	d.Steps = steps
	if d.Exits.Goals == nil {
		d.Exits.Goals = []uuid.UUID{}
	}
	return d
}

// check holds a draft against what can never be right; it may still be incomplete.
func (d Definition) check() error {
	if len(d.Steps) > mostSteps {
		return invalid("body.definition.steps", "A sequence has at most 10 steps.")
	}
	if d.Trigger.Kind == ByEvent && d.Trigger.Event != "" && !eventShape().MatchString(d.Trigger.Event) {
		return invalid("body.definition.trigger.event", "An event's name is made of small letters, digits, dots and underscores, and begins with a letter.")
	}
	seen := make(map[uuid.UUID]bool, len(d.Steps))
	for i, step := range d.Steps {
		if seen[step.ID] {
			return invalid(place(i, "id"), "Two steps have the same id.")
		}
		seen[step.ID] = true
		if err := step.check(i); err != nil {
			return err
		}
	}
	return nil
}

func (st Step) check(i int) error {
	if st.Wait.Amount < 0 || st.Wait.span() > longestWait {
		return invalid(place(i, "wait"), "A step waits at most a year.")
	}
	if _, err := time.Parse(clockLayout, st.At); st.At != "" && (err != nil || len(st.At) != len(clockLayout)) {
		return invalid(place(i, "at"), "Write the time of day as 10:00.")
	}
	return nil
}

// complete checks that nothing is missing before people are written to; templates are looked at apart.
func (d Definition) complete() error {
	switch {
	case d.ChannelID == nil:
		return invalid("body.definition.channelId", "Choose the number to send from.")
	case d.Trigger.Kind == ByEvent && d.Trigger.Event == "":
		return invalid("body.definition.trigger.event", "Name the event that starts it.")
	case d.Trigger.Kind == ByStage && d.Trigger.StageID == nil:
		return invalid("body.definition.trigger.stageId", "Choose the stage that starts it.")
	case len(d.Steps) == 0:
		return invalid("body.definition.steps", "Add at least one step.")
	}
	for i, step := range d.Steps {
		if step.TemplateID == nil {
			return inStep(i, invalid(place(i, "templateId"), "Choose a template."))
		}
	}
	return nil
}

func place(i int, field string) string { return fmt.Sprintf("body.definition.steps.%d.%s", i, field) }

// inStep names the step that a fault is in.
func inStep(i int, err error) error {
	f, known := fault.As(err)
	if !known {
		return fmt.Errorf("step %d: %w", i+1, err)
	}
	return &fault.Error{Kind: f.Kind, Code: f.Code, Sentence: fmt.Sprintf("Step %d: %s", i+1, f.Sentence), Fields: f.Fields}
}

// same says whether two definitions do the same.
func (d Definition) same(other *Definition) bool {
	return other != nil && reflect.DeepEqual(d, *other)
}

func (w Wait) span() time.Duration {
	unit := map[Unit]time.Duration{Minutes: time.Minute, Hours: time.Hour, Days: 24 * time.Hour}[w.Unit]
	return time.Duration(w.Amount) * unit
}

// due is when the step is due for somebody who was at the one before at from.
func (st Step) due(from time.Time, in *time.Location) time.Time {
	due := from.Add(st.Wait.span())
	if st.Wait.Unit == Days {
		local := from.In(in)
		due = zone.At(time.Date(local.Year(), local.Month(), local.Day()+st.Wait.Amount, local.Hour(), local.Minute(), local.Second(), 0, time.UTC), in)
		due = due.Add(time.Duration(local.Nanosecond()))
	}
	clock, err := time.Parse(clockLayout, st.At)
	if err != nil {
		return due
	}
	local := due.In(in)
	for day := 0; ; day++ {
		at := zone.At(time.Date(local.Year(), local.Month(), local.Day()+day, clock.Hour(), clock.Minute(), 0, 0, time.UTC), in)
		if !at.Before(due) {
			return at
		}
	}
}

// after is the place of the step that follows one that was taken, in another version than the one it was
// taken in; a step that is no more leaves its number.
func (d Definition) after(last *uuid.UUID, taken int) int {
	for i, step := range d.Steps {
		if last != nil && step.ID == *last {
			return i + 1
		}
	}
	return min(taken, len(d.Steps))
}

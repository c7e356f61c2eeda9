package campaign

import (
	"slices"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Experiment compares variants of a campaign's message on people assigned at random. Variant 1
// is the campaign's own template and mapping, the others follow.
type Experiment struct {
	Weight int         `json:"weight" minimum:"1" maximum:"100" doc:"The campaign's own template's share, beside the others' weights"`
	Others []Variant   `json:"others" maxItems:"5"`
	Winner *WinnerRule `json:"winner,omitempty" doc:"Test on some first; the rest gets the winner. Without it everybody is in the test"`
}

// Variant is another way to write the same campaign.
type Variant struct {
	TemplateID uuid.UUID `json:"templateId"`
	Mapping    []Source  `json:"mapping"`
	Weight     int       `json:"weight" minimum:"1" maximum:"100"`
}

// WinnerRule says how a winner is found by itself.
type WinnerRule struct {
	Metric       Metric `json:"metric" enum:"read,replied,clicked,converted"`
	TestPercent  int    `json:"testPercent" minimum:"1" maximum:"90" doc:"Of the people who get the campaign, those in the test"`
	AfterMinutes int    `json:"afterMinutes" minimum:"1" maximum:"20160" doc:"From when the test has been sent to when the winner is chosen"`
}

// Metric is what makes one variant better than another.
type Metric string

// The metrics.
const (
	MetricRead      Metric = "read"
	MetricReplied   Metric = "replied"
	MetricClicked   Metric = "clicked"   // a tracked link
	MetricConverted Metric = "converted" // a goal, as far as it counts for the campaign
)

// metrics are all of them, in the order in which they are judged.
func metrics() []Metric { return []Metric{MetricRead, MetricReplied, MetricClicked, MetricConverted} }

// hits is how many people of a variant did what the metric asks.
func (m Metric) hits(k Counts) int64 {
	switch m {
	case MetricReplied:
		return k.Replied
	case MetricClicked:
		return k.Clicked
	case MetricConverted:
		return k.converted
	}
	return k.Read
}

const (
	defaultWindow = 7
	maxVariants   = 6
	maxHoldOut    = 50
	maxWindow     = 30
	maxRetryDays  = 7
)

// variants is how many ways of writing it a campaign has.
func (c Campaign) variants() int {
	if c.Experiment == nil {
		return 1
	}
	return 1 + len(c.Experiment.Others)
}

// as is the campaign as if it had only one variant, counted from 1.
func (c Campaign) as(variant int16) Campaign {
	if variant > 1 {
		other := c.Experiment.Others[variant-2]
		c.TemplateID, c.Mapping = other.TemplateID, other.Mapping
	}
	return c
}

// undecided says that the rest of the audience waits for a winner.
func (c Campaign) undecided() bool {
	return c.Experiment != nil && c.Experiment.Winner != nil && c.Winner == 0
}

// variantName is a variant's letter.
func variantName(variant int16) string { return string(rune('A' + variant - 1)) }

// applyExperiment sets what is given of the test, the hold-out and the new attempts.
func (c *Campaign) applyExperiment(change Change) error {
	if change.Experiment != nil {
		c.Experiment = change.Experiment
		if len(change.Experiment.Others) == 0 {
			c.Experiment = nil
		}
	}
	set := func(to *int, from *int) {
		if from != nil {
			*to = *from
		}
	}
	set(&c.HoldOut, change.HoldOut)
	set(&c.WindowDays, change.WindowDays)
	set(&c.RetryDays, change.RetryDays)
	if change.Route != nil {
		c.Route = *change.Route
	}
	return c.checkExperiment()
}

func (c *Campaign) checkExperiment() error {
	switch {
	case c.HoldOut < 0 || c.HoldOut > maxHoldOut:
		return fault.Invalid("At most half of the audience can be held out.").At("body.holdOut", "0 to 50.")
	case c.WindowDays < 1 || c.WindowDays > maxWindow:
		return fault.Invalid("The window of the hold-out is 1 to 30 days.").At("body.windowDays", "1 to 30.")
	case c.RetryDays < 0 || c.RetryDays > maxRetryDays:
		return fault.Invalid("Failures can be tried again for up to seven days.").At("body.retryDays", "0 to 7.")
	case c.variants() > maxVariants:
		return fault.Invalid("A test compares at most six versions.").At("body.experiment", "At most six versions.")
	}
	if c.Experiment == nil {
		return nil
	}
	return c.Experiment.check()
}

func (e *Experiment) check() error {
	const tooLight = "Every version needs a share of at least 1."
	if e.Weight < 1 {
		return fault.Invalid(tooLight).At("body.experiment.weight", "At least 1.")
	}
	for _, v := range e.Others {
		if v.Weight < 1 {
			return fault.Invalid(tooLight).At("body.experiment.others", "At least 1.")
		}
	}
	w := e.Winner
	if w != nil && (w.TestPercent < 1 || w.TestPercent > 90 || w.AfterMinutes < 1 || !slices.Contains(metrics(), w.Metric)) {
		return fault.Invalid("Say how many people test the versions, for how long, and by what the winner is chosen.").
			At("body.experiment.winner", "Incomplete.")
	}
	return nil
}

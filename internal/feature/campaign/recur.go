package campaign

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/teambition/rrule-go"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// recurrence is which days a series runs on: a rule of RFC 5545 about dates. The time of day and
// the zone are the series' own, so that a change of clocks never moves a run.
type recurrence struct {
	option rrule.ROption
	rule   *rrule.RRule
}

const (
	mostInterval = 99
	// farthest is how long a series may be planned ahead.
	farthest = 20 * 366 * 24 * time.Hour
)

// parseRule reads a rule such as FREQ=WEEKLY;BYDAY=MO,TH that begins on a date (midnight UTC).
func parseRule(text string, starts time.Time) (recurrence, error) {
	option, err := rrule.StrToROption(text)
	if err != nil {
		return recurrence{}, badRule("It is no rule of RFC 5545.")
	}
	if err := checkRule(*option, text); err != nil {
		return recurrence{}, err
	}
	option.Dtstart = starts
	if end := starts.Add(farthest); option.Until.IsZero() || option.Until.After(end) {
		option.Until = end
	}
	rule, err := rrule.NewRRule(*option)
	if err != nil {
		return recurrence{}, badRule("It is no rule of RFC 5545.")
	}
	return recurrence{*option, rule}, nil
}

// checkRule refuses what a sentence cannot say and what never comes.
func checkRule(o rrule.ROption, text string) error {
	switch {
	case strings.Contains(text, "\n"), !o.Dtstart.IsZero():
		return badRule("The first day is given apart from the rule.")
	case o.Freq != rrule.DAILY && o.Freq != rrule.WEEKLY && o.Freq != rrule.MONTHLY && o.Freq != rrule.YEARLY:
		return badRule("Repeat by the day, week, month or year.")
	case len(o.Byhour)+len(o.Byminute)+len(o.Bysecond)+len(o.Byyearday)+len(o.Byweekno)+len(o.Byeaster)+len(o.Bysetpos) > 0:
		return badRule("Only BYDAY, BYMONTHDAY and BYMONTH are known.")
	case o.Interval < 0 || o.Interval > mostInterval || o.Count < 0 || o.Count > 1000:
		return badRule("Repeat every 1 to 99, at most 1,000 times.")
	case !comes(o):
		return badRule("There is no such day in any year.")
	}
	return nil
}

func badRule(sentence string) error {
	return fault.Invalid("The campaign cannot repeat like that.").At("body.repeat.rule", sentence)
}

// comes says whether any of the days of the month exists in any of the months.
func comes(o rrule.ROption) bool {
	if len(o.Bymonthday) == 0 || len(o.Bymonth) == 0 {
		return true
	}
	for _, month := range o.Bymonth {
		days := time.Date(2028, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day() // a leap year
		for _, day := range o.Bymonthday {
			if max(day, -day) <= days {
				return true
			}
		}
	}
	return false
}

// after is the first date of the rule after another, or on it; zero when none is left.
func (r recurrence) after(date time.Time, inclusive bool) time.Time {
	return r.rule.After(date, inclusive)
}

// on says whether the rule has a date.
func (r recurrence) on(date time.Time) bool { return r.rule.After(date, true).Equal(date) }

// sentence says the rule in English: "Every 2 weeks on Monday and Thursday".
func (r recurrence) sentence() string {
	s := r.period()
	if len(r.option.Bymonth) > 0 && r.option.Freq != rrule.YEARLY {
		s += " in " + join(months(r.option.Bymonth))
	}
	if r.option.Count > 0 {
		s += fmt.Sprintf(", %d times", r.option.Count)
	} else if end := r.option.Dtstart.Add(farthest); r.option.Until.Before(end) {
		s += ", until " + r.option.Until.Format("2 January 2006")
	}
	return s
}

func (r recurrence) period() string {
	o := r.option
	switch o.Freq {
	case rrule.DAILY:
		return r.every("day") + r.days(" on ")
	case rrule.WEEKLY:
		if len(o.Byweekday) == 0 {
			return r.every("week") + " on " + o.Dtstart.Weekday().String()
		}
		if o.Interval <= 1 && workdays(o.Byweekday) {
			return "Every weekday"
		}
		if o.Interval <= 1 && len(o.Bymonthday) == 0 {
			return "Every" + r.days(" ")
		}
		return r.every("week") + r.days(" on ")
	case rrule.MONTHLY:
		return r.every("month") + r.dayOfMonth()
	}
	return r.every("year") + r.dayOfYear()
}

func (r recurrence) every(unit string) string {
	if r.option.Interval > 1 {
		return fmt.Sprintf("Every %d %ss", r.option.Interval, unit)
	}
	return "Every " + unit
}

// days names weekdays and days of the month, whichever the rule has.
func (r recurrence) days(before string) string {
	var words []string
	for _, d := range r.option.Byweekday {
		words = append(words, weekday(d))
	}
	s := ""
	if len(words) > 0 {
		s = before + join(words)
	}
	if len(r.option.Bymonthday) > 0 {
		s += " on the " + join(ordinals(r.option.Bymonthday))
	}
	return s
}

func (r recurrence) dayOfMonth() string {
	if len(r.option.Byweekday)+len(r.option.Bymonthday) == 0 {
		return " on the " + ordinal(r.option.Dtstart.Day())
	}
	return r.days(" on ")
}

func (r recurrence) dayOfYear() string {
	o := r.option
	named := months(o.Bymonth)
	if len(named) == 0 {
		named = []string{o.Dtstart.Month().String()}
	}
	if len(o.Byweekday)+len(o.Bymonthday) == 0 {
		return " on " + strconv.Itoa(o.Dtstart.Day()) + " " + join(named)
	}
	return r.days(" on ") + " of " + join(named)
}

// weekday names a day of the week, or "the last Friday".
func weekday(d rrule.Weekday) string {
	name := time.Weekday((d.Day() + 1) % 7).String()
	if n := d.N(); n != 0 {
		return "the " + ordinal(n) + " " + name
	}
	return name
}

func workdays(days []rrule.Weekday) bool {
	var seen []int
	for _, d := range days {
		if d.N() != 0 {
			return false
		}
		seen = append(seen, d.Day())
	}
	slices.Sort(seen)
	return slices.Equal(slices.Compact(seen), []int{0, 1, 2, 3, 4})
}

func months(numbers []int) []string {
	names := make([]string, len(numbers))
	for i, n := range numbers {
		names[i] = time.Month(n).String()
	}
	return names
}

func ordinals(days []int) []string {
	words := make([]string, len(days))
	for i, d := range days {
		words[i] = ordinal(d)
	}
	return words
}

// ordinal is 1st, 2nd, 23rd; -1 is last, -2 second last.
func ordinal(n int) string {
	switch {
	case n == -1:
		return "last"
	case n < 0:
		return ordinal(-n) + " last"
	case n%10 == 1 && n%100 != 11:
		return strconv.Itoa(n) + "st"
	case n%10 == 2 && n%100 != 12:
		return strconv.Itoa(n) + "nd"
	case n%10 == 3 && n%100 != 13:
		return strconv.Itoa(n) + "rd"
	}
	return strconv.Itoa(n) + "th"
}

// join joins words: "Monday, Tuesday and Friday".
func join(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

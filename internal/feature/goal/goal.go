// Package goal tells what people did after a campaign: bought, booked, signed up.
//
// It owns goals and conversions. It does not own campaigns, nor clicks (link), nor who a person
// is (contact); it reads which campaigns reached them.
//
// A workspace names its goals; its own systems report events. A conversion counts for the campaign
// that touched the person last within the goal's window before it: whose message was delivered, or
// whose link was clicked, as the goal says. That follows from the data alone (sqlTouches), never
// from the order in which it came: an event may arrive before the report that its message was
// delivered, so each is looked at again on a schedule until no report can still come. A person counts
// once for a goal and a campaign, with the values of all their conversions. Life cycle of an event:
// recorded once by its id, kept for good.
package goal

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Touch is what a campaign must have done to get the credit.
type Touch string

// The touches.
const (
	Delivered Touch = "delivered" // its message reached the phone
	Clicked   Touch = "clicked"   // the person clicked a tracked link of it
)

// Goal is something a workspace wants people to do.
type Goal struct {
	ID         uuid.UUID    `json:"id"`
	Key        string       `json:"key" doc:"What events name it by"`
	Name       string       `json:"name"`
	Touch      Touch        `json:"touch" enum:"delivered,clicked" doc:"What a campaign must have done to get the credit"`
	WindowDays int          `json:"windowDays" doc:"A campaign counts that touched the person at most so long before"`
	Value      money.Amount `json:"value" doc:"Ten-thousandths; of a conversion that names no value"`
	ArchivedAt *time.Time   `json:"archivedAt,omitempty" doc:"Events are refused since then"`
	CreatedAt  time.Time    `json:"createdAt"`
	UpdatedAt  time.Time    `json:"updatedAt"`
}

const (
	longestName   = 80
	longestWindow = 90
	mostGoals     = 50
	mostValue     = 1_000_000_000 * money.Unit // of one conversion, so that sums stay in range
)

func keyShape() *regexp.Regexp { return regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`) }

func (g Goal) check() error {
	switch {
	case !keyShape().MatchString(g.Key):
		return invalid("body.key", "A key is made of small letters, digits and underscores, and begins with a letter.")
	case g.Name == "" || utf8.RuneCountInString(g.Name) > longestName || !utf8.ValidString(g.Name):
		return invalid("body.name", "Enter a name of 1 to 80 characters.")
	case g.Touch != Delivered && g.Touch != Clicked:
		return invalid("body.touch", "Choose delivered or clicked.")
	case g.WindowDays < 1 || g.WindowDays > longestWindow:
		return invalid("body.windowDays", "Choose a window of 1 to 90 days.")
	case g.Value < 0 || g.Value > mostValue:
		return invalid("body.value", "The value must be zero or more, and at most 1,000,000,000.")
	}
	return nil
}

func cleanName(text string) string { return strings.Join(strings.Fields(text), " ") }

func invalid(place, sentence string) error { return fault.Invalid(sentence).At(place, sentence) }

func errNoGoal() error {
	return fault.NotFound("There is no goal with this id.").WithCode("goal_not_found")
}

// Package tenant is the workspaces and who belongs to them.
//
// It owns workspaces, their addresses (slug, own hosts) and settings, members with their roles,
// invitations, and the one table that says which role holds which permission. It does not own
// people and what proves them (feature/user), nor sessions and the accepting of an invitation
// (feature/auth), nor money (feature/billing).
//
// Life cycle: a workspace is created with its first owner, changes its settings, and may be
// suspended by the operator. It has at least one owner at any time. An invitation is open until
// it is accepted, revoked or seven days old; sending it again renews it.
package tenant

import (
	"strings"
	"time"
	_ "time/tzdata" // zones must be known on machines without a zone database
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Status is whether a workspace may be used.
type Status string

// The statuses of a workspace.
const (
	Active    Status = "active"
	Suspended Status = "suspended" // by the operator: nobody may enter, nothing is sent
)

// Tenant is a workspace with the settings that other features read.
type Tenant struct {
	ID        uuid.UUID
	Name      string
	Slug      string // address label, unique in the installation
	Currency  money.Currency
	Timezone  string // IANA name
	Country   string // ISO 3166-1 alpha-2
	Status    Status
	Quiet     *QuietHours
	Frequency *FrequencyCap
	// ZoneField is the contact field that names a person's own time zone; "" for none.
	ZoneField string
	// ApprovalAbove is the cost above which a campaign needs a second person; nil: never.
	ApprovalAbove *money.Amount
	CreatedAt     time.Time
}

// QuietHours hold marketing messages back, in minutes of the workspace's own day (0 to 1439).
// From is the first quiet minute, To the first that is not; From > To spans midnight.
type QuietHours struct {
	From int
	To   int
	// ByRecipient: on each person's own clock instead.
	ByRecipient bool
}

// FrequencyCap is the most marketing messages that one contact gets in so many days.
type FrequencyCap struct {
	Messages int
	Days     int // 1 to 90
}

// Location is the workspace's time zone; UTC should its name be unknown to this binary.
func (t Tenant) Location() *time.Location {
	location, err := time.LoadLocation(t.Timezone)
	if err != nil {
		return time.UTC
	}
	return location
}

// Membership is one workspace that a person belongs to.
type Membership struct {
	Tenant Tenant
	Role   Role
	Since  time.Time
}

const longestName = 80

// CleanName returns a workspace's name without outer space: 1 to 80 characters, on one line.
func CleanName(text string) (string, error) {
	name := strings.Join(strings.Fields(text), " ")
	if name == "" || utf8.RuneCountInString(name) > longestName || !utf8.ValidString(name) {
		return "", invalid("body.name", "Enter a workspace name of 1 to 80 characters.")
	}
	return name, nil
}

// CheckTimezone refuses what is not an IANA zone, such as "IST" or "Local".
func CheckTimezone(name string) error {
	_, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" || (name != "UTC" && !strings.Contains(name, "/")) {
		return invalid("body.timezone", "Choose a time zone such as Asia/Kolkata.")
	}
	return nil
}

// Check refuses hours outside the day and a span of nothing.
func (q QuietHours) Check() error {
	const day = 24 * 60
	if q.From < 0 || q.From >= day || q.To < 0 || q.To >= day || q.From == q.To {
		return invalid("body.quietHours", "Quiet hours need two different times of the day.")
	}
	return nil
}

// Check refuses caps that would never or always hold.
func (f FrequencyCap) Check() error {
	if f.Messages < 1 || f.Messages > 1000 || f.Days < 1 || f.Days > 90 {
		return invalid("body.frequencyCap", "Allow 1 to 1000 messages in 1 to 90 days.")
	}
	return nil
}

func invalid(place, sentence string) error {
	return fault.Invalid(sentence).At(place, sentence)
}

func noTenant() error {
	return fault.NotFound("This workspace does not exist.")
}

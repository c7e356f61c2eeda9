// Package template is the message templates of a tenant's WhatsApp accounts.
//
// It owns: the templates and their components as Meta keeps them; creating, checking,
// submitting and deleting them; synchronising with Meta; and what Meta's events say of their
// status, quality and category.
// It does not own: numbers and tokens (channel), the wire format, the lint rules and the
// rendering (provider/whatsapp), nor sends (message, campaign).
//
// Life of a template: written here or in WhatsApp Manager, it is pending until Meta approves
// or rejects it; an approved one may be paused for a while, disabled for good, moved to
// another category, or deleted. Meta decides all of it: events tell at once, the daily
// synchronisation corrects what an event did not. A deleted row stays, for the campaigns that
// name it, until the same name and language are created again.
package template

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Status is where a template is in Meta's review. Only an approved one can be sent.
type Status string

// The statuses, in Meta's words.
const (
	Pending         Status = "PENDING"
	InAppeal        Status = "IN_APPEAL"
	Approved        Status = "APPROVED"
	Rejected        Status = "REJECTED"
	Paused          Status = "PAUSED"
	Disabled        Status = "DISABLED"
	Archived        Status = "ARCHIVED"
	Locked          Status = "LOCKED"
	LimitExceeded   Status = "LIMIT_EXCEEDED"
	PendingDeletion Status = "PENDING_DELETION"
	Deleted         Status = "DELETED"
)

// moves is where an event may take a template. Meta is the judge, so an event outside the
// table is not an error: it means we missed one, and a synchronisation asks what is true.
var moves = map[Status][]Status{
	Pending:         {Approved, Rejected, InAppeal, Disabled, Locked, LimitExceeded, PendingDeletion, Deleted},
	InAppeal:        {Approved, Rejected, Disabled, PendingDeletion, Deleted},
	Approved:        {Pending, Rejected, InAppeal, Paused, Disabled, Archived, Locked, LimitExceeded, PendingDeletion, Deleted},
	Rejected:        {Pending, InAppeal, Approved, PendingDeletion, Deleted},
	Paused:          {Approved, Pending, Rejected, Disabled, Archived, Locked, PendingDeletion, Deleted},
	Disabled:        {Approved, InAppeal, PendingDeletion, Deleted},
	Archived:        {Approved, Disabled, PendingDeletion, Deleted},
	Locked:          {Approved, Disabled, PendingDeletion, Deleted},
	LimitExceeded:   {Pending, Approved, Rejected, PendingDeletion, Deleted},
	PendingDeletion: {Deleted, Approved},
	Deleted:         {},
}

// CanBecome reports whether an event may take a template from s to to. Staying is no move.
func (s Status) CanBecome(to Status) bool { return slices.Contains(moves[s], to) }

// Category is what Meta prices a template as.
type Category string

// The categories.
const (
	Marketing      Category = "MARKETING"
	Utility        Category = "UTILITY"
	Authentication Category = "AUTHENTICATION"
)

// Template is one template in one language of one account.
type Template struct {
	TenantID         uuid.UUID       `db:"tenant_id"`
	ID               uuid.UUID       `db:"id"`
	WABAID           string          `db:"waba_id"`
	MetaID           string          `db:"meta_id"`
	Name             string          `db:"name"`
	Language         string          `db:"language"` // Meta's code with an underscore: en_US
	Category         Category        `db:"category"` // what it is billed as
	PreviousCategory Category        `db:"previous_category"`
	NextCategory     Category        `db:"next_category"` // announced by Meta for NextCategoryAt
	NextCategoryAt   *time.Time      `db:"next_category_at"`
	Status           Status          `db:"status"`
	StatusNote       string          `db:"status_note"`     // Meta's words to the last event
	RejectedReason   string          `db:"rejected_reason"` // Meta's code: PROMOTIONAL, …
	PausedUntil      *time.Time      `db:"paused_until"`    // nil: unknown, or not paused
	Quality          string          `db:"quality"`         // GREEN, YELLOW, RED, UNKNOWN
	ParameterFormat  string          `db:"parameter_format"`
	TTLSeconds       *int            `db:"ttl_seconds"` // nil: Meta's default
	Components       json.RawMessage `db:"components"`  // as Meta sent them
	Samples          Samples         `db:"samples"`     // our copies of the headers' samples
	EventAt          *time.Time      `db:"event_at"`    // of the newest event applied
	SyncedAt         time.Time       `db:"synced_at"`
	CreatedAt        time.Time       `db:"created_at"`
	UpdatedAt        time.Time       `db:"updated_at"`
}

// Sendable reports whether Meta takes messages of this template now.
func (t Template) Sendable() bool { return t.Status == Approved }

// Coming is what the template will be charged as once what Meta announced has happened.
func (t Template) Coming() Category {
	if t.NextCategory != "" {
		return t.NextCategory
	}
	return t.Category
}

// Meta returns the template as the WhatsApp package reads it. It fails for components in a
// shape that Meta has not used so far.
func (t Template) Meta() (whatsapp.Template, error) {
	m := whatsapp.Template{
		ID: t.MetaID, Name: t.Name, Language: t.Language, Category: string(t.Category),
		Status: string(t.Status), ParameterFormat: t.ParameterFormat,
	}
	if err := json.Unmarshal(t.Components, &m.Components); err != nil {
		return whatsapp.Template{}, fmt.Errorf("read components of template %s: %w", t.Name, err)
	}
	return m, nil
}

// Compile prepares the template for sending. Service.Compiled does the same and remembers.
func Compile(t Template) (*whatsapp.Compiled, error) {
	m, err := t.Meta()
	if err != nil {
		return nil, err
	}
	return whatsapp.CompileTemplate(m)
}

// normalLanguage writes a language code as the API does; webhooks use a hyphen.
func normalLanguage(code string) string { return strings.ReplaceAll(code, "-", "_") }

package goal

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/money"
)

const (
	// MostEvents is how many events one request may report.
	MostEvents = 1000

	longestEventID = 200
	oldestEvent    = 400 * 24 * time.Hour
	clockSkew      = 5 * time.Minute // how far in the future a caller's clock may be
)

// Event is what a workspace's own system reports.
type Event struct {
	ID       string // the caller's own: an event is recorded once by it
	Goal     string // a goal's key
	Who      contact.Address
	Decimal  string // the value as people write it: "1,499.00"; or Value
	Value    *money.Amount
	Currency money.Currency // of Value; empty: the workspace's
	At       time.Time      // zero: now
}

// Status is what became of an event.
type Status string

// The statuses.
const (
	Recorded  Status = "recorded"
	Duplicate Status = "duplicate" // its id was reported before: nothing changed
	Refused   Status = "refused"   // Problem says why
)

// Outcome is the answer to one event.
type Outcome struct {
	EventID    string     `json:"eventId"`
	Status     Status     `json:"status" enum:"recorded,duplicate,refused"`
	Matched    bool       `json:"matched" doc:"The person is a contact of the workspace"`
	CampaignID *uuid.UUID `json:"campaignId,omitempty" doc:"The campaign it counts for as far as known now"`
	Problem    string     `json:"problem,omitempty" doc:"Why it was refused, and what would be right"`
}

// Convert records events, each once by its id, and finds the campaign each counts for. One event
// that is wrong does not stop the others.
func (s *Service) Convert(ctx context.Context, events []Event) (outcomes []Outcome, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		outcomes, err = s.convert(ctx, tx, tenant, events)
		return err
	})
	return outcomes, err
}

// record is an event as it is stored.
type record struct {
	place   int // among the request's events
	id      string
	goal    uuid.UUID
	contact *uuid.UUID
	value   money.Amount
	at      time.Time
}

func (s *Service) convert(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, events []Event) ([]Outcome, error) {
	outcomes := make([]Outcome, len(events))
	records, who, err := s.read(ctx, tx, tenant, events, outcomes)
	if err != nil || len(records) == 0 {
		return outcomes, err
	}
	found, err := contact.Find(ctx, tx, tenant, who)
	if err != nil {
		return nil, err
	}
	for i := range records {
		if found[i] != uuid.Nil {
			records[i].contact, outcomes[records[i].place].Matched = &found[i], true
		}
	}
	now := s.Clock.Now()
	fresh, err := insertConversions(ctx, tx, tenant, records, now)
	if err != nil {
		return nil, fmt.Errorf("record conversions: %w", err)
	}
	credited, err := s.attribute(ctx, tx, tenant, fresh, now)
	if err != nil {
		return nil, fmt.Errorf("attribute conversions: %w", err)
	}
	isFresh := make(map[string]bool, len(fresh))
	for _, id := range fresh {
		isFresh[id] = true
	}
	for _, r := range records {
		if o := &outcomes[r.place]; isFresh[r.id] {
			o.Status, o.CampaignID = Recorded, credited[r.id]
		}
	}
	return outcomes, s.tell(ctx, tx, tenant, records, isFresh)
}

// tell lets others hear of what is new of the people we know.
func (s *Service) tell(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, records []record, isFresh map[string]bool) error {
	var list []Record
	for _, r := range records {
		if isFresh[r.id] && r.contact != nil {
			list = append(list, Record{r.id, r.goal, *r.contact, r.value, r.at})
		}
	}
	if len(list) == 0 || s.Recorded == nil {
		return nil
	}
	if err := s.Recorded(ctx, tx, tenant, list); err != nil {
		return fmt.Errorf("tell of conversions: %w", err)
	}
	return nil
}

// read checks events and says how each names its person. What is wrong, and what is there twice,
// has its outcome; the others count as duplicates until they are recorded.
func (s *Service) read(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, events []Event, outcomes []Outcome) (records []record, who []contact.Address, err error) {
	goals, err := list(ctx, tx, tenant)
	if err != nil {
		return nil, nil, err
	}
	byKey := make(map[string]Goal, len(goals))
	for _, g := range goals {
		byKey[g.Key] = g
	}
	currency, err := currencyOf(ctx, tx, tenant)
	if err != nil {
		return nil, nil, err
	}
	seen := make(map[string]bool, len(events))
	for i, e := range events {
		outcomes[i] = Outcome{EventID: e.ID, Status: Duplicate}
		r, problem := s.readOne(e, byKey, currency)
		switch {
		case problem != "":
			outcomes[i].Status, outcomes[i].Problem = Refused, problem
		case !seen[r.id]:
			seen[r.id], r.place = true, i
			records, who = append(records, r), append(who, e.Who)
		}
	}
	return records, who, nil
}

// readOne turns an event into a record, or says what is wrong with it.
func (s *Service) readOne(e Event, goals map[string]Goal, currency money.Currency) (r record, problem string) {
	r = record{id: strings.TrimSpace(e.ID), at: e.At}
	now := s.Clock.Now()
	if r.at.IsZero() {
		r.at = now
	}
	g, known := goals[e.Goal]
	switch {
	case r.id == "" || utf8.RuneCountInString(r.id) > longestEventID || !utf8.ValidString(r.id) || strings.Contains(r.id, "\x00"):
		return r, "Give each event an id of 1 to 200 characters of your own, the same when you send it again."
	case !known:
		return r, "There is no goal with this key."
	case g.ArchivedAt != nil:
		return r, "This goal is archived."
	case e.Who == (contact.Address{}):
		return r, "Name the person by id, phone, bsuid or email."
	case r.at.After(now.Add(clockSkew)):
		return r, "The time is in the future."
	case r.at.Before(now.Add(-oldestEvent)):
		return r, "The time is more than 400 days ago."
	}
	r.goal = g.ID
	r.value, problem = e.amount(g, currency)
	return r, problem
}

// amount is the event's value, or the goal's when it names none.
func (e Event) amount(g Goal, currency money.Currency) (money.Amount, string) {
	value := g.Value
	switch {
	case e.Decimal != "" && e.Value != nil:
		return 0, "Give the value once: as text or as an amount."
	case e.Currency != "" && e.Currency != currency:
		return 0, "The value must be in " + string(currency) + ", the workspace's currency."
	case e.Value != nil:
		value = *e.Value
	case e.Decimal != "":
		parsed, err := money.Parse(e.Decimal, currency)
		if err != nil {
			return 0, err.Error()
		}
		value = parsed
	}
	if value < 0 || value > mostValue {
		return 0, "The value must be zero or more, and at most 1,000,000,000."
	}
	return value, ""
}

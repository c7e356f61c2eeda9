package sequence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Event is what another system tells of a person.
type Event struct {
	ID     string            `json:"id"` // the caller's own: an event counts once by it
	Name   string            `json:"name"`
	Who    contact.Address   `json:"who"`
	Create *Stranger         `json:"create,omitempty"`
	Values map[string]string `json:"values,omitempty"`
}

// Stranger is what is known of somebody who is to be made a contact.
type Stranger struct {
	Name    string `json:"name"`
	Consent string `json:"consent"` // where they agreed
}

// Answer is what became of an event.
type Answer struct {
	EventID        string    `json:"eventId"`
	Name           string    `json:"name"`
	ContactID      uuid.UUID `json:"contactId"`
	ContactCreated bool      `json:"contactCreated"`
	Sequences      []Entered `json:"sequences" doc:"Those the event starts; none: nothing listens to it"`
}

// Entered is what an event did in one sequence.
type Entered struct {
	SequenceID  uuid.UUID  `json:"sequenceId"`
	Name        string     `json:"name"`
	Entered     bool       `json:"entered" doc:"False: the sequence does not let this person in again now"`
	EnrolmentID *uuid.UUID `json:"enrolmentId,omitempty"`
}

const (
	longestEventID = 200
	mostValues     = 50
	longestName    = 60   // of a value
	longestValue   = 1000 // characters
)

func (e Event) check() error {
	switch {
	case e.ID == "" || utf8.RuneCountInString(e.ID) > longestEventID || !plain(e.ID):
		return invalid("body.eventId", "Give the event an id of 1 to 200 characters of your own, the same when you send it again.")
	case !eventShape().MatchString(e.Name):
		return invalid("body.name", "An event's name is made of small letters, digits, dots and underscores, and begins with a letter.")
	case e.Who == contact.Address{}:
		return invalid("body.contact", "Name the person by id, phone, bsuid or email.")
	case len(e.Values) > mostValues:
		return invalid("body.values", "An event carries at most 50 values.")
	case e.Create != nil && strings.TrimSpace(e.Create.Consent) == "":
		return invalid("body.create.consentSource", "Say where the person agreed to be written to: checkout, form, shop.")
	}
	for name, value := range e.Values {
		if name == "" || utf8.RuneCountInString(name) > longestName || utf8.RuneCountInString(value) > longestValue || !plain(name) || !plain(value) {
			return invalid("body.values", "A value has a name of 1 to 60 and a text of at most 1,000 characters.")
		}
	}
	return nil
}

// plain says whether the database can keep a text.
func plain(text string) bool { return utf8.ValidString(text) && !strings.Contains(text, "\x00") }

// hash is of all that the event says.
func (e Event) hash() ([]byte, error) {
	raw, err := json.Marshal(e) // maps come out sorted
	sum := sha256.Sum256(raw)
	return sum[:], err
}

const (
	// A twin at the same moment waits here for the first one's commit, and then finds it.
	sqlNoteEvent = `
insert into sequence_events (tenant_id, event_id, hash, name, answer, at) values ($1, $2, $3, $4, '{}', $5)
on conflict (tenant_id, event_id) do nothing`
	sqlEvent       = `select hash, answer from sequence_events where tenant_id = $1 and event_id = $2`
	sqlAnswerEvent = `update sequence_events set contact_id = $3, answer = $4 where tenant_id = $1 and event_id = $2`
)

// Tell takes an event in: it lets the person into every sequence that the event starts. The same event
// again gets the same answer and does nothing; another under its id is a conflict.
func (s *Service) Tell(ctx context.Context, e Event) (a Answer, err error) {
	e.ID = strings.TrimSpace(e.ID)
	if err := e.check(); err != nil {
		return Answer{}, err
	}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		a, err = s.tell(ctx, tx, tenant, e)
		return err
	})
	return a, err
}

func (s *Service) tell(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e Event) (a Answer, err error) {
	if err := contact.HoldMerges(ctx, tx, tenant); err != nil {
		return a, err
	}
	hash, err := e.hash()
	if err != nil {
		return a, err
	}
	noted, err := tx.Exec(ctx, sqlNoteEvent, tenant, e.ID, hash, e.Name, s.Clock.Now())
	if err != nil {
		return a, fmt.Errorf("note event: %w", err)
	}
	if noted.RowsAffected() == 0 {
		return repeated(ctx, tx, tenant, e.ID, hash)
	}
	a = Answer{EventID: e.ID, Name: e.Name, Sequences: []Entered{}}
	if a.ContactID, a.ContactCreated, err = s.person(ctx, tx, tenant, e); err != nil {
		return a, err
	}
	if err := s.start(ctx, tx, tenant, e, &a); err != nil {
		return a, err
	}
	_, err = tx.Exec(ctx, sqlAnswerEvent, tenant, e.ID, a.ContactID, a)
	return a, err
}

// repeated is the answer an event got before.
func repeated(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, id string, hash []byte) (a Answer, err error) {
	var before []byte
	if err := tx.QueryRow(ctx, sqlEvent, tenant, id).Scan(&before, &a); err != nil {
		return a, fmt.Errorf("read event: %w", err)
	}
	if !bytes.Equal(before, hash) {
		return Answer{}, fault.Conflict("An event with this id came before and said something else. Give each event an id of its own.").
			At("body.eventId", "Used before.").WithCode("event_differs")
	}
	return a, nil
}

// person finds who an event is about, or makes the contact when it says so.
func (s *Service) person(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e Event) (uuid.UUID, bool, error) {
	found, err := contact.Find(ctx, tx, tenant, []contact.Address{e.Who})
	if err != nil || found[0] != uuid.Nil {
		return found[0], false, err
	}
	if e.Create == nil {
		return uuid.Nil, false, fault.Invalid("No contact has this address. Add the person first, or say in create that they may be added and where they agreed.").
			At("body.contact", "Nobody has this address.").WithCode("contact_unknown")
	}
	c, err := s.Contacts.CreateIn(ctx, tx, tenant, e.stranger(), nil)
	if f, known := fault.As(err); known && f.Kind == fault.KindConflict {
		again, err := contact.Find(ctx, tx, tenant, []contact.Address{e.Who}) // somebody else just added them
		if err == nil && again[0] == uuid.Nil {
			err = f
		}
		return again[0], false, err
	}
	return c.ID, err == nil, err
}

func (e Event) stranger() contact.Change {
	return contact.Change{Name: &e.Create.Name, Phone: given(e.Who.Phone), BSUID: given(e.Who.BSUID), Email: given(e.Who.Email),
		OptIn: &contact.Consent{State: contact.OptInGiven, Source: e.Create.Consent, Evidence: "Event " + e.Name + ", " + e.ID}}
}

func given(text string) *string {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return &text
}

// start lets the person into the sequences that the event starts.
func (s *Service) start(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e Event, a *Answer) error {
	found, err := triggered(ctx, tx, tenant, ByEvent, e.Name)
	if err != nil {
		return fmt.Errorf("find sequences of an event: %w", err)
	}
	for _, q := range found {
		entered, err := s.enrol(ctx, tx, tenant, q, entering{people: []uuid.UUID{a.ContactID}, event: e.ID, values: e.Values})
		if err != nil {
			return fmt.Errorf("enrol: %w", err)
		}
		in := Entered{SequenceID: q.ID, Name: q.Name}
		if id, ok := entered[a.ContactID]; ok {
			in.Entered, in.EnrolmentID = true, &id
			if err := s.publish(ctx, tx, tenant, q.ID); err != nil {
				return err
			}
		}
		a.Sequences = append(a.Sequences, in)
	}
	return nil
}

// Told is an event as it came, with what became of it.
type Told struct {
	Answer
	At time.Time `json:"at"`
}

const sqlTold = `
select e.answer, e.at from sequence_events e
where e.tenant_id = $1 and e.name = $2 and (e.at, e.event_id) < ($3, $4) order by e.at desc, e.event_id desc limit $5`

// Events lists events of a name as they came, the latest first, before the given key; the zero time starts.
func (s *Service) Events(ctx context.Context, name string, before time.Time, beforeID string, limit int) (found []Told, err error) {
	if before.IsZero() {
		before = s.Clock.Now().Add(time.Hour)
	}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		rows, err := tx.Query(ctx, sqlTold, tenant, name, before, beforeID, limit)
		if err != nil {
			return err
		}
		found, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (t Told, err error) { err = r.Scan(&t.Answer, &t.At); return t, err })
		return err
	})
	return found, err
}

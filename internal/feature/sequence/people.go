package sequence

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Person is somebody's way through a sequence, as a list shows it.
type Person struct {
	EnrolmentID uuid.UUID  `json:"enrolmentId"`
	ContactID   uuid.UUID  `json:"contactId"`
	Name        string     `json:"name"`
	Phone       string     `json:"phone"`
	State       State      `json:"state" enum:"waiting,finished,exited"`
	Version     int        `json:"version"`
	Taken       int        `json:"taken" doc:"Steps they got or were refused"`
	NextDue     *time.Time `json:"nextDue,omitempty"`
	EnteredAt   time.Time  `json:"enteredAt"`
	EndedAt     *time.Time `json:"endedAt,omitempty"`
	ExitReason  string     `json:"exitReason,omitempty"`
	Why         *Note      `json:"why,omitempty" doc:"Why they left"`
	EventID     string     `json:"eventId,omitempty" doc:"The event that brought them in"`
	Message     *Taken     `json:"message,omitempty" doc:"Of the step that was asked about"`
}

// Taken is what became of one step's message.
type Taken struct {
	ID        uuid.UUID     `json:"id"`
	State     message.State `json:"state"`
	RepliedAt *time.Time    `json:"repliedAt,omitempty"`
	Problem   *Note         `json:"problem,omitempty" doc:"Why it did not arrive and what to do"`
}

// People is which people of a sequence: by where they are and why they left; or, with a step, by what
// became of its message.
type People struct {
	State   string
	Reason  string
	StepID  uuid.UUID
	Outcome string
}

const personColumns = `e.id, e.contact_id, coalesce(c.name, ''), coalesce(c.phone, ''), e.state, e.version, e.step, e.next_due, e.entered_at,
    e.ended_at, e.exit_reason, coalesce(e.event_id, '')`

const (
	sqlPeople = `
select ` + personColumns + `
from sequence_enrolments e left join contacts c on c.tenant_id = $1 and c.id = e.contact_id
where e.tenant_id = $1 and e.sequence_id = $2 and e.id < $3 and ($4 = '' or e.state = $4)
order by e.id desc limit $5`
	sqlPeopleExited = `
select ` + personColumns + `
from sequence_enrolments e left join contacts c on c.tenant_id = $1 and c.id = e.contact_id
where e.tenant_id = $1 and e.sequence_id = $2 and e.id < $3 and e.exit_reason = $4 and e.exit_reason <> ''
    and ($6::uuid is null or e.last_step = $6)
order by e.id desc limit $5`
	sqlPeopleOfStep = `
select ` + personColumns + `, x.message_id, m.state, x.replied_at, x.reason
from sequence_sends x
join messages m on m.tenant_id = $1 and m.id = x.message_id
join sequence_enrolments e on e.tenant_id = $1 and e.id = x.enrolment_id
left join contacts c on c.tenant_id = $1 and c.id = e.contact_id
where x.tenant_id = $1 and x.sequence_id = $2 and x.step_id = $6 and x.message_id < $3
    and (m.state = any($4) or $7 and x.replied_at is not null)
order by x.message_id desc limit $5`
	sqlPeopleOfOutcome = `
select ` + personColumns + `, x.message_id, m.state, x.replied_at, x.reason
from sequence_sends x
join messages m on m.tenant_id = $1 and m.id = x.message_id
join sequence_enrolments e on e.tenant_id = $1 and e.id = x.enrolment_id
left join contacts c on c.tenant_id = $1 and c.id = e.contact_id
where x.tenant_id = $1 and x.sequence_id = $2 and x.step_id = $6 and x.message_id < $3 and x.outcome = any($4) and x.outcome <> ''
order by x.message_id desc limit $5`
)

// People lists people behind a number, the latest first, before the given key; uuid.Max starts.
func (s *Service) People(ctx context.Context, id uuid.UUID, which People, before uuid.UUID, limit int) (found []Person, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := byID(ctx, tx, tenant, id); err != nil {
			return err
		}
		found, err = people(ctx, tx, tenant, id, which, before, limit)
		return err
	})
	return found, err
}

func people(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, which People, before uuid.UUID, limit int) ([]Person, error) {
	step := &which.StepID
	if which.StepID == uuid.Nil {
		step = nil
	}
	switch {
	case which.Reason != "":
		return collectPeople(ctx, tx, scanPerson, sqlPeopleExited, tenant, id, before, which.Reason, limit, step)
	case step == nil:
		return collectPeople(ctx, tx, scanPerson, sqlPeople, tenant, id, before, which.State, limit)
	case which.Outcome == countReplied:
		return collectPeople(ctx, tx, scanTaken, sqlPeopleOfStep, tenant, id, before, []message.State{}, limit, step, true)
	}
	states, known := outcomes[which.Outcome]
	if !known {
		return nil, fault.Invalid("There is no such number of a step.").At("query.outcome", "Unknown.")
	}
	if slices.ContainsFunc(states, func(st message.State) bool { return !asked[st] }) {
		return collectPeople(ctx, tx, scanTaken, sqlPeopleOfStep, tenant, id, before, states, limit, step, false)
	}
	return collectPeople(ctx, tx, scanTaken, sqlPeopleOfOutcome, tenant, id, before, states, limit, step)
}

func collectPeople(ctx context.Context, tx pgx.Tx, scan pgx.RowToFunc[Person], sql string, args ...any) ([]Person, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, fmt.Errorf("list people: %w", err)
	}
	return pgx.CollectRows(rows, scan)
}

func (p *Person) places() []any {
	return []any{&p.EnrolmentID, &p.ContactID, &p.Name, &p.Phone, &p.State, &p.Version, &p.Taken, &p.NextDue, &p.EnteredAt, &p.EndedAt, &p.ExitReason, &p.EventID}
}

func scanPerson(r pgx.CollectableRow) (p Person, err error) {
	err = r.Scan(p.places()...)
	p.why()
	return p, err
}

func scanTaken(r pgx.CollectableRow) (p Person, err error) {
	var t Taken
	var reason string
	err = r.Scan(append(p.places(), &t.ID, &t.State, &t.RepliedAt, &reason)...)
	if reason != "" {
		e := explain(reason)
		t.Problem = &Note{Title: e.Title, Advice: e.Advice}
	}
	p.Message = &t
	p.why()
	return p, err
}

func (p *Person) why() {
	if note, known := exits[p.ExitReason]; known {
		p.Why = &note
	}
}

// key is where a list goes on.
func (p Person) key() uuid.UUID {
	if p.Message != nil {
		return p.Message.ID
	}
	return p.EnrolmentID
}

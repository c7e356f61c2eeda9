package sequence

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/mapping"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

const (
	chunk    = 500  // steps that one transaction takes
	ahead    = 4000 // messages of one sequence that are queued at most, so that a pause has little to park
	priority = message.PriorityWorkflow
)

const systemDue = `
select q.tenant_id, q.id from sequences q
where q.status = 'active' and exists (select 1 from sequence_enrolments e
    where e.tenant_id = q.tenant_id and e.sequence_id = q.id and e.next_due <= $1)
order by q.tenant_id, q.id`

// due is a sequence with steps whose time has come.
type due struct{ Tenant, ID uuid.UUID }

// StepDue takes every step whose time has come. A sequence that cannot go on does not keep the others
// waiting.
func (s *Service) StepDue(ctx context.Context) error {
	steps := db.Waiting{Reason: "find steps of sequences that are due", SQL: systemDue, Args: []any{s.Clock.Now()}}
	return db.SweepAsSystem(ctx, s.DB, steps, pgx.RowToStructByPos[due], s.stepAll)
}

func (s *Service) stepAll(ctx context.Context, d due) error {
	for {
		n, err := s.stepSome(ctx, d.Tenant, d.ID)
		if errors.Is(err, errCannotSend) {
			return s.halt(ctx, d.Tenant, d.ID, pauseTemplate)
		}
		if err != nil || n < chunk {
			return err
		}
	}
}

// errCannotSend rolls a chunk back in which a step's template cannot be sent.
var errCannotSend = errors.New("a step's template cannot be sent")

// stepSome takes up to a chunk of due steps in one transaction, and says how many it looked at.
func (s *Service) stepSome(ctx context.Context, tenant, id uuid.UUID) (n int, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		n, err = s.stepIn(ctx, tx, tenant, id)
		return err
	})
	return n, err
}

func (s *Service) stepIn(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (int, error) {
	if err := contact.HoldMerges(ctx, tx, tenant); err != nil {
		return 0, err
	}
	q, err := share(ctx, tx, tenant, id)
	if err != nil || q.Status != Active {
		return 0, err
	}
	room, err := roomOf(ctx, tx, tenant, id)
	if err != nil || room <= 0 {
		return 0, err
	}
	w := &walk{s: s, tx: tx, tenant: tenant, q: q, now: s.Clock.Now(), versions: map[int]Definition{},
		wordings: map[wordingKey]*mapping.Languages{}, counts: counts{}}
	list, err := lockDue(ctx, tx, tenant, id, w.now, min(chunk, room))
	if err != nil || len(list) == 0 {
		return 0, err
	}
	if err := w.read(ctx, list); err != nil {
		return 0, err
	}
	for _, e := range list {
		if err := w.take(ctx, e); err != nil {
			return 0, err
		}
	}
	return len(list), w.write(ctx)
}

// roomOf is how many more messages of a sequence may be queued.
func roomOf(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (int, error) {
	var queued int64
	err := tx.QueryRow(ctx, sqlQueued, tenant, id, message.Queued).Scan(&queued)
	return ahead - int(queued), err
}

// enrolment is a person's way, locked.
type enrolment struct {
	ID       uuid.UUID
	Version  int
	Contact  uuid.UUID
	Step     int
	LastStep *uuid.UUID
	Event    map[string]string
}

// walk takes steps in one transaction.
type walk struct {
	s      *Service
	tx     pgx.Tx
	tenant uuid.UUID
	q      Sequence
	now    time.Time
	quiet  message.Quiet
	zones  map[uuid.UUID]*time.Location // people's own clocks, where quiet hours are on them
	people map[uuid.UUID]contact.Contact
	left   map[uuid.UUID]time.Time // by enrolment: when the message of its last step left; now, while it is queued

	versions map[int]Definition
	wordings map[wordingKey]*mapping.Languages

	drafts []message.Draft
	sends  []send
	steps  []stepped
	leave  []leaving
	counts counts
}

type wordingKey struct {
	version int
	step    uuid.UUID
}

// send is the message of a step that was taken.
type send struct {
	message, enrolment, step, contact uuid.UUID
	number                            int
}

// stepped is where an enrolment stands afterwards; no time: its last message is on its way.
type stepped struct {
	id       uuid.UUID
	version  int
	step     int
	last     *uuid.UUID
	due      *time.Time
	finished bool
}

// read reads the people and the workspace's quiet hours.
func (w *walk) read(ctx context.Context, list []enrolment) (err error) {
	if w.quiet, err = w.s.Messages.Quiet(ctx, w.tx, w.tenant); err != nil {
		return fmt.Errorf("read quiet hours: %w", err)
	}
	ids := make([]uuid.UUID, len(list))
	for i, e := range list {
		ids[i] = e.Contact
	}
	people, err := contact.ByIDs(ctx, w.tx, w.tenant, ids)
	if err != nil {
		return fmt.Errorf("read people: %w", err)
	}
	if w.left, err = lastLeft(ctx, w.tx, w.tenant, list, w.now); err != nil {
		return fmt.Errorf("read when the last steps left: %w", err)
	}
	w.people = make(map[uuid.UUID]contact.Contact, len(people))
	for _, p := range people {
		w.people[p.ID] = p
	}
	if w.quiet.On() && w.quiet.ByRecipient() {
		w.zones, err = w.s.Messages.ZonesOf(ctx, w.tx, w.tenant, w.quiet.ZoneField(), w.quiet.Zone(), ids)
	}
	return err
}

// take takes one person's step, lets them wait, or ends their way.
func (w *walk) take(ctx context.Context, e enrolment) error {
	d, err := w.definition(ctx, &e)
	if err != nil {
		return err
	}
	p, living := w.people[e.Contact]
	switch {
	case !living:
		w.exit(e, exitGone)
		return nil
	case e.Step >= len(d.Steps):
		w.finish(e)
		return nil
	}
	step := d.Steps[e.Step]
	wording, err := w.wording(ctx, d, e.Version, step)
	if err != nil {
		return err
	}
	v := wording.Of(p.Locale)
	marketing := v.Template.Category == template.Marketing
	if reason := unwanted(p, marketing); reason != "" {
		w.exit(e, reason)
		return nil
	}
	until := w.early(e, step)
	if marketing && until.IsZero() {
		until = w.quietUntil(p.ID)
	}
	if !until.IsZero() {
		w.steps = append(w.steps, stepped{id: e.ID, version: e.Version, step: e.Step, last: e.LastStep, due: &until})
		return nil
	}
	w.queue(e, d, step, v, p)
	return nil
}

// definition is the version a person is on; one that everybody goes over to is theirs from now on.
func (w *walk) definition(ctx context.Context, e *enrolment) (Definition, error) {
	moves := w.q.MoveTo > e.Version
	if moves {
		e.Version = w.q.MoveTo
	}
	d, known := w.versions[e.Version]
	if !known {
		var err error
		if d, err = version(ctx, w.tx, w.tenant, w.q.ID, e.Version); err != nil {
			return d, fmt.Errorf("read version %d: %w", e.Version, err)
		}
		w.versions[e.Version] = d
	}
	if moves {
		e.Step = d.after(e.LastStep, e.Step)
	}
	return d, nil
}

func (w *walk) wording(ctx context.Context, d Definition, version int, step Step) (*mapping.Languages, error) {
	key := wordingKey{version, step.ID}
	if found := w.wordings[key]; found != nil {
		return found, nil
	}
	found, err := w.s.wording(ctx, w.tx, w.tenant, d, step)
	if _, known := fault.As(err); known {
		return nil, errCannotSend
	}
	w.wordings[key] = found
	return found, err
}

// unwanted says why nothing more is sent to somebody; empty: something is. The gate decides the rest.
func unwanted(p contact.Contact, marketing bool) string {
	switch {
	case p.Suppressed != nil && p.Suppressed.By == "contact":
		return exitOptedOut
	case p.Suppressed != nil:
		return exitSuppressed
	case marketing && p.OptIn.State == contact.OptInRefused:
		return exitOptedOut
	}
	return ""
}

// grace is how much earlier than its wait says a step may come: a message takes a moment to leave.
const grace = time.Minute

// early is when a step is due that would follow too soon on a message that was held up; zero: it is not.
func (w *walk) early(e enrolment, step Step) time.Time {
	left, known := w.left[e.ID]
	if !known {
		return time.Time{}
	}
	if due := step.due(left, w.quiet.Zone()); due.Sub(w.now) > grace {
		return due
	}
	return time.Time{}
}

// quietUntil is the end of the quiet hours a person is in; zero: they are in none.
func (w *walk) quietUntil(person uuid.UUID) time.Time {
	in := w.quiet.Zone()
	if own := w.zones[person]; own != nil {
		in = own
	}
	return w.quiet.Until(w.now, in)
}

// queue writes the step's message and when the next step is due. Values that the template cannot take are
// kept: the gate refuses that one message and says why.
func (w *walk) queue(e enrolment, d Definition, step Step, v *mapping.Version, p contact.Contact) {
	id, number := ident.New(), e.Step+1
	params, _ := v.Params(p, e.Event, id)
	w.drafts = append(w.drafts, message.Draft{ID: id, ChannelID: *d.ChannelID, ContactID: p.ID, Origin: message.OriginSequence,
		Priority: priority, TemplateID: v.Template.ID, Params: params})
	w.sends = append(w.sends, send{message: id, enrolment: e.ID, step: step.ID, contact: p.ID, number: number})
	next := stepped{id: e.ID, version: e.Version, step: number, last: &step.ID}
	if number < len(d.Steps) {
		at := d.Steps[number].due(w.now, w.quiet.Zone())
		next.due = &at
	}
	w.steps = append(w.steps, next)
	w.counts[numberOf(w.q.ID, step.ID, string(message.Queued))]++
}

func (w *walk) exit(e enrolment, reason string) {
	w.leave = append(w.leave, leaving{ID: e.ID, Sequence: w.q.ID, LastStep: e.LastStep, reason: reason})
}

func (w *walk) finish(e enrolment) {
	w.steps = append(w.steps, stepped{id: e.ID, version: e.Version, step: e.Step, last: e.LastStep, finished: true})
	w.counts[numberOf(w.q.ID, uuid.Nil, countFinished)]++
}

// write stores what was taken: steps first, so that a step that was taken before stops everything.
func (w *walk) write(ctx context.Context) error {
	if err := insertSends(ctx, w.tx, w.tenant, w.q.ID, w.sends); err != nil {
		return fmt.Errorf("note steps: %w", err)
	}
	if err := setSteps(ctx, w.tx, w.tenant, w.now, w.steps); err != nil {
		return fmt.Errorf("move on: %w", err)
	}
	if err := w.s.Messages.Send(ctx, w.tx, w.tenant, w.drafts); err != nil {
		return fmt.Errorf("queue messages: %w", err)
	}
	if err := exit(ctx, w.tx, w.tenant, w.now, w.leave, w.counts); err != nil {
		return fmt.Errorf("let people go: %w", err)
	}
	if err := w.counts.write(ctx, w.tx, w.tenant); err != nil {
		return fmt.Errorf("count: %w", err)
	}
	return w.s.publish(ctx, w.tx, w.tenant, w.q.ID)
}

// halt pauses a sequence that cannot go on.
func (s *Service) halt(ctx context.Context, tenant, id uuid.UUID, reason string) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		q, err := lock(ctx, tx, tenant, id)
		if err != nil || q.Status != Active {
			return err
		}
		q.PauseReason = reason
		return s.move(ctx, tx, tenant, &q, Paused)
	})
}

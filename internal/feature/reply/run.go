package reply

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Outcome is what became of a macro on one conversation: it was done whole, or nothing of it was.
type Outcome struct {
	ID      uuid.UUID `json:"id" doc:"Of the conversation"`
	Done    bool      `json:"done"`
	Step    int       `json:"step,omitempty" doc:"The step that could not be done, counted from 1"`
	Problem string    `json:"problem,omitempty" doc:"Why, for the user"`
	Code    string    `json:"code,omitempty" doc:"window_closed and the like"`
}

// Run does a macro's steps on conversations, each in its own transaction: all steps or none. Run's id is
// made by the client, a UUIDv7: the same run again writes nothing twice to anybody.
func (s *Service) Run(ctx context.Context, id, run uuid.UUID, ids []uuid.UUID) ([]Outcome, error) {
	if run.Version() != 7 {
		return nil, fault.Invalid("A run has an id of its own.").At("body.runId", "Make a UUIDv7 when it is started.")
	}
	var m Macro
	if err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		m, err = macroByID(ctx, tx, tenant, id)
		return err
	}); err != nil {
		return nil, err
	}
	list := make([]Outcome, 0, len(ids))
	for _, conversation := range ids {
		o, err := outcome(conversation, s.runOne(ctx, m, run, conversation))
		if err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	return list, nil
}

// stuck is a step that could not be done.
type stuck struct {
	step int // from 1
	kind string
	err  error
}

func (e *stuck) Error() string { return "step " + strconv.Itoa(e.step) + ": " + e.err.Error() }
func (e *stuck) Unwrap() error { return e.err }

// outcome tells what a user can do something about; any other error stays one.
func outcome(id uuid.UUID, err error) (Outcome, error) {
	if err == nil {
		return Outcome{ID: id, Done: true}, nil
	}
	f, ok := fault.As(err)
	if !ok {
		return Outcome{}, fmt.Errorf("run macro: %w", err)
	}
	o := Outcome{ID: id, Problem: f.Sentence, Code: f.Code}
	if at, ok := errors.AsType[*stuck](err); ok {
		o.Step = at.step
		o.Problem = fmt.Sprintf("Step %d, %s: %s", at.step, names()[at.kind], f.Sentence)
	}
	if len(f.Fields) > 0 && !strings.Contains(o.Problem, f.Fields[0].Sentence) {
		o.Problem += " " + f.Fields[0].Sentence
	}
	return o, nil
}

// runOne does all steps on one conversation, and counts that they were done.
func (s *Service) runOne(ctx context.Context, m Macro, run, id uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		v, err := valuesOf(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		r := runner{s, tx, tenant, id, v, nil}
		for i, step := range m.Steps {
			if err := r.do(ctx, step, stepID(run, id, i)); err != nil {
				return &stuck{i + 1, step.Kind, err}
			}
		}
		return r.count(ctx, m.ID)
	})
}

// stepID is the id of what a step writes: the same for the same run, conversation and step.
func stepID(run, conversation uuid.UUID, step int) uuid.UUID {
	id := ident.At(ident.Time(run))
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%s/%d", run, conversation, step))
	copy(id[9:], sum[:7])
	id[6], id[7] = 0x70, byte(step) // in the order of the steps
	id[8] = 0x80 | sum[7]&0x3f
	return id
}

// runner does the steps of one macro on one conversation.
type runner struct {
	s      *Service
	tx     pgx.Tx
	tenant uuid.UUID
	id     uuid.UUID
	values values
	used   []uuid.UUID // canned replies
}

func (r *runner) do(ctx context.Context, step Step, id uuid.UUID) error {
	if err := step.known(ctx, r.tx, r.tenant, "body"); err != nil {
		return err
	}
	only := []uuid.UUID{r.id}
	c := r.s.Conversations
	if to, is := step.status(r.s.Clock.Now()); is {
		var err error
		if to.Note, err = r.fill(to.Note); err != nil {
			return err
		}
		return c.SetStatusIn(ctx, r.tx, r.tenant, only, to)
	}
	switch step.Kind {
	case Assign:
		to := step.pointer(actor.Must(ctx).UserID)
		return c.AssignIn(ctx, r.tx, r.tenant, only, conversation.Assignment{Assignee: &to})
	case GiveTeam:
		to := step.pointer(uuid.Nil)
		return c.AssignIn(ctx, r.tx, r.tenant, only, conversation.Assignment{Team: &to})
	case PutLabels:
		return c.SetLabelsIn(ctx, r.tx, r.tenant, only, step.Labels, nil)
	case TakeLabels:
		return c.SetLabelsIn(ctx, r.tx, r.tenant, only, nil, step.Labels)
	case WriteNote:
		body, err := r.fill(step.Text)
		if err != nil {
			return err
		}
		return c.AddNoteIn(ctx, r.tx, r.tenant, r.id, id, body, nil)
	}
	return r.send(ctx, step, id)
}

// send writes a message to the customer.
func (r *runner) send(ctx context.Context, step Step, id uuid.UUID) (err error) {
	answer := conversation.Answer{ID: id}
	switch step.Kind {
	case SendText:
		body, err := r.fill(step.Text)
		if err != nil {
			return err
		}
		answer.Content = whatsapp.NewText(body)
	case SendCanned:
		if answer.Content, err = r.canned(ctx, *step.CannedID); err != nil {
			return err
		}
	case SendTemplate:
		if answer.Template, err = r.letter(*step.Template); err != nil {
			return err
		}
	}
	_, err = r.s.Conversations.SendIn(ctx, r.tx, r.tenant, r.id, answer)
	return err
}

func (r *runner) canned(ctx context.Context, id uuid.UUID) (*whatsapp.Content, error) {
	filled, err := r.s.render(ctx, r.tx, r.tenant, id, r.values)
	if err != nil {
		return nil, err
	}
	r.used = append(r.used, id)
	return filled.Content, complete(filled.Missing)
}

func (r *runner) letter(l conversation.Letter) (*conversation.Letter, error) {
	filled := conversation.Letter{ID: l.ID, Values: map[string]string{}}
	for key, value := range l.Values {
		body, err := r.fill(value)
		if err != nil {
			return nil, err
		}
		filled.Values[key] = body
	}
	return &filled, nil
}

func (r *runner) fill(text string) (string, error) {
	filled, missing := r.values.fill(text)
	return filled, complete(missing)
}

// complete refuses a text with holes: nobody looks at it before it goes.
func complete(missing []string) error {
	if len(missing) == 0 {
		return nil
	}
	return fault.Invalid("Nothing is known to fill in {{" + missing[0] + "}}. Write what stands there instead: {{" + missing[0] + "|…}}.").WithCode("place_empty")
}

// count moves the counts, in the order of ids so that two runs never wait for each other.
func (r *runner) count(ctx context.Context, macro uuid.UUID) error {
	slices.SortFunc(r.used, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	for _, id := range r.used {
		if err := useCanned(ctx, r.tx, r.tenant, id); err != nil {
			return err
		}
	}
	_, err := r.tx.Exec(ctx, sqlUseMacro, r.tenant, macro)
	return err
}

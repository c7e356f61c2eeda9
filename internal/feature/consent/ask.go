package consent

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/realtime"
)

// Question asks one person to confirm. Template is zero for free text within their service window.
type Question struct {
	ID        uuid.UUID // of the message
	ContactID uuid.UUID
	ChannelID uuid.UUID
	Template  uuid.UUID
	Name      string // the person's
	Text      string
}

const (
	askChunk  = 200       // people in one transaction
	askAgain  = time.Hour // until another try, where asking is not possible
	askMargin = 5 * time.Minute
)

const systemDueConfirmations = `select distinct tenant_id from consent_confirmations where due_at <= $1`

// TendConfirmations asks who is to be asked and lets lapse what nobody confirmed, workspace by workspace.
func (s *Service) TendConfirmations(ctx context.Context) error {
	now := s.Clock.Now()
	due := db.Waiting{Reason: "find opt-ins to confirm", SQL: systemDueConfirmations, Args: []any{now}}
	return db.SweepAsSystem(ctx, s.DB, due, pgx.RowTo[uuid.UUID], func(ctx context.Context, tenant uuid.UUID) (err error) {
		for n := askChunk; n == askChunk && err == nil; {
			n, err = s.tendTenant(ctx, tenant, now)
		}
		return err
	})
}

// due is a confirmation with its person as they stand.
type due struct {
	Contact uuid.UUID
	Lapses  time.Time
	Asked   bool
	Waits   bool // the contact is there and still has not said
	Name    string
	Window  *time.Time
}

const (
	sqlDueConfirmations = `
select f.contact_id, f.lapses_at, f.asked_at is not null, coalesce(c.opt_in = 'pending' and c.deleted_at is null, false), coalesce(c.name, ''), c.window_open_until
from consent_confirmations f left join contacts c on c.tenant_id = $1 and c.id = f.contact_id
where f.tenant_id = $1 and f.due_at <= $2 order by f.due_at, f.contact_id limit $3 for update of f skip locked`
	sqlEndConfirmations = `delete from consent_confirmations where tenant_id = $1 and contact_id = any($2)`
	sqlPostponeAsking   = `
update consent_confirmations set problem = $3, due_at = least($4, lapses_at) where tenant_id = $1 and contact_id = any($2)`
	sqlAsked = `
update consent_confirmations f set asked_at = $4, message_id = u.message_id, shown = u.shown, problem = '', due_at = f.lapses_at
from unnest($2::uuid[], $3::uuid[], $5::text[]) as u(contact_id, message_id, shown)
where f.tenant_id = $1 and f.contact_id = u.contact_id`
)

// tendTenant does what is due of one chunk, and says how many that were.
func (s *Service) tendTenant(ctx context.Context, tenant uuid.UUID, now time.Time) (n int, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlDueConfirmations, tenant, now, askChunk)
		if err != nil {
			return err
		}
		all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[due])
		if err != nil {
			return err
		}
		n = len(all)
		var ended, lapsed []uuid.UUID
		var ask []due
		for _, d := range all {
			switch {
			case !d.Waits:
				ended = append(ended, d.Contact)
			case !d.Lapses.After(now):
				ended, lapsed = append(ended, d.Contact), append(lapsed, d.Contact)
			case !d.Asked:
				ask = append(ask, d)
			}
		}
		if err := s.lapse(ctx, tx, tenant, lapsed, now); err != nil {
			return err
		}
		if len(ended) > 0 {
			if _, err := tx.Exec(ctx, sqlEndConfirmations, tenant, ended); err != nil {
				return err
			}
		}
		if err := s.ask(ctx, tx, tenant, ask, now); err != nil || n == 0 {
			return err
		}
		return realtime.Publish(ctx, tx, tenant, "contacts", map[string]int{"confirmations": n})
	})
	return n, err
}

// lapse ends the wait of people who did not answer: as if nothing had been said of them.
func (s *Service) lapse(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID, now time.Time) error {
	if len(contacts) == 0 {
		return nil
	}
	return s.Hooks.Change(ctx, tx, tenant, contacts, Change{Purpose: Marketing, State: Unknown, Via: ViaLapse,
		Evidence: "The opt-in was not confirmed in time.", At: now})
}

// ask queues the questions, once each, with the note that they were asked.
func (s *Service) ask(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, people []due, now time.Time) error {
	if len(people) == 0 {
		return nil
	}
	contacts := make([]uuid.UUID, len(people))
	for i, p := range people {
		contacts[i] = p.Contact
	}
	settings, err := readSettings(ctx, tx, tenant)
	if err != nil {
		return err
	}
	if problem, err := s.askProblem(ctx, tx, tenant, settings.Confirming); problem != "" || err != nil {
		if err == nil {
			_, err = tx.Exec(ctx, sqlPostponeAsking, tenant, contacts, problem, now.Add(askAgain))
		}
		return err
	}
	questions := questionsFor(people, settings.Confirming, now)
	shown, err := s.Hooks.Ask(ctx, tx, tenant, questions)
	if err != nil {
		return err
	}
	messages := make([]uuid.UUID, len(questions))
	for i, q := range questions {
		messages[i], shown[i] = q.ID, clip(shown[i], maxShown)
	}
	_, err = tx.Exec(ctx, sqlAsked, tenant, contacts, messages, now, shown)
	return err
}

// askProblem says in a sentence why nobody can be asked; "" when it is possible.
func (s *Service) askProblem(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Confirming) (string, error) {
	if !c.On {
		return "Opt-ins are not confirmed any more.", nil
	}
	err := s.canAsk(ctx, tx, tenant, c)
	if f, known := fault.As(err); known {
		return f.Sentence, nil
	}
	return "", err
}

func questionsFor(people []due, c Confirming, now time.Time) []Question {
	questions := make([]Question, len(people))
	for i, p := range people {
		q := Question{ID: ident.New(), ContactID: p.Contact, ChannelID: *c.ChannelID, Name: p.Name}
		if open := p.Window != nil && p.Window.After(now.Add(askMargin)); open && c.Text != "" {
			q.Text = c.Text
		} else {
			q.Template = *c.TemplateID
		}
		questions[i] = q
	}
	return questions
}

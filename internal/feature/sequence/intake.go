package sequence

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Intake lets everybody in whom an audience means now.
type Intake struct {
	ID         uuid.UUID  `json:"id"`
	Total      int64      `json:"total" doc:"People the audience meant when it was asked for"`
	Looked     int64      `json:"looked" doc:"Of them, those looked at so far"`
	Entered    int64      `json:"entered" doc:"Of those, who came in; the others are in it already, or were"`
	MadeAt     time.Time  `json:"madeAt"`
	FinishedAt *time.Time `json:"finishedAt,omitempty"`
}

const (
	intakeChunk = 2000
	intakeSpan  = 30 * time.Second // how long one job works before it hands over to the next
)

const (
	sqlInsertIntake = `
insert into sequence_intakes (tenant_id, id, sequence_id, audience, after, total, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`
	sqlLockIntake = `
select i.sequence_id, i.audience, i.after, i.finished_at is not null from sequence_intakes i
where i.tenant_id = $1 and i.id = $2 for update`
	sqlAdvanceIntake = `
update sequence_intakes set after = $3, looked = looked + $4, entered = entered + $5, finished_at = $6
where tenant_id = $1 and id = $2`
	sqlIntakes = `
select i.id, i.total, i.looked, i.entered, i.made_at, i.finished_at from sequence_intakes i
where i.tenant_id = $1 and i.sequence_id = $2 order by i.id desc limit 20`
)

// LetIn asks for everybody of an audience to be let in, by a job.
func (s *Service) LetIn(ctx context.Context, id uuid.UUID, audience contact.Audience) (in Intake, err error) {
	if err := audience.Check("body.audience"); err != nil {
		return in, err
	}
	if audience = audience.Open(); audience.Nobody() {
		return in, fault.Invalid("Choose who comes in.").At("body.audience", "The audience is empty.")
	}
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, q Sequence) error {
		if q.Status != Active && q.Status != Paused {
			return fault.Conflict("Publish the sequence before people come in.").WithCode("status")
		}
		if q.Published.Trigger.Kind == ByEvent {
			return fault.Conflict("An event brings people into this sequence, with its values. Nobody else comes in.").WithCode("by_event")
		}
		now := s.Clock.Now()
		fixed, err := contact.Fix(ctx, tx, tenant, audience, now)
		if err != nil {
			return err
		}
		in = Intake{ID: ident.New(), MadeAt: now}
		if in.Total, err = contact.CountAudience(ctx, tx, tenant, fixed.AsOf(now)); err != nil {
			return fmt.Errorf("count audience: %w", err)
		}
		a, _ := actor.From(ctx)
		if _, err := tx.Exec(ctx, sqlInsertIntake, tenant, in.ID, id, fixed.AsOf(now), uuid.Nil, in.Total, a.UserID, now); err != nil {
			return fmt.Errorf("write intake: %w", err)
		}
		return s.Queue.Insert(ctx, tx, IntakeArgs{TenantID: tenant, IntakeID: in.ID}, nil)
	})
	return in, err
}

// letIn works an intake until it is done or the job's time is up; it says whether it is done.
func (s *Service) letIn(ctx context.Context, tenant, id uuid.UUID) (done bool, err error) {
	for end := s.Clock.Now().Add(intakeSpan); !done && s.Clock.Now().Before(end); {
		err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
			done, err = s.letSomeIn(ctx, tx, tenant, id)
			return err
		})
		if err != nil {
			return false, fmt.Errorf("let people in by intake %s: %w", id, err)
		}
	}
	return done, nil
}

// letSomeIn lets one chunk in, with the place where the next begins.
func (s *Service) letSomeIn(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (bool, error) {
	if err := contact.HoldMerges(ctx, tx, tenant); err != nil {
		return false, err
	}
	var of, after uuid.UUID
	var audience contact.Audience
	var done bool
	err := tx.QueryRow(ctx, sqlLockIntake, tenant, id).Scan(&of, &audience, &after, &done)
	if err != nil || done {
		return errors.Is(err, pgx.ErrNoRows) || done, err
	}
	q, err := share(ctx, tx, tenant, of)
	if err != nil {
		return false, err
	}
	now := s.Clock.Now()
	if q.Status == Archived {
		_, err := tx.Exec(ctx, sqlAdvanceIntake, tenant, id, after, 0, 0, now)
		return true, err
	}
	people, err := contact.AudiencePage(ctx, tx, tenant, audience, after, intakeChunk)
	if err != nil {
		return false, fmt.Errorf("read audience: %w", err)
	}
	in := entering{}
	for _, p := range people {
		in.people, after = append(in.people, p.ID), p.ID
	}
	entered, err := s.enrol(ctx, tx, tenant, q, in)
	if err != nil {
		return false, err
	}
	var finished *time.Time
	if done = len(people) < intakeChunk; done {
		finished = &now
	}
	if _, err := tx.Exec(ctx, sqlAdvanceIntake, tenant, id, after, len(people), len(entered), finished); err != nil {
		return false, err
	}
	return done, s.publish(ctx, tx, tenant, of)
}

// Intakes lists the latest twenty of a sequence.
func (s *Service) Intakes(ctx context.Context, id uuid.UUID) (found []Intake, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := byID(ctx, tx, tenant, id); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, sqlIntakes, tenant, id)
		if err != nil {
			return err
		}
		found, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Intake])
		return err
	})
	return found, err
}

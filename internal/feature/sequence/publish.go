package sequence

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/mapping"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Publish makes the draft the version that those who come now get, and starts a sequence that was a draft.
// Whoever is inside finishes on their version, or with moveOver goes over at the next step.
func (s *Service) Publish(ctx context.Context, id uuid.UUID, moveOver bool) (q Sequence, err error) {
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Sequence) error {
		q = found
		if q.Status == Archived {
			return fault.Conflict("An archived sequence cannot be published. Make a new one.").WithCode("status")
		}
		if q.Draft.same(q.Published) {
			return fault.Conflict("Nothing changed since the last version.").WithCode("unchanged")
		}
		if err := s.ready(ctx, tx, tenant, q.Draft); err != nil {
			return err
		}
		a, _ := actor.From(ctx)
		published := q.Draft
		q.Live, q.Published = q.Live+1, &published
		if moveOver {
			q.MoveTo = q.Live
		}
		if _, err := tx.Exec(ctx, sqlInsertVersion, tenant, id, q.Live, published, a.UserID, s.Clock.Now()); err != nil {
			return fmt.Errorf("write version %d: %w", q.Live, err)
		}
		if q.Status == Draft {
			q.Status = Active
		}
		return s.save(ctx, tx, tenant, &q)
	})
	return q, err
}

// ready checks that a definition can be sent as it is.
func (s *Service) ready(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, d Definition) error {
	if err := d.complete(); err != nil {
		return err
	}
	if found, err := exists(ctx, tx, sqlChannelExists, tenant, *d.ChannelID); err != nil || !found {
		return orFault(err, invalid("body.definition.channelId", "This number is not connected any more. Choose another."))
	}
	if d.Trigger.Kind == ByStage {
		if found, err := exists(ctx, tx, sqlStageExists, tenant, *d.Trigger.StageID); err != nil || !found {
			return orFault(err, invalid("body.definition.trigger.stageId", "There is no such stage any more. Choose another."))
		}
	}
	missing := 0
	if err := tx.QueryRow(ctx, sqlGoalsMissing, tenant, d.Exits.Goals).Scan(&missing); err != nil || missing > 0 {
		return orFault(err, invalid("body.definition.exits.goals", "One of the goals does not exist."))
	}
	for i, step := range d.Steps {
		if _, err := s.wording(ctx, tx, tenant, d, step); err != nil {
			return inStep(i, err)
		}
	}
	return nil
}

func orFault(err error, f *fault.Error) error {
	if err != nil {
		return err
	}
	return f
}

// wording loads a step's template in the languages it is sent in, ready to be filled. A template that
// cannot be sent, or is not filled, is a fault.
func (s *Service) wording(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, d Definition, step Step) (*mapping.Languages, error) {
	t, err := s.Templates.ByID(ctx, tx, tenant, *step.TemplateID)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, fault.Invalid("The template was deleted. Choose another.").At("body.templateId", "Deleted.")
	}
	if err != nil {
		return nil, fmt.Errorf("read template: %w", err)
	}
	if !t.Sendable() {
		return nil, fault.Conflict("The template cannot be sent now. " + template.WhyNot(t)).WithCode("template_unavailable")
	}
	compiled, err := s.Templates.Compiled(t)
	if err != nil {
		return nil, fault.Invalid("This template has a part that cannot be filled in yet.").At("body.templateId", err.Error())
	}
	for _, source := range step.Mapping {
		if source.Link != nil {
			return nil, fault.Invalid("A step cannot have tracked links; they belong to campaigns.").At("body.mapping", mapping.SlotName(source.Slot))
		}
		if source.Event != "" && d.Trigger.Kind != ByEvent {
			return nil, fault.Invalid("Only a sequence that an event starts has an event's values.").At("body.mapping", mapping.SlotName(source.Slot))
		}
	}
	r, err := mapping.New(compiled, step.Mapping)
	if err != nil {
		return nil, err
	}
	if s.Preferences != nil {
		r.Preferences = func(contact uuid.UUID) string { return s.Preferences(tenant, contact) }
	}
	if !step.ByLanguage {
		return mapping.One(t, r), nil
	}
	return mapping.Every(ctx, tx, tenant, s.Templates, step.Mapping, t, r)
}

// Pause stops everything not yet claimed; people keep their places, and those who come wait too.
func (s *Service) Pause(ctx context.Context, id uuid.UUID) (q Sequence, err error) {
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Sequence) error {
		q = found
		return s.move(ctx, tx, tenant, &q, Paused)
	})
	return q, err
}

// Resume goes on where it stopped. What fell due meanwhile is sent now.
func (s *Service) Resume(ctx context.Context, id uuid.UUID) (q Sequence, err error) {
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Sequence) error {
		q = found
		if err := q.Status.may(Active); err != nil {
			return err
		}
		if err := s.ready(ctx, tx, tenant, *q.Published); err != nil {
			return err
		}
		if err := s.move(ctx, tx, tenant, &q, Active); err != nil {
			return err
		}
		return s.unpark(ctx, tx, tenant, id)
	})
	return q, err
}

// Archive ends the sequence for good: nobody comes in, whoever is inside leaves.
func (s *Service) Archive(ctx context.Context, id uuid.UUID) (q Sequence, err error) {
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Sequence) error {
		q = found
		if err := s.move(ctx, tx, tenant, &q, Archived); err != nil {
			return err
		}
		return s.Queue.Insert(ctx, tx, CloseArgs{TenantID: tenant, SequenceID: id}, nil)
	})
	return q, err
}

// Messages of a sequence that were parked, on the numbers it ever sent from. What is queued on a number
// is bounded.
const sqlParked = `
select m.id, m.channel_id
from (select distinct (v.definition ->> 'channelId')::uuid as channel_id from sequence_versions v
    where v.tenant_id = $1 and v.sequence_id = $2) c
join messages m on m.tenant_id = $1 and m.channel_id = c.channel_id and m.priority = $3 and m.due_at = 'infinity' and m.origin = 'sequence'
join sequence_sends x on x.tenant_id = $1 and x.message_id = m.id and x.sequence_id = $2`

// unpark lets the lanes look again at what they parked.
func (s *Service) unpark(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) error {
	rows, err := tx.Query(ctx, sqlParked, tenant, id, priority)
	if err != nil {
		return fmt.Errorf("find parked messages: %w", err)
	}
	var ids []uuid.UUID
	var m, channel uuid.UUID
	channels := map[uuid.UUID]bool{}
	if _, err = pgx.ForEachRow(rows, []any{&m, &channel}, func() error {
		ids, channels[channel] = append(ids, m), true
		return nil
	}); err != nil {
		return err
	}
	if err := s.Messages.UnparkThese(ctx, tx, tenant, ids); err != nil {
		return fmt.Errorf("unpark messages: %w", err)
	}
	for channel := range channels {
		if err := s.Messages.Ring(ctx, tx, channel); err != nil {
			return err
		}
	}
	return nil
}

// Versions lists what was published, the latest first; a hundred at most.
func (s *Service) Versions(ctx context.Context, id uuid.UUID) (found []Version, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := byID(ctx, tx, tenant, id); err != nil {
			return err
		}
		found, err = versions(ctx, tx, tenant, id)
		return err
	})
	return found, err
}

package campaign

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/template"
)

// asked are the outcomes whose people are listed from the recipients' own index.
var asked = map[message.State]bool{
	message.Failed: true, message.Refused: true, message.Unknown: true, message.InDoubt: true,
	message.Expired: true, message.Cancelled: true, message.Duplicate: true,
}

// Changed counts messages that moved, in the transaction that moved them. It is
// message.Hooks.Changed.
func (s *Service) Changed(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []message.Change) error {
	deltas := make(map[uuid.UUID]*tally)
	var o outcomes
	for _, c := range changes {
		if c.CampaignID == (uuid.UUID{}) {
			continue
		}
		d := deltas[c.CampaignID]
		if d == nil {
			d = new(tally)
			deltas[c.CampaignID] = d
		}
		d.move(c)
		o.note(c)
	}
	if err := s.planRetries(ctx, tx, tenant, changes, deltas, &o); err != nil {
		return fmt.Errorf("plan new attempts: %w", err)
	}
	if err := s.countAll(ctx, tx, tenant, deltas); err != nil {
		return err
	}
	if len(o.contacts) == 0 {
		return nil
	}
	return writeOutcomes(ctx, tx, tenant, o)
}

// Which version each of a campaign's people got; 0 where it has one.
const sqlVersionsOf = `
select r.variant, count(*) from campaign_recipients r
where r.tenant_id = $1 and r.campaign_id = $2 and r.contact_id = any($3) and r.variant > 0
group by r.variant`

// Clicked counts people who clicked a tracked link, campaigns in id order as everywhere. It is
// link.Service.Clicked.
func (s *Service) Clicked(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, people map[uuid.UUID][]uuid.UUID) error {
	for _, id := range inOrder(people) {
		t, err := tallyClicks(ctx, tx, tenant, id, people[id])
		if err != nil {
			return fmt.Errorf("tell clicks of campaign %s by version: %w", id, err)
		}
		if err := count(ctx, tx, tenant, id, t); err != nil {
			return fmt.Errorf("count clicks of campaign %s: %w", id, err)
		}
		if !s.progress.due(id, s.Clock.Now()) {
			continue
		}
		if err := s.publish(ctx, tx, tenant, id); err != nil {
			return err
		}
	}
	return nil
}

func tallyClicks(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, people []uuid.UUID) (t tally, err error) {
	rows, err := tx.Query(ctx, sqlVersionsOf, tenant, id, people)
	if err != nil {
		return t, err
	}
	rest := int64(len(people))
	var variant int16
	var n int64
	_, err = pgx.ForEachRow(rows, []any{&variant, &n}, func() error {
		rest -= n
		t.on(variant, func(k *Counts) { k.Clicked += n })
		return nil
	})
	t.all.Clicked += rest
	return t, err
}

// inOrder lists campaigns in the order in which everybody locks them.
func inOrder[T any](of map[uuid.UUID]T) []uuid.UUID {
	return slices.SortedFunc(maps.Keys(of), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
}

// countAll adds the deltas, campaigns in id order as everywhere.
func (s *Service) countAll(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, deltas map[uuid.UUID]*tally) error {
	for _, id := range inOrder(deltas) {
		d := deltas[id]
		if err := count(ctx, tx, tenant, id, *d); err != nil {
			return fmt.Errorf("count campaign %s: %w", id, err)
		}
		if d.all.Queued+d.all.Sending < 0 {
			if err := s.finishIfDone(ctx, tx, tenant, id); err != nil {
				return err
			}
		}
		if !s.progress.due(id, s.Clock.Now()) {
			continue
		}
		if err := s.publish(ctx, tx, tenant, id); err != nil {
			return err
		}
	}
	return nil
}

const sqlFinish = `
update campaigns c set status = 'completed', finished_at = $3, updated_at = $3
from campaign_counters k
where c.tenant_id = $1 and c.id = $2 and k.tenant_id = $1 and k.campaign_id = $2
    and c.status = 'running' and k.frozen
    and k.total = k.in_doubt + k.unknown + k.accepted + k.sent + k.delivered + k.read + k.expired + k.failed
        + k.refused + k.cancelled + k.duplicate + k.held_out
    and (c.retry_until is null or c.retry_until <= $3 or k.retrying = 0 and k.in_doubt + k.accepted + k.sent = 0)`

// finishIfDone completes a running campaign when nobody is left to hand over. One that tries
// failures again runs on while somebody may still need it.
func (s *Service) finishIfDone(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) error {
	tag, err := tx.Exec(ctx, sqlFinish, tenant, id, s.Clock.Now())
	if err != nil || tag.RowsAffected() == 0 {
		return err
	}
	if err := s.ended(ctx, tx, tenant, id, false); err != nil {
		return err
	}
	return s.publish(ctx, tx, tenant, id)
}

func (d *Counts) add(state message.State, n int64) {
	switch state {
	case message.Queued:
		d.Queued += n
	case message.Sending:
		d.Sending += n
	case message.InDoubt:
		d.InDoubt += n
	case message.Unknown:
		d.Unknown += n
	case message.Accepted:
		d.Accepted += n
	case message.Sent:
		d.Sent += n
	case message.Delivered:
		d.Delivered += n
	case message.Read:
		d.Read += n
	case message.Expired:
		d.Expired += n
	case message.Failed:
		d.Failed += n
	case message.Refused:
		d.Refused += n
	case message.Cancelled:
		d.Cancelled += n
	case message.Duplicate:
		d.Duplicate += n
	}
}

// note keeps a recipient's outcome when it is, or no longer is, one people ask about.
func (o *outcomes) note(c message.Change) {
	if c.From == c.To || c.Superseded || !asked[c.From] && !asked[c.To] {
		return
	}
	outcome, reason := "", ""
	if asked[c.To] {
		outcome, reason = string(c.To), c.Reason
	}
	if c.ErrorCode != 0 && outcome != "" {
		reason = fmt.Sprintf("meta:%d", c.ErrorCode)
	}
	o.campaigns = append(o.campaigns, c.CampaignID)
	o.contacts = append(o.contacts, c.ContactID)
	o.outcomes = append(o.outcomes, outcome)
	o.reasons = append(o.reasons, reason)
	o.retries = append(o.retries, nil)
}

// Halt pauses a running campaign that cannot go on. It is message.Hooks.Halt.
func (s *Service) Halt(ctx context.Context, tenant, id uuid.UUID, halt message.Halt) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		return s.halt(ctx, tx, tenant, id, halt)
	})
}

func (s *Service) halt(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, halt message.Halt) error {
	c, err := lock(ctx, tx, tenant, id)
	if err != nil || c.Status != Running {
		return err
	}
	c.PauseReason, c.PauseCode = halt.Reason, halt.ErrorCode
	if halt.Reason == message.HaltBudget && c.ApprovedCap != nil && (c.BudgetCap == nil || *c.ApprovedCap < *c.BudgetCap) {
		c.PauseReason = pauseApproval
	}
	return s.move(ctx, tx, tenant, &c, Paused)
}

// Campaigns in these statuses that send the template: chosen, as one of its languages, or as a variant.
const sqlUsing = `
select id from campaigns
where tenant_id = $1 and status = any($2)
    and (template_id = $3 or by_language and template_id in (
        select id from templates where tenant_id = $1 and waba_id = $4 and name = $5)
    or experiment is not null and exists (
        select 1 from jsonb_array_elements(experiment -> 'others') o
        where (o ->> 'templateId')::uuid = $3 or by_language and (o ->> 'templateId')::uuid in (
            select id from templates where tenant_id = $1 and waba_id = $4 and name = $5)))
order by id`

func using(ctx context.Context, tx pgx.Tx, t template.Template, statuses ...Status) ([]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlUsing, t.TenantID, statuses, t.ID, t.WABAID, t.Name)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

const sqlFilled = `
select count(*) from unnest($2::uuid[]) as u(id)
join campaign_counters k on k.tenant_id = $1 and k.campaign_id = u.id and k.total > 0`

// TemplateFilled counts the campaigns in progress whose recipients have this template's values. It
// is template's hook Filled.
func (s *Service) TemplateFilled(ctx context.Context, tx pgx.Tx, t template.Template) (n int64, err error) {
	ids, err := using(ctx, tx, t, Running, Paused)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return n, tx.QueryRow(ctx, sqlFilled, t.TenantID, ids).Scan(&n)
}

// TemplateUnsendable pauses the campaigns of a template that Meta no longer takes.
// It is template's hook of the same name.
func (s *Service) TemplateUnsendable(ctx context.Context, tx pgx.Tx, t template.Template) error {
	ids, err := using(ctx, tx, t, Running)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.halt(ctx, tx, t.TenantID, id, message.Halt{Reason: message.HaltTemplate}); err != nil {
			return err
		}
	}
	return nil
}

package csat

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Why somebody was not asked.
const (
	skipReopened = "reopened" // the conversation went on
	skipRecent   = "recent"   // asked not long ago
	skipWindow   = "window"   // free text may not go any more
	skipOff      = "off"      // nobody is asked any more
	skipGone     = "gone"     // the contact was deleted or blocked
)

// Follow has cases that end asked about, and lets those go that go on. It is part of
// conversation.Hooks.Changed.
func (s *Service) Follow(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []conversation.Change) error {
	var ended []conversation.Change
	var opened []uuid.UUID
	for _, ch := range changes {
		switch {
		case ch.What == conversation.IsResolved && ch.Case != nil && ch.Case.FirstInboundAt != nil && ch.Now.BlockedAt == nil:
			ended = append(ended, ch)
		case ch.What == conversation.Opened:
			opened = append(opened, ch.Now.ID)
		}
	}
	if len(opened) > 0 {
		if _, err := tx.Exec(ctx, sqlSkipOpened, tenant, opened); err != nil {
			return fmt.Errorf("let ratings go: %w", err)
		}
	}
	if len(ended) == 0 {
		return nil
	}
	return s.wait(ctx, tx, tenant, ended)
}

const (
	sqlSkipOpened = `
update csat_asks set state = 'skipped', reason = 'reopened', due_at = null
where tenant_id = $1 and conversation_id = any($2) and due_at is not null`
	sqlWait = `
insert into csat_asks (tenant_id, case_id, conversation_id, contact_id, channel_id, team_id, assignee_id, handler, resolved_at, due_at, state)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting') on conflict (tenant_id, case_id) do nothing`
)

func (s *Service) wait(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ended []conversation.Change) error {
	set, err := readSettings(ctx, tx, tenant)
	if err != nil || !set.On {
		return err
	}
	var batch pgx.Batch
	for _, ch := range ended {
		c := ch.Now
		if !set.asks(c.ChannelID, c.TeamID) {
			continue
		}
		at := *ch.Case.ResolvedAt
		batch.Queue(sqlWait, tenant, ch.Case.ID, c.ID, c.ContactID, c.ChannelID, c.TeamID, c.AssigneeID, c.Handler, at,
			at.Add(time.Duration(set.DelayMinutes)*time.Minute))
	}
	if batch.Len() == 0 {
		return nil
	}
	return tx.SendBatch(ctx, &batch).Close()
}

const systemDue = `select distinct tenant_id from csat_asks where due_at <= $1`

// askChunk is how many people one transaction asks.
const askChunk = 100

// AskDue asks everybody whose time has come.
func (s *Service) AskDue(ctx context.Context) error {
	now := s.Clock.Now()
	due := db.Waiting{Reason: "find ratings to ask for", SQL: systemDue, Args: []any{now}}
	return db.SweepAsSystem(ctx, s.DB, due, pgx.RowTo[uuid.UUID], func(ctx context.Context, tenant uuid.UUID) (err error) {
		for n := askChunk; n == askChunk && err == nil; {
			n, err = s.askSome(ctx, tenant, now)
		}
		return err
	})
}

// due is a case to ask about, with its person as they stand.
type due struct {
	Case, Channel, Contact uuid.UUID
	Team                   *uuid.UUID
	There                  bool // and not blocked
	Locale                 string
	Over                   bool // the conversation is still resolved
	Window                 *time.Time
	Recent                 *time.Time // when they were asked last
}

const (
	sqlDue = `
select a.case_id, a.channel_id, a.contact_id, a.team_id, p.id is not null and c.blocked_at is null, coalesce(p.locale, ''),
    c.case_id is null, c.window_until, (select max(b.asked_at) from csat_asks b where b.tenant_id = $1 and b.contact_id = a.contact_id)
from csat_asks a
join conversations c on c.tenant_id = $1 and c.id = a.conversation_id
left join contacts p on p.tenant_id = $1 and p.id = a.contact_id and p.deleted_at is null
where a.tenant_id = $1 and a.due_at <= $2 order by a.due_at, a.case_id limit $3 for update of a skip locked`
	sqlAsked = `
update csat_asks set state = 'asked', due_at = null, message_id = $3, asked_at = $4, scale = $5 where tenant_id = $1 and case_id = $2`
	sqlSkip = `update csat_asks set state = 'skipped', due_at = null, reason = $3 where tenant_id = $1 and case_id = $2`
)

// askSome asks a chunk of people, and says how many were looked at.
func (s *Service) askSome(ctx context.Context, tenant uuid.UUID, now time.Time) (n int, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlDue, tenant, now, askChunk)
		if err != nil {
			return err
		}
		list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[due])
		if err != nil {
			return err
		}
		n = len(list)
		return s.ask(ctx, tx, tenant, list, now)
	})
	return n, err
}

func (s *Service) ask(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []due, now time.Time) error {
	set, err := readSettings(ctx, tx, tenant)
	if err != nil {
		return err
	}
	var batch pgx.Batch
	var questions []Question
	asked := map[uuid.UUID]bool{} // a person twice in one chunk
	for _, d := range list {
		if why := d.skip(set, asked[d.Contact], now); why != "" {
			batch.Queue(sqlSkip, tenant, d.Case, why)
			continue
		}
		asked[d.Contact] = true
		q := set.question(d)
		questions = append(questions, q)
		batch.Queue(sqlAsked, tenant, d.Case, q.ID, now, len(q.Choices))
	}
	if batch.Len() == 0 {
		return nil
	}
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return fmt.Errorf("note who is asked: %w", err)
	}
	return s.Hooks.Ask(ctx, tx, tenant, questions)
}

// skip says why a person is not asked; "" when they are.
func (d due) skip(set Settings, again bool, now time.Time) string {
	switch {
	case !d.Over:
		return skipReopened
	case !d.There:
		return skipGone
	case !set.asks(d.Channel, d.Team):
		return skipOff
	case d.Window == nil || d.Window.Before(now.Add(askMargin)):
		return skipWindow
	case set.EveryDays > 0 && (again || d.Recent != nil && d.Recent.After(now.AddDate(0, 0, -set.EveryDays))):
		return skipRecent
	}
	return ""
}

func (s Settings) question(d due) Question {
	t := s.text(d.Locale)
	q := Question{ID: ident.New(), Channel: d.Channel, Contact: d.Contact, Text: t.Question, Choices: choices(d.Case, s.Scale)}
	if s.Scale == List5 {
		q.Button = t.Button
	}
	return q
}

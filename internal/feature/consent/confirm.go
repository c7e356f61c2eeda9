package consent

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Opting in twice: where a workspace wants it, an opt-in that somebody else reports (a form, a file, a
// program, a member, the preference page behind a link that may have been passed on) waits until the
// person says yes on WhatsApp themselves. Until then marketing is refused, and in the end it lapses.
// docs/decisions/0023 has why.

const defaultDays = 7

// Confirming is how a workspace has opt-ins confirmed.
type Confirming struct {
	On         bool       `json:"on"`
	Days       int        `json:"days" minimum:"1" maximum:"90" doc:"An opt-in that nobody confirms lapses after so many days"`
	ChannelID  *uuid.UUID `json:"channelId,omitempty" doc:"The number that asks"`
	TemplateID *uuid.UUID `json:"templateId,omitempty" doc:"An approved utility template that asks; its one value, if it has any, is the person's name"`
	Text       string     `json:"text,omitempty" maxLength:"1000" doc:"What is asked instead while the service window is open"`
}

func (c *Confirming) clean() error {
	c.Text = strings.TrimSpace(c.Text)
	switch {
	case c.Days == 0 && !c.On:
		c.Days = defaultDays
	case c.Days < 1 || c.Days > 90:
		return fault.Invalid("Choose 1 to 90 days.").At("body.confirming.days", "1 to 90 days.")
	case utf8.RuneCountInString(c.Text) > 1000 || strings.ContainsRune(c.Text, 0):
		return fault.Invalid("The text is too long.").At("body.confirming.text", "At most 1,000 characters.")
	}
	if c.On && (c.ChannelID == nil || c.TemplateID == nil) {
		return fault.Invalid("Choose the number and the template that ask.").At("body.confirming.templateId", "Choose the number and the template that ask.")
	}
	return nil
}

// canAsk holds a template against what a question must be.
func (s *Service) canAsk(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Confirming) error {
	if !c.On || s.Hooks.CanAsk == nil {
		return nil
	}
	return s.Hooks.CanAsk(ctx, tx, tenant, *c.ChannelID, *c.TemplateID)
}

// Unconfirmed says that a change is somebody else's word that a person opted in.
func (c Change) Unconfirmed() bool {
	if c.Purpose != Marketing || c.State != In || c.Topic != uuid.Nil || c.Days != nil {
		return false
	}
	switch c.Via {
	case ViaScreen, ViaAPI, ViaImport, ViaBulk, ViaPage:
		return true
	}
	return false
}

const sqlConfirms = `select confirming from consent_settings where tenant_id = $1 and confirming`

// Confirms says whether the workspace has opt-ins confirmed.
func Confirms(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (bool, error) {
	rows, err := tx.Query(ctx, sqlConfirms, tenant)
	if err != nil {
		return false, err
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[bool])
	if err != nil {
		return false, fmt.Errorf("read whether opt-ins are confirmed: %w", err)
	}
	return len(found) > 0, nil
}

const (
	sqlConfirmDays = `select confirm_days from consent_settings where tenant_id = $1`
	sqlAwaitAnew   = `
insert into consent_confirmations (tenant_id, contact_id, wanted_at, lapses_at, due_at)
select $1, u.contact_id, $3, $4, $3 from unnest($2::uuid[]) as u(contact_id)
on conflict (tenant_id, contact_id) do update set wanted_at = excluded.wanted_at, lapses_at = excluded.lapses_at, due_at = excluded.due_at,
    asked_at = null, message_id = null, shown = '', problem = ''`
	sqlAwaitStill = `
insert into consent_confirmations (tenant_id, contact_id, wanted_at, lapses_at, due_at)
select $1, u.contact_id, $3, $4, $3 from unnest($2::uuid[]) as u(contact_id)
on conflict (tenant_id, contact_id) do nothing`
)

// await begins the wait for the contacts' answer, in the transaction that made them wait. A merge and an
// undoing go on with the wait there is.
func await(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID, c Change) error {
	rows, err := tx.Query(ctx, sqlConfirmDays, tenant)
	if err != nil {
		return err
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		return err
	}
	days, sql := append(found, defaultDays)[0], sqlAwaitAnew
	if c.Via == ViaMerge || c.Via == ViaUndo {
		sql = sqlAwaitStill
	}
	_, err = tx.Exec(ctx, sql, tenant, contacts, c.At, c.At.AddDate(0, 0, days))
	return err
}

// Waiting is an opt-in that waits for its person's word.
type Waiting struct {
	Since   time.Time  `json:"since"`
	AskedAt *time.Time `json:"askedAt,omitempty" doc:"Absent: not asked yet"`
	Until   time.Time  `json:"until" doc:"Lapses then"`
	Shown   string     `json:"shown,omitempty" doc:"What was asked"`
	Problem string     `json:"problem,omitempty" doc:"Why it could not be asked so far"`

	message *uuid.UUID
}

const sqlWaiting = `
select f.wanted_at, f.asked_at, f.lapses_at, f.shown, f.problem, f.message_id
from consent_confirmations f join contacts c on c.tenant_id = $1 and c.id = f.contact_id
where f.tenant_id = $1 and f.contact_id = $2 and c.opt_in = 'pending'`

// waitingOf is what a contact is to confirm; nil: nothing.
func waitingOf(ctx context.Context, tx pgx.Tx, tenant, contact uuid.UUID) (*Waiting, error) {
	rows, err := tx.Query(ctx, sqlWaiting, tenant, contact)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (w Waiting, err error) {
		return w, row.Scan(&w.Since, &w.AskedAt, &w.Until, &w.Shown, &w.Problem, &w.message)
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// Waiting tells what a contact is to confirm; nil: nothing.
func (s *Service) Waiting(ctx context.Context, contact uuid.UUID) (w *Waiting, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if err := mustExist(ctx, tx, tenant, contact); err != nil {
			return err
		}
		w, err = waitingOf(ctx, tx, tenant, contact)
		return err
	})
	return w, err
}

// proofOfAsking is what an answer is kept with: that, when and by which message it was asked.
func (w *Waiting) proofOfAsking() map[string]string {
	if w == nil || w.AskedAt == nil {
		return nil
	}
	proof := map[string]string{"asked_at": w.AskedAt.UTC().Format(time.RFC3339)}
	if w.message != nil {
		proof["asked_by_message"] = w.message.String()
	}
	return proof
}

package contact

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// No index finds messages by contact: it would be written for every one sent. A campaign's are
// found by its recipients' own key, one look-up per campaign that has started; all others in
// contact_messages (docs/decisions/0018).
const (
	sqlCampaignMessages = `
select r.message_id, c.id, c.name, r.state, coalesce(r.reason, '')
from campaigns c cross join lateral (
    select x.message_id, x.state, x.reason from campaign_recipients x
    where x.tenant_id = $1 and x.campaign_id = c.id and x.contact_id = any($2) and x.message_id < $3) r
where c.tenant_id = $1 and c.started_at is not null
order by r.message_id desc limit $4`
	sqlOtherMessages = `
select message_id from contact_messages
where tenant_id = $1 and contact_id = any($2) and message_id < $3 order by message_id desc limit $4`
	sqlMessagesByID = `
select m.id, m.direction, m.origin, m.kind, m.state, coalesce(m.reason, ''), coalesce(m.error_code, 0), m.created_at, coalesce(t.name, ''), m.campaign_id,
    m.body
from messages m left join templates t on t.tenant_id = $1 and t.id = m.template_id
where m.tenant_id = $1 and m.id = any($2) and m.id between $3 and $4`
)

// told is a message on its way to an entry.
type told struct {
	id           uuid.UUID
	campaign     *uuid.UUID
	campaignName string
	recipient    string // the recipient's state
	reason       string
	row          *messageRow
}

type messageRow struct {
	ID                             uuid.UUID
	Direction, Origin, Kind, State string
	Reason                         string
	ErrorCode                      int
	CreatedAt                      time.Time
	Template                       string
	Campaign                       *uuid.UUID
	Body                           json.RawMessage
}

// reads is what a person reads of the message; a template's words are its own.
func (m messageRow) reads() string {
	if len(m.Body) == 0 || m.Kind == "template" {
		return ""
	}
	said := whatsapp.ReadSaid(m.Body)
	if said.Type == "" {
		said.Type = m.Kind
	}
	return said.Reads()
}

// messages reads both kinds and then their rows by id, which prunes partitions.
func (r *reading) messages(ctx context.Context) error {
	var list []told
	var err error
	if r.wanted[EntryCampaign] {
		if list, err = r.campaignMessages(ctx); err != nil {
			return err
		}
	}
	others, err := r.otherMessages(ctx)
	if err != nil {
		return err
	}
	list = append(list, others...)
	slices.SortFunc(list, func(a, b told) int { return bytes.Compare(b.id[:], a.id[:]) })
	list = slices.CompactFunc(list, func(a, b told) bool { return a.id == b.id })
	if err := r.fill(ctx, list); err != nil {
		return err
	}
	for _, t := range list {
		r.add(r.explained(t))
	}
	return nil
}

func (r *reading) campaignMessages(ctx context.Context) ([]told, error) {
	rows, err := r.tx.Query(ctx, sqlCampaignMessages, r.tenant, r.lives.ids, r.before, r.limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (t told, err error) {
		return t, row.Scan(&t.id, &t.campaign, &t.campaignName, &t.recipient, &t.reason)
	})
}

func (r *reading) otherMessages(ctx context.Context) ([]told, error) {
	rows, err := r.tx.Query(ctx, sqlOtherMessages, r.tenant, r.lives.ids, r.before, r.limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (t told, err error) { return t, row.Scan(&t.id) })
}

// fill reads the messages of those that have been queued; a recipient still pending has none.
func (r *reading) fill(ctx context.Context, list []told) error {
	if len(list) == 0 {
		return nil
	}
	ids, at := make([]uuid.UUID, len(list)), map[uuid.UUID]*told{}
	for i := range list {
		ids[i], at[list[i].id] = list[i].id, &list[i]
	}
	rows, err := r.tx.Query(ctx, sqlMessagesByID, r.tenant, ids, ids[len(ids)-1], ids[0])
	if err != nil {
		return err
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[messageRow])
	for _, row := range found {
		at[row.ID].row = &row
	}
	return err
}

// explained is the entry of a message with why it was not sent or failed.
func (r *reading) explained(t told) Entry {
	e := t.entry()
	reason, code := t.reason, 0
	if t.row != nil {
		reason, code = t.row.Reason, t.row.ErrorCode
	}
	if r.why != nil && (reason != "" || code != 0) {
		e.Why = r.why(reason, code)
	}
	return e
}

func (t told) entry() Entry {
	e := Entry{ID: t.id, Kind: EntryMessage, At: ident.Time(t.id), CampaignID: t.campaign, Direction: "out", State: t.recipient}
	if t.campaign != nil {
		e.Kind, e.Title = EntryCampaign, "Campaign "+t.campaignName
	}
	if t.row == nil {
		return e
	}
	e.MessageID, e.At, e.State, e.Direction, e.Text = &t.row.ID, t.row.CreatedAt, t.row.State, t.row.Direction, t.row.reads()
	if e.CampaignID = t.row.Campaign; e.CampaignID == nil || t.campaign == nil {
		e.Title = t.row.words()
	}
	return e
}

// words say what a message of no campaign is.
func (m messageRow) words() string {
	switch {
	case m.Direction == "in" && m.Kind == "text":
		return "Wrote"
	case m.Direction == "in":
		return fmt.Sprintf("Sent a message (%s)", m.Kind)
	case m.Template != "" && m.Origin == "test":
		return "Test of the template " + m.Template
	case m.Template != "":
		return "Template " + m.Template
	}
	return "Message"
}

package conversation

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Item is one thing in a thread. Items are ordered by id, which is made of their time: a customer's
// message has the customer's.
type Item struct {
	ID      uuid.UUID `json:"id"`
	At      time.Time `json:"at"`
	Type    string    `json:"type" enum:"message,note,event"`
	Message *Said     `json:"message,omitempty"`
	Note    *Note     `json:"note,omitempty"`
	Event   *Event    `json:"event,omitempty"`
}

// Said is a message of the thread.
type Said struct {
	Direction string               `json:"direction" enum:"in,out"`
	Origin    string               `json:"origin" doc:"customer, reply, campaign, sequence, workflow, agent, api, consent, away, rating, test or phone"`
	Kind      string               `json:"kind" doc:"As WhatsApp names it: text, image, template …"`
	State     message.State        `json:"state"`
	Text      string               `json:"text,omitempty" doc:"What a person reads"`
	Content   json.RawMessage      `json:"content,omitempty" doc:"The message whole, as its kind has it"`
	Campaign  *Named               `json:"campaign,omitempty"`
	Template  *Named               `json:"template,omitempty"`
	Params    []string             `json:"params,omitempty" doc:"What stands in the template's places"`
	Error     *message.Explanation `json:"error,omitempty" doc:"Why it was not sent or failed, and what to do"`
	DueAt     *time.Time           `json:"dueAt,omitempty" doc:"Goes then, and can be cancelled until then"`
	WAMID     string               `json:"wamid,omitempty"`
	ResendOf  *uuid.UUID           `json:"resendOf,omitempty"`
	SentBy    *uuid.UUID           `json:"sentBy,omitempty" doc:"The member who wrote it"`
	Source    message.Source       `json:"source,omitempty" enum:"echo,history" doc:"echo: written on the business's phone; history: from before the number was connected"`
	Edited    bool                 `json:"edited,omitempty"`
	Revoked   bool                 `json:"revoked,omitempty" doc:"Deleted for everyone: nothing of it is kept"`
	Media     *message.Media       `json:"media,omitempty" doc:"Its file"`
	Reactions []message.Reaction   `json:"reactions,omitempty"`
	Quote     *message.Quoted      `json:"quote,omitempty" doc:"What it answers"`
	Payment   *Payment             `json:"payment,omitempty" doc:"Where the payment stands that it asks for"`
}

// Named is something with a name.
type Named struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
}

// Note is what a member wrote for other members alone.
type Note struct {
	Body     string      `json:"body"`
	By       contact.By  `json:"by"`
	Mentions []uuid.UUID `json:"mentions"`
	EditedAt *time.Time  `json:"editedAt,omitempty"`
}

// Event is something that happened to the conversation.
type Event struct {
	What What           `json:"what"`
	By   contact.By     `json:"by"`
	Data map[string]any `json:"data,omitempty"`
}

// reading is one page of a thread being read: what is older than before, at most limit of each source.
type reading struct {
	tx     pgx.Tx
	tenant uuid.UUID
	of     Conversation
	lives  []uuid.UUID // the contact, and those that were merged into it
	before uuid.UUID
	limit  int
	found  []Item
}

// Thread returns what was said and done in a conversation, the latest first.
func (s *Service) Thread(ctx context.Context, id uuid.UUID, p web.PageQuery) (page web.Page[Item], err error) {
	before := uuid.Max
	if err := web.DecodeCursor(p.After, &before); err != nil {
		return page, err
	}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		r := &reading{tx: tx, tenant: tenant, before: before, limit: p.Limit + 1}
		if r.of, err = byID(ctx, tx, tenant, id); err != nil {
			return err
		}
		if err := r.read(ctx); err != nil {
			return err
		}
		page = web.PageOf(r.found, p.Limit, func(i Item) any { return i.ID })
		return nil
	}, db.PlanOnce)
	return page, err
}

func (r *reading) read(ctx context.Context) (err error) {
	if r.lives, err = livesOf(ctx, r.tx, r.tenant, r.of.ContactID); err != nil {
		return err
	}
	for _, source := range []func(context.Context) error{r.messages, r.entries} {
		if err := source(ctx); err != nil {
			return err
		}
	}
	slices.SortFunc(r.found, func(a, b Item) int { return bytes.Compare(b.ID[:], a.ID[:]) })
	r.found = r.found[:min(r.limit, len(r.found))]
	return nil
}

func (r *reading) entries(ctx context.Context) error {
	list, err := entriesBefore(ctx, r.tx, r.tenant, r.of.ID, r.before, r.limit)
	for _, e := range list {
		r.found = append(r.found, e.item())
	}
	return err
}

func (e entry) item() Item {
	if e.What == "" {
		return Item{ID: e.ID, At: e.CreatedAt, Type: "note", Note: &Note{Body: e.Body, By: e.By, Mentions: e.Mentions, EditedAt: e.EditedAt}}
	}
	return Item{ID: e.ID, At: e.CreatedAt, Type: "event", Event: &Event{What: e.What, By: e.By, Data: e.Data}}
}

// messages reads the ids of both kinds and then their rows, which prunes partitions. What was said on
// another number of the workspace is another conversation's.
func (r *reading) messages(ctx context.Context) error {
	ids, err := messageIDs(ctx, r.tx, r.tenant, r.lives, r.of.ChannelID, r.before, r.limit)
	if err != nil || len(ids) == 0 {
		return err
	}
	rows, err := messageRows(ctx, r.tx, r.tenant, ids)
	if err != nil {
		return err
	}
	stored := make([]message.Stored, len(rows))
	for i, m := range rows {
		stored[i] = message.Stored{ID: m.ID, Kind: m.Kind, Body: m.Body}
	}
	parts, err := message.PartsOf(ctx, r.tx, r.tenant, stored)
	if err != nil {
		return err
	}
	asked, err := payments(ctx, r.tx, r.tenant, rows)
	for _, m := range rows {
		item, p := m.itemWith(asked), parts[m.ID]
		item.Message.Media, item.Message.Reactions, item.Message.Quote = p.Media, p.Reactions, p.Quote
		r.found = append(r.found, item)
	}
	return err
}

// content is what the workspace wrote freely; nil: it is another's, or a template.
func (m messageRow) content() *whatsapp.Content {
	if m.Direction != "out" || m.TemplateID != nil || len(m.Body) == 0 {
		return nil
	}
	content, err := whatsapp.ParseContent(m.Body)
	if err != nil {
		return nil // as written on a phone: Meta's shape
	}
	return content
}

func (m messageRow) item() Item {
	said := Said{Direction: m.Direction, Origin: m.Origin, Kind: m.Kind, State: message.State(m.State), Text: message.Preview(m.Kind, m.Body), Content: m.Body,
		Params: m.Params, WAMID: m.WAMID, ResendOf: m.ResendOf, SentBy: m.SentBy, Source: message.Source(m.Source), Edited: m.Edited, Revoked: m.Revoked}
	if content := m.content(); content != nil {
		said.Text = content.Words()
	}
	if m.CampaignID != nil {
		said.Campaign = &Named{*m.CampaignID, m.Campaign}
	}
	if m.TemplateID != nil {
		said.Template = &Named{*m.TemplateID, m.Template}
	}
	if m.State == string(message.Queued) && m.DueAt != nil && m.DueAt.After(m.CreatedAt) {
		said.DueAt = m.DueAt
	}
	if m.Reason != "" || m.ErrorCode != 0 {
		e := message.Explain(m.Reason, m.ErrorCode)
		said.Error = &e
	}
	return Item{ID: m.ID, At: m.CreatedAt, Type: "message", Message: &said}
}

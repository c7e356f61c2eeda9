package message

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// AmendmentKind is what becomes of a message after it came.
type AmendmentKind string

// The kinds.
const (
	Edited  AmendmentKind = "edited"
	Revoked AmendmentKind = "revoked" // deleted for everyone
	Reacted AmendmentKind = "reacted" // or the reaction was taken back
	Fetched AmendmentKind = "media"   // its file came, or it is known that it never will
)

// Amendment is one, for the hooks that run in the same transaction.
type Amendment struct {
	MessageID uuid.UUID
	ChannelID uuid.UUID
	ContactID uuid.UUID
	What      AmendmentKind
	Text      string // what the message reads now; of edits and deletions
	Emoji     string // of reactions; empty: taken back
	Ours      bool   // the business did it
	At        time.Time
}

// amends says that an inbound item is about another message.
func amends(kind string) bool { return kind == "reaction" || kind == "edit" || kind == "revoke" }

// errNotTheirs says that somebody wants to change what they did not write.
var errNotTheirs = errors.New("the message was not written by who changes it")

// target is a message that is amended.
type target struct {
	ID, Channel uuid.UUID
	Contact     uuid.UUID // the one it is now part of
	Direction   string
	Body        json.RawMessage
	Ended       bool // deleted for everyone
	EditedAt    *time.Time
}

const (
	// A customer's message by Meta's ids, and one of ours by its own.
	sqlTargetIDs = `
select wamid, message_id from inbound_ids where tenant_id = $1 and wamid = any($2)
union all
select wamid, id from messages where tenant_id = $1 and wamid = any($2) and direction = 'out'`
	// In id order, like every transaction that touches messages.
	sqlLockTargets = `
select m.id, m.channel_id, coalesce(c.merged_into, m.contact_id), m.direction, m.body, m.revoked_at is not null, m.edited_at
from messages m left join contacts c on c.tenant_id = $1 and c.id = m.contact_id
where m.tenant_id = $1 and m.id = any($2) and m.id between $3 and $4
order by m.id for update of m`
)

// findTargets locks the messages that a batch amends, by Meta's ids.
func findTargets(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []arriving) (map[string]*target, error) {
	wamids := make([]string, len(list))
	for i, a := range list {
		wamids[i] = a.Target
	}
	of, err := idsAnywhere(ctx, tx, tenant, wamids)
	if err != nil || len(of) == 0 {
		return nil, err
	}
	ids := make([]uuid.UUID, 0, len(of))
	for _, id := range of {
		ids = append(ids, id)
	}
	low, high := bounds(ids)
	rows, err := tx.Query(ctx, sqlLockTargets, tenant, ids, low, high)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[target])
	byID := make(map[uuid.UUID]*target, len(found))
	for _, t := range found {
		byID[t.ID] = &t
	}
	targets := make(map[string]*target, len(of))
	for wamid, id := range of {
		if byID[id] != nil {
			targets[wamid] = byID[id]
		}
	}
	return targets, err
}

// idsAnywhere finds messages, in or out, by Meta's ids.
func idsAnywhere(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, wamids []string) (map[string]uuid.UUID, error) {
	rows, err := tx.Query(ctx, sqlTargetIDs, tenant, wamids)
	if err != nil {
		return nil, err
	}
	of := make(map[string]uuid.UUID)
	var wamid string
	var id uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&wamid, &id}, func() error { of[wamid] = id; return nil })
	return of, err
}

// amend applies reactions, edits and deletions to messages that are known, each once, and returns those
// whose message is not known yet.
func (s *Service) amend(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []arriving) (early []arriving, err error) {
	if len(list) == 0 {
		return nil, nil
	}
	targets, err := findTargets(ctx, tx, tenant, list)
	if err != nil {
		return nil, fmt.Errorf("find amended messages: %w", err)
	}
	var known []arriving
	for _, a := range list {
		if targets[a.Target] == nil {
			early = append(early, a)
		} else {
			known = append(known, a)
		}
	}
	fresh, err := takeInboundIDs(ctx, tx, tenant, known)
	if err != nil || len(fresh) == 0 {
		return early, err
	}
	told := make([]Amendment, 0, len(fresh))
	for _, a := range fresh {
		done, err := s.amendOne(ctx, tx, tenant, targets[a.Target], a)
		if err != nil {
			return nil, fmt.Errorf("%s of a message: %w", a.Type, err)
		}
		told = append(told, done...)
	}
	return early, s.tellAmended(ctx, tx, tenant, told)
}

func (s *Service) tellAmended(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Amendment) error {
	if s.Hooks.Amended == nil || len(list) == 0 {
		return nil
	}
	if err := s.Hooks.Amended(ctx, tx, tenant, list); err != nil {
		return fmt.Errorf("tell of amended messages: %w", err)
	}
	return nil
}

// amendOne applies one; nothing is told of what changes nothing.
func (s *Service) amendOne(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, t *target, a arriving) ([]Amendment, error) {
	if t.Contact != a.contact.ID || a.Type != "reaction" && (t.Direction == "out") != a.Ours {
		return nil, errNotTheirs
	}
	if t.Ended {
		return nil, nil
	}
	done := Amendment{MessageID: t.ID, ChannelID: t.Channel, ContactID: t.Contact, Ours: a.Ours, At: a.at}
	changed, err := false, error(nil)
	switch a.Type {
	case "reaction":
		done.What, done.Emoji = Reacted, a.Text
		changed, err = react(ctx, tx, tenant, t.ID, byOf(a.Ours), a.Text, a.at, a.id)
	case "revoke":
		done.What, done.Text, t.Ended = Revoked, whatsapp.ReadSaid(a.Raw).Reads(), true
		changed, err = true, s.revoke(ctx, tx, tenant, t.ID, a.at)
	case "edit":
		done.What = Edited
		if changed, done.Text, err = t.edit(ctx, tx, tenant, a); changed && err == nil && !a.Ours && a.source == Live {
			err = s.hearEdit(ctx, tx, tenant, t.ID, a, done.Text)
		}
	}
	if err != nil || !changed {
		return nil, err
	}
	return []Amendment{done}, nil
}

func byOf(ours bool) string {
	if ours {
		return "business"
	}
	return "contact"
}

// The later reaction wins, in whatever order they come.
const sqlReact = `
insert into message_reactions (tenant_id, message_id, by, emoji, at, place) values ($1, $2, $3, $4, $5, $6)
on conflict (tenant_id, message_id, by) do update set emoji = excluded.emoji, at = excluded.at, place = excluded.place
where message_reactions.place < excluded.place`

// react puts an emoji of one side to a message, or takes it back with an empty one. place orders
// reactions: a UUIDv7 of when it was made.
func react(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, by, emoji string, at time.Time, place uuid.UUID) (bool, error) {
	tag, err := tx.Exec(ctx, sqlReact, tenant, id, by, emoji, at, place)
	return tag.RowsAffected() > 0, err
}

const (
	sqlKeepFormer = `
insert into message_edits (tenant_id, message_id, id, body) values ($1, $2, $3, $4) on conflict (tenant_id, message_id, id) do nothing`
	sqlEdit = `update messages set kind = $3, body = $4, edited_at = $5 where tenant_id = $1 and id = $2`
)

// edit replaces what a message says and keeps what it said; what it quotes and where it came from stay.
// An edit that is older than the one applied changes nothing.
func (t *target) edit(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a arriving) (bool, string, error) {
	if t.EditedAt != nil && t.EditedAt.After(a.at) {
		return false, "", nil
	}
	kind, body, err := edited(t.Body, storable(a.Raw))
	if err != nil {
		return false, "", err
	}
	if t.Body != nil {
		if _, err := tx.Exec(ctx, sqlKeepFormer, tenant, t.ID, a.id, t.Body); err != nil {
			return false, "", err
		}
	}
	t.Body, t.EditedAt = body, &a.at
	_, err = tx.Exec(ctx, sqlEdit, tenant, t.ID, kind, body, a.at)
	return true, whatsapp.ReadSaid(body).Reads(), err
}

// edited is a message's body with what an edit says put over it.
func edited(before, edit json.RawMessage) (kind string, body json.RawMessage, err error) {
	var item struct {
		Edit struct {
			Message map[string]json.RawMessage `json:"message"`
		} `json:"edit"`
	}
	whole := map[string]json.RawMessage{}
	if err := json.Unmarshal(edit, &item); err != nil {
		return "", nil, fmt.Errorf("read edit: %w", err)
	}
	if len(before) > 0 {
		_ = json.Unmarshal(before, &whole) // a body that is no object is replaced
	}
	now := item.Edit.Message
	if err := json.Unmarshal(now["type"], &kind); err != nil || now[kind] == nil {
		return "", nil, errors.New("an edit without what the message says now")
	}
	whole["type"], whole[kind] = now["type"], now[kind]
	body, err = json.Marshal(whole)
	return kind, body, err
}

// hearEdit lets consent act on what an edited message says now: STOP may be an afterthought.
func (s *Service) hearEdit(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, a arriving, text string) error {
	said := consent.Heard{ContactID: a.contact.ID, MessageID: id, WAMID: a.ID, Type: "text", Text: text, At: a.at}
	return s.hearAll(ctx, tx, tenant, []heard{{said, a.channel}})
}

const (
	sqlRevoke         = `update messages set body = null, revoked_at = $3 where tenant_id = $1 and id = $2`
	sqlDropEdits      = `delete from message_edits where tenant_id = $1 and message_id = any($2)`
	sqlDropReactions  = `delete from message_reactions where tenant_id = $1 and message_id = any($2)`
	sqlMoveContactFor = `select id from contacts where tenant_id = $1 and bsuid = $2 and deleted_at is null`
)

// revoke erases what a message said; that it was there is shown.
func (s *Service) revoke(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, at time.Time) error {
	if _, err := tx.Exec(ctx, sqlRevoke, tenant, id, at); err != nil {
		return err
	}
	return s.dropParts(ctx, tx, tenant, []uuid.UUID{id})
}

// dropParts erases what stands beside messages: former texts, reactions, files.
func (s *Service) dropParts(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) error {
	for _, sql := range []string{sqlDropEdits, sqlDropReactions} {
		if _, err := tx.Exec(ctx, sql, tenant, ids); err != nil {
			return err
		}
	}
	return s.eraseMedia(ctx, tx, tenant, ids)
}

// applyUserID gives a person whom Meta gave a new id that id.
func (s *Service) applyUserID(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e whatsapp.UserIDEvent) error {
	rows, err := tx.Query(ctx, sqlMoveContactFor, tenant, e.Previous)
	if err != nil {
		return err
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil || len(found) == 0 {
		return err
	}
	return contact.Follow(ctx, tx, tenant, found[0], contact.Identity{BSUID: e.Current, At: e.At})
}

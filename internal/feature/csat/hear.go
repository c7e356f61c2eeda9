package csat

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// asked is a case that a person was asked about and may answer, or comment on.
type asked struct {
	Case, Conversation, Contact, Channel uuid.UUID
	Team, Assignee                       *uuid.UUID
	AskedAt                              time.Time
	Scale                                int
	Score                                *int
	CommentUntil                         *time.Time
	Over                                 bool // the conversation is resolved
	Locale                               string
}

// What was asked of some people: the cases they name, and the last one of each of those who may answer
// in words.
const sqlAskedOf = `
select a.case_id, a.conversation_id, a.contact_id, a.channel_id, a.team_id, a.assignee_id, a.asked_at, a.scale, a.score, a.comment_until,
    c.case_id is null, coalesce(p.locale, '')
from csat_asks a
join conversations c on c.tenant_id = $1 and c.id = a.conversation_id
left join contacts p on p.tenant_id = $1 and p.id = a.contact_id
where a.tenant_id = $1 and a.contact_id = any($2) and a.asked_at > $3
order by a.asked_at desc, a.case_id for update of a`

// Hear says which messages of customers are ratings or comments, and records them. Such a message opens
// nothing. It is conversation.Hooks.Silent.
func (s *Service) Hear(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []message.Receipt) (map[uuid.UUID]bool, error) {
	silent := map[uuid.UUID]bool{}
	var contacts []uuid.UUID
	for _, r := range list {
		if r.Source == message.Live && mayAnswer(r) {
			contacts = append(contacts, r.ContactID)
		}
	}
	if len(contacts) == 0 {
		return silent, nil
	}
	known, err := askedOf(ctx, tx, tenant, contacts, s.Clock.Now())
	if err != nil || len(known) == 0 {
		return silent, err
	}
	set, err := readSettings(ctx, tx, tenant)
	if err != nil {
		return nil, err
	}
	h := &hearing{s: s, tx: tx, tenant: tenant, set: set, now: s.Clock.Now()}
	for _, r := range list {
		if r.Source != message.Live {
			continue
		}
		heard, err := h.hear(ctx, r, known)
		if err != nil {
			return nil, fmt.Errorf("hear a rating: %w", err)
		}
		silent[r.ID] = heard
	}
	return silent, h.tell(ctx)
}

// mayAnswer says whether a message could be an answer at all: most are looked at no further.
func mayAnswer(r message.Receipt) bool {
	return strings.HasPrefix(r.Payload, prefix) || r.Kind == "text" && r.Payload == ""
}

// longestLate is the longest that settings let an answer count.
const longestLate = 90 * 24 * time.Hour

func askedOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID, now time.Time) ([]*asked, error) {
	rows, err := tx.Query(ctx, sqlAskedOf, tenant, contacts, now.Add(-longestLate))
	if err != nil {
		return nil, fmt.Errorf("read what was asked: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToAddrOfStructByPos[asked])
}

// hearing is what one batch of messages says.
type hearing struct {
	s       *Service
	tx      pgx.Tx
	tenant  uuid.UUID
	set     Settings
	now     time.Time
	ratings []Rating
	records []conversation.Record
	say     []Question
}

// hear reads one message; true: it was a rating, perhaps given before, or a comment.
func (h *hearing) hear(ctx context.Context, r message.Receipt, known []*asked) (bool, error) {
	id, score, tapped := readPayload(r.Payload)
	if !tapped && r.Payload != "" {
		return false, nil
	}
	for _, a := range known {
		if a.Contact != r.ContactID || a.Channel != r.ChannelID || r.At.After(a.AskedAt.AddDate(0, 0, h.set.LateDays)) {
			continue
		}
		switch {
		case tapped:
			if a.Case == id {
				return true, h.rate(ctx, a, score, r)
			}
		case !a.Over:
			return false, nil // what is written in a running case is part of it
		case a.Score == nil:
			score := h.typed(a, r.Text)
			return score > 0, h.rate(ctx, a, score, r)
		default:
			return a.takes(r), h.comment(ctx, a, r)
		}
	}
	return false, nil
}

// typed is the score that somebody typed instead of tapping; 0: none. Faces have no numbers.
func (h *hearing) typed(a *asked, text string) int {
	if d := digitOf(text); d <= choicesOf5 && a.Scale == choicesOf5 {
		return d
	}
	return 0
}

const sqlRate = `
update csat_asks set state = 'answered', score = $3, answered_at = $4, comment_until = $5 where tenant_id = $1 and case_id = $2`

// rate records a score, once.
func (h *hearing) rate(ctx context.Context, a *asked, score int, r message.Receipt) error {
	if a.Score != nil || score == 0 {
		return nil
	}
	a.Score = &score
	text := h.set.text(a.Locale)
	say := text.Thanks
	if h.set.Comment && a.Over {
		until := h.now.Add(commentTime)
		a.CommentUntil, say = &until, text.Comment
	}
	if _, err := h.tx.Exec(ctx, sqlRate, h.tenant, a.Case, score, r.At, a.CommentUntil); err != nil {
		return err
	}
	h.answer(a, say)
	h.ratings = append(h.ratings, Rating{Case: a.Case, Conversation: a.Conversation, Channel: a.Channel, Team: a.Team, Assignee: a.Assignee, Score: score, At: r.At})
	h.records = append(h.records, conversation.Record{Conversation: a.Conversation, What: conversation.Rated, Data: map[string]any{"score": score, "case": a.Case}})
	return nil
}

// takes says whether a message is the comment that is awaited.
func (a *asked) takes(r message.Receipt) bool {
	return a.CommentUntil != nil && r.At.Before(*a.CommentUntil) && strings.TrimSpace(r.Text) != ""
}

const sqlComment = `
update csat_asks set comment = $3, comment_at = $4, comment_until = null where tenant_id = $1 and case_id = $2`

func (h *hearing) comment(ctx context.Context, a *asked, r message.Receipt) error {
	if !a.takes(r) {
		return nil
	}
	a.CommentUntil = nil
	if _, err := h.tx.Exec(ctx, sqlComment, h.tenant, a.Case, clip(r.Text, maxComment), r.At); err != nil {
		return err
	}
	h.answer(a, h.set.text(a.Locale).Thanks)
	return nil
}

// answer says something back, as plain text.
func (h *hearing) answer(a *asked, text string) {
	if text != "" {
		h.say = append(h.say, Question{ID: ident.New(), Channel: a.Channel, Contact: a.Contact, Text: text})
	}
}

// tell passes on what was heard.
func (h *hearing) tell(ctx context.Context) error {
	if len(h.records) > 0 {
		if err := h.s.Conversations.RecordIn(ctx, h.tx, h.tenant, h.records); err != nil {
			return fmt.Errorf("tell of ratings: %w", err)
		}
	}
	if len(h.ratings) > 0 && h.s.Hooks.Rated != nil {
		if err := h.s.Hooks.Rated(ctx, h.tx, h.tenant, h.ratings); err != nil {
			return err
		}
	}
	if len(h.say) == 0 {
		return nil
	}
	return h.s.Hooks.Ask(ctx, h.tx, h.tenant, h.say)
}

// clip is at most n characters of a text.
func clip(text string, n int) string {
	runes := []rune(strings.TrimSpace(text))
	if len(runes) > n {
		runes = runes[:n]
	}
	return string(runes)
}

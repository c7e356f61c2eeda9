package consent

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent/intent"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Heard is what a person wrote or tapped.
type Heard struct {
	ContactID uuid.UUID
	MessageID uuid.UUID
	WAMID     string
	Type      string // as Meta names it: text, button, interactive …
	Text      string
	Payload   string // of a tapped button
	At        time.Time
}

// Hear acts on messages that stop or start something, in the transaction that stores them, and says for
// each what to answer; "" is nothing. A request in free text that is sure is acted on and can be undone;
// one that is not waits for a person to decide; all else is left alone.
func (s *Service) Hear(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Heard) (replies []string, err error) {
	replies = make([]string, len(list))
	if !slices.ContainsFunc(list, Heard.speaks) {
		return replies, nil
	}
	settings, err := readSettings(ctx, tx, tenant)
	if err != nil {
		return nil, err
	}
	said := s.said.of(settings.Words)
	for i, h := range list {
		if !h.speaks() {
			continue
		}
		if replies[i], err = s.hear(ctx, tx, tenant, settings, said, h); err != nil {
			return nil, err
		}
	}
	return replies, nil
}

// speaks says whether there is anything to understand.
func (h Heard) speaks() bool { return strings.TrimSpace(h.Text) != "" || h.Payload != "" }

func (s *Service) hear(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, settings Settings, said vocabulary, h Heard) (reply string, err error) {
	via, meaning := h.meaning(said)
	switch meaning {
	case Stop:
		return s.hearStop(ctx, tx, tenant, settings, h.change(via))
	case Start:
		return s.hearStart(ctx, tx, tenant, settings, h.change(via))
	}
	if reply, answered, err := s.hearAnswer(ctx, tx, tenant, settings, said, h, via); answered || err != nil {
		return reply, err
	}
	if !settings.Listening || h.Type != "text" {
		return "", nil
	}
	return s.listen(ctx, tx, tenant, settings, h)
}

func (h Heard) meaning(said vocabulary) (Via, Meaning) {
	if h.Type == "button" || h.Type == "interactive" {
		if m := payloadMeaning(h.Payload); m != Nothing {
			return ViaButton, m
		}
		return ViaButton, said.of(h.Text)
	}
	return ViaWord, said.of(h.Text)
}

// change is what the person said, before it is known what it ends or begins.
func (h Heard) change(via Via) heardChange {
	return heardChange{contact: h.ContactID, Change: Change{Purpose: Marketing, Via: via, Source: "WhatsApp", By: ByContact,
		Evidence: h.Text, MessageID: h.MessageID, At: h.At, Key: h.WAMID}}
}

type heardChange struct {
	Change
	contact uuid.UUID
}

func (c heardChange) to(p Purpose, state State) Change {
	c.Purpose, c.State = p, state
	return c.Change
}

// hearStop ends marketing, or everything where the workspace takes STOP so. Whoever left for good
// gets no answer: nothing goes to them any more.
func (s *Service) hearStop(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, settings Settings, c heardChange) (string, error) {
	was, err := standingOf(ctx, tx, tenant, c.contact)
	if err != nil {
		return "", err
	}
	if settings.StopMeans == All {
		return "", s.Hooks.Change(ctx, tx, tenant, []uuid.UUID{c.contact}, c.to(Marketing, Out), c.to(All, Out))
	}
	if err := s.Hooks.Change(ctx, tx, tenant, []uuid.UUID{c.contact}, c.to(Marketing, Out)); err != nil || was.marketing == Out || was.suppressed {
		return "", err
	}
	return settings.StopReply, nil
}

// hearStart brings a person back who left by themselves. Who was suppressed by the workspace stays so.
func (s *Service) hearStart(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, settings Settings, c heardChange) (string, error) {
	was, err := standingOf(ctx, tx, tenant, c.contact)
	if err != nil {
		return "", err
	}
	if was.marketing == Pending {
		if err := c.answer(ctx, tx, tenant); err != nil {
			return "", err
		}
	}
	changes := []Change{c.to(Marketing, In)}
	if was.left {
		changes = append(changes, c.to(All, In))
	}
	if err := s.Hooks.Change(ctx, tx, tenant, []uuid.UUID{c.contact}, changes...); err != nil {
		return "", err
	}
	if was.marketing == In && !was.left || was.suppressed && !was.left {
		return "", nil
	}
	return settings.StartReply, nil
}

// listen reads free text for a request to be left alone.
func (s *Service) listen(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, settings Settings, h Heard) (string, error) {
	score := intent.Score(h.Text)
	if score < intent.Doubtful {
		return "", nil
	}
	was, err := standingOf(ctx, tx, tenant, h.ContactID)
	if err != nil || was.marketing == Out || was.suppressed {
		return "", err
	}
	r := Request{ID: ident.New(), ContactID: h.ContactID, MessageID: h.MessageID, Words: clip(h.Text, maxEvidence), Score: score,
		State: RequestOpen, Before: was.marketing, CreatedAt: s.Clock.Now()}
	if score < intent.Sure {
		return "", insertRequest(ctx, tx, tenant, r)
	}
	r.State = RequestActed
	if err := insertRequest(ctx, tx, tenant, r); err != nil {
		return "", err
	}
	c := h.change(ViaUnderstood)
	c.Proof = map[string]string{"score": strconv.FormatFloat(score, 'f', 3, 64)}
	return settings.StopReply, s.Hooks.Change(ctx, tx, tenant, []uuid.UUID{h.ContactID}, c.to(Marketing, Out))
}

// was is how a person stood before what is now heard.
type was struct {
	marketing  State
	suppressed bool
	left       bool // suppressed because they asked for it
}

const sqlStandingOf = `
select opt_in, suppressed_at is not null, suppressed_at is not null and suppressed_by = 'contact'
from contacts where tenant_id = $1 and id = $2`

func standingOf(ctx context.Context, tx pgx.Tx, tenant, contact uuid.UUID) (was, error) {
	var w was
	if err := tx.QueryRow(ctx, sqlStandingOf, tenant, contact).Scan(&w.marketing, &w.suppressed, &w.left); err != nil {
		return w, fmt.Errorf("read how the contact stands: %w", err)
	}
	return w, nil
}

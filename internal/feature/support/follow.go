package support

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/csat"
	"github.com/aerostic/aerostic/internal/feature/hours"
	"github.com/aerostic/aerostic/internal/feature/sla"
)

// Follow counts what happens in conversations. It is part of conversation.Hooks.Changed.
func (s *Service) Follow(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []conversation.Change) error {
	t := tally{seen: map[uuid.UUID]bool{}, answered: map[uuid.UUID]bool{}, now: s.Clock.Now()}
	for _, ch := range changes {
		t.change(ch)
	}
	switch {
	case len(t.counts) == 0 && len(t.spans) == 0:
		return nil
	case len(t.spans) == 0:
		return s.noteIn(ctx, tx, tenant, t.counts)
	}
	book, err := s.Calendars.Read(ctx, tx, tenant)
	if err != nil {
		return err
	}
	return s.note(ctx, tx, tenant, append(t.counts, t.times(book)...), book.Zone)
}

// tally is what a batch of changes comes to.
type tally struct {
	now            time.Time
	counts         []Count
	spans          []span
	seen, answered map[uuid.UUID]bool
}

// span is a stretch of a case whose length counts.
type span struct {
	wall, business What
	from, to       time.Time
	of             Count
}

func of(c conversation.Conversation, what What, at time.Time) Count {
	return Count{What: what, At: at, Channel: c.ChannelID, Team: c.TeamID, User: c.AssigneeID, N: 1}
}

func (t *tally) change(ch conversation.Change) {
	if !t.seen[ch.Now.ID] {
		t.seen[ch.Now.ID] = true
		t.backlog(ch)
	}
	switch ch.What {
	case conversation.Received:
		if ch.Asks {
			t.counts = append(t.counts, of(ch.Now, In, t.now))
		}
	case conversation.Replied:
		t.replied(ch)
	case conversation.Opened:
		t.counts = append(t.counts, of(ch.Now, Opened, t.now))
	case conversation.IsResolved:
		t.resolved(ch)
	}
}

// replied counts a message of the workspace for who wrote it, and the first response of the case.
func (t *tally) replied(ch conversation.Change) {
	out := of(ch.Now, Out, t.now)
	out.User = ch.By.ID
	t.counts = append(t.counts, out)
	k := ch.Case
	if k == nil || k.FirstReplyAt == nil || k.FirstInboundAt == nil || !k.FirstReplyAt.Equal(ch.At) || t.answered[k.ID] || k.FirstReplyAt.Before(*k.FirstInboundAt) {
		return
	}
	t.answered[k.ID] = true
	c := of(ch.Now, FirstWall, t.now)
	c.User = k.FirstReplyBy
	t.spans = append(t.spans, span{FirstWall, FirstBusiness, *k.FirstInboundAt, *k.FirstReplyAt, c})
}

// resolved counts a case that ended, and how long it took since the customer wrote.
func (t *tally) resolved(ch conversation.Change) {
	c := of(ch.Now, ResolvedCases, t.now)
	t.counts = append(t.counts, c)
	if k := ch.Case; k != nil && k.FirstInboundAt != nil && k.ResolvedAt != nil {
		t.spans = append(t.spans, span{ResolutionWall, ResolutionBusiness, *k.FirstInboundAt, *k.ResolvedAt, c})
	}
}

// backlog moves a running case from where it was counted to where it is.
func (t *tally) backlog(ch conversation.Change) {
	was, now := of(ch.Was, Backlog, t.now), of(ch.Now, Backlog, t.now)
	ran, runs := ch.Was.CaseID != nil, ch.Now.CaseID != nil
	if ran && runs && id(was.Team) == id(now.Team) && id(was.User) == id(now.User) {
		return
	}
	if ran {
		was.N = -1
		t.counts = append(t.counts, was)
	}
	if runs {
		t.counts = append(t.counts, now)
	}
}

// times are the lengths of the stretches, on the wall and in business time.
func (t *tally) times(book *hours.Book) (list []Count) {
	for _, sp := range t.spans {
		wall, business := sp.of, sp.of
		wall.What, wall.Value = sp.wall, Round(sp.to.Sub(sp.from))
		business.What, business.Value = sp.business, Round(book.For(sp.of.Channel, id(sp.of.Team)).Between(sp.from, sp.to))
		list = append(list, wall, business)
	}
	return list
}

// Rated counts ratings, for who looked after the case. It is csat.Hooks.Rated.
func (s *Service) Rated(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ratings []csat.Rating) error {
	list := make([]Count, len(ratings))
	for i, r := range ratings {
		list[i] = Count{What: Rated, At: s.Clock.Now(), Value: r.Score, Channel: r.Channel, Team: r.Team, User: r.Assignee, N: 1}
	}
	return s.noteIn(ctx, tx, tenant, list)
}

// Ended counts promises that were kept or missed. It is part of sla.Hooks.Ended.
func (s *Service) Ended(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, clocks []sla.Ended) error {
	var list []Count
	for _, k := range clocks {
		c := Count{What: SLAKept, At: s.Clock.Now(), Channel: k.ChannelID, Team: k.TeamID, User: k.AssigneeID, N: 1}
		switch k.Outcome {
		case sla.Missed:
			c.What = SLAMissed
		case sla.Kept:
		default:
			continue
		}
		list = append(list, c)
	}
	return s.noteIn(ctx, tx, tenant, list)
}

func (s *Service) noteIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Count) error {
	if len(list) == 0 {
		return nil
	}
	zone, err := s.Calendars.Zone(ctx, tx, tenant)
	if err != nil {
		return err
	}
	return s.note(ctx, tx, tenant, list, zone)
}

func id(u *uuid.UUID) (v uuid.UUID) {
	if u != nil {
		v = *u
	}
	return v
}

package desk

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/hours"
)

// plan is what rules are tried with, read once for many conversations.
type plan struct {
	rules   []Rule
	book    *hours.Book
	members []*Member
	teams   map[uuid.UUID][]uuid.UUID
	now     time.Time
}

// Follow gives what customers open to people, by the rules, in the transaction that opens it, and watches
// over what was given. It is part of conversation.Hooks.Changed.
func (s *Service) Follow(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []conversation.Change) error {
	var fresh []conversation.Conversation
	freed := false
	for _, ch := range changes {
		switch ch.What {
		case conversation.Opened:
			if ch.Case != nil && ch.Case.OpenedBy == "customer" && ch.Now.AssigneeID == nil && ch.Now.Handler == conversation.People {
				fresh = append(fresh, ch.Now)
			}
		case conversation.IsResolved, conversation.IsPending, conversation.IsSnoozed, conversation.Assigned:
			freed = freed || ch.Was.AssigneeID != nil
		}
	}
	if err := s.watch(ctx, tx, tenant, changes); err != nil {
		return fmt.Errorf("watch over conversations: %w", err)
	}
	if len(fresh) > 0 {
		if err := s.routeIn(ctx, tx, tenant, fresh); err != nil {
			return fmt.Errorf("assign by the rules: %w", err)
		}
	}
	if freed {
		return s.drainSoon(ctx, tx, tenant)
	}
	return nil
}

// routeIn gives conversations nobody has to people, or queues them. The conversations are locked.
func (s *Service) routeIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []conversation.Conversation) error {
	p, err := s.planFor(ctx, tx, tenant)
	if err != nil || len(p.rules) == 0 {
		return err
	}
	hints, err := hintsOf(ctx, tx, tenant, list)
	if err != nil {
		return err
	}
	given := map[assignment][]uuid.UUID{}
	for _, c := range list {
		r, fits := p.match(c)
		if !fits {
			continue
		}
		m := choose(r.Ways, p.among(r), hints[c.ID], p.now)
		if m == nil && r.Queue {
			if err := s.enqueue(ctx, tx, tenant, c, r); err != nil {
				return err
			}
		}
		a := assignment{rule: r.Name, team: team(r, c)}
		if m != nil {
			a.user = m.UserID
		}
		given[a] = append(given[a], c.ID)
	}
	return s.give(ctx, tx, tenant, given, p.now)
}

// assignment is whom conversations go to, and why.
type assignment struct {
	rule       string
	user, team uuid.UUID
}

func team(r Rule, c conversation.Conversation) uuid.UUID {
	switch {
	case r.TeamID != nil:
		return *r.TeamID
	case c.TeamID != nil:
		return *c.TeamID
	}
	return uuid.Nil
}

// give assigns conversations, those of one person together.
func (s *Service) give(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, given map[assignment][]uuid.UUID, now time.Time) error {
	var users []uuid.UUID
	for a, ids := range given {
		to := conversation.Assignment{Why: a.rule}
		if a.user != uuid.Nil {
			user := &a.user
			to.Assignee, users = &user, append(users, a.user)
		}
		if a.team != uuid.Nil {
			team := &a.team
			to.Team = &team
		}
		if to.Assignee == nil && to.Team == nil {
			continue
		}
		if err := s.Conversations.AssignIn(ctx, tx, tenant, ids, to); err != nil {
			return err
		}
	}
	if len(users) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, sqlGiven, tenant, users, now)
	return err
}

func (s *Service) planFor(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (p plan, err error) {
	p.now = s.Clock.Now()
	if p.rules, err = rules(ctx, tx, tenant); err != nil || len(p.rules) == 0 {
		return p, err
	}
	if p.book, err = s.Hours.Read(ctx, tx, tenant); err != nil {
		return p, err
	}
	list, err := teams(ctx, tx, tenant)
	if err != nil {
		return p, err
	}
	p.teams = map[uuid.UUID][]uuid.UUID{}
	for _, t := range list {
		p.teams[t.ID] = t.Members
	}
	if p.members, err = membersNow(ctx, tx, tenant, p.now); err != nil {
		return p, err
	}
	if err := hold(ctx, tx, tenant, p.members); err != nil {
		return p, err
	}
	// What others gave while the lock was waited for counts too.
	p.members, err = membersNow(ctx, tx, tenant, p.now)
	return p, err
}

// match is the first rule that fits a conversation.
func (p plan) match(c conversation.Conversation) (Rule, bool) {
	for _, r := range p.rules {
		if r.fits(c.ChannelID, p.open(r, c)) {
			return r, true
		}
	}
	return Rule{}, false
}

func (p plan) open(r Rule, c conversation.Conversation) bool {
	h := p.book.For(c.ChannelID, team(r, c))
	return h == nil || h.Open(p.now)
}

// among are those a rule chooses from.
func (p plan) among(r Rule) []*Member {
	if r.TeamID == nil {
		return p.members
	}
	return slices.DeleteFunc(slices.Clone(p.members), func(m *Member) bool { return !slices.Contains(p.teams[*r.TeamID], m.UserID) })
}

const sqlHints = `
select c.id, coalesce(p.owner_id, '00000000-0000-0000-0000-000000000000'), coalesce((select k.assignee_id from conversation_cases k
    where k.tenant_id = $1 and k.conversation_id = c.id and k.resolved_at is not null and k.assignee_id is not null order by k.id desc limit 1), '00000000-0000-0000-0000-000000000000')
from conversations c join contacts p on p.tenant_id = $1 and p.id = c.contact_id
where c.tenant_id = $1 and c.id = any($2)`

// hintsOf are who looks after the contacts, and who had the conversations before.
func hintsOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []conversation.Conversation) (map[uuid.UUID]wanted, error) {
	ids := make([]uuid.UUID, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	rows, err := tx.Query(ctx, sqlHints, tenant, ids)
	if err != nil {
		return nil, err
	}
	found := map[uuid.UUID]wanted{}
	var id uuid.UUID
	var w wanted
	_, err = pgx.ForEachRow(rows, []any{&id, &w.owner, &w.last}, func() error {
		found[id] = w
		return nil
	})
	return found, err
}

// told fills the place in the queue into a text.
func told(text string, position int) string {
	return strings.ReplaceAll(text, "{{position}}", strconv.Itoa(position))
}

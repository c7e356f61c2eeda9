package app

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/notification"
	"github.com/aerostic/aerostic/internal/feature/sla"
)

// TestPeopleAreToldOfTheirConversations plays what an inbox does and looks at who was told of it.
func TestPeopleAreToldOfTheirConversations(t *testing.T) {
	t.Parallel()
	w := startWorld(t)
	owner, agent := w.signIn("owner"), w.signIn("agent")
	me := func(token string) (tenant, user uuid.UUID) {
		var body struct{ User, Tenant struct{ ID uuid.UUID } }
		w.want(http.MethodGet, "/api/me", token, nil, &body)
		return body.Tenant.ID, body.User.ID
	}
	tenant, ann := me(owner)
	_, bob := me(agent)
	talk := w.conversation(tenant)
	w.want(http.MethodPost, "/api/conversations/assign", owner, map[string]any{"ids": []uuid.UUID{talk}, "assigneeId": bob.String()}, nil)
	w.want(http.MethodPost, "/api/conversations/"+talk.String()+"/notes", owner,
		map[string]any{"id": uuid.Must(uuid.NewV7()), "body": "@Bob please", "mentions": []uuid.UUID{bob, ann}}, nil)
	if got := w.told(agent); !slices.Equal(got, []string{"mention", "assigned"}) {
		t.Errorf("the assignee was told %v", got)
	}
	if got := w.told(owner); len(got) != 0 {
		t.Errorf("who did it was told %v", got)
	}
	w.changed(tenant, conversation.Change{What: conversation.Received, MessageID: uuid.Must(uuid.NewV7()), At: time.Now(),
		Was: conversation.Conversation{ID: talk, AssigneeID: &bob}, Now: conversation.Conversation{ID: talk, AssigneeID: &bob, Unread: 1}})
	if got := w.told(agent); !slices.Equal(got, []string{"message", "mention", "assigned"}) {
		t.Errorf("after a message the assignee was told %v", got)
	}
	w.want(http.MethodPost, "/api/conversations/"+talk.String()+"/read", agent, nil, nil)
	var unread struct{ Unread int }
	w.want(http.MethodGet, "/api/notifications/unread", agent, nil, &unread)
	if unread.Unread != 0 {
		t.Errorf("%d unread after reading the conversation", unread.Unread)
	}
	w.want(http.MethodPost, "/api/conversations/status", agent, map[string]any{"ids": []uuid.UUID{talk}, "status": "open"}, nil)
	w.want(http.MethodPost, "/api/conversations/assign", agent, map[string]any{"ids": []uuid.UUID{talk}, "assigneeId": "none"}, nil)
	w.changed(tenant, conversation.Change{What: conversation.Opened, EntryID: uuid.Must(uuid.NewV7()), At: time.Now(),
		Now: conversation.Conversation{ID: talk, Unread: 1, Handler: conversation.People}})
	if got := w.told(owner); !slices.Equal(got, []string{"unassigned"}) {
		t.Errorf("of a conversation that nobody has the owner was told %v", got)
	}
	warning := sla.Alarm{ID: uuid.Must(uuid.NewV7()), Conversation: talk, Warning: true}
	w.alarmed(tenant, warning)
	w.alarmed(tenant, warning) // nobody is told twice
	if got, others := w.told(owner), w.told(agent); !slices.Equal(got, []string{"sla_warning", "unassigned"}) || others[0] != "sla_warning" {
		t.Errorf("of what nobody has and is due soon the owner was told %v, the agent %v", got, others)
	}
	w.alarmed(tenant, sla.Alarm{ID: uuid.Must(uuid.NewV7()), Conversation: talk, Warning: true, Assignee: &bob}, sla.Alarm{ID: uuid.Must(uuid.NewV7()), Conversation: talk, Assignee: &bob})
	if got, others := w.told(owner), w.told(agent); len(got) != 2 || !slices.Contains(others, "sla_breached") {
		t.Errorf("of what the agent has the owner was told %v, the agent %v", got, others)
	}
}

// alarmed plays promises that soon will be, or were, broken.
func (w *world) alarmed(tenant uuid.UUID, alarms ...sla.Alarm) {
	w.t.Helper()
	must(w.t, w.core.DB.InTenant(w.t.Context(), tenant, func(ctx context.Context, tx pgx.Tx) error {
		return w.core.breached(ctx, tx, tenant, alarms)
	}))
}

// conversation is one of the tenant's first contact on its number.
func (w *world) conversation(tenant uuid.UUID) (id uuid.UUID) {
	w.t.Helper()
	var contact, channel uuid.UUID
	must(w.t, w.core.DB.InTenant(w.t.Context(), tenant, func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select (select id from contacts where tenant_id = $1 order by id limit 1), (select id from channels where tenant_id = $1 order by id limit 1)`, tenant).Scan(&contact, &channel)
	}))
	var body struct{ ID uuid.UUID }
	w.want(http.MethodPost, "/api/conversations", w.signIn("owner"), map[string]any{"contactId": contact, "channelId": channel}, &body)
	return body.ID
}

// changed plays a change of a conversation.
func (w *world) changed(tenant uuid.UUID, ch conversation.Change) {
	w.t.Helper()
	must(w.t, w.core.DB.InTenant(w.t.Context(), tenant, func(ctx context.Context, tx pgx.Tx) error {
		return w.core.tellOfConversations(ctx, tx, tenant, []conversation.Change{ch})
	}))
}

// told are the events of somebody's notifications about conversations, the latest first.
func (w *world) told(token string) (events []string) {
	w.t.Helper()
	var page struct {
		Items []struct{ Event, Title, Path string }
	}
	w.want(http.MethodGet, "/api/notifications", token, nil, &page)
	for _, n := range page.Items {
		if !notification.Event(n.Event).Campaign() {
			events = append(events, n.Event)
		}
		if n.Title == "" || n.Path == "" {
			w.t.Error(fmt.Errorf("a notification says nothing: %+v", n))
		}
	}
	return events
}

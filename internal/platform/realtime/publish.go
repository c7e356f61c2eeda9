// Package realtime carries news between processes and to browsers: committed changes to the
// people who look at them, and doorbells to the workers who act on them.
//
// It owns the NOTIFY channels, the one listening connection of a process, the websocket node
// and who may hear which channel. It does not own what is news: features publish in the
// transaction that made it so, and news is ids and counts, never content.
//
// NOTIFY is lossy across a reconnect. After one, every bell rings once without an id and every
// subscriber hears a resync; both then read what they missed. Life cycle: New and NewListener
// at start, Bell registrations, Run until the process stops.
package realtime

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
)

const (
	newsChannel = "aerostic_realtime"
	bellChannel = "aerostic_bells"
	// longestNotice leaves room under Postgres' 8,000 bytes.
	longestNotice = 7900
	longestTopic  = 120
)

// notice is what travels by NOTIFY: news for a channel, or a user whose connections end.
type notice struct {
	Channel string          `json:"c,omitempty"`
	Data    json.RawMessage `json:"d,omitempty"`
	Kick    *uuid.UUID      `json:"k,omitempty"`
}

// Channel names what a browser subscribes to for one topic of one tenant.
func Channel(tenant uuid.UUID, topic string) string {
	return "tenant:" + tenant.String() + ":" + topic
}

// personPrefix begins the topics that one person alone hears.
const personPrefix = "user:"

// PersonTopic is what the browsers of one person hear, and nobody else's.
func PersonTopic(user uuid.UUID) string { return personPrefix + user.String() }

// Publish tells the tenant's subscribers of topic ("wallet", "campaign:<id>") about something
// small, once the transaction has committed and not otherwise. Equal news of one transaction
// arrive once.
func Publish(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, topic string, payload any) error {
	return PublishAll(ctx, tx, tenant, []News{{topic, payload}})
}

// News is something small to tell the subscribers of a topic.
type News struct {
	Topic   string
	Payload any
}

// PublishAll is Publish for much at once, in one statement.
func PublishAll(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []News) error {
	notices := make([]string, len(list))
	for i, n := range list {
		raw, err := noticeOf(tenant, n)
		if err != nil {
			return err
		}
		notices[i] = raw
	}
	if len(notices) == 0 {
		return nil
	}
	if err := db.AtCommit(ctx, tx, `select pg_notify($1, n) from unnest($2::text[]) as n`, newsChannel, notices); err != nil {
		return fmt.Errorf("publish %d news: %w", len(notices), err)
	}
	return nil
}

func noticeOf(tenant uuid.UUID, n News) (string, error) {
	if !validTopic(n.Topic) {
		return "", fmt.Errorf("publish %q: a topic is lower-case letters, digits, '-', '_' and ':'", n.Topic)
	}
	data, err := json.Marshal(n.Payload)
	if err != nil {
		return "", fmt.Errorf("publish %s: %w", n.Topic, err)
	}
	return notice{Channel: Channel(tenant, n.Topic), Data: data}.encode()
}

// Kick ends a user's connections in every process once the transaction has committed: they were
// logged out or lost their place in the workspace.
func Kick(ctx context.Context, tx pgx.Tx, user uuid.UUID) error {
	return notify(ctx, tx, notice{Kick: &user})
}

// Ring tells every process that listens for bell ("lane") that there is work under id, once the
// transaction has committed. An empty id says that any of it may have changed.
func Ring(ctx context.Context, tx pgx.Tx, bell string, id string) error {
	if bell == "" || strings.Contains(bell, " ") {
		return fmt.Errorf("ring %q: a bell is one word", bell)
	}
	if err := db.AtCommit(ctx, tx, `select pg_notify($1, $2)`, bellChannel, bell+" "+id); err != nil {
		return fmt.Errorf("ring %s: %w", bell, err)
	}
	return nil
}

func notify(ctx context.Context, tx pgx.Tx, n notice) error {
	raw, err := n.encode()
	if err != nil {
		return err
	}
	if err := db.AtCommit(ctx, tx, `select pg_notify($1, $2)`, newsChannel, raw); err != nil {
		return fmt.Errorf("publish %s: %w", n.Channel, err)
	}
	return nil
}

func (n notice) encode() (string, error) {
	raw, err := json.Marshal(n)
	if err != nil {
		return "", fmt.Errorf("publish %s: %w", n.Channel, err)
	}
	if len(raw) > longestNotice {
		return "", fmt.Errorf("publish %s: %d bytes do not fit a notice; publish ids and let the reader fetch", n.Channel, len(raw))
	}
	return string(raw), nil
}

func validTopic(topic string) bool {
	return topic != "" && len(topic) <= longestTopic && !strings.ContainsFunc(topic, notInTopic)
}

func notInTopic(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_' && r != ':'
}

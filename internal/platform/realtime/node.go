package realtime

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/centrifugal/centrifuge"
	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

const (
	// sessionLife is how long a connection lasts on one token; the client then brings another.
	sessionLife = 15 * time.Minute
	// historySize and historyLife are what a client that was away for a moment gets back.
	historySize = 100
	historyLife = 2 * time.Minute
)

// Config says who may connect.
type Config struct {
	// Authenticate proves the token a browser connects with.
	Authenticate func(ctx context.Context, token string) (actor.Actor, error)
	// Topics every connection hears of its own tenant without subscribing. It hears its own person's
	// ("user:<id>") besides.
	Topics []string
	// Allows says whether somebody may hear a topic of their tenant; nil: all but other people's own.
	Allows func(a actor.Actor, topic string) bool
	// Fill completes news of the topics that begin with its key ("conversation:", "conversations") before
	// browsers get them: once per process and tenant for all that came within FillEvery. It returns what to
	// publish, one for one; on an error the browsers get the ids and read for themselves.
	Fill map[string]FillFunc
	// FillEvery is how long news waits for more to be filled together; 0: 30 ms.
	FillEvery time.Duration
	// Origins allowed besides the server's own, such as the mobile app's.
	Origins []string
	Logger  *slog.Logger // nil: discards
	Clock   clock.Clock  // nil: the system's
}

// Node holds the websocket connections of this process. Browsers hear their own tenant's
// channels only, and say nothing.
type Node struct {
	cfg     Config
	node    *centrifuge.Node
	filler  *filler
	started chan struct{} // closed once the node runs, before which it must not publish
}

// New makes a node; connections are taken once it runs.
func New(cfg Config) (*Node, error) {
	if cfg.Authenticate == nil {
		return nil, errors.New("new realtime node: no way to authenticate")
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Clock == nil {
		cfg.Clock = clock.System()
	}
	n := &Node{cfg: cfg, started: make(chan struct{})}
	node, err := centrifuge.New(centrifuge.Config{
		LogLevel: centrifuge.LogLevelWarn, LogHandler: n.log,
		UserConnectionLimit: 50, ClientChannelLimit: 64,
	})
	if err != nil {
		return nil, fmt.Errorf("new realtime node: %w", err)
	}
	n.node = node
	n.filler = newFiller(n)
	node.OnConnecting(n.connecting)
	node.OnConnect(n.connected)
	return n, nil
}

// Run serves connections until ctx ends, then asks them to come back elsewhere.
func (n *Node) Run(ctx context.Context) error {
	err := n.node.Run()
	close(n.started)
	if err != nil {
		return fmt.Errorf("run realtime node: %w", err)
	}
	n.filler.run(ctx)
	shutdown, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := n.node.Shutdown(shutdown); err != nil {
		return fmt.Errorf("stop realtime node: %w", err)
	}
	return nil
}

// Handler serves /connection/websocket.
func (n *Node) Handler() http.Handler {
	return centrifuge.NewWebsocketHandler(n.node, centrifuge.WebsocketConfig{
		CheckOrigin:      n.sameOrigin,
		MessageSizeLimit: 16 << 10,
		WriteTimeout:     5 * time.Second,
	})
}

// Connections is how many browsers are connected to this process, for metrics.
func (n *Node) Connections() int { return n.node.Hub().NumClients() }

func (n *Node) sameOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	for _, allowed := range n.cfg.Origins {
		if origin == allowed {
			return true
		}
	}
	_, host, ok := strings.Cut(origin, "://")
	return ok && strings.EqualFold(host, r.Host)
}

// session is what a connection may hear; it lives in the connection's context.
type session struct {
	user   uuid.UUID
	tenant uuid.UUID
	actor  actor.Actor
}

type sessionKey struct{}

func (n *Node) connecting(ctx context.Context, e centrifuge.ConnectEvent) (centrifuge.ConnectReply, error) {
	act, err := n.cfg.Authenticate(ctx, e.Token)
	if err != nil {
		return centrifuge.ConnectReply{}, n.refusal(err)
	}
	s := session{user: act.UserID, tenant: act.TenantID, actor: act}
	return centrifuge.ConnectReply{
		Context:           context.WithValue(ctx, sessionKey{}, s),
		Credentials:       &centrifuge.Credentials{UserID: act.UserID.String(), ExpireAt: n.expiry()},
		ClientSideRefresh: true,
		Subscriptions:     n.subscriptions(s),
	}, nil
}

// refusal sends a client whose token does not hold (any more) for another one; what is our own
// trouble it tries again.
func (n *Node) refusal(err error) error {
	if fault.KindOf(err) == fault.KindInternal || fault.KindOf(err) == fault.KindUnavailable {
		n.cfg.Logger.Error("realtime token not checked", "error", err.Error())
		return centrifuge.ErrorInternal
	}
	return centrifuge.ErrorTokenExpired
}

func (n *Node) subscriptions(s session) map[string]centrifuge.SubscribeOptions {
	subscriptions := map[string]centrifuge.SubscribeOptions{}
	if s.tenant == uuid.Nil {
		return subscriptions
	}
	topics := n.cfg.Topics
	if s.user != uuid.Nil {
		topics = append(topics[:len(topics):len(topics)], PersonTopic(s.user))
	}
	for _, topic := range topics {
		if n.mayHear(s, Channel(s.tenant, topic)) {
			subscriptions[Channel(s.tenant, topic)] = subscribeOptions()
		}
	}
	return subscriptions
}

func subscribeOptions() centrifuge.SubscribeOptions {
	return centrifuge.SubscribeOptions{EnableRecovery: true, EnablePositioning: true}
}

func (n *Node) expiry() int64 { return n.cfg.Clock.Now().Add(sessionLife).Unix() }

func (n *Node) connected(client *centrifuge.Client) {
	s, _ := client.Context().Value(sessionKey{}).(session)
	client.OnSubscribe(func(e centrifuge.SubscribeEvent, reply centrifuge.SubscribeCallback) {
		if !n.mayHear(s, e.Channel) {
			reply(centrifuge.SubscribeReply{}, centrifuge.ErrorPermissionDenied)
			return
		}
		reply(centrifuge.SubscribeReply{Options: subscribeOptions()}, nil)
	})
	client.OnRefresh(func(e centrifuge.RefreshEvent, reply centrifuge.RefreshCallback) {
		act, err := n.cfg.Authenticate(client.Context(), e.Token)
		if err != nil || act.UserID != s.user || act.TenantID != s.tenant {
			reply(centrifuge.RefreshReply{Expired: true}, nil)
			return
		}
		reply(centrifuge.RefreshReply{ExpireAt: n.expiry()}, nil)
	})
}

// mayHear: one's own tenant alone, of it no other person's topic, and what one's role allows.
func (n *Node) mayHear(s session, channel string) bool {
	topic, own := strings.CutPrefix(channel, Channel(s.tenant, ""))
	if !own || s.tenant == uuid.Nil || !validTopic(topic) {
		return false
	}
	if strings.HasPrefix(topic, personPrefix) {
		return s.user != uuid.Nil && topic == PersonTopic(s.user)
	}
	return n.cfg.Allows == nil || n.cfg.Allows(s.actor, topic)
}

// relay passes on what another process, or this one, notified.
func (n *Node) relay(payload string) {
	<-n.started
	var news notice
	if err := json.Unmarshal([]byte(payload), &news); err != nil {
		n.cfg.Logger.Warn("notice not understood", "bytes", len(payload))
		return
	}
	if news.Kick != nil {
		_ = n.node.Disconnect(news.Kick.String(), centrifuge.WithCustomDisconnect(centrifuge.DisconnectForceReconnect))
		return
	}
	if !n.filler.take(news.Channel, news.Data) {
		n.publish(news.Channel, news.Data)
	}
}

func (n *Node) publish(channel string, data []byte) {
	if _, err := n.node.Publish(channel, data, centrifuge.WithHistory(historySize, historyLife)); err != nil {
		n.cfg.Logger.Warn("news not delivered", "channel", channel, "error", err.Error())
	}
}

// resync tells every subscriber that news may have been missed. Until the node runs there is none.
func (n *Node) resync() {
	for _, channel := range n.node.Hub().Channels() {
		n.publish(channel, []byte(`{"resync":true}`))
	}
}

func (n *Node) log(e centrifuge.LogEntry) {
	level := slog.LevelWarn
	if e.Level == centrifuge.LogLevelError {
		level = slog.LevelError
	}
	n.cfg.Logger.Log(context.Background(), level, "realtime: "+e.Message, "error", e.Error)
}

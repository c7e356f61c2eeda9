package app

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/aerostic/aerostic/internal/feature/auth"
	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/feature/campaign"
	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/csat"
	"github.com/aerostic/aerostic/internal/feature/desk"
	"github.com/aerostic/aerostic/internal/feature/goal"
	"github.com/aerostic/aerostic/internal/feature/hours"
	"github.com/aerostic/aerostic/internal/feature/link"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/feature/notification"
	"github.com/aerostic/aerostic/internal/feature/paymentrequest"
	"github.com/aerostic/aerostic/internal/feature/reply"
	"github.com/aerostic/aerostic/internal/feature/segment"
	"github.com/aerostic/aerostic/internal/feature/sequence"
	"github.com/aerostic/aerostic/internal/feature/sla"
	"github.com/aerostic/aerostic/internal/feature/support"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/feature/upload"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/platform/web"
	webapps "github.com/aerostic/aerostic/web"
)

// newAPI makes the HTTP surface all roles share.
func (c *Core) newAPI() *web.API {
	return web.New(web.Config{
		Version: Version, Authenticate: c.Auth.Authenticate, Allows: allows,
		Idempotency: web.NewClaims(c.DB, c.Clock), Clock: c.Clock, Logger: c.Log, Tracer: c.tracer, Observe: c.metrics.ObserveHTTP,
		LimitsOff: c.Cfg.LimitsOff, TrustedProxies: c.Cfg.TrustedProxies,
	})
}

func allows(a actor.Actor, p actor.Permission) bool { return tenant.Allows(a.Role, a.Platform, p) }

// mountAPI is what the api role serves: every feature's routes, the web app and the
// realtime connection.
func (c *Core) mountAPI(api *web.API, node *realtime.Node) error {
	c.apiRoutes(api)
	api.Raw(http.MethodGet, "/connection/websocket", web.Public, node.Handler().ServeHTTP)
	pages, err := web.Files(webapps.App(), web.FilesConfig{SPA: true})
	if err != nil {
		c.Log.Warn("the web app is not in this binary", "error", err)
		return nil
	}
	api.Pages(pages)
	return nil
}

// apiRoutes lists the features whose routes the api role has.
func (c *Core) apiRoutes(api *web.API) {
	c.Auth.Routes(api)
	c.Tenants.Routes(api)
	c.Channels.Routes(api)
	c.Segments.Routes(api)
	c.Contacts.Routes(api)
	c.Consents.Routes(api)
	c.Templates.Routes(api)
	c.Campaigns.Routes(api)
	c.Links.Routes(api)
	c.Goals.Routes(api)
	c.Sequences.Routes(api)
	c.Messages.Routes(api)
	c.Conversations.Routes(api)
	c.Replies.Routes(api)
	c.Payments.Routes(api)
	c.Desk.Routes(api)
	c.Hours.Routes(api)
	c.Promises.Routes(api)
	c.Ratings.Routes(api)
	c.Support.Routes(api)
	c.Uploads.Routes(api)
	c.Billing.Routes(api)
	c.Notices.Routes(api)
}

// topics are what every browser hears of its own workspace.
func topics() []string {
	return []string{"campaigns", "sequences", "channels", "templates", "contacts", "imports", "bulks", "wallet", conversation.TopicList}
}

// mayHear holds topics against the permission to read what they tell.
func mayHear(a actor.Actor, topic string) bool {
	if topic == conversation.TopicList || strings.HasPrefix(topic, conversation.TopicOne) {
		return allows(a, "inbox.read")
	}
	return true
}

// newNode makes the realtime node of the api role.
func (c *Core) newNode() (*realtime.Node, error) {
	node, err := realtime.New(realtime.Config{Authenticate: c.Auth.AuthenticateToken, Topics: topics(), Allows: mayHear, Logger: c.Log, Clock: c.Clock,
		Fill: map[string]realtime.FillFunc{conversation.TopicList: c.Conversations.FillList, conversation.TopicOne: c.Conversations.FillThreads}})
	if err != nil {
		return nil, fmt.Errorf("realtime: %w", err)
	}
	return node, nil
}

// Spec is the OpenAPI document of the api role, for the typed client. It needs no
// database: registering routes calls none.
func Spec() ([]byte, error) {
	consents, err := consent.New(consent.Deps{})
	if err != nil {
		return nil, err
	}
	c := &Core{
		Consents: consents,
		Auth:     auth.New(auth.Deps{}), Tenants: tenant.New(tenant.Deps{}), Channels: channel.New(channel.Deps{}),
		Segments: segment.New(segment.Deps{}), Contacts: contact.New(contact.Deps{}), Templates: template.New(template.Deps{}), Campaigns: campaign.New(campaign.Deps{}),
		Links: link.New(link.Deps{}), Goals: goal.New(goal.Deps{}), Sequences: sequence.New(sequence.Deps{}),
		Messages: message.New(message.Deps{}, ""), Uploads: upload.New(upload.Deps{}), Billing: billing.New(billing.Deps{}),
		Notices: notification.New(notification.Deps{}), Conversations: conversation.New(conversation.Deps{}), Desk: desk.New(desk.Deps{}), Hours: hours.New(hours.Deps{}), Promises: sla.New(sla.Deps{}),
		Ratings: csat.New(csat.Deps{}), Support: support.New(support.Deps{}), Replies: reply.New(reply.Deps{}), Payments: paymentrequest.New(paymentrequest.Deps{}),
	}
	api := web.New(web.Config{Version: "1"})
	c.apiRoutes(api)
	return api.Spec()
}

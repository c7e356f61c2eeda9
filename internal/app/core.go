package app

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

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
	"github.com/aerostic/aerostic/internal/feature/user"
	"github.com/aerostic/aerostic/internal/platform/blob"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/mail"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/secret"
	"github.com/aerostic/aerostic/internal/platform/telemetry"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"

	"go.opentelemetry.io/otel/trace"
)

// Core is every service of one process, wired. Programs on the server (demo data,
// benches, ledger verify) call the services themselves.
type Core struct {
	Cfg   Config
	Log   *slog.Logger
	Clock clock.Clock
	DB    *db.DB
	Queue *queue.Client // inserts; the worker role has another that works
	Meta  *whatsapp.Client

	Tenants   *tenant.Service
	Users     *user.Service
	Auth      *auth.Service
	Billing   *billing.Service
	Channels  *channel.Service
	Consents  *consent.Service
	Segments  *segment.Service
	Contacts  *contact.Service
	Templates *template.Service
	Uploads   *upload.Service
	Messages  *message.Service
	Links     *link.Service
	Campaigns *campaign.Service
	Goals     *goal.Service
	Sequences *sequence.Service
	// Conversations is the shared inbox.
	Conversations *conversation.Service
	Notices       *notification.Service
	Hours         *hours.Service
	Desk          *desk.Service
	Promises      *sla.Service
	Ratings       *csat.Service
	Support       *support.Service
	Replies       *reply.Service
	Payments      *paymentrequest.Service

	tracer  trace.Tracer
	flush   func(context.Context) error
	metrics *telemetry.Metrics
	blobs   blob.Store
}

// Open opens what the services stand on and wires them. The caller closes it.
func Open(ctx context.Context, cfg Config, log *slog.Logger) (*Core, error) {
	c := &Core{Cfg: cfg, Log: log, Clock: clock.System(), metrics: telemetry.NewMetrics()}
	for _, step := range []func(context.Context) error{c.openTracing, c.openDatabase, c.openProviders, c.openFeatures} {
		if err := step(ctx); err != nil {
			c.Close()
			return nil, err
		}
	}
	return c, nil
}

// Close gives up what Open took.
func (c *Core) Close() {
	if c.Meta != nil {
		c.Meta.Close()
	}
	if c.DB != nil {
		c.DB.Close()
	}
	if c.flush != nil {
		_ = c.flush(context.Background())
	}
}

func (c *Core) openTracing(ctx context.Context) (err error) {
	c.tracer, c.flush, err = telemetry.Tracing(ctx, telemetry.TracingConfig{Endpoint: c.Cfg.TraceURL, Service: "aerostic", Version: Version})
	return err
}

func (c *Core) openDatabase(ctx context.Context) (err error) {
	conns := c.Cfg.databaseConns()
	dbc := db.Config{URL: c.Cfg.DatabaseURL, AppURL: c.Cfg.DatabaseAppURL, SystemURL: c.Cfg.DatabaseSystemURL,
		MaxConns: conns, SystemMaxConns: max(8, conns/2), Logger: c.Log}
	if c.tracer != nil {
		dbc.Tracer = telemetry.Statements(c.tracer)
	}
	if c.DB, err = c.waitForDatabase(ctx, dbc); err != nil {
		return err
	}
	c.metrics.CollectDB(c.DB)
	return nil
}

// A process that starts while the database restarts waits for it, instead of being
// restarted in a loop by whoever supervises it.
const (
	databaseWait  = 30 * time.Second
	databaseRetry = 500 * time.Millisecond
)

func (c *Core) waitForDatabase(ctx context.Context, dbc db.Config) (*db.DB, error) {
	for end := c.Clock.Now().Add(databaseWait); ; {
		opened, err := db.Open(ctx, dbc)
		if err == nil || !db.IsUnavailable(err) || c.Clock.Now().After(end) {
			return opened, err
		}
		c.Log.WarnContext(ctx, "the database is not there yet", "error", err)
		if err := clock.Sleep(ctx, c.Clock, databaseRetry); err != nil {
			return nil, err
		}
	}
}

func (c *Core) openProviders(context.Context) (err error) {
	c.Meta, err = whatsapp.New(whatsapp.Config{BaseURL: c.Cfg.WhatsAppURL, GraphVersion: c.Cfg.WhatsAppVersion, Timeout: c.Cfg.WhatsAppTimeout})
	if err != nil {
		return fmt.Errorf("AEROSTIC_WHATSAPP_URL: %w", err)
	}
	c.blobs, err = blob.NewDir(filepath.Join(c.Cfg.DataDir, "files"), 0)
	return err
}

// mailer is SMTP when configured, otherwise a folder.
func (c *Core) mailer() (mail.Sender, error) {
	if c.Cfg.SMTPHost == "" {
		return mail.Folder(filepath.Join(c.Cfg.DataDir, "mail"), c.Cfg.MailFrom, c.Clock), nil
	}
	return mail.SMTP(mail.SMTPConfig{Host: c.Cfg.SMTPHost, Port: c.Cfg.SMTPPort, User: c.Cfg.SMTPUser,
		Password: c.Cfg.SMTPPassword, From: c.Cfg.MailFrom, TLS: c.Cfg.SMTPTLS, Clock: c.Clock})
}

// openFeatures makes the services, from the right of the import law to the left.
func (c *Core) openFeatures(context.Context) error {
	keys, err := secret.ParseKeys(c.Cfg.SecretKeys)
	if err != nil {
		return fmt.Errorf("AEROSTIC_SECRET_KEYS: %w", err)
	}
	tokens, err := auth.ParseKeys(c.Cfg.SecretKeys)
	if err != nil {
		return fmt.Errorf("AEROSTIC_SECRET_KEYS: %w", err)
	}
	erasures, err := erasureKeys(c.Cfg.SecretKeys)
	if err != nil {
		return fmt.Errorf("AEROSTIC_SECRET_KEYS: %w", err)
	}
	hasher, err := user.NewHasher()
	if err != nil {
		return err
	}
	mailer, err := c.mailer()
	if err != nil {
		return err
	}
	if c.Queue, err = queue.NewInserter(queue.Config{DB: c.DB, Logger: c.Log, Clock: c.Clock}); err != nil {
		return err
	}
	c.Tenants = tenant.New(tenant.Deps{DB: c.DB, Clock: c.Clock, Queue: c.Queue, Mail: mailer, Logger: c.Log, PublicURL: c.Cfg.publicURL(), BaseHosts: c.Cfg.BaseHosts})
	c.Users = user.New(user.Deps{Hasher: hasher, Keys: keys})
	c.Auth = auth.New(auth.Deps{DB: c.DB, Clock: c.Clock, Queue: c.Queue, Mail: mailer, Logger: c.Log, Users: c.Users, Tenants: c.Tenants, Keys: tokens, PublicURL: c.Cfg.publicURL()})
	c.Billing = billing.New(billing.Deps{DB: c.DB, Clock: c.Clock, Logger: c.Log})
	c.Channels = channel.New(channel.Deps{DB: c.DB, Clock: c.Clock, Queue: c.Queue, WhatsApp: c.Meta, Keys: keys, Logger: c.Log})
	c.Segments = segment.New(segment.Deps{DB: c.DB, Clock: c.Clock})
	if c.Consents, err = consent.New(consent.Deps{DB: c.DB, Clock: c.Clock, Logger: c.Log, Secrets: c.Cfg.SecretKeys, PublicURL: c.Cfg.publicURL()}); err != nil {
		return fmt.Errorf("AEROSTIC_SECRET_KEYS: %w", err)
	}
	c.Contacts = contact.New(contact.Deps{DB: c.DB, Clock: c.Clock, Queue: c.Queue, Blobs: c.blobs, Logger: c.Log, ErasureKeys: erasures})
	c.Templates = template.New(template.Deps{DB: c.DB, Clock: c.Clock, Queue: c.Queue, WhatsApp: c.Meta, Channels: c.Channels, Blobs: c.blobs, Logger: c.Log, AppID: c.Cfg.WhatsAppAppID})
	c.Uploads = upload.New(upload.Deps{DB: c.DB, Clock: c.Clock, Blobs: c.blobs, Channels: c.Channels, WhatsApp: c.Meta, Logger: c.Log})
	c.Messages = message.New(message.Deps{DB: c.DB, Clock: c.Clock, Logger: c.Log, WhatsApp: c.Meta, Billing: c.Billing,
		Channels: c.Channels, Templates: c.Templates, Consents: c.Consents, Uploads: c.Uploads, Queue: c.Queue, Blobs: c.blobs, AppSecret: c.Cfg.WhatsAppAppSecret, Verify: c.Cfg.WhatsAppVerifyToken,
		Config: message.Config{Lease: c.Cfg.Lease, Settle: c.Cfg.Settle, Concurrency: c.Cfg.LaneConcurrency, MaxRate: c.Cfg.MaxRate}}, instance())
	c.Links = link.New(link.Deps{DB: c.DB, Clock: c.Clock, Logger: c.Log, Keys: keys, Tenants: c.Tenants})
	c.Campaigns = campaign.New(campaign.Deps{DB: c.DB, Clock: c.Clock, Logger: c.Log, Queue: c.Queue, Messages: c.Messages,
		Templates: c.Templates, Billing: c.Billing, Links: c.Links, Mail: mailer, PublicURL: c.Cfg.publicURL(), People: c.people, Preferences: c.Consents.Link})
	c.Goals = goal.New(goal.Deps{DB: c.DB, Clock: c.Clock, Queue: c.Queue, Logger: c.Log})
	c.Sequences = sequence.New(sequence.Deps{DB: c.DB, Clock: c.Clock, Logger: c.Log, Queue: c.Queue, Messages: c.Messages,
		Templates: c.Templates, Contacts: c.Contacts, Preferences: c.Consents.Link})
	c.Conversations = conversation.New(conversation.Deps{DB: c.DB, Clock: c.Clock, Logger: c.Log, Queue: c.Queue, Messages: c.Messages, Channels: c.Channels, Contacts: c.Contacts, Uploads: c.Uploads, WhatsApp: c.Meta})
	c.Notices = c.newNotices(mailer, keys)
	c.Hours = hours.New(hours.Deps{DB: c.DB, Clock: c.Clock})
	c.Promises = sla.New(sla.Deps{DB: c.DB, Clock: c.Clock, Logger: c.Log, Queue: c.Queue, Calendars: c.Hours, Conversations: c.Conversations})
	c.Ratings = csat.New(csat.Deps{DB: c.DB, Clock: c.Clock, Conversations: c.Conversations})
	c.Support = support.New(support.Deps{DB: c.DB, Clock: c.Clock, Calendars: c.Hours})
	c.Desk = desk.New(desk.Deps{DB: c.DB, Clock: c.Clock, Logger: c.Log, Queue: c.Queue, Conversations: c.Conversations, Hours: c.Hours})
	c.Payments = paymentrequest.New(paymentrequest.Deps{DB: c.DB, Clock: c.Clock, Logger: c.Log, Queue: c.Queue, Channels: c.Channels, Conversations: c.Conversations, WhatsApp: c.Meta})
	c.Replies = reply.New(reply.Deps{DB: c.DB, Clock: c.Clock, Conversations: c.Conversations, Uploads: c.Uploads})
	c.hook()
	return nil
}

// hook sets what each feature does when another acts.
func (c *Core) hook() {
	c.Tenants.Hooks = tenant.Hooks{RoleChanged: c.Auth.RoleChanged, MemberRemoved: c.memberRemoved,
		HolidaysChanged: c.holidaysChanged}
	c.Auth.Founded = func(ctx context.Context, tx pgx.Tx, t tenant.Tenant) error {
		return c.Billing.OpenWallet(ctx, tx, t.ID, t.Currency)
	}
	c.Conversations.Hooks.Changed, c.Conversations.Hooks.Silent = c.conversationsMoved, c.Ratings.Hear
	c.Conversations.Hooks.Promises = c.Promises.Rows
	c.Hours.Hooks = hours.Hooks{Changed: c.Promises.Recount, Say: c.sayAway}
	c.Promises.Hooks = sla.Hooks{Alarm: c.breached, Ended: c.Support.Ended}
	c.Ratings.Hooks = csat.Hooks{Ask: c.askRating, Rated: c.rated}
	c.Desk.Hooks = desk.Hooks{Say: c.sayQueued}
	c.Support.Names = c.supportNames
	c.Consents.Hooks = consent.Hooks{Change: c.consentChanged, CanAsk: c.canAsk, Ask: c.ask}
	c.Channels.Created = func(ctx context.Context, tx pgx.Tx, ch channel.Channel) error {
		if err := c.Messages.OpenLane(ctx, tx, ch.TenantID, ch.ID); err != nil {
			return err
		}
		return c.Templates.ChannelCreated(ctx, tx, ch)
	}
	c.Contacts.Hooks = contact.Hooks{Merging: c.Campaigns.Merging,
		Why: func(reason string, code int) string { return message.Explain(reason, code).Title }}
	c.Contacts.Keep(c.keepers()...)
	c.Contacts.Moved = c.Sequences.Moved
	c.Templates.Unsendable = func(ctx context.Context, tx pgx.Tx, t template.Template, _ string) error {
		return c.Campaigns.TemplateUnsendable(ctx, tx, t)
	}
	c.Templates.Recategorised, c.Templates.Filled = c.Campaigns.TemplateRecategorised, c.Campaigns.TemplateFilled
	c.Links.Clicked = c.Campaigns.Clicked
	c.Goals.Recorded = c.converted
	c.Campaigns.Ended = c.campaignEnded
	c.Notices.Describe = c.describe
	c.Messages.Hooks = message.Hooks{Standing: c.Campaigns.Standing, Changed: c.changed, Received: c.received, Step: c.Sequences.Standing, StepHalted: c.Sequences.Halted, Halt: c.Campaigns.Halt,
		Refill: c.Campaigns.Refill, Pending: c.Campaigns.Pending, Feed: c.Campaigns.Feed, Waiting: c.Campaigns.Waiting, Uncapped: c.Campaigns.Uncapped, Met: c.Contacts.Met, Queued: c.queued, Repeated: c.Payments.Repeated, Paid: c.Payments.Told, Windows: c.Conversations.Windows, Amended: c.Conversations.Amended}
}

// converted tells what conversions say about others' work: campaigns measure them against their hold-outs.
func (c *Core) converted(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []goal.Record) error {
	deeds := make([]campaign.Deed, len(list))
	for i, r := range list {
		deeds[i] = campaign.Deed{Contact: r.Contact, Act: campaign.ActConverted(r.GoalID), At: r.At, Value: r.Value}
	}
	if err := c.Campaigns.Acted(ctx, tx, tenant, deeds); err != nil {
		return err
	}
	return c.Sequences.Converted(ctx, tx, tenant, list)
}

// people are a workspace's members, for the mails about campaigns.
func (c *Core) people(ctx context.Context, tx pgx.Tx, id uuid.UUID) ([]campaign.Addressee, error) {
	members, err := c.Tenants.MembersIn(ctx, tx, id)
	people := make([]campaign.Addressee, len(members))
	for i, m := range members {
		people[i] = campaign.Addressee{UserID: m.UserID, Name: m.Name, Email: m.Email,
			Approves: tenant.Allows(string(m.Role), false, tenant.CampaignApprove)}
	}
	return people, err
}

// memberRemoved ends the sessions of somebody who left, and their care of contacts.
func (c *Core) memberRemoved(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
	if err := c.Auth.MemberRemoved(ctx, tx, tenant, user); err != nil {
		return err
	}
	if err := c.Notices.MemberLeft(ctx, tx, tenant, user); err != nil {
		return err
	}
	if err := c.Desk.MemberLeft(ctx, tx, tenant, user); err != nil {
		return err
	}
	if err := c.Replies.MemberLeft(ctx, tx, tenant, user); err != nil {
		return err
	}
	if err := c.Conversations.MemberLeft(ctx, tx, tenant, user); err != nil {
		return err
	}
	return c.Contacts.MemberLeft(ctx, tx, tenant, user)
}

// erasureKeys are one key per secret key, so that who was erased under an old one is recognised.
func erasureKeys(spec string) (keys [][]byte, err error) {
	for _, entry := range strings.Split(spec, ",") {
		key, err := secret.Derive(entry, "erasure")
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// instance names this process in leases.
func instance() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return host + "/" + strconv.Itoa(os.Getpid()) + "/" + uuid.NewString()[:8]
}

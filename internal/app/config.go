// Package app wires the product: which services exist, what each role runs, and the
// commands. A role is a list of features to mount, never a place for code.
package app

import (
	"errors"
	"fmt"
	"net/netip"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// Config is everything that can be set, by environment; check-config lists it. Every
// field has a usable zero value or default in development; Check says what a
// deployment still needs.
type Config struct {
	Addr         string   `env:"AEROSTIC_ADDR" envDefault:"127.0.0.1:8080" doc:"where HTTP is served"`
	InternalAddr string   `env:"AEROSTIC_INTERNAL_ADDR" doc:"where /metrics and all of /readyz are served apart, such as 10.0.0.5:9090; empty: on ADDR, to callers on the same machine only"`
	PublicURL    string   `env:"AEROSTIC_PUBLIC_URL" doc:"how browsers reach the app; links in mails start with it; default: http://ADDR"`
	Roles        []string `env:"AEROSTIC_ROLES" envDefault:"api,webhook,worker" doc:"what this process does"`
	DataDir      string   `env:"AEROSTIC_DATA" envDefault:"data" doc:"folder of uploaded files, and of mails without SMTP"`

	DatabaseURL       string `env:"DATABASE_URL" secret:"true" doc:"PostgreSQL 15 or newer, as the owner of the schema"`
	DatabaseAppURL    string `env:"DATABASE_APP_URL" secret:"true" doc:"the same as a member of aerostic_app; default: DATABASE_URL in that role"`
	DatabaseSystemURL string `env:"DATABASE_SYSTEM_URL" secret:"true" doc:"the same as a member of aerostic_system; default: DATABASE_URL in that role"`
	DatabaseConns     int32  `env:"AEROSTIC_DATABASE_CONNS" envDefault:"0" doc:"connections per process for tenants' work; 0: 16, and for a process that is api alone 4 per core, 8 to 16"`

	SecretKeys string `env:"AEROSTIC_SECRET_KEYS" secret:"true" doc:"id:base64 of 32 bytes, newest first, comma separated; seals tokens and signs sessions"`

	WhatsAppURL         string        `env:"AEROSTIC_WHATSAPP_URL" envDefault:"https://graph.facebook.com" doc:"Meta's Graph API, or a stand-in"`
	WhatsAppVersion     string        `env:"AEROSTIC_WHATSAPP_VERSION" envDefault:"v25.0" doc:"Graph API version"`
	WhatsAppTimeout     time.Duration `env:"AEROSTIC_WHATSAPP_TIMEOUT" envDefault:"8s" doc:"longest wait for an answer of Meta"`
	WhatsAppAppID       string        `env:"AEROSTIC_WHATSAPP_APP_ID" doc:"our app at Meta, for media of templates"`
	WhatsAppAppSecret   string        `env:"AEROSTIC_WHATSAPP_APP_SECRET" secret:"true" doc:"signs Meta's webhooks"`
	WhatsAppVerifyToken string        `env:"AEROSTIC_WHATSAPP_VERIFY_TOKEN" secret:"true" doc:"echoed when Meta checks the webhook URL"`

	Lease           time.Duration `env:"AEROSTIC_LEASE" envDefault:"20s" doc:"how long a worker owns a lane without renewing; more than twice the WhatsApp timeout"`
	Settle          time.Duration `env:"AEROSTIC_SETTLE" envDefault:"15m" doc:"how long evidence is awaited for a message in doubt"`
	LaneConcurrency int           `env:"AEROSTIC_LANE_CONCURRENCY" envDefault:"256" doc:"requests in flight per number at most"`
	MaxRate         int           `env:"AEROSTIC_MAX_RATE" doc:"messages per second of one number at most, below its own; 0: its own"`

	SMTPHost     string `env:"AEROSTIC_SMTP_HOST" doc:"mail server; without it mails are files in DATA/mail"`
	SMTPPort     int    `env:"AEROSTIC_SMTP_PORT" doc:"587, or 465 with implicit TLS"`
	SMTPUser     string `env:"AEROSTIC_SMTP_USER"  doc:"mail server's user"`
	SMTPPassword string `env:"AEROSTIC_SMTP_PASSWORD" secret:"true" doc:"mail server's password"`
	SMTPTLS      string `env:"AEROSTIC_SMTP_TLS" envDefault:"starttls" doc:"starttls, implicit or none"`
	MailFrom     string `env:"AEROSTIC_MAIL_FROM" envDefault:"Aerostic <no-reply@localhost>" doc:"sender of mails"`

	PushContact     string `env:"AEROSTIC_PUSH_CONTACT" doc:"mail address or https URL at which push services reach you; default: AEROSTIC_PUBLIC_URL, or the sender of mails"`
	OutboundPrivate bool   `env:"AEROSTIC_OUTBOUND_PRIVATE" doc:"let requests to addresses that people give go to private ones and over plain HTTP: for tests on one machine"`

	BaseHosts      []string       `env:"AEROSTIC_BASE_HOSTS" doc:"domains whose first label is a workspace: example.com makes acme.example.com work"`
	TrustedProxies []netip.Prefix `env:"AEROSTIC_TRUSTED_PROXIES" doc:"networks whose X-Forwarded-For is believed"`
	LimitsOff      bool           `env:"AEROSTIC_LIMITS_OFF" doc:"no rate limits, for load runs"`
	LogLevel       string         `env:"AEROSTIC_LOG_LEVEL" envDefault:"info" doc:"debug, info, warn or error"`
	LogFormat      string         `env:"AEROSTIC_LOG_FORMAT" envDefault:"json" doc:"json or text"`
	TraceURL       string         `env:"AEROSTIC_TRACE_URL" doc:"OTLP over HTTP, such as http://localhost:4318; empty: no traces"`
}

// The roles.
const (
	RoleAPI     = "api"
	RoleWebhook = "webhook"
	RoleWorker  = "worker"
)

// ReadConfig reads the environment.
func ReadConfig() (Config, error) {
	var c Config
	if err := env.Parse(&c); err != nil {
		return c, fmt.Errorf("read configuration: %w", err)
	}
	return c, nil
}

func (c Config) has(role string) bool { return slices.Contains(c.Roles, role) }

const (
	mostConns   = 16
	readerConns = 8 // at least, of a process that only answers people
	perCore     = 4
)

// databaseConns is how many connections tenants' work has. Who only answers people has no more than its
// cores keep busy: when many come at once, as after a lost line, they wait for each other in the process, and
// the database goes on applying what customers write.
func (c Config) databaseConns() int32 {
	switch {
	case c.DatabaseConns > 0:
		return c.DatabaseConns
	case slices.Equal(c.Roles, []string{RoleAPI}):
		return int32(min(max(readerConns, perCore*runtime.GOMAXPROCS(0)), mostConns))
	}
	return mostConns
}

func (c Config) publicURL() string {
	if c.PublicURL != "" {
		return strings.TrimRight(c.PublicURL, "/")
	}
	return "http://" + c.Addr
}

// Check says everything that keeps this configuration from serving, each with what
// to do.
func (c Config) Check() error {
	var problems []error
	need := func(ok bool, sentence string) {
		if !ok {
			problems = append(problems, errors.New(sentence))
		}
	}
	need(c.DatabaseURL != "", "DATABASE_URL is not set: give a PostgreSQL connection string, or use `aerostic dev`")
	need(c.SecretKeys != "", "AEROSTIC_SECRET_KEYS is not set: make one with `aerostic key`")
	need(len(c.Roles) > 0, "AEROSTIC_ROLES is empty: name api, webhook or worker")
	for _, role := range c.Roles {
		known := role == RoleAPI || role == RoleWebhook || role == RoleWorker
		need(known, fmt.Sprintf("AEROSTIC_ROLES names %q: the roles are api, webhook and worker", role))
	}
	need(c.DatabaseConns >= 0, "AEROSTIC_DATABASE_CONNS is negative: give how many connections tenants' work may have, or 0")
	need(c.Lease > 2*c.WhatsAppTimeout, "AEROSTIC_LEASE must be more than twice AEROSTIC_WHATSAPP_TIMEOUT")
	need(!c.has(RoleWebhook) || c.WhatsAppAppSecret != "", "AEROSTIC_WHATSAPP_APP_SECRET is not set: webhooks could not be told from forgeries")
	return errors.Join(problems...)
}

// Setting is one line of check-config.
type Setting struct {
	Name, Value, Default, Doc string
}

// Settings lists the configuration with its values; secrets are shown as set or not.
func (c Config) Settings() []Setting {
	v := reflect.ValueOf(c)
	list := make([]Setting, 0, v.NumField())
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag
		value := strings.Trim(fmt.Sprint(v.Field(i).Interface()), "[]")
		if tag.Get("secret") == "true" && value != "" {
			value = "(set)"
		}
		list = append(list, Setting{Name: tag.Get("env"), Value: value, Default: tag.Get("envDefault"), Doc: tag.Get("doc")})
	}
	return list
}

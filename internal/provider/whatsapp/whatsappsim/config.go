package whatsappsim

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Config is the behaviour that can change while the simulator runs. Rates are from 0 to 1.
type Config struct {
	// LatencyMS delays every answer to a send; LatencyMaxMS, when larger, makes it random.
	LatencyMS    int `json:"latency_ms"`
	LatencyMaxMS int `json:"latency_max_ms"`
	// P429 answers 130429 without recording.
	P429 float64 `json:"p429"`
	// P5xx answers HTTP 503, code 2, without recording.
	P5xx float64 `json:"p5xx"`
	// PAmbiguous answers HTTP 500, code 131000, after recording.
	PAmbiguous float64 `json:"p_ambiguous"`
	// PDrop breaks the connection after recording, PDropBefore before.
	PDrop       float64 `json:"p_drop"`
	PDropBefore float64 `json:"p_drop_before"`
	// PHang records, then answers nothing until the caller gives up.
	PHang float64 `json:"p_hang"`
	// Scenarios switches the recipients that fail by their number's end (scenario.go).
	Scenarios bool `json:"scenarios"`
	// UserIDs tells the business-scoped id in every answer to a send. Meta does so for sends
	// to such an id, for others only sometimes; strict client libraries choke on it.
	UserIDs bool `json:"user_ids"`
	// WindowSync answers 131047 at once instead of by webhook.
	WindowSync bool `json:"window_sync"`
	// ApprovalMS is the time from creating a template to the verdict.
	ApprovalMS int `json:"approval_ms"`
	// ManagementPerHour bounds management calls per account, 0 for no bound.
	ManagementPerHour int `json:"management_per_hour"`
	// Keep is how many of the latest sends are kept as they were written, for /_sim/bodies.
	Keep    int           `json:"keep"`
	Webhook WebhookConfig `json:"webhook"`
}

// WebhookConfig is how webhooks are delivered.
type WebhookConfig struct {
	Enabled bool   `json:"enabled"`
	URL     string `json:"url"`
	// Secret is the app secret that signs.
	Secret string `json:"secret"`
	// VerifyToken, when a URL is set with it over HTTP, is checked by hub.challenge.
	VerifyToken string `json:"verify_token"`
	// DelayMS is the least and the most time between the steps of a message.
	DelayMS [2]int `json:"delay_ms"`
	// Batch is the most statuses in one POST, 1 to 1000.
	Batch int `json:"batch"`
	// Concurrency is the most POSTs at a time.
	Concurrency int `json:"concurrency"`
	// Reorder is the share of statuses that come late, Duplicate twice, Drop never.
	Reorder   float64 `json:"reorder"`
	Duplicate float64 `json:"duplicate"`
	Drop      float64 `json:"drop"`
	// Statuses are the steps of a good message.
	Statuses []string `json:"statuses"`
	// ReadRate is the share of people who read (and show it); FailRate the share of
	// messages that fail with 131026 after being accepted.
	ReadRate float64 `json:"read_rate"`
	FailRate float64 `json:"fail_rate"`
	// RetryMS is the wait after the first refusal, doubled up to RetryMaxMS; Retries bounds
	// their number.
	RetryMS    int `json:"retry_ms"`
	RetryMaxMS int `json:"retry_max_ms"`
	Retries    int `json:"retries"`
}

// DefaultConfig is a fast and friendly Meta without a callback.
func DefaultConfig() Config {
	return Config{Scenarios: true, ApprovalMS: 3000, ManagementPerHour: 5000, Webhook: WebhookConfig{
		Enabled: true, DelayMS: [2]int{50, 400}, Batch: 1, Concurrency: 16,
		Statuses: []string{"sent", "delivered", "read"}, ReadRate: 0.7,
		RetryMS: 500, RetryMaxMS: 30000, Retries: 40,
	}}
}

// Config gives the current behaviour.
func (s *Sim) Config() Config { return *s.config.Load() }

// SetConfig changes the behaviour at once.
func (s *Sim) SetConfig(config Config) error {
	if err := config.check(); err != nil {
		return err
	}
	s.config.Store(&config)
	s.outbox.wake()
	return nil
}

// merge lays the given members over the current behaviour.
func (s *Sim) merge(raw []byte) (Config, error) {
	config := s.Config()
	config.Webhook.Statuses = append([]string(nil), config.Webhook.Statuses...)
	if err := json.Unmarshal(raw, &config); err != nil {
		return config, fmt.Errorf("read config: %w", err)
	}
	return config, config.check()
}

func (c *Config) check() error {
	for _, rate := range []float64{c.P429, c.P5xx, c.PAmbiguous, c.PDrop, c.PDropBefore, c.PHang, c.Webhook.Reorder,
		c.Webhook.Duplicate, c.Webhook.Drop, c.Webhook.ReadRate, c.Webhook.FailRate} {
		if rate < 0 || rate > 1 {
			return errors.New("rates are from 0 to 1")
		}
	}
	hook := &c.Webhook
	hook.Batch = min(max(hook.Batch, 1), 1000)
	hook.Concurrency = min(max(hook.Concurrency, 1), 512)
	hook.RetryMS = max(hook.RetryMS, 1)
	hook.RetryMaxMS = max(hook.RetryMaxMS, hook.RetryMS)
	hook.DelayMS[0] = max(hook.DelayMS[0], 0)
	hook.DelayMS[1] = max(hook.DelayMS[1], hook.DelayMS[0])
	for _, status := range hook.Statuses {
		if statusCode(status) == statusNone {
			return fmt.Errorf("status %q is none of sent, delivered, read", status)
		}
	}
	return nil
}

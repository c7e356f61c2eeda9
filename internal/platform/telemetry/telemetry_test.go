package telemetry_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/telemetry"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

type channel struct{ Name, Key string }

func TestLogsHideSecrets(t *testing.T) {
	t.Parallel()
	const secret = "hunter2"
	address, _ := url.Parse("postgres://ann:hunter2@db/app")
	for _, format := range []string{"text", "json"} {
		var out bytes.Buffer
		logger, err := telemetry.NewLogger(&out, "debug", format)
		if err != nil {
			t.Fatal(err)
		}
		logger.With("accessToken", secret).WithGroup("request").Info("all of these",
			"password", secret, "Authorization", "Basic "+secret, "cookie", secret, "body", secret, "app_secret", secret,
			slog.Group("login", "newPassword", secret), "error", errors.New("dial postgres://ann:hunter2@db/app: refused"),
			"header", "Bearer "+secret, "url", "https://graph.test/v1?access_token="+secret+"&x=1", "address", address,
			"channel", channel{"Acme", secret}, "pointer", &channel{"Acme", secret}, "list", []channel{{"Acme", secret}},
			"raw", []byte(secret), "map", map[string]string{"k": secret}, "many", []string{"x", "Bearer " + secret})
		if strings.Contains(out.String(), secret) {
			t.Errorf("%s: the log tells the secret: %s", format, out.String())
		}
		for _, kept := range []string{"all of these", "refused", "graph.test", "x=1"} {
			if !strings.Contains(out.String(), kept) {
				t.Errorf("%s: the log lost %q: %s", format, kept, out.String())
			}
		}
	}
}

func TestLogsKeepWhatIsHarmless(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	logger, err := telemetry.NewLogger(&out, "", "json")
	if err != nil {
		t.Fatal(err)
	}
	logger.Debug("too detailed")
	logger.Info("campaign started", "campaign", "दिवाली 🎉", "recipients", 10000, "took", time.Second, "draft", false)
	var line map[string]any
	if err := json.Unmarshal(out.Bytes(), &line); err != nil {
		t.Fatalf("%v: %s", err, out.String())
	}
	if line["campaign"] != "दिवाली 🎉" || line["recipients"] != 10000.0 || line["draft"] != false || line["level"] != "INFO" {
		t.Errorf("%v", line)
	}
}

func TestLoggerRefusesTypos(t *testing.T) {
	t.Parallel()
	if _, err := telemetry.NewLogger(io.Discard, "loud", "text"); err == nil {
		t.Error("level loud")
	}
	if _, err := telemetry.NewLogger(io.Discard, "info", "xml"); err == nil {
		t.Error("format xml")
	}
}

func scrape(t *testing.T, m *telemetry.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func want(t *testing.T, text string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(text, "\n"+line) {
			t.Errorf("no line begins %q", line)
		}
	}
}

type idleArgs struct{}

func (idleArgs) Kind() string { return "idle" }

func TestMetricsTellWhatHappens(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	jobs, err := queue.NewInserter(queue.Config{DB: d})
	if err != nil {
		t.Fatal(err)
	}
	err = d.AsSystem(t.Context(), "queue a job nobody works", func(ctx context.Context, tx pgx.Tx) error {
		return jobs.Insert(ctx, tx, idleArgs{}, &river.InsertOpts{Queue: queue.Usage})
	})
	if err != nil {
		t.Fatal(err)
	}
	m := telemetry.NewMetrics()
	m.CollectDB(d)
	m.CollectQueue(jobs, slog.New(slog.DiscardHandler))
	m.GaugeFunc("websockets", "Connections.", func() float64 { return 3 })
	m.Counter("messages_total", "Messages.", "state").WithLabelValues("sent").Add(2)
	m.Gauge("lanes", "Lanes held.").WithLabelValues().Set(4)
	m.ObserveHTTP(web.Observation{Operation: "getContacts", Method: "GET", Status: 200, Took: 20 * time.Millisecond})
	m.ObserveHTTP(web.Observation{Operation: "unmatched", Method: "BREW", Status: 404})
	m.ObserveJob(queue.Observation{Kind: "greet", Queue: "campaign", Failed: true, Took: time.Second})
	want(t, scrape(t, m),
		`aerostic_queue_jobs{queue="usage",state="available"} 1`,
		`aerostic_db_transactions_total{outcome="committed"} 1`,
		`aerostic_db_pool_connections{pool="app",state="max"} 8`,
		`aerostic_websockets 3`, `aerostic_messages_total{state="sent"} 2`, `aerostic_lanes 4`,
		`aerostic_http_request_seconds_count{method="GET",operation="getContacts",status="200"} 1`,
		`aerostic_http_request_seconds_bucket{method="GET",operation="getContacts",status="200",le="0.025"} 1`,
		`aerostic_http_request_seconds_count{method="other",operation="unmatched",status="404"} 1`,
		`aerostic_job_seconds_count{kind="greet",outcome="failed",queue="campaign"} 1`,
		`go_goroutines`, `process_cpu_seconds_total`)
}

func TestMetricsSurviveADeadDatabase(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	jobs, err := queue.NewInserter(queue.Config{DB: d})
	if err != nil {
		t.Fatal(err)
	}
	d.Close()
	m := telemetry.NewMetrics()
	m.CollectQueue(jobs, slog.New(slog.DiscardHandler))
	want(t, scrape(t, m), "go_goroutines")
}

func TestHealth(t *testing.T) {
	t.Parallel()
	var logs bytes.Buffer
	h := telemetry.NewHealth(slog.New(slog.NewTextHandler(&logs, nil)), "api", "worker")
	ask := func(handler http.HandlerFunc) (int, string) {
		w := httptest.NewRecorder()
		handler(w, httptest.NewRequest("GET", "/", nil))
		return w.Code, strings.TrimSpace(w.Body.String())
	}
	broken := false
	h.Add("database", func(context.Context) error {
		if broken {
			return errors.New("dial db-7: refused")
		}
		return nil
	})
	h.Add("realtime", func(context.Context) error { return nil })
	if code, body := ask(h.Ready); code != 200 || body != `{"status":"ok","roles":["api","worker"],"checks":{"database":"ok","realtime":"ok"}}` {
		t.Errorf("ready: %d %s", code, body)
	}
	broken = true
	code, body := ask(h.Ready)
	if code != 503 || body != `{"status":"failing","roles":["api","worker"],"checks":{"database":"failing","realtime":"ok"}}` {
		t.Errorf("not ready: %d %s", code, body)
	}
	if !strings.Contains(logs.String(), "dial db-7: refused") {
		t.Errorf("the log does not say why: %s", logs.String())
	}
	if code, _ := ask(h.Live); code != 200 {
		t.Errorf("live while not ready: %d", code)
	}
}

func TestTracesReachTheCollector(t *testing.T) {
	t.Parallel()
	received := make(chan string, 10)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		received <- r.URL.Path + " " + string(body)
	}))
	defer collector.Close()
	tracer, flush, err := telemetry.Tracing(t.Context(), telemetry.TracingConfig{Endpoint: collector.URL, Service: "aerostic-api", Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	opened, err := db.Open(t.Context(), db.Config{URL: dbtest.URL(t), Tracer: telemetry.Statements(tracer)})
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	api := web.New(web.Config{Tracer: tracer})
	api.Raw("GET", "/traced", web.Public, func(w http.ResponseWriter, r *http.Request) {
		_ = opened.Global(r.Context(), func(ctx context.Context, tx pgx.Tx) error {
			_, err := tx.Exec(ctx, `select $1::text`, "a private value")
			return err
		})
		_, _ = fmt.Fprint(w, "ok")
	})
	api.Handler().ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/traced", nil))
	if err := flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := <-received
	for _, part := range []string{"/v1/traces", "aerostic-api", "GET getTraced", "select $1::text"} {
		if !strings.Contains(got, part) {
			t.Errorf("the collector got no %q", part)
		}
	}
	if strings.Contains(got, "a private value") {
		t.Error("the trace tells the statement's arguments")
	}
}

func TestNoEndpointNoTraces(t *testing.T) {
	t.Parallel()
	tracer, flush, err := telemetry.Tracing(t.Context(), telemetry.TracingConfig{})
	if _, _, err := telemetry.Tracing(t.Context(), telemetry.TracingConfig{Endpoint: "localhost:4318"}); err == nil {
		t.Error("an endpoint without a scheme was accepted")
	}
	if tracer != nil || err != nil || flush(t.Context()) != nil || telemetry.Statements(tracer) != nil {
		t.Errorf("%v, %v", tracer, err)
	}
}

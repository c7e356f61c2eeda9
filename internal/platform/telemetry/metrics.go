package telemetry

import (
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/web"
)

const namespace = "aerostic"

// Metrics is a process's registry. Names get the prefix aerostic_; labels must have few values
// (never ids, numbers or tenants).
type Metrics struct {
	Registry *prometheus.Registry
	requests *prometheus.HistogramVec
	jobs     *prometheus.HistogramVec
	waits    *prometheus.HistogramVec
}

// NewMetrics makes a registry with the Go runtime's, the process's, HTTP's and jobs' metrics.
func NewMetrics() *Metrics {
	m := &Metrics{Registry: prometheus.NewRegistry()}
	m.Registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.requests = m.Histogram("http_request_seconds", "Time to answer a request.", fast(), "operation", "method", "status")
	m.jobs = m.Histogram("job_seconds", "Time to run a job.", slow(), "kind", "queue", "outcome")
	m.waits = m.Histogram("job_wait_seconds", "Time from when a job was due until it started.", slow(), "queue")
	return m
}

// Handler serves /metrics.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.Registry, promhttp.HandlerOpts{Registry: m.Registry})
}

// Counter makes a counter and registers it.
func (m *Metrics) Counter(name, help string, labels ...string) *prometheus.CounterVec {
	c := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
	m.Registry.MustRegister(c)
	return c
}

// Gauge makes a gauge and registers it.
func (m *Metrics) Gauge(name, help string, labels ...string) *prometheus.GaugeVec {
	g := prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help}, labels)
	m.Registry.MustRegister(g)
	return g
}

// GaugeFunc registers a gauge that is read at each scrape.
func (m *Metrics) GaugeFunc(name, help string, read func() float64) {
	m.Registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help}, read))
}

// Histogram makes a histogram of seconds, or of whatever buckets count, and registers it. Nil
// buckets go from 1 ms to 30 s.
func (m *Metrics) Histogram(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	if buckets == nil {
		buckets = slow()
	}
	h := prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: namespace, Name: name, Help: help, Buckets: buckets}, labels)
	m.Registry.MustRegister(h)
	return h
}

// ObserveHTTP is for web.Config.Observe.
func (m *Metrics) ObserveHTTP(o web.Observation) {
	m.requests.WithLabelValues(o.Operation, method(o.Method), strconv.Itoa(o.Status)).Observe(o.Took.Seconds())
}

// ObserveJob is for queue.Config.Observe.
func (m *Metrics) ObserveJob(o queue.Observation) {
	outcome := "ok"
	if o.Failed {
		outcome = "failed"
	}
	m.jobs.WithLabelValues(o.Kind, o.Queue, outcome).Observe(o.Took.Seconds())
	m.waits.WithLabelValues(o.Queue).Observe(o.Waited.Seconds())
}

// method keeps callers from making labels up.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "other"
}

func fast() []float64 {
	return []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
}

func slow() []float64 {
	return []float64{.001, .005, .01, .05, .1, .5, 1, 2.5, 5, 10, 30}
}

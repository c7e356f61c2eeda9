package telemetry

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/queue"
)

// CollectDB reports transactions, statements and the two pools at each scrape.
func (m *Metrics) CollectDB(d *db.DB) {
	m.Registry.MustRegister(&dbCollector{
		db:           d,
		transactions: describe("db_transactions_total", "Transactions since start.", "outcome"),
		statements:   describe("db_statements_total", "Statements sent since start."),
		connections:  describe("db_pool_connections", "Connections of a pool.", "pool", "state"),
		waits:        describe("db_pool_waits_total", "Times a connection had to be waited for.", "pool"),
		waited:       describe("db_pool_wait_seconds_total", "Time spent waiting for connections.", "pool"),
	})
}

// CollectQueue reports how many jobs wait, run or have failed for good.
func (m *Metrics) CollectQueue(c *queue.Client, logger *slog.Logger) {
	m.Registry.MustRegister(&queueCollector{
		client: c, logger: logger, jobs: describe("queue_jobs", "Jobs not done.", "queue", "state"),
	})
}

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(prometheus.BuildFQName(namespace, "", name), help, labels, nil)
}

type dbCollector struct {
	db                                                   *db.DB
	transactions, statements, connections, waits, waited *prometheus.Desc
}

// Describe implements prometheus.Collector.
func (c *dbCollector) Describe(out chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{c.transactions, c.statements, c.connections, c.waits, c.waited} {
		out <- desc
	}
}

// Collect implements prometheus.Collector.
func (c *dbCollector) Collect(out chan<- prometheus.Metric) {
	stats := c.db.Stats()
	count := func(desc *prometheus.Desc, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(desc, prometheus.CounterValue, value, labels...)
	}
	count(c.transactions, float64(stats.Committed), "committed")
	count(c.transactions, float64(stats.RolledBack), "rolled_back")
	count(c.transactions, float64(stats.Failed), "failed")
	count(c.statements, float64(stats.Statements))
	for name, pool := range map[string]*pgxpool.Stat{"app": stats.App, "system": stats.System} {
		count(c.waits, float64(pool.EmptyAcquireCount()), name)
		count(c.waited, pool.EmptyAcquireWaitTime().Seconds(), name)
		for state, n := range map[string]int32{"idle": pool.IdleConns(), "used": pool.AcquiredConns(), "max": pool.MaxConns()} {
			out <- prometheus.MustNewConstMetric(c.connections, prometheus.GaugeValue, float64(n), name, state)
		}
	}
}

type queueCollector struct {
	client *queue.Client
	logger *slog.Logger
	jobs   *prometheus.Desc
}

// Describe implements prometheus.Collector.
func (c *queueCollector) Describe(out chan<- *prometheus.Desc) { out <- c.jobs }

// Collect implements prometheus.Collector. A database that does not answer costs the scrape
// these values and no more.
func (c *queueCollector) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	backlogs, err := c.client.Backlogs(ctx)
	if err != nil {
		c.logger.Warn("queue metrics not read", "error", err.Error())
		return
	}
	for _, b := range backlogs {
		out <- prometheus.MustNewConstMetric(c.jobs, prometheus.GaugeValue, float64(b.Jobs), b.Queue, b.State)
	}
}

package queue

import (
	"context"
	"log/slog"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// reporter logs failures by kind, id and reason. Arguments stay out: they may name people.
type reporter struct{ logger *slog.Logger }

// HandleError implements river.ErrorHandler.
func (r reporter) HandleError(ctx context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	level, message := slog.LevelWarn, "job failed, will be retried"
	if job.Attempt >= job.MaxAttempts {
		level, message = slog.LevelError, "job failed for good"
	}
	r.logger.Log(ctx, level, message, attributes(job, "error", err.Error())...)
	return nil
}

// HandlePanic implements river.ErrorHandler.
func (r reporter) HandlePanic(ctx context.Context, job *rivertype.JobRow, cause any, trace string) *river.ErrorHandlerResult {
	r.logger.ErrorContext(ctx, "job panicked", attributes(job, "panic", cause, "stack", trace)...)
	return nil
}

func attributes(job *rivertype.JobRow, more ...any) []any {
	return append([]any{"kind", job.Kind, "job_id", job.ID, "queue", job.Queue, "attempt", job.Attempt,
		"max_attempts", job.MaxAttempts}, more...)
}

// watcher measures and traces each run.
type watcher struct {
	river.MiddlewareDefaults
	cfg Config
}

// Work implements rivertype.WorkerMiddleware.
func (w *watcher) Work(ctx context.Context, job *rivertype.JobRow, run func(context.Context) error) error {
	started := w.cfg.Clock.Now()
	ctx, end := w.span(ctx, job)
	failed := true // a panic passes through here
	var err error
	defer func() {
		end(err)
		w.cfg.Observe(Observation{
			Kind: job.Kind, Queue: job.Queue, Failed: failed,
			Waited: max(0, started.Sub(job.ScheduledAt)), Took: w.cfg.Clock.Now().Sub(started),
		})
	}()
	err = run(ctx)
	failed = err != nil
	return err
}

func (w *watcher) span(ctx context.Context, job *rivertype.JobRow) (context.Context, func(error)) {
	if w.cfg.Tracer == nil {
		return ctx, func(error) {}
	}
	ctx, span := w.cfg.Tracer.Start(ctx, "job "+job.Kind, trace.WithSpanKind(trace.SpanKindConsumer),
		trace.WithAttributes(attribute.Int64("job.id", job.ID), attribute.String("job.queue", job.Queue)))
	return ctx, func(err error) {
		if err != nil {
			span.SetStatus(codes.Error, "job failed")
		}
		span.End()
	}
}

// quiet lets only warnings of River itself through: its start and stop lines and statistics
// say nothing the metrics do not.
type quiet struct{ slog.Handler }

// Enabled implements slog.Handler.
func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}

// WithAttrs implements slog.Handler.
func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(attrs)} }

// WithGroup implements slog.Handler.
func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }

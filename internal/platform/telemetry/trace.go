package telemetry

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// TracingConfig says where spans go. Without an Endpoint nothing is traced.
type TracingConfig struct {
	Endpoint string  // OTLP over HTTP: http://localhost:4318
	Service  string  // "aerostic-api"
	Version  string  // of the binary
	Ratio    float64 // of requests traced, 0 to 1; 0: all
}

// Tracing returns the tracer to hand to web, queue and db, and what flushes it at the end. With
// no endpoint the tracer is nil, which they take as "do not trace".
func Tracing(ctx context.Context, cfg TracingConfig) (trace.Tracer, func(context.Context) error, error) {
	if cfg.Endpoint == "" {
		return nil, func(context.Context) error { return nil }, nil
	}
	endpoint, err := url.Parse(cfg.Endpoint)
	if err != nil || endpoint.Host == "" {
		return nil, nil, fmt.Errorf("trace to %q: want a URL such as http://localhost:4318", cfg.Endpoint)
	}
	if strings.Trim(endpoint.Path, "/") == "" {
		endpoint.Path = "/v1/traces"
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(endpoint.String()))
	if err != nil {
		return nil, nil, fmt.Errorf("trace to %s: %w", cfg.Endpoint, err)
	}
	if cfg.Ratio == 0 {
		cfg.Ratio = 1
	}
	provider := sdktrace.NewTracerProvider(
		sdktrace.WithBatcher(exporter),
		sdktrace.WithSampler(sdktrace.ParentBased(sdktrace.TraceIDRatioBased(cfg.Ratio))),
		sdktrace.WithResource(resource.NewSchemaless(
			attribute.String("service.name", cfg.Service), attribute.String("service.version", cfg.Version))),
	)
	return provider.Tracer("github.com/aerostic/aerostic"), provider.Shutdown, nil
}

// Statements traces SQL for db.Config.Tracer: the text with its placeholders, never arguments.
// A nil tracer gives nil.
func Statements(tracer trace.Tracer) pgx.QueryTracer {
	if tracer == nil {
		return nil
	}
	return statements{tracer}
}

type statements struct{ tracer trace.Tracer }

// TraceQueryStart implements pgx.QueryTracer.
func (s statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	ctx, _ = s.tracer.Start(ctx, "sql", trace.WithSpanKind(trace.SpanKindClient),
		trace.WithAttributes(attribute.String("db.query.text", data.SQL)))
	return ctx
}

// TraceQueryEnd implements pgx.QueryTracer.
func (s statements) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryEndData) {
	span := trace.SpanFromContext(ctx)
	if data.Err != nil {
		span.SetStatus(codes.Error, "statement failed")
	}
	span.End()
}

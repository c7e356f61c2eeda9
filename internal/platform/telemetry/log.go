// Package telemetry is how a process tells what it does: structured logs without secrets,
// Prometheus metrics, traces by configuration, and health for whoever restarts it.
//
// It owns the redaction of logs, the metrics registry and its collectors, the tracer and the
// health endpoints. It does not own what is worth telling. Everything is made once at start and
// handed down; there is no global logger, registry or tracer.
package telemetry

import (
	"fmt"
	"io"
	"log/slog"
	"reflect"
	"regexp"
	"strings"
)

const hidden = "[hidden]"

// NewLogger writes lines of at least level (debug, info, warn, error; "" is info) to w, as
// "json" or, for people, "text" (the default). Attributes named like secrets are hidden, and so
// are credentials inside text; structs are named by type only, since their fields may hold
// either.
func NewLogger(w io.Writer, level, format string) (*slog.Logger, error) {
	var threshold slog.Level
	if level == "" {
		level = "info"
	}
	if err := threshold.UnmarshalText([]byte(level)); err != nil {
		return nil, fmt.Errorf("log level %q: want debug, info, warn or error", level)
	}
	options := &slog.HandlerOptions{Level: threshold, ReplaceAttr: newRedactor().attribute}
	switch format {
	case "", "text":
		return slog.New(slog.NewTextHandler(w, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, options)), nil
	}
	return nil, fmt.Errorf("log format %q: want text or json", format)
}

// redactor knows what credentials inside text look like.
type redactor struct{ userinfo, bearer, parameter *regexp.Regexp }

func newRedactor() *redactor {
	return &redactor{
		userinfo:  regexp.MustCompile(`(://[^:/@\s]*):[^@/\s]+@`),
		bearer:    regexp.MustCompile(`([Bb]earer) [^\s"',]+`),
		parameter: regexp.MustCompile(`((?:token|secret)=)[^&\s"']+`),
	}
}

func (r *redactor) attribute(_ []string, a slog.Attr) slog.Attr {
	if sensitive(a.Key) {
		return slog.String(a.Key, hidden)
	}
	switch a.Value.Kind() {
	case slog.KindString:
		a.Value = slog.StringValue(r.scrub(a.Value.String()))
	case slog.KindAny:
		a.Value = r.safe(a.Value.Any())
	}
	return a
}

// sensitive goes by the name of an attribute: access_token, newPassword, Cookie, request_body …
func sensitive(key string) bool {
	key = strings.ToLower(key)
	for _, word := range []string{"password", "secret", "token", "authorization", "cookie", "apikey", "api_key", "credential", "private_key", "totp"} {
		if strings.Contains(key, word) {
			return true
		}
	}
	return key == "body" || strings.HasSuffix(key, "_body") || key == "payload"
}

// safe renders a value without the fields a struct may hide.
func (r *redactor) safe(v any) slog.Value {
	switch v := v.(type) {
	case nil:
		return slog.AnyValue(nil)
	case *slog.Source, slog.Level:
		return slog.AnyValue(v)
	case error:
		return slog.StringValue(r.scrub(v.Error()))
	case fmt.Stringer:
		return slog.StringValue(r.scrub(v.String()))
	case []string:
		return slog.StringValue(r.scrub(strings.Join(v, ", ")))
	}
	switch reflect.TypeOf(v).Kind() {
	case reflect.Struct, reflect.Pointer, reflect.Map, reflect.Slice, reflect.Array, reflect.Func, reflect.Chan:
		return slog.StringValue(reflect.TypeOf(v).String())
	case reflect.String:
		return slog.StringValue(r.scrub(reflect.ValueOf(v).String()))
	}
	return slog.AnyValue(v)
}

// scrub hides credentials inside text: passwords in URLs, bearer tokens, query parameters.
func (r *redactor) scrub(s string) string {
	if strings.Contains(s, "://") {
		s = r.userinfo.ReplaceAllString(s, "$1:"+hidden+"@")
	}
	if strings.Contains(s, "earer ") {
		s = r.bearer.ReplaceAllString(s, "$1 "+hidden)
	}
	if strings.Contains(s, "token=") || strings.Contains(s, "secret=") {
		s = r.parameter.ReplaceAllString(s, "$1"+hidden)
	}
	return s
}

package whatsapp

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func clientOf(t testing.TB, url string) *Client {
	t.Helper()
	client, err := New(Config{BaseURL: url, Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

func answering(t testing.TB, handler http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return clientOf(t, server.URL)
}

const goodReply = `{"messaging_product":"whatsapp","contacts":[{"input":"+91","wa_id":"91","user_id":"IN.1"}],"messages":[{"id":"wamid.A","message_status":"held_for_quality_assessment"}]}`

func TestAnswersBecomeOutcomes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		status int
		body   string
		want   OutcomeKind
	}{
		{"accepted", 200, goodReply, Accepted},
		{"no message id", 200, `{"messaging_product":"whatsapp","messages":[]}`, InDoubt},
		{"empty", 200, ``, InDoubt},
		{"not json", 200, `<html>`, InDoubt},
		{"redirect", 302, ``, InDoubt},
		{"throttled", 400, `{"error":{"code":130429,"message":"m"}}`, Refused},
		{"pair", 400, `{"error":{"code":131056}}`, Refused},
		{"upgrade with status 500", 500, `{"error":{"code":131057}}`, Refused},
		{"bare 429", 429, ``, Refused},
		{"bare 500", 500, `oops`, InDoubt},
		{"bare 502", 502, ``, InDoubt},
		{"request timeout", 408, ``, InDoubt},
		{"unknown code with 500", 500, `{"error":{"code":987654}}`, InDoubt},
		{"unknown code with 400", 400, `{"error":{"code":987654}}`, Failed},
		{"transient", 400, `{"error":{"code":987654,"is_transient":true}}`, InDoubt},
		{"something went wrong", 400, `{"error":{"code":131000}}`, InDoubt},
		{"down", 503, `{"error":{"code":2}}`, InDoubt},
		{"unregistered with status 500", 500, `{"error":{"code":131045}}`, Failed},
		{"token", 401, `{"error":{"code":190,"error_subcode":463}}`, Failed},
		{"bare 404", 404, `not here`, Failed},
		{"template", 404, `{"error":{"code":132001,"message":"m","error_data":{"details":"d"}}}`, Failed},
	} {
		client := answering(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "http://127.0.0.1:1/")
			w.WriteHeader(tc.status)
			_, _ = io.WriteString(w, tc.body)
		})
		out := client.Send(context.Background(), "EAA", "111", []byte(`{}`))
		if out.Kind != tc.want {
			t.Errorf("%s: %v (%v, %v)", tc.name, out.Kind, out.Err, out.Cause)
		}
		if (out.Kind == Refused || out.Kind == Failed) && out.Err == nil || out.Kind == InDoubt && out.Err == nil && out.Cause == nil {
			t.Errorf("%s: no reason", tc.name)
		}
	}
}

func TestTheRequestIsWhatMetaWants(t *testing.T) {
	t.Parallel()
	client := answering(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method != "POST" || r.URL.Path != "/v25.0/111/messages" || r.Header.Get("Authorization") != "Bearer EAA" ||
			r.Header.Get("Content-Type") != "application/json" || string(body) != `{"a":"आशा"}` || r.Header.Get("Idempotency-Key") != "" {
			t.Errorf("%s %s %v %s", r.Method, r.URL, r.Header, body)
		}
		_, _ = io.WriteString(w, goodReply)
	})
	out := client.Send(context.Background(), "EAA", "111", []byte(`{"a":"आशा"}`))
	if out.WAMID != "wamid.A" || out.WAID != "91" || out.UserID != "IN.1" || out.MessageStatus != "held_for_quality_assessment" {
		t.Errorf("%+v", out)
	}
}

func TestNothingLeftWhenNobodyListens(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + listener.Addr().String()
	listener.Close()
	if out := clientOf(t, url).Send(context.Background(), "EAA", "111", []byte(`{}`)); out.Kind != NotLeft || out.Cause == nil {
		t.Errorf("refused connection: %+v", out)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	client := answering(t, func(http.ResponseWriter, *http.Request) { t.Error("the request left") })
	if out := client.Send(cancelled, "EAA", "111", []byte(`{}`)); out.Kind != NotLeft || !errors.Is(out.Cause, context.Canceled) {
		t.Errorf("cancelled before: %+v", out)
	}
}

func TestNothingLeftWhenTLSFails(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the request left") }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	t.Cleanup(server.Close)
	// The certificate is not trusted, so the handshake fails before any request.
	if out := clientOf(t, server.URL).Send(context.Background(), "EAA", "111", []byte(`{}`)); out.Kind != NotLeft {
		t.Errorf("%+v", out)
	}
}

// A server that reads the request and hangs up without an answer sees it once: the
// transport must not replay it, and we must not claim that nothing left.
func TestALostAnswerIsInDoubtAndSentOnce(t *testing.T) {
	t.Parallel()
	var arrived atomic.Int64
	client := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if n := arrived.Add(1); n%2 == 1 {
			_, _ = io.WriteString(w, goodReply) // the first makes the connection an idle one
			return
		}
		_, _ = io.ReadAll(r.Body)
		panic(http.ErrAbortHandler)
	})
	if out := client.Send(context.Background(), "EAA", "111", []byte(`{}`)); out.Kind != Accepted {
		t.Fatalf("%+v", out)
	}
	out := client.Send(context.Background(), "EAA", "111", []byte(`{}`))
	if out.Kind != InDoubt || arrived.Load() != 2 {
		t.Errorf("%+v, %d arrived", out, arrived.Load())
	}
}

func TestATruncatedAnswerIsInDoubt(t *testing.T) {
	t.Parallel()
	client := answering(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "500")
		_, _ = io.WriteString(w, goodReply)
	})
	if out := client.Send(context.Background(), "EAA", "111", []byte(`{}`)); out.Kind != InDoubt || out.Cause == nil {
		t.Errorf("%+v", out)
	}
}

// Idle connections the server closed must cost neither a message nor a doubt.
func TestClosedIdleConnectionsAreReplacedSafely(t *testing.T) {
	t.Parallel()
	var arrived atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		arrived.Add(1)
		_, _ = io.WriteString(w, goodReply)
	}))
	t.Cleanup(server.Close)
	client := clientOf(t, server.URL)
	accepted := int64(0)
	for range 50 {
		if client.Send(context.Background(), "EAA", "111", []byte(`{}`)).Kind == Accepted {
			accepted++
		}
		server.CloseClientConnections()
	}
	if accepted != arrived.Load() {
		t.Errorf("%d accepted, %d arrived", accepted, arrived.Load())
	}
}

// Whatever the moment of the cancellation, NotLeft is only said when nothing arrived.
func TestNotLeftIsNeverSaidOfWhatArrived(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	arrived := map[string]bool{}
	client := answering(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		arrived[string(body)] = true
		mu.Unlock()
		_, _ = io.WriteString(w, goodReply)
	})
	notLeft := map[string]bool{}
	for i := range 400 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Duration(i)*time.Microsecond)
		body := string(rune('a'+i%26)) + time.Duration(i).String()
		if out := client.Send(ctx, "EAA", "111", []byte(body)); out.Kind == NotLeft {
			notLeft[body] = true
		}
		cancel()
	}
	mu.Lock()
	defer mu.Unlock()
	for body := range notLeft {
		if arrived[body] {
			t.Errorf("%q arrived though it is said that nothing left", body)
		}
	}
}

func TestRetryAfterIsTheLongestMetaAskedFor(t *testing.T) {
	t.Parallel()
	header := http.Header{"Retry-After": {"7"}}
	if got := retryAfter(header); got != 7*time.Second {
		t.Errorf("seconds: %v", got)
	}
	header.Set("X-Business-Use-Case-Usage", `{"222":[{"type":"whatsapp","call_count":100,"estimated_time_to_regain_access":3}]}`)
	if got := retryAfter(header); got != 3*time.Minute {
		t.Errorf("minutes: %v", got)
	}
	if got := retryAfter(http.Header{}); got != 0 {
		t.Errorf("nothing: %v", got)
	}
}

func TestNewWantsAnAbsoluteAddress(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"graph.facebook.com", "ftp://x", "://", "/v25.0"} {
		if _, err := New(Config{BaseURL: url}); err == nil {
			t.Errorf("%q was taken", url)
		}
	}
	client, err := New(Config{})
	if err != nil || client.base.String() != "https://graph.facebook.com/v25.0" || client.Timeout() != DefaultTimeout {
		t.Errorf("%v %v", client, err)
	}
}

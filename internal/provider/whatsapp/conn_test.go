package whatsapp

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/platform/clock"
)

// scripted is a server that answers each request of a connection with the next of some texts, and then
// closes it. It counts the requests and the connections.
type scripted struct {
	client          *Client
	requests, conns atomic.Int64
}

func script(t *testing.T, answers ...string) *scripted {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	s := &scripted{client: clientOf(t, "http://"+listener.Addr().String())}
	go func() {
		for {
			wire, err := listener.Accept()
			if err != nil {
				return
			}
			s.conns.Add(1)
			go s.serve(wire, answers)
		}
	}()
	return s
}

func (s *scripted) serve(wire net.Conn, answers []string) {
	defer wire.Close()
	in := bufio.NewReader(wire)
	for _, answer := range answers {
		req, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, req.Body)
		s.requests.Add(1)
		_, _ = io.WriteString(wire, answer)
	}
	if len(answers) == 0 {
		_, _ = io.Copy(io.Discard, in)
	}
}

func (s *scripted) send() Outcome {
	return s.client.Send(context.Background(), "EAA", "111", []byte(`{}`))
}

// answered is an answer as a server writes it.
func answered(head, body string) string {
	return fmt.Sprintf("HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s", head, len(body), body)
}

// inChunks is an answer whose length the server does not say.
func inChunks(body string) string {
	return fmt.Sprintf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", len(body), body)
}

func TestAnswersInEveryForm(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, answer string
		want         OutcomeKind
	}{
		{"with its length", answered("", goodReply), Accepted},
		{"in chunks", inChunks(goodReply), Accepted},
		{"until the end", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + goodReply, Accepted},
		{"after hints", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + answered("", goodReply), Accepted},
		{"with a head too long", answered("X-Long: "+strings.Repeat("x", 2*headLimit)+"\r\n", goodReply), InDoubt},
		{"no HTTP", "SSH-2.0-OpenSSH\r\n", InDoubt},
		{"nothing", "", InDoubt},
	} {
		s := script(t, tc.answer)
		if out := s.send(); out.Kind != tc.want || s.requests.Load() != 1 {
			t.Errorf("%s: %+v after %d requests", tc.name, out, s.requests.Load())
		}
	}
}

func TestAConnectionIsUsedAgain(t *testing.T) {
	t.Parallel()
	s := script(t, answered("", goodReply), inChunks(goodReply), answered("", goodReply))
	for range 3 {
		if out := s.send(); out.Kind != Accepted {
			t.Fatalf("%+v", out)
		}
	}
	if s.conns.Load() != 1 {
		t.Errorf("%d connections", s.conns.Load())
	}
}

// A server that closes after each answer, said or unsaid, or says something unasked, costs a connection and no message.
func TestAConnectionThatEndsIsNotUsedAgain(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"closed as it said": answered("Connection: close\r\n", goodReply),
		"closed unsaid":     answered("", goodReply),
		"said more":         answered("", goodReply) + "HTTP/1.1 408 Request Timeout\r\n\r\n",
	} {
		s := script(t, answer)
		for range 20 {
			if out := s.send(); out.Kind != Accepted {
				t.Fatalf("%s: %+v", name, out)
			}
			untilClosed(t, s.client)
		}
		if s.requests.Load() != 20 {
			t.Errorf("%s: %d requests", name, s.requests.Load())
		}
	}
}

// untilClosed waits until the server's end of a connection has been seen here.
func untilClosed(t *testing.T, c *Client) {
	t.Helper()
	c.sending.mu.Lock()
	defer c.sending.mu.Unlock()
	for _, one := range c.sending.idle {
		_ = one.SetDeadline(time.Now().Add(10 * time.Second))
		if _, err := one.reader.Peek(1 << 11); err == nil {
			t.Fatal("the server goes on talking")
		}
	}
}

func TestSecureSendsAndAClosedIdleOne(t *testing.T) {
	t.Parallel()
	var arrived atomic.Int64
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		arrived.Add(1)
		_, _ = io.WriteString(w, goodReply)
	}))
	t.Cleanup(server.Close)
	client := clientOf(t, server.URL)
	client.sending.dial = dialer(client.base, server.Client().Transport.(*http.Transport).TLSClientConfig)
	for i := range 30 {
		if out := client.Send(context.Background(), "EAA", "111", []byte(`{}`)); out.Kind != Accepted {
			t.Fatalf("%d: %+v", i, out)
		}
		if i%3 == 0 {
			server.CloseClientConnections()
		}
	}
	if arrived.Load() != 30 {
		t.Errorf("%d arrived", arrived.Load())
	}
}

func TestWaitingForAConnectionSendsNothing(t *testing.T) {
	t.Parallel()
	held := make(chan struct{})
	var arrived atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		arrived.Add(1)
		<-held
	}))
	t.Cleanup(server.Close)
	client, err := New(Config{BaseURL: server.URL, Timeout: 300 * time.Millisecond, MaxConns: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	t.Cleanup(func() { close(held) })
	kinds := map[OutcomeKind]int{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			out := client.Send(context.Background(), "EAA", "111", []byte(`{}`))
			mu.Lock()
			defer mu.Unlock()
			kinds[out.Kind]++
		})
	}
	all.Wait()
	if kinds[InDoubt] != int(arrived.Load()) || kinds[NotLeft]+kinds[InDoubt] != 6 || kinds[NotLeft] == 0 {
		t.Errorf("%v, %d arrived", kinds, arrived.Load())
	}
}

func TestIdleConnectionsAreClosedInTheEnd(t *testing.T) {
	t.Parallel()
	now := clock.NewFake(time.Now())
	p := newConns(0, now, nil)
	ends := make([]net.Conn, 3)
	for i := range ends {
		var near net.Conn
		near, ends[i] = net.Pipe()
		p.slots <- struct{}{}
		p.give(newConn(near, nil), true)
		now.Advance(idleTimeout - time.Second)
	}
	if len(p.idle) != 2 {
		t.Errorf("%d idle connections are kept", len(p.idle))
	}
	if _, err := ends[0].Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("the oldest is open: %v", err)
	}
}

func TestNothingIsSentThatCouldForgeARequest(t *testing.T) {
	t.Parallel()
	client := answering(t, func(http.ResponseWriter, *http.Request) { t.Error("the request left") })
	for _, tc := range [][2]string{{"EAA\r\nX: y", "111"}, {"EAA\n", "111"}, {"EAA", "1 HTTP/1.1\r\nX:"}, {"EAA", "1?x"}, {"EAA", "१"}} {
		if out := client.Send(context.Background(), tc[0], tc[1], []byte(`{}`)); out.Kind != NotLeft || !errors.Is(out.Cause, errNotSendable) {
			t.Errorf("%q: %+v", tc, out)
		}
	}
}

// A proxy is asked for a tunnel, with its password, and sees nothing else.
func TestATunnelThroughAProxy(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, goodReply) }))
	t.Cleanup(server.Close)
	proxy := httptest.NewServer(http.HandlerFunc(tunnelling))
	t.Cleanup(proxy.Close)
	to := strings.TrimPrefix(server.URL, "http://")
	for _, tc := range []struct {
		user *url.Userinfo
		ok   bool
	}{{url.UserPassword("ann", "secret"), true}, {nil, false}} {
		at, _ := url.Parse(proxy.URL)
		at.User = tc.user
		wire, err := net.Dial("tcp", at.Host)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = wire.Close() })
		if err := tunnel(context.Background(), wire, at, to); (err == nil) != tc.ok {
			t.Fatalf("%v: %v", tc.user, err)
		}
		if !tc.ok {
			continue
		}
		got, left, err := newConn(wire, nil).carry(context.Background(), []byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), time.Now().Add(5*time.Second))
		if err != nil || !left || string(got.body) != goodReply {
			t.Errorf("%+v %v %v", got, left, err)
		}
	}
}

func tunnelling(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodConnect || r.Header.Get("Proxy-Authorization") != "Basic YW5uOnNlY3JldA==" {
		w.WriteHeader(http.StatusProxyAuthRequired)
		return
	}
	far, err := net.Dial("tcp", r.Host)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer far.Close()
	w.WriteHeader(http.StatusOK)
	near, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer near.Close()
	go func() { _, _ = io.Copy(far, near) }()
	_, _ = io.Copy(near, far)
}

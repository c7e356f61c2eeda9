package web_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// remembering is a bundle whose idempotency keys live in Postgres, with Acme in it.
func remembering(t *testing.T) *bundle {
	t.Helper()
	d := dbtest.New(t)
	return setup(t, func(cfg *web.Config) { cfg.Idempotency = web.NewClaims(d, cfg.Clock) })
}

func TestSameKeyAndBodyRepeatsTheAnswer(t *testing.T) {
	t.Parallel()
	b := remembering(t)
	created := 0
	contacts(b.api, func() { created++ })
	h := b.api.Handler()
	post := func(body, key, who string) (int, string, bool) {
		w := call(h, "POST", "/api/contacts", body, append(as(who), "Idempotency-Key", key)...)
		return w.Code, w.Body.String(), w.Header().Get("Idempotent-Replayed") == "true"
	}
	status, first, replayed := post(`{"name":"प्रिया 🎉"}`, "k1", ann)
	if status != 201 || replayed {
		t.Fatalf("first: %d %s", status, first)
	}
	status, again, replayed := post(`{"name":"प्रिया 🎉"}`, "k1", ann)
	if status != 201 || again != first || !replayed || created != 1 {
		t.Errorf("again: %d %s, replayed %v, created %d", status, again, replayed, created)
	}
	if status, body, _ := post(`{"name":"Someone else"}`, "k1", ann); status != 409 || !strings.Contains(body, "idempotency_key_reused") {
		t.Errorf("another body: %d %s", status, body)
	}
	if status, _, replayed := post(`{"name":"प्रिया 🎉"}`, "k2", ann); status != 201 || replayed || created != 2 {
		t.Errorf("another key: %d, replayed %v, created %d", status, replayed, created)
	}
	b.clock.Advance(25 * time.Hour)
	if status, body, replayed := post(`{"name":"प्रिया 🎉"}`, "k1", ann); status != 201 || replayed || body == first {
		t.Errorf("a day later: %d, replayed %v", status, replayed)
	}
}

func TestFailuresAreTriedAgain(t *testing.T) {
	t.Parallel()
	b := remembering(t)
	created := 0
	contacts(b.api, func() { created++ })
	h := b.api.Handler()
	for _, body := range []string{`{"name":"taken"}`, `{"name":"broken"}`, `{"name":"panic"}`, `{}`} {
		first := call(h, "POST", "/api/contacts", body, append(as(ann), "Idempotency-Key", "retry")...)
		again := call(h, "POST", "/api/contacts", body, append(as(ann), "Idempotency-Key", "retry")...)
		if first.Code < 400 || again.Code != first.Code || again.Header().Get("Idempotent-Replayed") != "" {
			t.Errorf("%s: %d, then %d %v", body, first.Code, again.Code, again.Header())
		}
	}
	if w := call(h, "POST", "/api/contacts", `{"name":"Ann"}`, append(as(ann), "Idempotency-Key", "retry")...); w.Code != 201 || created != 1 {
		t.Errorf("after failures: %d, created %d", w.Code, created)
	}
}

func TestKeysOfOthersAreOthers(t *testing.T) {
	t.Parallel()
	b := remembering(t)
	b.api.Mount(web.Op{Method: "POST", Path: "/api/open", Permission: web.Public, Idempotent: true}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "/api/open/7")
		_ = web.WriteJSON(w, 201, map[string]string{"id": uuid.NewString()})
	})
	h := b.api.Handler()
	answers := map[string]bool{}
	for _, who := range []string{ann, bob, olga, ""} {
		for range 2 {
			w := call(h, "POST", "/api/open", `{}`, append(as(who), "Idempotency-Key", "same")...)
			if w.Code != 201 || w.Header().Get("Location") != "/api/open/7" {
				t.Fatalf("%q: %d %v", who, w.Code, w.Header())
			}
			answers[w.Body.String()] = true
		}
	}
	if len(answers) != 4 {
		t.Errorf("%d different answers for four callers, want 4", len(answers))
	}
}

func TestConcurrentRequestsRunOnce(t *testing.T) {
	t.Parallel()
	b := remembering(t)
	var mu sync.Mutex
	created := 0
	inside, leave := make(chan struct{}), make(chan struct{})
	contacts(b.api, func() {
		mu.Lock()
		created++
		mu.Unlock()
		close(inside)
		<-leave
	})
	h := b.api.Handler()
	post := func() int {
		return call(h, "POST", "/api/contacts", `{"name":"Ann"}`, append(as(ann), "Idempotency-Key", "once")...).Code
	}
	first := make(chan int)
	go func() { first <- post() }()
	<-inside
	for range 5 {
		if status := post(); status != 409 {
			t.Errorf("while the first runs: %d, want 409", status)
		}
	}
	close(leave)
	if status := <-first; status != 201 {
		t.Errorf("the first: %d", status)
	}
	if status := post(); status != 201 || created != 1 {
		t.Errorf("afterwards: %d, created %d", status, created)
	}
}

func TestACrashedAttemptFreesItsKeyAfterItsLease(t *testing.T) {
	t.Parallel()
	b := remembering(t)
	store := b.cfg.Idempotency
	claim := web.Claim{Tenant: b.acme, Scope: "user create", Key: "k", Body: []byte("hash"), Attempt: uuid.New(), Lease: time.Minute}
	begin := func(c web.Claim) (*web.Reply, error) { return store.Begin(t.Context(), c) }
	if reply, err := begin(claim); reply != nil || err != nil {
		t.Fatal(reply, err)
	}
	retry := claim
	retry.Attempt = uuid.New()
	if _, err := begin(retry); fault.KindOf(err) != fault.KindConflict {
		t.Fatalf("within the lease: %v", err)
	}
	b.clock.Advance(61 * time.Second)
	if reply, err := begin(retry); reply != nil || err != nil {
		t.Fatalf("after the lease: %v, %v", reply, err)
	}
	// The first attempt was only slow: it must not answer for the second, nor free its key.
	if err := store.Finish(t.Context(), claim, web.Reply{Status: 200, Body: []byte("late")}); err != nil {
		t.Fatal(err)
	}
	if err := store.Abandon(t.Context(), claim); err != nil {
		t.Fatal(err)
	}
	if _, err := begin(claim); fault.KindOf(err) != fault.KindConflict {
		t.Fatalf("the second attempt lost its key: %v", err)
	}
	if err := store.Finish(t.Context(), retry, web.Reply{Status: 201, Body: []byte("done")}); err != nil {
		t.Fatal(err)
	}
	if reply, err := begin(claim); err != nil || reply == nil || string(reply.Body) != "done" || reply.Status != 201 {
		t.Fatalf("the answer: %+v, %v", reply, err)
	}
}

func TestBadKeysAreRefused(t *testing.T) {
	t.Parallel()
	b := remembering(t)
	contacts(b.api, func() { t.Error("created") })
	for _, key := range []string{"with space", "ключ", strings.Repeat("k", 256)} {
		w := call(b.api.Handler(), "POST", "/api/contacts", `{"name":"Ann"}`, append(as(ann), "Idempotency-Key", key)...)
		if p := problem(t, w); p.Status != 422 {
			t.Errorf("%q: %+v", key, p)
		}
	}
}

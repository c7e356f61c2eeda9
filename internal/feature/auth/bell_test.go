package auth_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/feature/auth"
	"github.com/aerostic/aerostic/internal/platform/realtime"
)

// A second process that remembers a session hears of its end: the clock stands still, so what
// it remembers never gets old by itself.
func TestOtherProcessesHearOfALogout(t *testing.T) {
	b := setup(t)
	b.acme()
	other := auth.New(b.auth.Deps)
	listener := realtime.NewListener(b.db, nil, nil)
	for bell, fn := range other.Bells() {
		listener.Bell(bell, fn)
	}
	go listener.Run(t.Context())
	eventually(t, listener.Live)

	br := b.login(annEmail, annPassword)
	knows := func() bool {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/me", nil)
		r.Header.Set("Authorization", "Bearer "+br.token)
		_, err := other.Authenticate(t.Context(), r)
		return err == nil
	}
	if !knows() {
		t.Fatal("the other process does not know the session")
	}
	br.want(http.StatusNoContent, "POST", "/api/auth/logout-everywhere", nil)
	eventually(t, func() bool { return !knows() })
}

// eventually asks until the answer is yes, for ten seconds at most.
func eventually(t *testing.T, yes func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.NewTimer(10 * time.Second)
	defer deadline.Stop()
	for !yes() {
		select {
		case <-tick.C:
		case <-deadline.C:
			t.Fatal("it never came true")
		}
	}
}

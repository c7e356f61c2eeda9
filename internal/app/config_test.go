package app

import (
	"runtime"
	"strings"
	"testing"
)

func TestConnectionsFollowTheRoles(t *testing.T) {
	t.Parallel()
	readers := int32(min(16, max(8, 4*runtime.GOMAXPROCS(0))))
	for _, c := range []struct {
		roles string
		given int32
		want  int32
	}{
		{"api,webhook,worker", 0, 16},
		{"api", 0, readers},
		{"worker", 0, 16},
		{"api", 5, 5},
	} {
		cfg := Config{Roles: strings.Split(c.roles, ","), DatabaseConns: c.given}
		if got := cfg.databaseConns(); got != c.want {
			t.Errorf("%s, %d given: %d connections, want %d", c.roles, c.given, got, c.want)
		}
	}
	if err := (Config{DatabaseConns: -1}).Check(); err == nil || !strings.Contains(err.Error(), "AEROSTIC_DATABASE_CONNS") {
		t.Errorf("a negative number: %v", err)
	}
}

package db_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db"
)

// Who fails does not keep the others waiting, and is named.
func TestASweepGoesOnAfterAFailure(t *testing.T) {
	t.Parallel()
	f := setup(t)
	var done []uuid.UUID
	waiting := db.Waiting{Reason: "find tenants of the test", SQL: `select tenant_id from tenants where slug = any($1) order by slug`, Args: []any{[]string{"acme", "bazaar"}}}
	err := db.SweepAsSystem(t.Context(), f.DB, waiting, pgx.RowTo[uuid.UUID], func(_ context.Context, tenant uuid.UUID) error {
		done = append(done, tenant)
		if tenant == f.acme {
			return errBroken
		}
		return nil
	})
	if !slices.Equal(done, []uuid.UUID{f.acme, f.bazaar}) {
		t.Errorf("worked for %v", done)
	}
	if !errors.Is(err, errBroken) || !strings.Contains(err.Error(), f.acme.String()) || strings.Contains(err.Error(), f.bazaar.String()) {
		t.Errorf("the error is %v", err)
	}
	waiting.SQL = `select nothing`
	if err := db.SweepAsSystem(t.Context(), f.DB, waiting, pgx.RowTo[uuid.UUID], nil); err == nil || !strings.Contains(err.Error(), waiting.Reason) {
		t.Errorf("a statement that fails: %v", err)
	}
}

var errBroken = errors.New("broken")

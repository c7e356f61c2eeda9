package paymentrequest

import (
	"testing"

	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

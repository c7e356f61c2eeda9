package whatsappsim_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// An address lives five minutes, what a customer sent seven days.
func TestACustomersFileGrowsOld(t *testing.T) {
	t.Parallel()
	var now atomic.Int64
	now.Store(1763900000)
	acme := whatsappsim.Fixture(1, "Acme")
	sim := whatsappsim.New(whatsappsim.Options{Seed: 7, Clock: func() time.Time { return time.Unix(now.Load(), 0) }, WABAs: []whatsappsim.WABASeed{acme}})
	server := httptest.NewServer(sim.Handler())
	client, err := whatsapp.New(whatsapp.Config{BaseURL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		client.Close()
		server.Close()
		if err := sim.Close(); err != nil {
			t.Error(err)
		}
	})
	number := acme.Numbers[0].ID
	var file struct{ ID string }
	if err := json.Unmarshal(post(t, server.URL+"/_sim/media?phone_number_id="+number, "image/jpeg", "a photo"), &file); err != nil {
		t.Fatal(err)
	}
	info := func() (whatsapp.Media, error) {
		return client.MediaInfo(context.Background(), acme.Token, file.ID, number)
	}
	first, err := info()
	if err != nil {
		t.Fatal(err)
	}
	now.Add(4 * 60)
	if got := fetch(t, first.URL, acme.Token); got != http.StatusOK {
		t.Errorf("after four minutes: %d", got)
	}
	now.Add(2 * 60)
	if got := fetch(t, first.URL, acme.Token); got != http.StatusNotFound {
		t.Errorf("after six minutes: %d", got)
	}
	if again, err := info(); err != nil || fetch(t, again.URL, acme.Token) != http.StatusOK {
		t.Errorf("a new address does not help: %v", err)
	}
	now.Add(7 * 24 * 60 * 60)
	if _, err := info(); err == nil {
		t.Error("the file is there after seven days")
	}
}

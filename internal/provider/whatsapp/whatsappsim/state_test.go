package whatsappsim_test

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

func TestARestartKeepsWhatMetaWouldKeep(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "meta.json")
	acme := whatsappsim.Fixture(1, "Acme")
	ctx := context.Background()
	start := func() (*whatsappsim.Sim, *whatsapp.Client) {
		config := whatsappsim.DefaultConfig()
		config.ApprovalMS = 1
		sim := whatsappsim.New(whatsappsim.Options{StateFile: file, Config: &config, WABAs: []whatsappsim.WABASeed{acme}})
		server := httptest.NewServer(sim.Handler())
		t.Cleanup(server.Close)
		client, err := whatsapp.New(whatsapp.Config{BaseURL: server.URL})
		if err != nil {
			t.Fatal(err)
		}
		return sim, client
	}
	first, client := start()
	created, err := client.CreateTemplate(ctx, acme.Token, acme.ID, draft("order_left"))
	if err != nil {
		t.Fatal(err)
	}
	media, err := client.UploadMedia(ctx, acme.Token, acme.Numbers[0].ID, whatsapp.File{Name: "a.png", MIMEType: "image/png", Size: int64(len("png")), Content: strings.NewReader("png")})
	if err != nil {
		t.Fatal(err)
	}
	if err := client.DeleteTemplate(ctx, acme.Token, acme.ID, "welcome", ""); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}

	second, client := start()
	defer second.Close()
	eventually(t, "the review goes on", func() bool {
		got, err := client.GetTemplate(ctx, acme.Token, created.ID)
		return err == nil && got.Status == "APPROVED"
	})
	if slices.ContainsFunc(second.Templates(acme.ID), func(t whatsapp.Template) bool { return t.Name == "welcome" }) {
		t.Error("the deleted template came back")
	}
	if got, err := client.MediaInfo(ctx, acme.Token, media, ""); err != nil || got.Size != 3 {
		t.Errorf("%+v %v", got, err)
	}
	again, err := client.UploadMedia(ctx, acme.Token, acme.Numbers[0].ID, whatsapp.File{Name: "b.png", MIMEType: "image/png", Size: int64(len("png2")), Content: strings.NewReader("png2")})
	if err != nil || again == media {
		t.Errorf("the new upload got the id %s again, %v", again, err)
	}
}

func TestABrokenStateFileIsAFreshStart(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "meta.json")
	if err := os.WriteFile(file, []byte(`{"accounts":[{`), 0o600); err != nil {
		t.Fatal(err)
	}
	acme := whatsappsim.Fixture(1, "Acme")
	sim := whatsappsim.New(whatsappsim.Options{StateFile: file, WABAs: []whatsappsim.WABASeed{acme}})
	defer sim.Close()
	if got := len(sim.Templates(acme.ID)); got != len(acme.Templates) {
		t.Errorf("%d templates", got)
	}
}

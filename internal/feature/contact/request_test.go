package contact

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

func jobOf[A river.JobArgs](args A) *river.Job[A] { return &river.Job[A]{Args: args} }

func TestExportTellsEverything(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann := must(b.Create(b.ctx, Change{Name: ptr("आशा <b>"), Phone: ptr("9876543210"), Fields: map[string]string{"city": "पुणे"}}, []uuid.UUID{b.tagNamed("VIP", PlainTag).ID}))(t)
	old := b.person("Old Asha", "9876543211")
	b.wrote(old.ID, "नमस्ते 🌸")
	b.campaignTo("Diwali", ann.ID)
	must(b.AddNote(b.ctx, ann.ID, "Likes red"))(t)
	b.merge(ann, old)
	r := must(b.Export(b.ctx, ann.ID))(t)
	if _, err := b.ExportFile(b.ctx, r.ID); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("fetched before it was ready: %v", err)
	}
	if err := b.RunRequest(b.ctx, b.acme, r.ID); err != nil {
		t.Fatal(err)
	}
	file := must(b.ExportFile(b.ctx, r.ID))(t)
	defer file.Close()
	raw := must(io.ReadAll(file))(t)
	archive := must(zip.NewReader(bytes.NewReader(raw), int64(len(raw))))(t)
	parts := map[string]string{}
	for _, f := range archive.File {
		part := must(f.Open())(t)
		parts[f.Name] = string(must(io.ReadAll(part))(t))
	}
	var data exported
	if err := json.Unmarshal([]byte(parts["data.json"]), &data); err != nil {
		t.Fatal(err)
	}
	equal(t, "what it has", []any{data.Contact.Fields["city"], len(data.Contact.Tags), len(data.Messages), len(data.Former)}, []any{"पुणे", 1, 2, 1})
	for _, want := range []string{"नमस्ते 🌸", "Likes red", "Campaign Diwali", "आशा &lt;b&gt;", "Old Asha", "पुणे"} {
		if !strings.Contains(parts["index.html"], want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	equal(t, "listed", must(b.Requests(b.ctx, ann.ID))(t)[0].State, "done")
	b.clock.Advance(exportKept + time.Hour)
	if err := b.sweepExports(b.ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := b.ExportFile(b.ctx, r.ID); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("kept for too long: %v", err)
	}
}

// After an erasure nothing of the person is anywhere in the tenant's rows and files, and no file
// brings them back.
func TestErasureLeavesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann := must(b.Create(b.ctx, Change{Name: ptr("आशा देवी"), Phone: ptr("9876543210"), Email: ptr("asha@example.com"), Fields: map[string]string{"city": "पुणे"}}, []uuid.UUID{b.tagNamed("VIP", PlainTag).ID}))(t)
	old := b.person("पुरानी आशा", "9876543211")
	must(b.AddNote(b.ctx, ann.ID, "about asha"))(t)
	b.merge(ann, old)
	imp := b.importAll("name,phone,email\nआशा देवी,09876543210,not-an-address\nBob,12,\n", nil)
	equal(t, "in an error file", strings.Contains(b.errorsOf(imp), "आशा देवी"), true)
	export := must(b.Export(b.ctx, ann.ID))(t)
	if err := b.RunRequest(b.ctx, b.acme, export.ID); err != nil {
		t.Fatal(err)
	}
	r := must(b.Erase(b.ctx, ann.ID))(t)
	if err := b.RunRequest(b.ctx, b.acme, r.ID); err != nil {
		t.Fatal(err)
	}
	r = must(b.GetRequest(b.ctx, r.ID))(t)
	equal(t, "the request", []any{r.State, r.Done == r.Total}, []any{"done", true})
	if text := b.errorsOf(imp); strings.Contains(text, "आशा") || !strings.Contains(text, "Erased on request.") || !strings.Contains(text, "Bob") {
		t.Errorf("the error file: %s", text)
	}
	if _, err := b.ExportFile(b.ctx, export.ID); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("the export is still there: %v", err)
	}
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		for _, table := range []string{"contacts", "contact_events", "contact_notes", "contact_merges", "contact_requests", "contact_tags"} {
			var found int
			const says = ` x where x.tenant_id = $1 and (x::text ilike '%asha%' or x::text like '%आशा%' or x::text like '%98765432%' or x::text like '%पुणे%')`
			if err := tx.QueryRow(ctx, `select count(*) from `+table+says, b.acme).Scan(&found); err != nil {
				return err
			}
			equal(t, table, found, 0)
		}
		return nil
	})
	b.honest()
	for _, phone := range []string{"9876543210", "98765 43211"} {
		again := b.importAll("name,phone\nआशा,"+phone+"\n", func(o *Options) { o.OptIn = &OptInOption{Source: "shop", Evidence: "yes"} })
		equal(t, "not brought back", countsOf(again), counts{rows: 1, invalid: 1})
	}
	back := b.person("आशा", "9876543210")
	equal(t, "by hand, opted out", []any{back.OptIn.State, back.OptIn.Source}, []any{OptInRefused, byErasure})
	c, stranger := b.resolve(Identity{WAID: "919876543211"})
	b.tx(func(ctx context.Context, tx pgx.Tx) error { return b.Met(ctx, tx, b.acme, []Contact{c}) })
	equal(t, "writing again", []any{stranger, must(b.Get(b.ctx, c.ID))(t).OptIn.State}, []any{true, OptInRefused})
	if _, err := b.Erase(b.ctx, ann.ID); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("erased twice: %v", err)
	}
}

func TestKeysRotate(t *testing.T) {
	t.Parallel()
	b := setup(t)
	r := must(b.Erase(b.ctx, b.person("Ann", "9876543210").ID))(t)
	if err := b.RunRequest(b.ctx, b.acme, r.ID); err != nil {
		t.Fatal(err)
	}
	b.erasures = append(erasureKeys{[]byte("a newer key")}, b.erasures...)
	again := b.importAll("name,phone\nAnn,9876543210\n", nil)
	equal(t, "still known", countsOf(again), counts{rows: 1, invalid: 1})
}

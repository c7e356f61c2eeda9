package template

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// receive keeps what the simulated Meta sends.
func (b *bench) receive(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	b.hooks <- body
}

// next waits for one webhook and applies it as the receiving side does, a minute later than
// the last.
func (b *bench) next() {
	b.t.Helper()
	b.clock.Advance(time.Minute)
	select {
	case body := <-b.hooks:
		b.apply(body)
	case <-time.After(20 * time.Second):
		b.t.Fatal("Meta sent no webhook")
	}
}

func (b *bench) apply(body []byte) {
	b.t.Helper()
	hook, err := whatsapp.ParseWebhook(body)
	b.must(err)
	b.must(b.db.InTenant(b.t.Context(), b.acme, func(ctx context.Context, tx pgx.Tx) error {
		for _, e := range hook.TemplateStatuses {
			e.At = b.clock.Now()
			b.must(b.ApplyStatus(ctx, tx, b.acme, e))
		}
		for _, e := range hook.TemplateQualities {
			e.At = b.clock.Now()
			b.must(b.ApplyQuality(ctx, tx, b.acme, e))
		}
		for _, e := range hook.TemplateMoves {
			e.At = b.clock.Now()
			b.must(b.ApplyCategory(ctx, tx, b.acme, e))
		}
		for _, e := range hook.TemplateTexts {
			b.must(b.ApplyComponents(ctx, tx, b.acme, e))
		}
		return nil
	}))
}

func draft(number Draft) Draft {
	number.Language, number.Category = "hi", Marketing
	number.Body, number.Examples = "नमस्ते {{1}} जी, दीवाली पर छूट है। दुकान पर आइए 🪔", map[string]string{"1": "आशा"}
	number.Footer = "रोकने के लिए STOP लिखें"
	return number
}

func TestSynchroniseReadsEveryPage(t *testing.T) {
	t.Parallel()
	var many []whatsapp.Template
	for i := range 250 {
		many = append(many, plain(i))
	}
	b := setup(t, many...)
	if queued := b.jobs(); len(queued) != 2 || queued[1].Kind != "template_sync" {
		t.Fatalf("connecting a number queued %+v", queued)
	}
	b.synchronise()
	seen := map[string]bool{}
	var after Cursor
	for {
		list, syncs, err := b.List(b.as(b.acme), Filter{}, after, 100)
		b.must(err)
		if len(syncs) != 1 || syncs[0].Seen != 250 || syncs[0].FinishedAt == nil || syncs[0].Error != "" {
			t.Fatalf("synchronisation: %+v", syncs)
		}
		more := len(list) > 100
		list = list[:min(len(list), 100)]
		for _, one := range list {
			seen[one.Name] = true
			after = Cursor{one.Name, one.ID}
		}
		if !more {
			break
		}
	}
	if len(seen) != 250 {
		t.Fatalf("%d of 250 templates are listed", len(seen))
	}
	before := b.named("offer_007")
	b.synchronise()
	if again := b.named("offer_007"); again.UpdatedAt != before.UpdatedAt || !again.SyncedAt.After(before.SyncedAt) {
		t.Error("an unchanged template counts as changed")
	}
}

func TestVanishedTemplatesAreMarkedDeleted(t *testing.T) {
	t.Parallel()
	b := setup(t, plain(1), plain(2))
	b.synchronise()
	b.must(b.WhatsApp.DeleteTemplate(t.Context(), token, waba, "offer_001", ""))
	b.synchronise()
	gone := b.named("offer_001")
	if gone.Status != Deleted || b.named("offer_002").Status != Approved {
		t.Fatalf("gone is %s, the other %s", gone.Status, b.named("offer_002").Status)
	}
	if len(b.paused) != 1 || !strings.Contains(b.paused[0], "offer_001") {
		t.Fatalf("waiting campaigns were told %q", b.paused)
	}
}

func TestFailedSynchronisationDeletesNothingAndSaysWhy(t *testing.T) {
	t.Parallel()
	b := setup(t, plain(1))
	b.synchronise()
	b.sim.Close()
	b.clock.Advance(time.Hour)
	if err := b.syncJob(t.Context(), SyncArgs{b.acme, waba, causeAsked}); err == nil {
		t.Fatal("no error, so the job is not tried again")
	}
	_, syncs, err := b.List(b.as(b.acme), Filter{}, Cursor{}, 10)
	b.must(err)
	if syncs[0].Error == "" || b.named("offer_001").Status != Approved {
		t.Fatalf("error %q, template %s", syncs[0].Error, b.named("offer_001").Status)
	}
}

func TestCreatedTemplateIsApprovedByWebhook(t *testing.T) {
	t.Parallel()
	b := setup(t)
	created, err := b.Create(b.as(b.acme), draft(Draft{ChannelID: b.number.ID, Name: "diwali"}))
	b.must(err)
	if created.Status != Pending || created.MetaID == "" || created.Sendable() {
		t.Fatalf("created: %s %q", created.Status, created.MetaID)
	}
	b.next()
	approved := b.named("diwali")
	if approved.ID != created.ID || !approved.Sendable() {
		t.Fatalf("after the verdict: %s", approved.Status)
	}
	if shown := b.Show(approved); shown.Preview == nil || !strings.HasPrefix(shown.Preview.Body, "नमस्ते आशा जी") {
		t.Errorf("drawn as %+v %q", shown.Preview, shown.Problem)
	}
	b.synchronise()
	if same := b.named("diwali"); same.ID != created.ID || same.Status != Approved {
		t.Errorf("after synchronising: %s %s", same.ID, same.Status)
	}
}

func TestRejectionSaysWhy(t *testing.T) {
	t.Parallel()
	b := setup(t)
	created, err := b.Create(b.as(b.acme), draft(Draft{ChannelID: b.number.ID, Name: "diwali_reject"}))
	b.must(err)
	b.next()
	rejected := b.named("diwali_reject")
	if rejected.ID != created.ID || rejected.Status != Rejected || rejected.RejectedReason == "" {
		t.Fatalf("after the verdict: %s %q", rejected.Status, rejected.RejectedReason)
	}
	if why := WhyNot(rejected); !strings.Contains(why, "Change the text and submit it again.") {
		t.Errorf("Meta's advice is lost: %q", why)
	}
}

func TestPauseByWebhookStopsCampaignsAndIsCheckedAtItsEnd(t *testing.T) {
	t.Parallel()
	b := setup(t, plain(1))
	b.synchronise()
	one := b.named("offer_001")
	b.jobs()
	b.control(http.MethodPost, "template/"+one.MetaID+"/pause")
	b.next()
	paused := b.named("offer_001")
	if paused.Status != Paused || paused.PausedUntil == nil || !paused.PausedUntil.Equal(b.clock.Now().Add(firstPause)) {
		t.Fatalf("paused: %s until %v", paused.Status, paused.PausedUntil)
	}
	if len(b.paused) != 1 || !strings.Contains(b.paused[0], "Meta paused the template offer_001") {
		t.Fatalf("campaigns were told %q", b.paused)
	}
	if queued := b.jobs(); len(queued) != 1 || queued[0].Kind != "template_sync" {
		t.Fatalf("nobody looks at the end of the pause: %+v", queued)
	}
	b.control(http.MethodPost, "template/"+one.MetaID+"/unpause")
	b.next()
	if again := b.named("offer_001"); again.Status != Approved || again.PausedUntil != nil {
		t.Fatalf("after the pause: %s until %v", again.Status, again.PausedUntil)
	}
}

func TestCategoryAndQualityByWebhook(t *testing.T) {
	t.Parallel()
	utility := plain(1)
	utility.Category = "UTILITY"
	b := setup(t, utility)
	b.synchronise()
	one := b.named("offer_001")
	b.control(http.MethodPost, "template/"+one.MetaID+"/recategorise?category=MARKETING")
	b.next()
	moved := b.named("offer_001")
	if moved.Category != Marketing || moved.PreviousCategory != Utility {
		t.Fatalf("category %s, before %s", moved.Category, moved.PreviousCategory)
	}
	b.apply([]byte(`{"object":"whatsapp_business_account","entry":[{"id":"` + waba + `","time":` + strconv.FormatInt(b.clock.Now().Unix(), 10) + `,"changes":[
		{"field":"message_template_quality_update","value":{"previous_quality_score":"GREEN","new_quality_score":"RED",
			"message_template_id":` + one.MetaID + `,"message_template_name":"offer_001","message_template_language":"en-US"}},
		{"field":"template_category_update","value":{"new_category":"MARKETING","correct_category":"UTILITY",
			"message_template_id":` + one.MetaID + `,"message_template_name":"offer_001","message_template_language":"en-US"}}]}]}`))
	got := b.named("offer_001")
	if got.Quality != "RED" || got.Category != Marketing || got.NextCategory != Utility || got.NextCategoryAt == nil {
		t.Fatalf("quality %s, category %s, next %s at %v", got.Quality, got.Category, got.NextCategory, got.NextCategoryAt)
	}
}

func TestAnOlderEventChangesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t, plain(1))
	b.synchronise()
	b.must(b.status("PAUSED", "FIRST_PAUSE", b.clock.Now().Add(time.Minute)))
	b.must(b.status("APPROVED", "", b.clock.Now()))
	if got := b.named("offer_001"); got.Status != Paused {
		t.Fatalf("the older approval made it %s", got.Status)
	}
}

// An approval may be delivered before the pause that came earlier in its second.
func TestTwoEventsOfOneSecondAskMeta(t *testing.T) {
	t.Parallel()
	b := setup(t, plain(1))
	b.synchronise()
	b.jobs()
	b.must(b.status("APPROVED", "", b.clock.Now()))
	b.must(b.status("PAUSED", "", b.clock.Now()))
	b.must(b.status("PAUSED", "", b.clock.Now()))
	if got := b.named("offer_001"); got.Status != Paused {
		t.Fatalf("the pause made it %s", got.Status)
	}
	if queued := b.jobs(); len(queued) != 1 || queued[0].Kind != "template_sync" {
		t.Fatalf("queued %+v", queued)
	}
	b.clock.Advance(2 * eventGrain)
	b.synchronise()
	if got := b.named("offer_001"); got.Status != Approved {
		t.Fatalf("Meta says approved, here it is %s", got.Status)
	}
}

func TestEventsWithoutAPlaceAskMeta(t *testing.T) {
	t.Parallel()
	b := setup(t, plain(1))
	b.synchronise()
	b.jobs()
	b.must(b.status("REJECTED", "", b.clock.Now().Add(time.Second)))
	b.must(b.status("PAUSED", "", b.clock.Now().Add(2*time.Second)))
	if got := b.named("offer_001"); got.Status != Rejected {
		t.Fatalf("a pause of a rejected template made it %s", got.Status)
	}
	if queued := b.jobs(); len(queued) != 1 || queued[0].Kind != "template_sync" {
		t.Fatalf("queued %+v", queued)
	}
	b.synchronise()
	if got := b.named("offer_001"); got.Status != Approved {
		t.Fatalf("Meta says approved, here it is %s", got.Status)
	}
}

// status applies a status event that names the template as webhooks do, without its id.
func (b *bench) status(status, title string, at time.Time) error {
	e := whatsapp.TemplateStatusEvent{
		Origin: whatsapp.Origin{WABAID: waba, At: at}, Status: status, Title: title,
		TemplateRef: whatsapp.TemplateRef{Name: "offer_001", Language: "en-US"},
	}
	return b.db.InTenant(b.t.Context(), b.acme, func(ctx context.Context, tx pgx.Tx) error {
		return b.ApplyStatus(ctx, tx, b.acme, e)
	})
}

func TestCreateIsRefusedBeforeMetaIsAsked(t *testing.T) {
	t.Parallel()
	b := setup(t, plain(1))
	b.synchronise()
	bad := draft(Draft{ChannelID: b.number.ID, Name: "Diwali Offer"})
	_, err := b.Create(b.as(b.acme), bad)
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.KindInvalid || len(f.Fields) == 0 || f.Fields[0].Location != "body.name" {
		t.Fatalf("a bad name: %v", err)
	}
	taken := draft(Draft{ChannelID: b.number.ID, Name: "offer_001"})
	taken.Language = "en_US"
	if _, err := b.Create(b.as(b.acme), taken); fault.KindOf(err) != fault.KindConflict {
		t.Fatalf("a name in use: %v", err)
	}
	if _, err := b.Create(b.as(b.lotus), draft(Draft{ChannelID: b.number.ID, Name: "diwali"})); fault.KindOf(err) != fault.KindInvalid {
		t.Fatalf("another workspace's number: %v", err)
	}
}

func TestAnUnansweredCreationIsFoundBySynchronising(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.jobs()
	b.sim.CloseClientConnections()
	b.sim.Close()
	_, err := b.Create(b.as(b.acme), draft(Draft{ChannelID: b.number.ID, Name: "diwali"}))
	if fault.KindOf(err) != fault.KindUnavailable {
		t.Fatalf("without an answer: %v", err)
	}
	if queued := b.jobs(); len(queued) != 1 || queued[0].Kind != "template_sync" {
		t.Fatalf("queued %+v", queued)
	}
}

func TestMediaHeaderThroughResumableUpload(t *testing.T) {
	t.Parallel()
	b := setup(t)
	picture := append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 2000)...)
	sample, err := b.UploadSample(b.as(b.acme), b.number.ID, "दीया.png", bytes.NewReader(picture))
	b.must(err)
	if !strings.HasPrefix(sample.Handle, "4::") || sample.Format != "IMAGE" || sample.Filename != "दीया.png" {
		t.Fatalf("sample %+v", sample)
	}
	d := draft(Draft{ChannelID: b.number.ID, Name: "diwali_lamp"})
	d.Header = &Header{Format: sample.Format, SampleID: &sample.ID}
	created, err := b.Create(b.as(b.acme), d)
	b.must(err)
	if shown := b.Show(created); shown.Preview == nil || shown.Preview.Header == nil || shown.Preview.Header.Format != "IMAGE" {
		t.Fatalf("drawn as %+v %q", shown.Preview, shown.Problem)
	}
}

func TestDeletedTemplateGivesItsNameAndRow(t *testing.T) {
	t.Parallel()
	b := setup(t)
	d := draft(Draft{ChannelID: b.number.ID, Name: "diwali"})
	created, err := b.Create(b.as(b.acme), d)
	b.must(err)
	b.next()
	b.must(b.Delete(b.as(b.acme), created.ID))
	if got := b.named("diwali"); got.Status != Deleted || len(b.paused) != 1 {
		t.Fatalf("deleted: %s, told %q", got.Status, b.paused)
	}
	if err := b.Delete(b.as(b.acme), created.ID); fault.KindOf(err) != fault.KindGone {
		t.Fatalf("deleted twice: %v", err)
	}
}

func TestEveryFixtureTemplateCanBeSent(t *testing.T) {
	t.Parallel()
	b := setup(t, whatsappsim.FixtureTemplates()...)
	b.synchronise()
	list, _, err := b.List(b.as(b.acme), Filter{}, Cursor{}, 100)
	b.must(err)
	if len(list) != len(whatsappsim.FixtureTemplates()) {
		t.Fatalf("%d templates", len(list))
	}
	for _, one := range list {
		if shown := b.Show(one); shown.Problem != "" || shown.Preview == nil {
			t.Errorf("%s: %s", one.Name, shown.Problem)
		}
	}
}

func TestSweepSynchronisesEveryAccount(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.jobs()
	b.must(b.sweep(t.Context()))
	if queued := b.jobs(); len(queued) != 2 || queued[0].Kind != "template_sync" || queued[1].Kind != "template_count" {
		t.Fatalf("queued %+v", queued)
	}
}

func TestAnAccountNobodyUsesIsLeftAlone(t *testing.T) {
	t.Parallel()
	b := setup(t, plain(1))
	b.must(b.Channels.Remove(b.as(b.acme), b.number.ID))
	err := b.syncJob(t.Context(), SyncArgs{b.acme, waba, causeSweep})
	if err == nil || !strings.Contains(err.Error(), "JobCancelError") {
		t.Fatalf("the job is tried again for ever: %v", err)
	}
}

func TestOneNewKindOfTemplateDoesNotHideTheOthers(t *testing.T) {
	t.Parallel()
	b := setup(t)
	meta := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"data":[
			{"components":[{"type":"BODY","text":{"parts":["नया"]}}],"id":"1","name":"new_kind","language":"hi","status":"APPROVED","category":"UTILITY"},
			{"components":[{"type":"BODY","text":"Hi"}],"id":"2","name":"old_kind","language":"en","status":"APPROVED","category":"UTILITY"}]}`)
	}))
	t.Cleanup(meta.Close)
	client, err := whatsapp.New(whatsapp.Config{BaseURL: meta.URL})
	b.must(err)
	t.Cleanup(client.Close)
	b.WhatsApp = client
	b.synchronise()
	strange := b.named("new_kind")
	if shown := b.Show(strange); shown.Problem == "" || !strings.Contains(string(strange.Components), "नया") {
		t.Errorf("kept as %s, problem %q", strange.Components, shown.Problem)
	}
	if shown := b.Show(b.named("old_kind")); shown.Problem != "" {
		t.Errorf("the known one: %s", shown.Problem)
	}
}

package whatsappsim_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

func draft(name string) whatsapp.Template {
	return whatsapp.Template{Name: name, Language: "hi", Category: "utility", Components: []whatsapp.Component{
		{Type: "body", Text: "नमस्ते {{1}}, आपका ऑर्डर आज निकल गया।", Example: &whatsapp.Example{BodyText: whatsapp.BodyExamples{{"आशा"}}}},
	}}
}

func TestTemplatesAreReviewed(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	ctx := context.Background()
	for name, want := range map[string]string{"order_left": "APPROVED", "order_reject": "REJECTED", "order_promo": "APPROVED"} {
		created, err := b.client.CreateTemplate(ctx, b.acme.Token, b.acme.ID, draft(name))
		if err != nil || created.Status != "PENDING" || created.ID == "" {
			t.Fatalf("%s: %+v %v", name, created, err)
		}
		eventually(t, name+" is "+want, func() bool {
			return b.hooks.read(func(got *whatsapp.Webhook) bool {
				return slices.ContainsFunc(got.TemplateStatuses, func(e whatsapp.TemplateStatusEvent) bool {
					return e.ID == created.ID && e.Name == name && e.Language == "hi" && e.Status == want && e.WABAID == b.acme.ID
				})
			})
		})
		got, err := b.client.GetTemplate(ctx, b.acme.Token, created.ID)
		if err != nil || got.Status != want || (got.RejectedReason == "INVALID_FORMAT") != (want == "REJECTED") {
			t.Errorf("%s: %+v %v", name, got, err)
		}
		if name == "order_promo" && (got.Category != "MARKETING" || got.PreviousCategory != "UTILITY") {
			t.Errorf("the promotion stayed %+v", got)
		}
	}
}

func TestAPendingTemplateCannotBeSent(t *testing.T) {
	t.Parallel()
	b := setup(t, func(c *whatsappsim.Config) { c.ApprovalMS = 60000 })
	if _, err := b.client.CreateTemplate(context.Background(), b.acme.Token, b.acme.ID, draft("order_left")); err != nil {
		t.Fatal(err)
	}
	out := b.raw(`{"messaging_product":"whatsapp","to":"919812345678","type":"template","template":{"name":"order_left","language":{"code":"hi"}}}`)
	if out.Kind != whatsapp.Failed || out.Err.Code != 132001 || out.Err.Advice().Action != whatsapp.PauseCampaign {
		t.Errorf("%+v %v", out, out.Err)
	}
}

func TestBadTemplatesAreRefusedWithWordsForTheAuthor(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	edge := draft("edge")
	edge.Components[0].Text = "{{1}}, आपका ऑर्डर आज निकल गया।"
	for subcode, template := range map[int]whatsapp.Template{2388299: edge, 2388024: b.acme.Templates[0]} {
		_, err := b.client.CreateTemplate(context.Background(), b.acme.Token, b.acme.ID, template)
		var meta *whatsapp.Error
		if !errors.As(err, &meta) || meta.Subcode != subcode || meta.UserMessage == "" || meta.Advice().Sentence != meta.UserMessage {
			t.Errorf("%d: %v", subcode, err)
		}
	}
}

func TestControlOfATemplate(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	ctx := context.Background()
	synced, err := b.client.ListTemplates(ctx, b.acme.Token, b.acme.ID)
	if err != nil {
		t.Fatal(err)
	}
	id := synced[0].ID
	for _, tc := range []struct {
		action string
		code   int
	}{{"pause", 132015}, {"unpause", 0}, {"disable", 132016}, {"approve", 0}, {"reject", 132001}} {
		b.control("template/"+id+"/"+tc.action, "")
		out := b.welcome("+919812345678")
		if (out.Err != nil && out.Err.Code != tc.code) || (out.Err == nil) != (tc.code == 0) {
			t.Errorf("after %s: %+v %v", tc.action, out, out.Err)
		}
	}
	b.control("template/"+id+"/quality?score=RED", "")
	b.control("template/"+id+"/recategorise?category=UTILITY", "")
	eventually(t, "quality and category are told", func() bool {
		return b.hooks.read(func(got *whatsapp.Webhook) bool {
			return len(got.TemplateQualities) == 1 && got.TemplateQualities[0].Current == "RED" &&
				len(got.TemplateMoves) == 1 && got.TemplateMoves[0].Current == "UTILITY"
		})
	})
}

func TestHeldMessagesAreReleasedOrDropped(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	synced, err := b.client.ListTemplates(context.Background(), b.acme.Token, b.acme.ID)
	if err != nil {
		t.Fatal(err)
	}
	for action, steps := range map[string]int{"release": 3, "drop": 1} {
		b.control("template/"+synced[0].ID+"/approve", "")
		b.control("template/"+synced[0].ID+"/hold", "")
		out := b.welcome("+919812345678")
		if out.MessageStatus != "held_for_quality_assessment" {
			t.Fatalf("%+v", out)
		}
		b.control("template/"+synced[0].ID+"/"+action, "")
		eventually(t, action, func() bool { return len(b.hooks.statuses(out.WAMID)) == steps })
	}
}

func TestListsArePaged(t *testing.T) {
	t.Parallel()
	acme := whatsappsim.Fixture(1, "Acme")
	acme.Templates = nil
	for i := range 250 {
		acme.Templates = append(acme.Templates, whatsapp.Template{Name: fmt.Sprintf("t_%d", i), Language: "hi", Category: "MARKETING",
			Components: []whatsapp.Component{{Type: "BODY", Text: "नमस्ते"}}})
	}
	b := setup(t, nil)
	b.sim.AddWABA(whatsappsim.WABASeed{ID: "777", Token: b.acme.Token, Templates: acme.Templates})
	all, err := b.client.ListTemplates(context.Background(), b.acme.Token, "777")
	if err != nil || len(all) != 250 || all[249].Name != "t_249" || all[0].Status != "APPROVED" || len(all[0].Raw) == 0 {
		t.Fatalf("%d, %v", len(all), err)
	}
	resp, err := http.Get(b.server.URL + "/v25.0/777/message_templates?after=bm90bWluZQ==&access_token=" + b.acme.Token)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusBadRequest {
		t.Errorf("a made-up cursor: %d", resp.StatusCode)
	}
}

func TestTemplatesAreEditedAndDeleted(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	ctx := context.Background()
	synced, err := b.client.ListTemplates(ctx, b.acme.Token, b.acme.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.client.EditTemplate(ctx, b.acme.Token, synced[0].ID, whatsapp.TemplateEdit{Components: draft("x").Components}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the edit is approved", func() bool {
		got, err := b.client.GetTemplate(ctx, b.acme.Token, synced[0].ID)
		return err == nil && got.Status == "APPROVED" && strings.Contains(got.Components[0].Text, "{{1}}")
	})
	if err := b.client.DeleteTemplate(ctx, b.acme.Token, b.acme.ID, "diwali_offer", synced[1].ID); err != nil {
		t.Fatal(err)
	}
	left, err := b.client.ListTemplates(ctx, b.acme.Token, b.acme.ID)
	if err != nil || len(left) != len(synced)-1 {
		t.Errorf("%d of %d left, %v", len(left), len(synced), err)
	}
	if err := b.client.DeleteTemplate(ctx, b.acme.Token, b.acme.ID, "nobody", ""); err == nil {
		t.Error("deleted what is not there")
	}
}

func TestNumbersShowTheirLimits(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	ctx := context.Background()
	number, err := b.client.PhoneNumber(ctx, b.acme.Token, b.acme.Numbers[0].ID)
	if err != nil || number.MessagesPerSecond() != 80 || number.MessagingLimit != "TIER_UNLIMITED" || number.Status != "CONNECTED" || number.QualityRating != "GREEN" {
		t.Errorf("%+v %v", number, err)
	}
	b.control("numbers", `{"waba_id":"`+b.acme.ID+`","id":"555","phone":"918055555555","throughput":1000,"daily_limit":250}`)
	b.control("numbers", `{"id":"555","quality":"RED"}`)
	list, err := b.client.PhoneNumbers(ctx, b.acme.Token, b.acme.ID)
	if err != nil || len(list) != 2 || list[1].MessagesPerSecond() != 1000 || list[1].MessagingLimit != "TIER_250" || list[1].QualityRating != "RED" {
		t.Errorf("%+v %v", list, err)
	}
	eventually(t, "the quality is told", func() bool {
		return b.hooks.read(func(got *whatsapp.Webhook) bool {
			return len(got.PhoneQualities) == 1 && got.PhoneQualities[0].Event == "FLAGGED"
		})
	})
	b.control("numbers", `{"id":"`+b.acme.Numbers[0].ID+`","state":"BANNED"}`)
	if out := b.welcome("+919812345678"); out.Kind != whatsapp.Failed || out.Err.Advice().Action != whatsapp.PauseNumber {
		t.Errorf("a banned number: %+v %v", out, out.Err)
	}
}

func TestANumberIsRegisteredWithItsPIN(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	ctx := context.Background()
	b.control("numbers", `{"waba_id":"`+b.acme.ID+`","id":"555","phone":"918055555555","unregistered":true,"pin":"123456"}`)
	body := b.body("+919812345678", "welcome", "en_US", nil)
	if out := b.client.Send(ctx, b.acme.Token, "555", body); out.Kind != whatsapp.Failed || out.Err.Advice().Action != whatsapp.Register {
		t.Errorf("unregistered: %+v", out)
	}
	var meta *whatsapp.Error
	if err := b.client.RegisterNumber(ctx, b.acme.Token, "555", "000000"); !errors.As(err, &meta) || meta.Code != 133005 {
		t.Errorf("wrong PIN: %v", err)
	}
	if err := b.client.RegisterNumber(ctx, b.acme.Token, "555", "123456"); err != nil {
		t.Error(err)
	}
	if out := b.client.Send(ctx, b.acme.Token, "555", body); out.Kind != whatsapp.Accepted {
		t.Errorf("registered: %+v %v", out, out.Err)
	}
}

func TestMediaGoesUpAndDown(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	ctx := context.Background()
	content := bytes.Repeat([]byte("दीया 🪔"), 1000)
	id, err := b.client.UploadMedia(ctx, b.acme.Token, b.acme.Numbers[0].ID, whatsapp.File{Name: `di"ya.png`, MIMEType: "image/png", Size: int64(len(content)), Content: bytes.NewReader(content)})
	if err != nil {
		t.Fatal(err)
	}
	media, err := b.client.MediaInfo(ctx, b.acme.Token, id, b.acme.Numbers[0].ID)
	if err != nil || media.Size != int64(len(content)) || media.MIMEType != "image/png" || len(media.SHA256) != 64 {
		t.Fatalf("%+v %v", media, err)
	}
	got, err := b.client.DownloadMedia(ctx, b.acme.Token, media.URL, 1<<20)
	if err != nil || !bytes.Equal(got, content) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if _, err := b.client.DownloadMedia(ctx, b.acme.Token, media.URL, 10); !errors.Is(err, whatsapp.ErrMediaTooLarge) {
		t.Errorf("over the limit: %v", err)
	}
	globex := whatsappsim.Fixture(2, "Globex")
	if _, err := b.client.DownloadMedia(ctx, globex.Token, media.URL, 1<<20); err == nil {
		t.Error("another firm downloaded it")
	}
	if _, err := b.client.MediaInfo(ctx, globex.Token, id, ""); err == nil {
		t.Error("another firm saw it")
	}
	if _, err := b.client.UploadMedia(ctx, b.acme.Token, b.acme.Numbers[0].ID, whatsapp.File{Name: "a.exe", MIMEType: "application/x-msdownload", Size: int64(len("MZ")), Content: strings.NewReader("MZ")}); err == nil {
		t.Error("a program was taken as media")
	}
	if err := b.client.DeleteMedia(ctx, b.acme.Token, id); err != nil {
		t.Error(err)
	}
	if _, err := b.client.MediaInfo(ctx, b.acme.Token, id, ""); err == nil {
		t.Error("it is still there")
	}
}

func TestMediaAddressesExpire(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	acme := whatsappsim.Fixture(1, "Acme")
	start := time.Unix(1763900000, 0)
	sim := whatsappsim.New(whatsappsim.Options{WABAs: []whatsappsim.WABASeed{acme}, Clock: func() time.Time { return start.Add(time.Duration(ahead.Load())) }})
	t.Cleanup(func() { _ = sim.Close() })
	server := httptest.NewServer(sim.Handler())
	t.Cleanup(server.Close)
	client, err := whatsapp.New(whatsapp.Config{BaseURL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	id, err := client.UploadMedia(ctx, acme.Token, acme.Numbers[0].ID, whatsapp.File{Name: "a.png", MIMEType: "image/png", Size: int64(len("png")), Content: strings.NewReader("png")})
	if err != nil {
		t.Fatal(err)
	}
	media, err := client.MediaInfo(ctx, acme.Token, id, "")
	if err != nil {
		t.Fatal(err)
	}
	ahead.Store(int64(6 * time.Minute))
	var meta *whatsapp.Error
	if _, err := client.DownloadMedia(ctx, acme.Token, media.URL, 100); !errors.As(err, &meta) || meta.HTTP != http.StatusNotFound {
		t.Errorf("after six minutes: %v", err)
	}
	ahead.Store(int64(31 * 24 * time.Hour))
	if _, err := client.MediaInfo(ctx, acme.Token, id, ""); err == nil {
		t.Error("after a month it is still there")
	}
}

func TestASampleBecomesAHandle(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	handle, err := b.client.UploadHandle(context.Background(), b.acme.Token, "300000000000001", "a.jpg", "image/jpeg", []byte("jpeg"), nil)
	if err != nil || !strings.HasPrefix(handle, "4::") {
		t.Errorf("%q %v", handle, err)
	}
	if _, err := b.client.UploadHandle(context.Background(), b.acme.Token, "300000000000001", "a.gif", "image/gif", []byte("gif"), nil); err == nil {
		t.Error("Meta took a type it does not take")
	}
	if _, err := b.client.UploadHandle(context.Background(), b.acme.Token, "300000000000001", "a.png", "image/png", make([]byte, 5<<20+1), nil); err == nil {
		t.Error("Meta took a picture of more than 5 MB")
	}
}

// An upload whose connection breaks goes on where it stopped, and ends as the same file.
func TestABrokenUploadGoesOn(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	content := bytes.Repeat([]byte("दीवाली 🪔 "), 40_000)
	whole, err := b.client.UploadHandle(context.Background(), b.acme.Token, "300000000000001", "a.pdf", "application/pdf", content, nil)
	if err != nil {
		t.Fatal(err)
	}
	var breaks atomic.Int32
	breaks.Store(2)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && strings.Contains(r.URL.Path, "upload:") && breaks.Add(-1) >= 0 {
			r.Body = io.NopCloser(io.LimitReader(r.Body, 100_000))
			b.sim.Handler().ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		}
		b.sim.Handler().ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	client, err := whatsapp.New(whatsapp.Config{BaseURL: proxy.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	var steps []int
	handle, err := client.UploadHandle(context.Background(), b.acme.Token, "300000000000001", "a.pdf", "application/pdf", content, func(sent int) { steps = append(steps, sent) })
	if err != nil || handle != whole {
		t.Errorf("%q, not %q: %v", handle, whole, err)
	}
	if !slices.IsSorted(steps) || len(steps) != 4 || steps[0] != 0 || steps[3] != len(content) {
		t.Errorf("progress: %v", steps)
	}
}

func TestTokensAreExplained(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	info, err := b.client.DebugToken(context.Background(), b.acme.Token, b.acme.Token)
	if err != nil || !info.IsValid || len(info.Granular) != 2 || info.Granular[0].TargetIDs[0] != b.acme.ID {
		t.Errorf("%+v %v", info, err)
	}
	if info, err := b.client.DebugToken(context.Background(), b.acme.Token, "EAAother"); err != nil || info.IsValid {
		t.Errorf("%+v %v", info, err)
	}
	account, err := b.client.Account(context.Background(), b.acme.Token, b.acme.ID)
	if err != nil || account.Name != "Acme" || account.Owner.ID == "" {
		t.Errorf("%+v %v", account, err)
	}
}

func TestAnAccountMustBeSubscribed(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	quiet := whatsappsim.Fixture(3, "Initech")
	quiet.Unsubscribed = true
	b.sim.AddWABA(quiet)
	body := b.body("+919812345678", "welcome", "en_US", nil)
	if out := b.client.Send(context.Background(), quiet.Token, quiet.Numbers[0].ID, body); out.Kind != whatsapp.Accepted {
		t.Fatal(out.Err)
	}
	eventually(t, "nothing waits", func() bool { return b.sim.Stats().WebhooksPending == 0 })
	if posted := b.sim.Stats().WebhooksPosted; posted != 0 {
		t.Errorf("%d webhooks without a subscription", posted)
	}
	if err := b.client.SubscribeApp(context.Background(), quiet.Token, quiet.ID); err != nil {
		t.Fatal(err)
	}
	out := b.client.Send(context.Background(), quiet.Token, quiet.Numbers[0].ID, body)
	eventually(t, "three statuses", func() bool { return len(b.hooks.statuses(out.WAMID)) == 3 })
}

func TestACallbackMustAnswerTheChallenge(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	other := httptest.NewServer(b.hooks)
	t.Cleanup(other.Close)
	b.control("config", `{"webhook":{"url":"`+other.URL+`","verify_token":"right"}}`)
	if got := b.sim.Config().Webhook.URL; got != other.URL {
		t.Errorf("the url is %s", got)
	}
	for _, body := range []string{
		`{"webhook":{"url":"` + other.URL + `/2","verify_token":"wrong"}}`, `{"p429":2}`, `{"webhook":{"statuses":["teleported"]}}`, `{`,
	} {
		resp, err := http.Post(b.server.URL+"/_sim/config", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", body, resp.StatusCode)
		}
	}
}

func TestManagementCallsAreLimited(t *testing.T) {
	t.Parallel()
	b := setup(t, func(c *whatsappsim.Config) { c.ManagementPerHour = 3 })
	var err error
	for range 4 {
		_, err = b.client.ListTemplates(context.Background(), b.acme.Token, b.acme.ID)
	}
	var meta *whatsapp.Error
	if !errors.As(err, &meta) || meta.Code != 80007 || meta.RetryAfter != time.Minute || meta.Advice().Action != whatsapp.SlowManagement {
		t.Errorf("%v", err)
	}
}

func TestAnAccountIsRestricted(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	b.control("account/"+b.acme.ID, `{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1763999999}]}`)
	eventually(t, "we hear of it", func() bool {
		return b.hooks.read(func(got *whatsapp.Webhook) bool {
			return len(got.Accounts) == 1 && len(got.Accounts[0].Restrictions) == 1 && got.Accounts[0].WABAID == b.acme.ID
		})
	})
}

func TestTheSameSeedMakesTheSameFate(t *testing.T) {
	t.Parallel()
	fates := func() (failed []string) {
		b := setup(t, func(c *whatsappsim.Config) { c.Webhook.FailRate = 0.3 })
		for i := range 40 {
			b.welcome(fmt.Sprintf("+91981234%04d", 7000+i))
		}
		eventually(t, "all is told", func() bool { return b.sim.Stats().WebhooksPending == 0 })
		b.hooks.read(func(got *whatsapp.Webhook) bool {
			for _, status := range got.Statuses {
				if status.Status == whatsapp.StatusFailed {
					failed = append(failed, status.ID)
				}
			}
			return true
		})
		slices.Sort(failed)
		return failed
	}
	first, second := fates(), fates()
	if len(first) == 0 || !slices.Equal(first, second) {
		t.Errorf("%d and %d failed, differently", len(first), len(second))
	}
}

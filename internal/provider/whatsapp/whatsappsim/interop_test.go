package whatsappsim_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/piusalfred/whatsapp/config"
	"github.com/piusalfred/whatsapp/message"
	whttp "github.com/piusalfred/whatsapp/pkg/http"
	"github.com/piusalfred/whatsapp/webhooks"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// stranger is a client library that others wrote for the real Meta: it keeps the simulator
// and our own client from agreeing on the same mistake.
type stranger struct {
	client *message.BaseClient

	mu        sync.Mutex
	statuses  map[string][]*webhooks.Status
	texts     []string
	templates []string
	errs      []error
}

func newStranger(t *testing.T) (*bundle, *stranger) {
	t.Helper()
	s := &stranger{statuses: map[string][]*webhooks.Status{}}
	callback := httptest.NewServer(s.listener())
	t.Cleanup(callback.Close)
	b := setup(t, func(c *whatsappsim.Config) { c.Webhook.URL = callback.URL })
	reader := config.ReaderFunc(func(context.Context) (*config.Config, error) {
		return &config.Config{BaseURL: b.server.URL, APIVersion: "v25.0", AccessToken: b.acme.Token,
			PhoneNumberID: b.acme.Numbers[0].ID, BusinessAccountID: b.acme.ID}, nil
	})
	client, err := message.NewBaseClient(whttp.NewSender[message.Message](), reader)
	if err != nil {
		t.Fatal(err)
	}
	s.client = client
	return b, s
}

func (s *stranger) listener() http.Handler {
	handler := webhooks.NewHandler()
	handler.OnError(func(_ context.Context, err error) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.errs = append(s.errs, err)
		return err
	})
	handler.OnMessageStatusChange(func(_ context.Context, _ *webhooks.MessageNotificationContext, list []*webhooks.Status) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, status := range list {
			s.statuses[status.ID] = append(s.statuses[status.ID], status)
		}
		return nil
	})
	handler.OnTextMessage(func(_ context.Context, _ *webhooks.MessageNotificationContext, _ *webhooks.MessageInfo, text *webhooks.Text) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.texts = append(s.texts, text.Body)
		return nil
	})
	handler.OnBusinessTemplateStatusUpdate(func(_ context.Context, _ *webhooks.BusinessNotificationContext, update *webhooks.TemplateStatusUpdateNotification) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.templates = append(s.templates, update.MessageTemplateName+" "+update.Event)
		return nil
	})
	return http.HandlerFunc(webhooks.NewListener(handler, webhooks.ConfigReaderFunc(func(*http.Request) (*webhooks.Config, error) {
		return &webhooks.Config{Validate: true, AppSecret: secret}, nil
	})).HandleNotification)
}

func (s *stranger) see(look func() bool) func() bool {
	return func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return look()
	}
}

func TestARealLibrarySendsATemplate(t *testing.T) {
	t.Parallel()
	_, s := newStranger(t)
	reply, err := s.client.SendTemplate(context.Background(), message.NewRequest("919812345678", &message.Template{
		Name: "diwali_offer", Language: &message.TemplateLanguage{Code: "hi"},
		Components: []*message.TemplateComponent{{Type: "body", Parameters: []*message.TemplateParameter{
			{Type: "text", Text: "आशा"}, {Type: "text", Text: "२०%"}}}},
	}))
	if err != nil || len(reply.Messages) != 1 || reply.Messages[0].MessageStatus != "accepted" || reply.Contacts[0].WhatsappID != "919812345678" {
		t.Fatalf("%+v %v", reply, err)
	}
	id := reply.Messages[0].ID
	eventually(t, "it reads all three statuses", s.see(func() bool { return len(s.statuses[id]) == 3 }))
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, status := range s.statuses[id] {
		priced := status.StatusValue != "read"
		if status.RecipientID != "919812345678" || priced != (status.Pricing != nil) || priced && status.Pricing.Category != "marketing" {
			t.Errorf("%+v %+v", status, status.Pricing)
		}
	}
	if len(s.errs) > 0 {
		t.Error(s.errs)
	}
}

func TestARealLibraryIsRefusedAsByMeta(t *testing.T) {
	t.Parallel()
	_, s := newStranger(t)
	_, err := s.client.SendTemplate(context.Background(), message.NewRequest("919812345678", &message.Template{
		Name: "diwali_offer", Language: &message.TemplateLanguage{Code: "hi"},
	}))
	if err == nil {
		t.Error("a template without its values was taken")
	}
}

func TestARealLibraryAnswersACustomer(t *testing.T) {
	t.Parallel()
	b, s := newStranger(t)
	if _, err := b.sim.Inbound(whatsappsim.InboundRequest{PhoneNumberID: b.acme.Numbers[0].ID, From: "919812345678", Text: "नमस्ते 🙏"}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "it reads the customer's message", s.see(func() bool { return len(s.texts) == 1 && s.texts[0] == "नमस्ते 🙏" }))
	reply, err := s.client.SendText(context.Background(), message.NewRequest("919812345678", &message.Text{Body: "नमस्ते, आशा!"}))
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "it is read", s.see(func() bool { return len(s.statuses[reply.Messages[0].ID]) == 3 }))
}

func TestARealLibraryHearsOfTemplates(t *testing.T) {
	t.Parallel()
	b, s := newStranger(t)
	synced, err := b.client.ListTemplates(context.Background(), b.acme.Token, b.acme.ID)
	if err != nil {
		t.Fatal(err)
	}
	b.control("template/"+synced[0].ID+"/pause", "")
	eventually(t, "it reads the pause", s.see(func() bool { return len(s.templates) == 1 && s.templates[0] == "welcome PAUSED" }))
}

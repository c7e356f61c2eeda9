package consent

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// The permissions of this feature's routes (the roles that hold them are in feature/tenant).
const (
	readContacts   actor.Permission = "contact.read"
	writeContacts  actor.Permission = "contact.write"
	writeSettings  actor.Permission = "settings.write"
	exportConsents actor.Permission = "consent.export"
)

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	op := func(method, path, id, summary string, p actor.Permission) web.Op {
		return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "consent", Permission: p}
	}
	web.Register(api, op("GET", "/api/contacts/{id}/consents", "listConsents", "What a contact agreed to and took back", readContacts), s.httpHistory)
	web.Register(api, op("POST", "/api/contacts/{id}/consents", "recordConsent", "Record what a contact agreed to or took back", writeContacts), s.httpState)
	web.Register(api, op("GET", "/api/contacts/{id}/opt-in-wait", "getOptInWait", "The opt-in a contact is to confirm", readContacts), s.httpWaiting)
	web.Register(api, op("GET", "/api/contacts/{id}/preferences-link", "getPreferencesLink", "The address of a contact's preference page", readContacts), s.httpLink)
	web.Register(api, op("GET", "/api/consent/settings", "getConsentSettings", "Words, answers and texts of consent", readContacts), s.httpSettings)
	web.Register(api, op("PUT", "/api/consent/settings", "saveConsentSettings", "Replace words, answers and texts of consent", writeSettings), s.httpSave)
	web.Register(api, op("GET", "/api/consent/default-words", "listDefaultWords", "The words a workspace begins with", readContacts), s.httpDefaults)
	web.Register(api, op("POST", "/api/consent/try", "tryConsent", "What a message would do", readContacts), s.httpTry)
	web.Register(api, op("GET", "/api/consent/requests", "listConsentRequests", "Messages that ask to be left alone", readContacts), s.httpRequests)
	web.Register(api, op("POST", "/api/consent/requests/{id}/decide", "decideConsentRequest", "Decide on a message that asks to be left alone", writeContacts), s.httpDecide)
	web.Register(api, op("GET", "/api/consent/topics", "listTopics", "Topics people may refuse", readContacts), s.httpTopics)
	add := op("POST", "/api/consent/topics", "addTopic", "Add a topic", writeSettings)
	add.Status = http.StatusCreated
	web.Register(api, add, s.httpAddTopic)
	web.Register(api, op("PUT", "/api/consent/topics/{id}", "editTopic", "Change a topic", writeSettings), s.httpEditTopic)
	web.Register(api, op("DELETE", "/api/consent/topics/{id}", "removeTopic", "Delete a topic", writeSettings), s.httpRemoveTopic)
	api.Raw("GET", "/api/consent/export.csv", exportConsents, s.httpExport)
	s.pageRoutes(api)
}

type historyInput struct {
	ID uuid.UUID `path:"id"`
	web.PageQuery
}

type historyOutput struct{ Body web.Page[Record] }

func (s *Service) httpHistory(ctx context.Context, in *historyInput) (*historyOutput, error) {
	page, err := s.History(ctx, in.ID, in.PageQuery)
	return &historyOutput{page}, err
}

type stateInput struct {
	ID   uuid.UUID `path:"id"`
	Body Statement
}

func (s *Service) httpState(ctx context.Context, in *stateInput) (*struct{}, error) {
	return nil, s.State(ctx, in.ID, in.Body)
}

type idInput struct {
	ID uuid.UUID `path:"id"`
}

type waitingOutput struct {
	Body struct {
		Waiting *Waiting `json:"waiting,omitempty" doc:"Absent: nothing waits"`
	}
}

func (s *Service) httpWaiting(ctx context.Context, in *idInput) (*waitingOutput, error) {
	var out waitingOutput
	var err error
	out.Body.Waiting, err = s.Waiting(ctx, in.ID)
	return &out, err
}

type linkOutput struct {
	Body struct {
		URL string `json:"url"`
	}
}

func (s *Service) httpLink(ctx context.Context, in *idInput) (*linkOutput, error) {
	var out linkOutput
	var err error
	out.Body.URL, err = s.LinkOf(ctx, in.ID)
	return &out, err
}

type settingsOutput struct{ Body Settings }

func (s *Service) httpSettings(ctx context.Context, _ *struct{}) (*settingsOutput, error) {
	settings, err := s.Settings(ctx)
	return &settingsOutput{settings}, err
}

type saveInput struct{ Body Settings }

func (s *Service) httpSave(ctx context.Context, in *saveInput) (*settingsOutput, error) {
	settings, err := s.SaveSettings(ctx, in.Body)
	return &settingsOutput{settings}, err
}

type wordsOutput struct {
	Body struct {
		Items []Language `json:"items"`
	}
}

func (s *Service) httpDefaults(context.Context, *struct{}) (*wordsOutput, error) {
	var out wordsOutput
	out.Body.Items = Defaults()
	return &out, nil
}

type tryInput struct {
	Body struct {
		Text string `json:"text" maxLength:"1000"`
	}
}

type tryOutput struct{ Body Reading }

func (s *Service) httpTry(ctx context.Context, in *tryInput) (*tryOutput, error) {
	reading, err := s.Try(ctx, in.Body.Text)
	return &tryOutput{reading}, err
}

type requestsInput struct {
	web.PageQuery
	Open string `query:"open" enum:"true,false" default:"true" doc:"Those that wait for a decision, or the others"`
}

type requestsOutput struct{ Body web.Page[Request] }

func (s *Service) httpRequests(ctx context.Context, in *requestsInput) (*requestsOutput, error) {
	page, err := s.Requests(ctx, in.Open == "true", in.PageQuery)
	return &requestsOutput{page}, err
}

type decideInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Decision Decision `json:"decision" enum:"stop,leave,dismiss,undo"`
	}
}

type requestOutput struct{ Body Request }

func (s *Service) httpDecide(ctx context.Context, in *decideInput) (*requestOutput, error) {
	r, err := s.Decide(ctx, in.ID, in.Body.Decision)
	return &requestOutput{r}, err
}

func (s *Service) httpTopics(ctx context.Context, _ *struct{}) (*web.ListReply[Topic], error) {
	return web.Listed(s.Topics(ctx))
}

type addTopicInput struct{ Body TopicDraft }

type topicOutput struct{ Body Topic }

func (s *Service) httpAddTopic(ctx context.Context, in *addTopicInput) (*topicOutput, error) {
	t, err := s.AddTopic(ctx, in.Body)
	return &topicOutput{t}, err
}

type editTopicInput struct {
	ID   uuid.UUID `path:"id"`
	Body TopicDraft
}

func (s *Service) httpEditTopic(ctx context.Context, in *editTopicInput) (*topicOutput, error) {
	t, err := s.EditTopic(ctx, in.ID, in.Body)
	return &topicOutput{t}, err
}

func (s *Service) httpRemoveTopic(ctx context.Context, in *idInput) (*struct{}, error) {
	return nil, s.RemoveTopic(ctx, in.ID)
}

func (s *Service) httpExport(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="consents.csv"`)
	if err := s.Export(r.Context(), w); err != nil {
		s.Logger.WarnContext(r.Context(), "export the consent record", "error", err)
		panic(http.ErrAbortHandler) // a cut file must not look whole
	}
}

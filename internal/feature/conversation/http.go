package conversation

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
)

const (
	mayRead   actor.Permission = "inbox.read"
	mayAnswer actor.Permission = "inbox.reply"
	mayManage actor.Permission = "inbox.manage"
)

func op(method, path, id, summary string, p actor.Permission) web.Op {
	return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "conversation", Permission: p}
}

// Routes registers the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Register(api, op(http.MethodGet, "/api/conversations", "listConversations", "Conversations by their last message", mayRead), s.getList)
	web.Register(api, op(http.MethodGet, "/api/conversations/counts", "countConversations", "The badges of the inbox", mayRead), s.getCounts)
	web.Register(api, op(http.MethodGet, "/api/conversations/search", "searchConversations", "Find people, and what was said or noted", mayRead), s.getSearch)
	web.Register(api, op(http.MethodPost, "/api/conversations", "beginConversation", "The conversation with a contact on a number", mayAnswer), s.postBegin)
	web.Register(api, op(http.MethodGet, "/api/conversations/{id}", "getConversation", "One conversation", mayRead), s.getOne)
	web.Register(api, op(http.MethodGet, "/api/conversations/{id}/thread", "getThread", "What was said and done, the latest first", mayRead), s.getThread)
	web.Register(api, op(http.MethodGet, "/api/conversations/{id}/cases", "listCases", "Its cases, the latest first", mayRead), s.getCases)
	web.Register(api, op(http.MethodPost, "/api/conversations/{id}/read", "readConversation", "Nothing in it is unread any more", mayRead), s.postRead)
	web.Register(api, op(http.MethodPost, "/api/conversations/{id}/unread", "unreadConversation", "Let it look unread again", mayAnswer), s.postUnread)
	web.Register(api, op(http.MethodPut, "/api/conversations/{id}/draft", "putDraft", "Keep what the reader has begun to write", mayAnswer), s.putDraft)
	web.Register(api, op(http.MethodPost, "/api/conversations/{id}/notes", "addConversationNote", "Write a private note", mayAnswer), s.postNote)
	web.Register(api, op(http.MethodPatch, "/api/conversations/{id}/notes/{noteId}", "editConversationNote", "Change a note", mayAnswer), s.patchNote)
	web.Register(api, op(http.MethodDelete, "/api/conversations/{id}/notes/{noteId}", "deleteConversationNote", "Remove a note", mayAnswer), s.deleteNote)
	web.Register(api, op(http.MethodPost, "/api/conversations/status", "setConversationStatus", "Open, park or resolve conversations", mayAnswer), s.postStatus)
	web.Register(api, op(http.MethodPost, "/api/conversations/assign", "assignConversations", "Give conversations to a person, a team or a bot", mayAnswer), s.postAssign)
	web.Register(api, op(http.MethodPost, "/api/conversations/labels", "labelConversations", "Put labels on conversations", mayAnswer), s.postLabels)
	s.presenceRoutes(api)
	s.viewRoutes(api)
	s.sendRoutes(api)
	s.settingRoutes(api)
}

type idPath struct {
	ID uuid.UUID `path:"id"`
}

type listInput struct {
	web.PageQuery
	Status   string `query:"status" enum:"open,pending,snoozed,resolved,all" default:"open"`
	Assignee string `query:"assignee" maxLength:"36" doc:"me, none, or a member's user id"`
	Team     string `query:"team" format:"uuid"`
	Label    string `query:"label" format:"uuid"`
	Channel  string `query:"channel" format:"uuid"`
	Contact  string `query:"contact" format:"uuid"`
	Handler  string `query:"handler" enum:"people,bot"`
	Unread   bool   `query:"unread"`
	Mentions bool   `query:"mentions" doc:"Where the reader is mentioned and has not looked, whatever the status"`
	View     string `query:"view" format:"uuid" doc:"A saved view; its filter stands instead of the others"`
	Waiting  bool   `query:"waiting" doc:"Nobody has answered; who waits longest comes first"`
	SLA      string `query:"sla" enum:"breached,due_soon" doc:"A promise is late, or falls due within half an hour"`
}

func (in *listInput) filter(user uuid.UUID) (f Filter, err error) {
	f = Filter{Handler: in.Handler, Unread: in.Unread, Waiting: in.Waiting}
	if in.Status != "all" && !in.Mentions {
		f.Statuses = []Status{Status(in.Status)}
	}
	if in.Mentions {
		f.Mentioned = &user
	}
	for _, part := range []struct {
		text string
		to   **uuid.UUID
		name string
	}{{in.Team, &f.Team, "team"}, {in.Label, &f.Label, "label"}, {in.Channel, &f.Channel, "channel"}, {in.Contact, &f.Contact, "contact"}} {
		if *part.to, err = idOf(part.text, part.name); err != nil {
			return f, err
		}
	}
	switch in.Assignee {
	case "":
	case "me":
		f.Assignee = &user
	case "none":
		f.Unassigned = true
	default:
		f.Assignee, err = idOf(in.Assignee, "assignee")
	}
	return f, err
}

// dueSoon is how near a promise is to be due soon.
const dueSoon = 30 * time.Minute

// due is when a promise falls due that a filter asks for.
func due(sla string, now time.Time) *Due {
	switch sla {
	case "breached":
		return &Due{To: now}
	case "due_soon":
		return &Due{From: now, To: now.Add(dueSoon)}
	}
	return nil
}

func idOf(text, name string) (*uuid.UUID, error) {
	if text == "" {
		return nil, nil
	}
	id, err := uuid.Parse(text)
	if err != nil {
		return nil, fault.Invalid("This filter is not an id.").At("query."+name, "Not an id.").Wrap(err)
	}
	return &id, nil
}

type pageReply struct{ Body web.Page[Row] }

func (s *Service) getList(ctx context.Context, in *listInput) (*pageReply, error) {
	f, err := s.filterOf(ctx, in)
	if err != nil {
		return nil, err
	}
	page, err := s.List(ctx, f, in.PageQuery)
	return &pageReply{page}, err
}

type countsReply struct{ Body Counts }

func (s *Service) getCounts(ctx context.Context, _ *struct{}) (*countsReply, error) {
	n, err := s.Counts(ctx)
	return &countsReply{n}, err
}

type searchInput struct {
	web.PageQuery
	Q string `query:"q" required:"true" minLength:"1" maxLength:"200" doc:"Words that must all be there; the last may be begun"`
}

type searchReply struct{ Body Found }

func (s *Service) getSearch(ctx context.Context, in *searchInput) (*searchReply, error) {
	f, err := s.Search(ctx, in.Q, in.PageQuery)
	if f.People == nil {
		f.People = []Row{}
	}
	return &searchReply{f}, err
}

type beginInput struct {
	Body struct {
		ContactID uuid.UUID `json:"contactId"`
		ChannelID uuid.UUID `json:"channelId"`
	}
}

type detailReply struct{ Body Detail }

func (s *Service) postBegin(ctx context.Context, in *beginInput) (*detailReply, error) {
	id, err := s.Begin(ctx, in.Body.ContactID, in.Body.ChannelID)
	if err != nil {
		return nil, err
	}
	return s.getOne(ctx, &idPath{id})
}

func (s *Service) getOne(ctx context.Context, in *idPath) (*detailReply, error) {
	d, err := s.Get(ctx, in.ID)
	return &detailReply{d}, err
}

type threadInput struct {
	ID uuid.UUID `path:"id"`
	web.PageQuery
}

type threadReply struct{ Body web.Page[Item] }

func (s *Service) getThread(ctx context.Context, in *threadInput) (*threadReply, error) {
	page, err := s.Thread(ctx, in.ID, in.PageQuery)
	return &threadReply{page}, err
}

func (s *Service) getCases(ctx context.Context, in *idPath) (*web.ListReply[CaseBody], error) {
	return web.Listed(s.Cases(ctx, in.ID))
}

func (s *Service) postRead(ctx context.Context, in *idPath) (*struct{}, error) {
	return nil, s.MarkRead(ctx, in.ID)
}

func (s *Service) postUnread(ctx context.Context, in *idPath) (*struct{}, error) {
	return nil, s.MarkUnread(ctx, in.ID)
}

type draftInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Body json.RawMessage `json:"body,omitempty" doc:"As the composer keeps it; absent forgets it"`
	}
}

func (s *Service) putDraft(ctx context.Context, in *draftInput) (*struct{}, error) {
	return nil, s.PutDraft(ctx, in.ID, in.Body.Body)
}

type noteInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		ID       uuid.UUID   `json:"id" doc:"Made by the client, a UUIDv7: the same twice is one note"`
		Body     string      `json:"body" maxLength:"4000"`
		Mentions []uuid.UUID `json:"mentions,omitempty" maxItems:"20"`
	}
}

func (s *Service) postNote(ctx context.Context, in *noteInput) (*struct{}, error) {
	return nil, s.AddNote(ctx, in.ID, in.Body.ID, in.Body.Body, in.Body.Mentions)
}

type editNoteInput struct {
	ID     uuid.UUID `path:"id"`
	NoteID uuid.UUID `path:"noteId"`
	Body   struct {
		Body     string      `json:"body" maxLength:"4000"`
		Mentions []uuid.UUID `json:"mentions,omitempty" maxItems:"20"`
	}
}

func (s *Service) patchNote(ctx context.Context, in *editNoteInput) (*struct{}, error) {
	return nil, s.EditNote(ctx, in.ID, in.NoteID, in.Body.Body, in.Body.Mentions)
}

type notePath struct {
	ID     uuid.UUID `path:"id"`
	NoteID uuid.UUID `path:"noteId"`
}

func (s *Service) deleteNote(ctx context.Context, in *notePath) (*struct{}, error) {
	return nil, s.DeleteNote(ctx, in.ID, in.NoteID)
}

type statusInput struct {
	Body struct {
		IDs      []uuid.UUID `json:"ids" minItems:"1" maxItems:"200"`
		Status   Status      `json:"status" enum:"open,pending,snoozed,resolved"`
		Until    *time.Time  `json:"until,omitempty" doc:"Of a snooze"`
		ReasonID *uuid.UUID  `json:"reasonId,omitempty" doc:"Why it is closed"`
		Note     string      `json:"note,omitempty" maxLength:"2000" doc:"Closing note"`
	}
}

func (s *Service) postStatus(ctx context.Context, in *statusInput) (*struct{}, error) {
	to := StatusChange{To: in.Body.Status, Reason: in.Body.ReasonID, Note: in.Body.Note}
	if in.Body.Until != nil {
		to.Until = *in.Body.Until
	}
	return nil, s.SetStatus(ctx, in.Body.IDs, to)
}

type assignInput struct {
	Body struct {
		IDs        []uuid.UUID `json:"ids" minItems:"1" maxItems:"200"`
		AssigneeID *string     `json:"assigneeId,omitempty" maxLength:"36" doc:"A member's user id; none takes it away; absent leaves it"`
		TeamID     *string     `json:"teamId,omitempty" maxLength:"36" doc:"A team; none takes it away; absent leaves it"`
		Handler    *string     `json:"handler,omitempty" enum:"people,bot"`
	}
}

func (s *Service) postAssign(ctx context.Context, in *assignInput) (*struct{}, error) {
	a := Assignment{Handler: in.Body.Handler}
	var err error
	if a.Assignee, err = whom(in.Body.AssigneeID, "assigneeId"); err != nil {
		return nil, err
	}
	if a.Team, err = whom(in.Body.TeamID, "teamId"); err != nil {
		return nil, err
	}
	return nil, s.Assign(ctx, in.Body.IDs, a)
}

// whom reads an id, or none, which takes away.
func whom(text *string, name string) (**uuid.UUID, error) {
	if text == nil {
		return nil, nil
	}
	var id *uuid.UUID
	if *text != "none" {
		parsed, err := uuid.Parse(*text)
		if err != nil {
			return nil, fault.Invalid("This is not an id.").At("body."+name, "An id, or none.").Wrap(err)
		}
		id = &parsed
	}
	return &id, nil
}

type labelsInput struct {
	Body struct {
		IDs    []uuid.UUID `json:"ids" minItems:"1" maxItems:"200"`
		Add    []uuid.UUID `json:"add,omitempty" maxItems:"50"`
		Remove []uuid.UUID `json:"remove,omitempty" maxItems:"50"`
	}
}

func (s *Service) postLabels(ctx context.Context, in *labelsInput) (*struct{}, error) {
	return nil, s.SetLabels(ctx, in.Body.IDs, in.Body.Add, in.Body.Remove)
}

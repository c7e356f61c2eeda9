package contact

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/segment"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// The permissions of this feature's routes (the roles that hold them are in feature/tenant).
const (
	readContacts   actor.Permission = "contact.read"
	writeContacts  actor.Permission = "contact.write"
	importContacts actor.Permission = "contact.import"
	manageContacts actor.Permission = "contact.manage"
)

func read(method, path, id, summary string) web.Op {
	return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "contacts", Permission: readContacts}
}

func write(method, path, id, summary string) web.Op {
	return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "contacts", Permission: writeContacts}
}

func manage(method, path, id, summary string) web.Op {
	return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "contacts", Permission: manageContacts}
}

func create(op web.Op) web.Op {
	op.Idempotent, op.Status = true, http.StatusCreated
	return op
}

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Register(api, read("GET", "/api/contacts", "listContacts", "List contacts"), s.httpList)
	web.Register(api, create(write("POST", "/api/contacts", "createContact", "Add a contact")), s.httpCreate)
	web.Register(api, read("GET", "/api/contacts/{id}", "getContact", "Show a contact"), s.httpGet)
	web.Register(api, write("PATCH", "/api/contacts/{id}", "editContact", "Change a contact"), s.httpEdit)
	web.Register(api, write("DELETE", "/api/contacts/{id}", "deleteContact", "Delete a contact"), s.httpDelete)
	web.Register(api, write("POST", "/api/contacts/{id}/suppress", "suppressContact", "Stop every message to a contact"), s.httpSuppress)
	web.Register(api, write("POST", "/api/contacts/{id}/unsuppress", "unsuppressContact", "Allow messages to a contact again"), s.httpUnsuppress)
	web.Register(api, read("GET", "/api/tags", "listTags", "List tags and lists"), s.httpTags)
	web.Register(api, create(write("POST", "/api/tags", "createTag", "Make a tag or list")), s.httpCreateTag)
	web.Register(api, write("PATCH", "/api/tags/{id}", "renameTag", "Rename a tag or list"), s.httpRenameTag)
	web.Register(api, write("DELETE", "/api/tags/{id}", "deleteTag", "Delete a tag or list"), s.httpDeleteTag)
	s.fieldRoutes(api)
	s.stageRoutes(api)
	s.bulkRoutes(api)
	s.importRoutes(api)
	s.timelineRoutes(api)
	s.mergeRoutes(api)
	s.requestRoutes(api)
}

type idInput struct {
	ID uuid.UUID `path:"id"`
}

type contactOutput struct{ Body Contact }

type listInput struct {
	web.PageQuery
	Q          string `query:"q" maxLength:"200" doc:"Beginning of a name or phone number, or a whole e-mail address"`
	Tag        string `query:"tag" format:"uuid" doc:"Id of a tag or list"`
	OptIn      string `query:"optIn" enum:"unknown,pending,in,out"`
	Suppressed string `query:"suppressed" enum:"true,false"`
	Stage      string `query:"stage" pattern:"^(none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$" doc:"Id of a stage, or none; alone, who came into it last stands first"`
	Owner      string `query:"owner" pattern:"^(none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$" doc:"User id of a member, or none"`
	Segment    string `query:"segment" format:"uuid" doc:"Id of a saved segment"`
	Where      string `query:"where" maxLength:"8000" doc:"Conditions as JSON, in the language of segments"`
	Sort       string `query:"sort" enum:"newest,name" default:"newest"`
}

func (in *listInput) filter() (Filter, error) {
	f := Filter{Q: in.Q, OptIn: OptIn(in.OptIn), Stage: in.Stage, Owner: in.Owner}
	f.Tag, _ = uuid.Parse(in.Tag) // its format is checked already
	if in.Suppressed != "" {
		suppressed := in.Suppressed == "true"
		f.Suppressed = &suppressed
	}
	f.Segment, _ = uuid.Parse(in.Segment)
	if in.Where == "" {
		return f, nil
	}
	where, err := segment.Parse([]byte(in.Where), "query.where")
	f.Where = &where
	return f, err
}

type listOutput struct{ Body web.Page[Contact] }

func (s *Service) httpList(ctx context.Context, in *listInput) (*listOutput, error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	page, err := s.List(ctx, f, Sort(in.Sort), in.PageQuery)
	return &listOutput{page}, err
}

type createInput struct {
	Body struct {
		Change
		Tags []uuid.UUID `json:"tags,omitempty" maxItems:"50"`
	}
}

func (s *Service) httpCreate(ctx context.Context, in *createInput) (*contactOutput, error) {
	c, err := s.Create(ctx, in.Body.Change, in.Body.Tags)
	return &contactOutput{c}, err
}

func (s *Service) httpGet(ctx context.Context, in *idInput) (*contactOutput, error) {
	c, err := s.Get(ctx, in.ID)
	return &contactOutput{c}, err
}

type editInput struct {
	ID   uuid.UUID `path:"id"`
	Body Change
}

func (s *Service) httpEdit(ctx context.Context, in *editInput) (*contactOutput, error) {
	c, err := s.Edit(ctx, in.ID, in.Body)
	return &contactOutput{c}, err
}

func (s *Service) httpDelete(ctx context.Context, in *idInput) (*struct{}, error) {
	return nil, s.Delete(ctx, in.ID)
}

type suppressInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"300" doc:"Why, for whoever looks later"`
	}
}

func (s *Service) httpSuppress(ctx context.Context, in *suppressInput) (*contactOutput, error) {
	c, err := s.SuppressOne(ctx, in.ID, in.Body.Reason)
	return &contactOutput{c}, err
}

func (s *Service) httpUnsuppress(ctx context.Context, in *idInput) (*contactOutput, error) {
	c, err := s.UnsuppressOne(ctx, in.ID)
	return &contactOutput{c}, err
}

func (s *Service) httpTags(ctx context.Context, _ *struct{}) (*web.ListReply[Tag], error) {
	return web.Listed(s.Tags(ctx))
}

type tagOutput struct{ Body Tag }

type createTagInput struct {
	Body struct {
		Name string  `json:"name" minLength:"1" maxLength:"100"`
		Kind TagKind `json:"kind,omitempty" enum:"tag,list" default:"tag"`
	}
}

func (s *Service) httpCreateTag(ctx context.Context, in *createTagInput) (*tagOutput, error) {
	tag, err := s.CreateTag(ctx, in.Body.Name, in.Body.Kind)
	return &tagOutput{tag}, err
}

type renameTagInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Name string `json:"name" minLength:"1" maxLength:"100"`
	}
}

func (s *Service) httpRenameTag(ctx context.Context, in *renameTagInput) (*tagOutput, error) {
	tag, err := s.RenameTag(ctx, in.ID, in.Body.Name)
	return &tagOutput{tag}, err
}

func (s *Service) httpDeleteTag(ctx context.Context, in *idInput) (*struct{}, error) {
	return nil, s.DeleteTag(ctx, in.ID)
}

package link

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/web"
)

const (
	mayRead  actor.Permission = "campaign.read"
	maySetUp actor.Permission = "settings.write"
)

// Routes registers the operations on links and their domains; ClickRoutes has the links themselves.
func (s *Service) Routes(api *web.API) {
	web.Register(api, op(http.MethodGet, "/api/campaigns/{id}/links", "listCampaignLinks", "A campaign's tracked links with their clicks", mayRead), s.getLinks)
	web.Register(api, op(http.MethodGet, "/api/campaigns/{id}/clicks", "listCampaignClicks", "The people who clicked", mayRead), s.getPeople)
	web.Register(api, op(http.MethodGet, "/api/link-domains", "listLinkDomains", "Where tracked links stand", mayRead), s.getSettings)
	add := op(http.MethodPost, "/api/link-domains", "addLinkDomain", "Add a domain of your own", maySetUp)
	add.Status = http.StatusCreated
	web.Register(api, add, s.postDomain)
	web.Register(api, op(http.MethodPost, "/api/link-domains/{id}/verify", "verifyLinkDomain", "Look for the record that proves it", maySetUp), s.postVerify)
	web.Register(api, op(http.MethodPatch, "/api/link-domains/{id}", "useLinkDomain", "Use it for new links, or no longer", maySetUp), s.patchDomain)
	remove := op(http.MethodDelete, "/api/link-domains/{id}", "removeLinkDomain", "Remove a domain that is not proven", maySetUp)
	remove.Status = http.StatusNoContent
	web.Register(api, remove, s.deleteDomain)
}

func op(method, path, id, summary string, p actor.Permission) web.Op {
	return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "link", Permission: p}
}

type idPath struct {
	ID uuid.UUID `path:"id"`
}

type linksReply struct {
	Body struct {
		Links []Link `json:"links"`
	}
}

func (s *Service) getLinks(ctx context.Context, in *idPath) (*linksReply, error) {
	links, err := s.Links(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var r linksReply
	r.Body.Links = links
	return &r, nil
}

type peopleInput struct {
	ID uuid.UUID `path:"id"`
	web.PageQuery
	Link int `query:"link" minimum:"0" maximum:"63" doc:"Only who clicked the link of this number"`
}

type peopleReply struct{ Body web.Page[Clicker] }

func (s *Service) getPeople(ctx context.Context, in *peopleInput) (*peopleReply, error) {
	var after uuid.UUID
	if err := web.DecodeCursor(in.After, &after); err != nil {
		return nil, err
	}
	people, err := s.People(ctx, in.ID, in.Link, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	return &peopleReply{web.PageOf(people, in.Limit, func(c Clicker) any { return c.ContactID })}, nil
}

type settingsReply struct{ Body Settings }

func (s *Service) getSettings(ctx context.Context, _ *struct{}) (*settingsReply, error) {
	found, err := s.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return &settingsReply{found}, nil
}

type domainReply struct{ Body Domain }

func domainAnswer(d Domain, err error) (*domainReply, error) {
	if err != nil {
		return nil, err
	}
	return &domainReply{d}, nil
}

type addInput struct {
	Body struct {
		Host string `json:"host" maxLength:"300"`
	}
}

func (s *Service) postDomain(ctx context.Context, in *addInput) (*domainReply, error) {
	return domainAnswer(s.AddDomain(ctx, in.Body.Host))
}

func (s *Service) postVerify(ctx context.Context, in *idPath) (*domainReply, error) {
	return domainAnswer(s.Verify(ctx, in.ID))
}

type useInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		InUse bool `json:"inUse"`
	}
}

func (s *Service) patchDomain(ctx context.Context, in *useInput) (*domainReply, error) {
	return domainAnswer(s.Use(ctx, in.ID, in.Body.InUse))
}

func (s *Service) deleteDomain(ctx context.Context, in *idPath) (*struct{}, error) {
	return nil, s.RemoveDomain(ctx, in.ID)
}

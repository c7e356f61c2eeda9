package contact

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/web"
)

func (s *Service) mergeRoutes(api *web.API) {
	op := func(method, path, id, summary string) web.Op {
		return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "contacts", Permission: writeContacts}
	}
	list := op("GET", "/api/duplicates", "listDuplicates", "Pairs of contacts that may be one person")
	list.Permission = readContacts
	web.Register(api, list, s.httpDuplicates)
	find := op("POST", "/api/duplicates/find", "findDuplicates", "Look for people who are two contacts, in the background")
	find.Status = http.StatusAccepted
	web.Register(api, find, s.httpFindDuplicates)
	web.Register(api, op("POST", "/api/duplicates/dismiss", "dismissDuplicate", "Say that two contacts are two people"), s.httpDismiss)
	web.Register(api, op("POST", "/api/contacts/{id}/merge", "mergeContacts", "Make one contact of two"), s.httpMerge)
	web.Register(api, op("POST", "/api/merges/{id}/undo", "undoMerge", "Make two contacts of one again"), s.httpUndoMerge)
}

type duplicatesInput struct{ web.PageQuery }

type duplicatesOutput struct{ Body web.Page[Duplicate] }

func (s *Service) httpDuplicates(ctx context.Context, in *duplicatesInput) (*duplicatesOutput, error) {
	page, err := s.Duplicates(ctx, in.PageQuery)
	return &duplicatesOutput{page}, err
}

func (s *Service) httpFindDuplicates(ctx context.Context, _ *struct{}) (*struct{}, error) {
	return nil, s.FindDuplicates(ctx)
}

type dismissInput struct {
	Body struct {
		ContactID uuid.UUID `json:"contactId"`
		OtherID   uuid.UUID `json:"otherId"`
	}
}

func (s *Service) httpDismiss(ctx context.Context, in *dismissInput) (*struct{}, error) {
	return nil, s.Dismiss(ctx, in.Body.ContactID, in.Body.OtherID)
}

type mergeInput struct {
	ID   uuid.UUID `path:"id"`
	Body Merging
}

func (s *Service) httpMerge(ctx context.Context, in *mergeInput) (*contactOutput, error) {
	c, err := s.Merge(ctx, in.ID, in.Body)
	return &contactOutput{c}, err
}

type unmergedOutput struct{ Body Unmerged }

func (s *Service) httpUndoMerge(ctx context.Context, in *idInput) (*unmergedOutput, error) {
	out, err := s.UndoMerge(ctx, in.ID)
	return &unmergedOutput{out}, err
}

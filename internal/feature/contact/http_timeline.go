package contact

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/web"
)

func (s *Service) timelineRoutes(api *web.API) {
	op := func(method, path, id, summary string) web.Op {
		return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "contacts", Permission: writeContacts}
	}
	read := op("GET", "/api/contacts/{id}/timeline", "listTimeline", "What happened with a contact, the latest first")
	read.Permission = readContacts
	web.Register(api, read, s.httpTimeline)
	add := op("POST", "/api/contacts/{id}/notes", "addNote", "Write a note on a contact")
	add.Idempotent, add.Status = true, http.StatusCreated
	web.Register(api, add, s.httpAddNote)
	web.Register(api, op("PATCH", "/api/contacts/{id}/notes/{noteId}", "editNote", "Change a note of one's own"), s.httpEditNote)
	web.Register(api, op("DELETE", "/api/contacts/{id}/notes/{noteId}", "deleteNote", "Delete a note"), s.httpDeleteNote)
}

type timelineInput struct {
	ID uuid.UUID `path:"id"`
	web.PageQuery
	Kind []EntryKind `query:"kind" enum:"message,campaign,click,goal,consent,note,change,import,merge,step" doc:"Only these; all when absent"`
}

type timelineOutput struct{ Body web.Page[Entry] }

func (s *Service) httpTimeline(ctx context.Context, in *timelineInput) (*timelineOutput, error) {
	page, err := s.Timeline(ctx, in.ID, in.Kind, in.PageQuery)
	return &timelineOutput{page}, err
}

type noteBodyInput struct {
	Body string `json:"body" minLength:"1" maxLength:"4000"`
}

type noteOutput struct{ Body Note }

type addNoteInput struct {
	ID   uuid.UUID `path:"id"`
	Body noteBodyInput
}

func (s *Service) httpAddNote(ctx context.Context, in *addNoteInput) (*noteOutput, error) {
	note, err := s.AddNote(ctx, in.ID, in.Body.Body)
	return &noteOutput{note}, err
}

type noteInput struct {
	ID     uuid.UUID `path:"id"`
	NoteID uuid.UUID `path:"noteId"`
}

type editNoteInput struct {
	ID     uuid.UUID `path:"id"`
	NoteID uuid.UUID `path:"noteId"`
	Body   noteBodyInput
}

func (s *Service) httpEditNote(ctx context.Context, in *editNoteInput) (*noteOutput, error) {
	note, err := s.EditNote(ctx, in.ID, in.NoteID, in.Body.Body)
	return &noteOutput{note}, err
}

func (s *Service) httpDeleteNote(ctx context.Context, in *noteInput) (*struct{}, error) {
	return nil, s.DeleteNote(ctx, in.ID, in.NoteID)
}

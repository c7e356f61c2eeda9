package reply

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/upload"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Rendered is a canned reply as one conversation fills it.
type Rendered struct {
	Text    string            `json:"text"`
	Content *whatsapp.Content `json:"content" doc:"What is sent when nobody changes it"`
	Upload  *upload.Upload    `json:"upload,omitempty" doc:"The file that goes with it"`
	Missing []string          `json:"missing" doc:"Places that nothing is known for and that are left empty"`
}

// Render fills a canned reply for a conversation, and counts that it was used.
func (s *Service) Render(ctx context.Context, id, conversation uuid.UUID) (r Rendered, err error) {
	return r, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		v, err := valuesOf(ctx, tx, tenant, conversation)
		if err != nil {
			return err
		}
		if r, err = s.render(ctx, tx, tenant, id, v); err != nil {
			return err
		}
		return useCanned(ctx, tx, tenant, id)
	})
}

// render fills a canned reply that the actor may use.
func (s *Service) render(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, v values) (r Rendered, err error) {
	c, err := cannedByID(ctx, tx, tenant, id)
	if err != nil {
		return r, err
	}
	if c.owner != nil && *c.owner != actor.Must(ctx).UserID {
		return r, notThere()
	}
	r.Text, r.Missing = v.fill(c.Body)
	if r.Missing == nil {
		r.Missing = []string{}
	}
	if r.Upload, err = s.file(ctx, tx, tenant, c.UploadID); err != nil {
		return r, err
	}
	r.Content = contentOf(r.Text, r.Upload)
	return r, nil
}

func (s *Service) file(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, id *uuid.UUID) (*upload.Upload, error) {
	if id == nil {
		return nil, nil
	}
	files, err := s.Uploads.ByID(ctx, tx, tenant, []uuid.UUID{*id})
	if err != nil {
		return nil, fmt.Errorf("read upload: %w", err)
	}
	file, there := files[*id]
	if !there {
		return nil, incomplete("body.uploadId", "This file is not in the workspace. Attach it again.")
	}
	return &file, nil
}

// fit checks a canned reply's file, and that WhatsApp would take the two together.
func (s *Service) fit(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Canned) error {
	file, err := s.file(ctx, tx, tenant, c.UploadID)
	if err != nil || file == nil {
		return err
	}
	if c.Body != "" && (file.Kind == whatsapp.TypeAudio || file.Kind == whatsapp.TypeSticker) {
		return incomplete("body.body", "WhatsApp shows no text with a sound or a sticker.")
	}
	if problems := contentOf(c.Body, file).Validate(); len(problems) > 0 {
		return incomplete("body.body", problems[0].Sentence)
	}
	return nil
}

// contentOf is a text, or a file with the text below it.
func contentOf(text string, file *upload.Upload) *whatsapp.Content {
	if file == nil {
		return whatsapp.NewText(text)
	}
	media := &whatsapp.MediaContent{Upload: file.ID.String(), Caption: text}
	content := &whatsapp.Content{Type: file.Kind}
	switch file.Kind {
	case whatsapp.TypeImage:
		content.Image = media
	case whatsapp.TypeVideo:
		content.Video = media
	case whatsapp.TypeAudio:
		content.Audio = media
	case whatsapp.TypeSticker:
		content.Sticker = media
	default:
		media.Filename = file.Filename
		content.Type, content.Document = whatsapp.TypeDocument, media
	}
	return content
}

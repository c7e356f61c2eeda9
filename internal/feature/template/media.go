package template

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// sampleLimit bounds a header's sample file; Meta's own limit for images is lower.
const sampleLimit = 16 << 20

// Sample is an uploaded example for a media header. Meta's reviewers look at it; what is sent
// later is chosen per message.
type Sample struct {
	Handle   string `json:"handle" doc:"Goes into the header of the draft"`
	Format   string `json:"format" enum:"IMAGE,VIDEO,DOCUMENT"`
	MIMEType string `json:"mimeType"`
	Size     int64  `json:"size" doc:"Bytes"`
}

// UploadSample gives a sample file to Meta through the number's account. The kind is read from
// the content, never from the name.
func (s *Service) UploadSample(ctx context.Context, channelID uuid.UUID, filename string, content io.Reader) (Sample, error) {
	data, err := io.ReadAll(io.LimitReader(content, sampleLimit+1))
	if err != nil {
		return Sample{}, fmt.Errorf("read sample: %w", err)
	}
	sample, err := describe(data)
	if err != nil {
		return Sample{}, err
	}
	var sender channel.Sender
	err = s.inTenant(ctx, "open number", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		sender, err = s.usable(ctx, tx, tenant, channelID)
		return err
	})
	if err != nil {
		return Sample{}, err
	}
	sample.Handle, err = s.upload(ctx, sender.Token, filename, sample.MIMEType, data)
	return sample, err
}

func (s *Service) upload(ctx context.Context, token, filename, mime string, data []byte) (string, error) {
	app := s.AppID
	if app == "" {
		info, err := s.WhatsApp.DebugToken(ctx, token, token)
		if err != nil {
			return "", refusedBy(err)
		}
		app = info.AppID
	}
	handle, err := s.WhatsApp.UploadHandle(ctx, token, app, filename, mime, data, nil)
	if err != nil {
		return "", refusedBy(err)
	}
	return handle, nil
}

// describe tells the kind of a sample by its first bytes and checks Meta's limits.
func describe(data []byte) (Sample, error) {
	sample := Sample{MIMEType: http.DetectContentType(data), Size: int64(len(data))}
	limit := sampleLimit
	switch sample.MIMEType {
	case "image/jpeg", "image/png":
		sample.Format, limit = "IMAGE", 5<<20
	case "video/mp4":
		sample.Format = "VIDEO"
	case "application/pdf":
		sample.Format = "DOCUMENT"
	default:
		return Sample{}, fault.Invalid("A header sample must be a JPEG or PNG image, an MP4 video or a PDF document.").
			At("body.file", "is of another kind")
	}
	if len(data) > limit {
		return Sample{}, fault.TooLarge(fmt.Sprintf("The sample is too large: at most %d MB for this kind.", limit>>20)).
			At("body.file", "is too large")
	}
	return sample, nil
}

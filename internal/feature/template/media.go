package template

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// sampleLimit bounds a header's sample file; Meta's own limit for images is lower.
const sampleLimit = 16 << 20

// Sample is an uploaded example for a media header. Meta's reviewers look at it; what is sent
// later is chosen per message.
type Sample struct {
	ID        uuid.UUID `json:"id" db:"id" doc:"Goes into the header of the draft"`
	Handle    string    `json:"-" db:"handle"`
	Format    string    `json:"format" db:"format" enum:"IMAGE,VIDEO,DOCUMENT"`
	MIMEType  string    `json:"mimeType" db:"mime_type"`
	Filename  string    `json:"filename" db:"filename"`
	Size      int64     `json:"size" db:"size" doc:"Bytes"`
	CreatedAt time.Time `json:"createdAt" db:"created_at"`
}

// longestFilename is in characters.
const longestFilename = 240

// UploadSample gives a sample file to Meta through the number's account and keeps a copy, to be
// shown. The kind is read from the content, never from the name.
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
	sample.ID, sample.Filename, sample.CreatedAt = ident.New(), shortName(filename), s.Clock.Now()
	if sample.Handle, err = s.upload(ctx, sender.Token, filename, sample.MIMEType, data); err != nil {
		return Sample{}, err
	}
	return sample, s.keepSample(ctx, sample, data)
}

// shortName bounds a file's name by whole characters.
func shortName(name string) string {
	runes := []rune(strings.ToValidUTF8(name, ""))
	return string(runes[:min(len(runes), longestFilename)])
}

func sampleKey(tenant, id uuid.UUID) string { return tenant.String() + "/templates/" + id.String() }

// keepSample stores the file first: a row without one could not be shown.
func (s *Service) keepSample(ctx context.Context, sample Sample, data []byte) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	if err := s.Blobs.Put(ctx, sampleKey(tenant, sample.ID), bytes.NewReader(data), sample.Size, sample.MIMEType); err != nil {
		return fmt.Errorf("store sample: %w", err)
	}
	return s.inTenant(ctx, "keep sample", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		return insertSample(ctx, tx, tenant, sample)
	})
}

// OpenSample reads a sample's file; the caller closes it.
func (s *Service) OpenSample(ctx context.Context, id uuid.UUID) (sample Sample, file io.ReadCloser, err error) {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return sample, nil, err
	}
	found, err := s.samplesByID(ctx, []uuid.UUID{id})
	if err != nil {
		return sample, nil, err
	}
	sample, ok := found[id]
	if !ok {
		return sample, nil, fault.NotFound("There is no such sample in this workspace.")
	}
	file, _, err = s.Blobs.Open(ctx, sampleKey(tenant, id))
	return sample, file, err
}

func (s *Service) samplesByID(ctx context.Context, ids []uuid.UUID) (found map[uuid.UUID]Sample, err error) {
	err = s.inTenant(ctx, "read samples", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err := samplesByID(ctx, tx, tenant, ids)
		found = make(map[uuid.UUID]Sample, len(list))
		for _, sample := range list {
			found[sample.ID] = sample
		}
		return err
	})
	return found, err
}

// fillSamples puts Meta's handles of the draft's uploaded samples in.
func (s *Service) fillSamples(ctx context.Context, d *Draft) error {
	ids := make([]uuid.UUID, 0, 1)
	for _, id := range d.samples() {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil
	}
	found, err := s.samplesByID(ctx, ids)
	if err != nil {
		return err
	}
	for _, header := range d.headers() {
		if header.SampleID == nil || header.Handle != "" {
			continue
		}
		header.Handle = found[*header.SampleID].Handle
	}
	return nil
}

// samples are the draft's uploaded samples by slot.
func (d Draft) samples() Samples {
	samples := Samples{}
	for slot, header := range d.headers() {
		if header.SampleID != nil {
			samples[slot] = *header.SampleID
		}
	}
	return samples
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

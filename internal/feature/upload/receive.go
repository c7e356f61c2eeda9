package upload

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/audio"
	"github.com/aerostic/aerostic/internal/platform/blob"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// longestFilename is in characters.
const longestFilename = 240

// Receive stores a file that can be sent. Its kind is told by its content; what a browser recorded
// becomes what WhatsApp plays.
func (s *Service) Receive(ctx context.Context, filename, declared string, content io.Reader) (Upload, error) {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return Upload{}, err
	}
	buffered := bufio.NewReaderSize(content, headSize)
	head, err := buffered.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return Upload{}, fmt.Errorf("read upload: %w", err)
	}
	if len(head) == 0 {
		return Upload{}, unknown("The file is empty.")
	}
	f, err := formatOf(head, declared)
	if err != nil {
		return Upload{}, err
	}
	u := Upload{ID: ident.New(), Kind: f.kind, MIMEType: f.mime, Voice: f.voice, Filename: shortName(filename), CreatedBy: author(ctx), CreatedAt: s.Clock.Now()}
	limited := &counter{src: buffered, format: f}
	if f.webm {
		return s.receiveRecording(ctx, tenant, u, limited)
	}
	return s.keep(ctx, tenant, u, limited)
}

// receiveRecording turns WebM into OGG, the sound untouched.
func (s *Service) receiveRecording(ctx context.Context, tenant uuid.UUID, u Upload, content *counter) (Upload, error) {
	webm, err := io.ReadAll(content)
	if err != nil {
		return u, err
	}
	ogg, err := audio.OggOpus(webm)
	if err != nil {
		return u, unknown("Of WebM files WhatsApp takes only recorded sound; save a film as MP4.")
	}
	u.Filename = strings.TrimSuffix(u.Filename, ".webm")
	return s.keep(ctx, tenant, u, &counter{src: bytes.NewReader(ogg), format: content.format})
}

// keep stores the file first: a row without one could not be sent.
func (s *Service) keep(ctx context.Context, tenant uuid.UUID, u Upload, content *counter) (Upload, error) {
	sum := sha256.New()
	if err := s.Blobs.Put(ctx, u.Key(tenant), io.TeeReader(content, sum), blob.Unknown, u.MIMEType); err != nil {
		return u, fmt.Errorf("store upload: %w", err)
	}
	u.Size, u.SHA256 = content.read, sum.Sum(nil)
	return u, s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		return insertUpload(ctx, tx, tenant, u)
	})
}

// counter reads a file and refuses more than its kind may have.
type counter struct {
	src    io.Reader
	format format
	read   int64
}

// Read gives the file's bytes; one too many is a fault.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.src.Read(p)
	if c.read += int64(n); c.read > c.format.limit {
		return 0, c.format.tooLarge()
	}
	return n, err
}

// shortName bounds a file's name by whole characters.
func shortName(name string) string {
	runes := []rune(strings.ToValidUTF8(name, ""))
	return string(runes[:min(len(runes), longestFilename)])
}

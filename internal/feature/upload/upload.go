// Package upload owns the files that people of a workspace upload to send to customers, and Meta's
// ids of them.
//
// It owns the tables uploads and upload_handles and the blobs under <tenant>/uploads. It does not own
// the messages that show a file (message), files that customers sent (message) nor samples of
// templates (template).
//
// Life cycle: a file is received, told by its content and held against Meta's limits; it is handed to
// Meta once per number that sends it, and again when Meta has let it go after thirty days. Handing
// over may be repeated freely: it sends nothing to anybody.
package upload

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/blob"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Upload is a file that can be sent.
type Upload struct {
	ID        uuid.UUID            `json:"id" db:"id" doc:"Goes into the content of a message"`
	Kind      whatsapp.ContentType `json:"kind" db:"kind" enum:"image,video,audio,document,sticker" doc:"What it can be sent as; every file can be sent as a document too"`
	MIMEType  string               `json:"mimeType" db:"mime_type"`
	Voice     bool                 `json:"voice" db:"voice" doc:"It can be sent as a voice note"`
	Filename  string               `json:"filename" db:"filename"`
	Size      int64                `json:"size" db:"size" doc:"Bytes"`
	SHA256    []byte               `json:"-" db:"sha256"`
	CreatedBy *uuid.UUID           `json:"-" db:"created_by"`
	CreatedAt time.Time            `json:"createdAt" db:"created_at"`
}

// Fits says whether the file can be shown as a kind.
func (u Upload) Fits(use whatsapp.MediaUse) bool {
	return use.As == whatsapp.TypeDocument || use.As == u.Kind && (u.Voice || !use.Voice)
}

// Key is the name of its blob.
func (u Upload) Key(tenant uuid.UUID) string { return tenant.String() + "/uploads/" + u.ID.String() }

// IsKey says whether a blob is an upload's.
func IsKey(key string) bool { return strings.Contains(key, "/uploads/") }

// Deps is what the service works with.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Blobs    blob.Store
	Channels *channel.Service
	WhatsApp *whatsapp.Client
	Logger   *slog.Logger
}

// Service is the use cases of uploads.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

func missing() error { return fault.NotFound("There is no such file in this workspace.") }

// ByID reads uploads of a tenant, in the caller's transaction; those that are not there are left out.
func (s *Service) ByID(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]Upload, error) {
	list, err := uploadsByID(ctx, tx, tenant, ids)
	found := make(map[uuid.UUID]Upload, len(list))
	for _, u := range list {
		found[u.ID] = u
	}
	return found, err
}

func (s *Service) get(ctx context.Context, tenant, id uuid.UUID) (u Upload, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		found, err := s.ByID(ctx, tx, tenant, []uuid.UUID{id})
		if err != nil {
			return err
		}
		there := false
		if u, there = found[id]; !there {
			return missing()
		}
		return nil
	})
	return u, err
}

// author is the person in the context, if it is one.
func author(ctx context.Context) *uuid.UUID {
	a, ok := actor.From(ctx)
	if !ok || a.UserID == (uuid.UUID{}) {
		return nil
	}
	return &a.UserID
}

package upload

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// handleLife is how long Meta's id of a file is used: it keeps the file a day longer.
const handleLife = 29 * 24 * time.Hour

// ErrNotReady says that the number can hand nothing over now.
var ErrNotReady = errors.New("the number is not connected")

// Handles gives Meta's ids of those uploads that it has, for sending from a number; in the caller's
// transaction.
func (s *Service) Handles(ctx context.Context, tx pgx.Tx, tenant, channel uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]string, error) {
	return handles(ctx, tx, tenant, channel, ids, s.Clock.Now())
}

// Hand gives a file to Meta for a number, if Meta does not have it. It may be repeated. The error is a
// *whatsapp.Error where Meta answered with one, and a fault of kind not found where there is no file.
func (s *Service) Hand(ctx context.Context, tenant, channelID, id uuid.UUID) error {
	u, err := s.get(ctx, tenant, id)
	if err != nil {
		return err
	}
	sender, there, err := s.standing(ctx, tenant, channelID, id)
	if err != nil || there {
		return err
	}
	if !sender.Ready() {
		return ErrNotReady
	}
	media, err := s.give(ctx, tenant, sender, u)
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		return keepHandle(ctx, tx, tenant, id, channelID, media, s.Clock.Now().Add(handleLife))
	})
}

// standing reads the number, and whether Meta has the file.
func (s *Service) standing(ctx context.Context, tenant, channelID, id uuid.UUID) (sender channel.Sender, there bool, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		found, err := s.Handles(ctx, tx, tenant, channelID, []uuid.UUID{id})
		if there = found[id] != ""; err != nil || there {
			return err
		}
		sender, err = s.Channels.Sendable(ctx, tx, tenant, channelID)
		return err
	})
	return sender, there, err
}

func (s *Service) give(ctx context.Context, tenant uuid.UUID, sender channel.Sender, u Upload) (string, error) {
	file, _, err := s.Blobs.Open(ctx, u.Key(tenant))
	if err != nil {
		return "", fmt.Errorf("open upload: %w", err)
	}
	defer file.Close()
	return s.WhatsApp.UploadMedia(ctx, sender.Token, sender.PhoneNumberID,
		whatsapp.File{Name: u.Filename, MIMEType: u.MIMEType, Size: u.Size, Content: file})
}

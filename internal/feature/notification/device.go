package notification

import (
	"context"
	"crypto/ecdh"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	webpush "github.com/SherClockHolmes/webpush-go"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/outbound"
)

// Device is a browser that takes pushes.
type Device struct {
	ID        uuid.UUID
	Hash      []byte // SHA-256 of where it is reached: a browser knows itself by it
	Name      string
	CreatedAt time.Time
	UsedAt    *time.Time
}

// Subscription is what a browser's push manager gives out.
type Subscription struct {
	Endpoint string
	P256dh   string
	Auth     string
	Name     string // of the device, as the person knows it
}

const (
	sealedPlace     = "push_devices.sealed"
	longestEndpoint = 2000
	longestDevice   = 80
	mostDevices     = 20 // of a person in a workspace
	authBytes       = 16
)

// Subscribe keeps the actor's browser. The same browser again is the same device; in another person's
// hands it becomes theirs.
func (s *Service) Subscribe(ctx context.Context, sub Subscription) (d Device, err error) {
	if err := s.checkSubscription(ctx, sub); err != nil {
		return d, err
	}
	err = s.inWorkspace(ctx, func(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
		held, err := devicesOf(ctx, tx, tenant, user)
		if err != nil {
			return err
		}
		if len(held) >= mostDevices {
			return fault.Conflict("Pushes go to twenty of your browsers already. Remove one that you no longer use.")
		}
		d, err = s.keepDevice(ctx, tx, tenant, user, sub)
		return err
	})
	return d, err
}

func (s *Service) keepDevice(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID, sub Subscription) (Device, error) {
	hash := sha256.Sum256([]byte(sub.Endpoint))
	d := Device{ID: ident.New(), Hash: hash[:], Name: sub.Name, CreatedAt: s.Clock.Now()}
	plain, err := json.Marshal(webpush.Subscription{Endpoint: sub.Endpoint, Keys: webpush.Keys{Auth: sub.Auth, P256dh: sub.P256dh}})
	if err != nil {
		return d, fmt.Errorf("keep a device: %w", err)
	}
	sealed, err := s.Keys.Seal(tenant, sealedPlace, d.ID, plain)
	if err != nil {
		return d, fmt.Errorf("keep a device: %w", err)
	}
	return d, replaceDevice(ctx, tx, tenant, user, d, sealed)
}

func (s *Service) checkSubscription(ctx context.Context, sub Subscription) error {
	refused := func(place string) error {
		return fault.Invalid("This browser's push service cannot be used.").At(place, "Not a push subscription.")
	}
	if len(sub.Endpoint) > longestEndpoint || !strings.HasPrefix(sub.Endpoint, "http") {
		return refused("body.endpoint")
	}
	if s.Reachable != nil {
		if err := s.Reachable(ctx, sub.Endpoint); errors.Is(err, outbound.ErrPrivate) {
			return refused("body.endpoint")
		} else if err != nil {
			return fault.Unavailable("The push service of this browser cannot be reached. Try again in a moment.").Wrap(err)
		}
	}
	if auth, err := decodeKey(sub.Auth); err != nil || len(auth) != authBytes {
		return refused("body.keys.auth")
	}
	point, err := decodeKey(sub.P256dh)
	if err != nil {
		return refused("body.keys.p256dh")
	}
	if _, err := ecdh.P256().NewPublicKey(point); err != nil {
		return refused("body.keys.p256dh")
	}
	if n := utf8.RuneCountInString(sub.Name); n == 0 || n > longestDevice {
		return fault.Invalid("Name the device in 1 to 80 characters.").At("body.name", "1 to 80 characters.")
	}
	return nil
}

func decodeKey(text string) ([]byte, error) {
	return base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
}

// Devices lists the actor's browsers.
func (s *Service) Devices(ctx context.Context) (list []Device, err error) {
	err = s.inWorkspace(ctx, func(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
		list, err = devicesOf(ctx, tx, tenant, user)
		return err
	})
	return list, err
}

// Unsubscribe forgets one of the actor's browsers.
func (s *Service) Unsubscribe(ctx context.Context, id uuid.UUID) error {
	return s.inWorkspace(ctx, func(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
		n, err := deleteDevices(ctx, tx, tenant, user, []uuid.UUID{id})
		if err == nil && n == 0 {
			err = fault.NotFound("There is no such device.")
		}
		return err
	})
}

const sqlDropDevice = `delete from push_devices where tenant_id = $1 and endpoint_hash = $2`

const sqlInsertDevice = `
insert into push_devices (tenant_id, user_id, id, endpoint_hash, sealed, name, created_at) values ($1, $2, $3, $4, $5, $6, $7)`

func replaceDevice(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID, d Device, sealed []byte) error {
	if _, err := tx.Exec(ctx, sqlDropDevice, tenant, d.Hash); err != nil {
		return fmt.Errorf("replace a device: %w", err)
	}
	if _, err := tx.Exec(ctx, sqlInsertDevice, tenant, user, d.ID, d.Hash, sealed, d.Name, d.CreatedAt); err != nil {
		return fmt.Errorf("insert a device: %w", err)
	}
	return nil
}

const sqlDevices = `
select id, endpoint_hash, name, created_at, used_at from push_devices where tenant_id = $1 and user_id = $2 order by id`

func devicesOf(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) ([]Device, error) {
	rows, err := tx.Query(ctx, sqlDevices, tenant, user)
	if err != nil {
		return nil, fmt.Errorf("list devices: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Device])
}

const sqlDeleteDevices = `delete from push_devices where tenant_id = $1 and user_id = $2 and id = any($3)`

func deleteDevices(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID, ids []uuid.UUID) (int64, error) {
	tag, err := tx.Exec(ctx, sqlDeleteDevices, tenant, user, ids)
	return tag.RowsAffected(), err
}

const sqlSealedDevices = `select id, sealed from push_devices where tenant_id = $1 and user_id = $2 order by id`

// target is a device with where it is reached.
type target struct {
	id  uuid.UUID
	sub webpush.Subscription
}

// targets are a person's devices, opened; one that does not open (its key is gone) is passed over.
func (s *Service) targets(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) (list []target, err error) {
	rows, err := tx.Query(ctx, sqlSealedDevices, tenant, user)
	if err != nil {
		return nil, fmt.Errorf("read devices: %w", err)
	}
	var t target
	var sealed []byte
	_, err = pgx.ForEachRow(rows, []any{&t.id, &sealed}, func() error {
		plain, err := s.Keys.Open(tenant, sealedPlace, t.id, sealed)
		if err != nil {
			s.Logger.WarnContext(ctx, "a push device does not open", "device", t.id)
			return nil //nolint:nilerr // others may
		}
		t.sub = webpush.Subscription{}
		if err := json.Unmarshal(plain, &t.sub); err != nil {
			return err
		}
		list = append(list, t)
		return nil
	})
	return list, err
}

const sqlDevicesUsed = `update push_devices set used_at = $3 where tenant_id = $1 and user_id = $2 and id = any($4)`

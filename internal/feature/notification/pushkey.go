package notification

import (
	"context"
	"errors"
	"fmt"

	webpush "github.com/SherClockHolmes/webpush-go"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// pushKeys are the pair by which push services know this installation (RFC 8292). Browsers subscribe for
// the public one, so it is made once and kept.
type pushKeys struct{ public, private string }

const keyPlace = "push_keys.sealed"

// keyRow is the one row of push_keys.
var keyRow = uuid.UUID{15: 1}

const sqlPushKey = `select public, sealed from push_keys where id = $1`

// Whoever comes first makes the pair; everybody reads it.
const sqlInsertPushKey = `
insert into push_keys (id, public, sealed, created_at) values ($1, $2, $3, $4) on conflict (id) do nothing`

// pushKeys reads the pair, or makes it.
func (s *Service) pushKeys(ctx context.Context) (*pushKeys, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.keys != nil {
		return s.keys, nil
	}
	err := s.DB.Global(ctx, func(ctx context.Context, tx pgx.Tx) error {
		keys, err := s.readPushKeys(ctx, tx)
		if errors.Is(err, pgx.ErrNoRows) {
			keys, err = s.makePushKeys(ctx, tx)
		}
		s.keys = keys
		return err
	})
	if err != nil {
		s.keys = nil
		return nil, fmt.Errorf("push keys: %w", err)
	}
	return s.keys, nil
}

func (s *Service) readPushKeys(ctx context.Context, tx pgx.Tx) (*pushKeys, error) {
	var keys pushKeys
	var sealed []byte
	if err := tx.QueryRow(ctx, sqlPushKey, keyRow).Scan(&keys.public, &sealed); err != nil {
		return nil, err
	}
	private, err := s.Keys.Open(uuid.Nil, keyPlace, keyRow, sealed)
	if err != nil {
		return nil, err
	}
	keys.private = string(private)
	return &keys, nil
}

func (s *Service) makePushKeys(ctx context.Context, tx pgx.Tx) (*pushKeys, error) {
	private, public, err := webpush.GenerateVAPIDKeys()
	if err != nil {
		return nil, err
	}
	sealed, err := s.Keys.Seal(uuid.Nil, keyPlace, keyRow, []byte(private))
	if err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, sqlInsertPushKey, keyRow, public, sealed, s.Clock.Now()); err != nil {
		return nil, err
	}
	return s.readPushKeys(ctx, tx)
}

// PushKey is what browsers subscribe for, as the push manager's applicationServerKey.
func (s *Service) PushKey(ctx context.Context) (string, error) {
	keys, err := s.pushKeys(ctx)
	if err != nil {
		return "", err
	}
	return keys.public, nil
}

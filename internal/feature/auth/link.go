package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

// purpose is what the link in a mail is good for.
type purpose string

const (
	verifyAddress purpose = "verify"
	resetPassword purpose = "reset"
)

func (p purpose) life() time.Duration {
	if p == resetPassword {
		return ResetLife
	}
	return VerifyLife
}

// mailLink has a link mailed to the person. After five within an hour it silently does nothing:
// anybody can ask for these mails, and the earlier links still work.
func (s *Service) mailLink(ctx context.Context, tx pgx.Tx, user uuid.UUID, p purpose) error {
	err := s.countIn(ctx, tx, noticeTries(string(p), user))
	if isCode(err, "locked") {
		return nil
	}
	if err != nil {
		return err
	}
	now, id := s.Clock.Now(), ident.New()
	if err := insertLink(ctx, tx, id, user, p, now); err != nil {
		return err
	}
	return s.Queue.Insert(ctx, tx, LinkMailArgs{LinkID: id}, nil)
}

// useLink spends a link and every other of the same purpose, and returns whose it is. One that
// is used, too old or not for this purpose is a fault of kind gone.
func (s *Service) useLink(ctx context.Context, tx pgx.Tx, token string, p purpose) (uuid.UUID, error) {
	now := s.Clock.Now()
	user, err := readLink(ctx, tx, secret.Hash(token), p, now)
	if err != nil {
		return uuid.Nil, err
	}
	return user, spendLinks(ctx, tx, user, p, now)
}

func linkGone() error {
	return fault.Gone("This link was used already or is too old. Ask for a new one.").WithCode("link_gone")
}

func insertLink(ctx context.Context, tx pgx.Tx, id, user uuid.UUID, p purpose, at time.Time) error {
	return exec(ctx, tx, "insert a link", `
		insert into user_links (id, user_id, purpose, expires_at, created_at)
		values ($1, $2, $3, $4, $5)`, id, user, p, at.Add(p.life()), at)
}

// readLink locks an open link, so that two uses at the same moment come one after the other.
func readLink(ctx context.Context, tx pgx.Tx, hash []byte, p purpose, at time.Time) (user uuid.UUID, err error) {
	err = tx.QueryRow(ctx, `
		select user_id from user_links
		where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3 for update`, hash, p, at).
		Scan(&user)
	if errors.Is(err, pgx.ErrNoRows) {
		return uuid.Nil, linkGone()
	}
	if err != nil {
		return uuid.Nil, fmt.Errorf("read a link: %w", err)
	}
	return user, nil
}

func spendLinks(ctx context.Context, tx pgx.Tx, user uuid.UUID, p purpose, at time.Time) error {
	return exec(ctx, tx, "spend links", `
		update user_links set used_at = $3
		where user_id = $1 and purpose = $2 and used_at is null`, user, p, at)
}

// writeLink stores the hash of a link about to be mailed and returns whose it is and for what;
// false when it is spent or too old to be worth a mail.
func writeLink(ctx context.Context, tx pgx.Tx, id uuid.UUID, hash []byte, at time.Time) (user uuid.UUID, p purpose, open bool, err error) {
	err = tx.QueryRow(ctx, `
		update user_links set token_hash = $2
		where id = $1 and used_at is null and expires_at > $3
		returning user_id, purpose`, id, hash, at).Scan(&user, &p)
	if errors.Is(err, pgx.ErrNoRows) {
		return uuid.Nil, "", false, nil
	}
	if err != nil {
		return uuid.Nil, "", false, fmt.Errorf("write a link: %w", err)
	}
	return user, p, true, nil
}

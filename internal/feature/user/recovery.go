package user

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const recoveryCodes = 10

// RenewRecoveryCodes replaces a person's recovery codes by ten new ones such as
// "k7qm-x2ra-5dnb-tw3e" (80 random bits). Only their hashes are stored.
func (s *Service) RenewRecoveryCodes(ctx context.Context, tx pgx.Tx, id uuid.UUID, at time.Time) ([]string, error) {
	if err := deleteRecoveryCodes(ctx, tx, id); err != nil {
		return nil, err
	}
	codes := make([]string, recoveryCodes)
	hashes := make([][]byte, recoveryCodes)
	for i := range codes {
		codes[i] = recoveryCode()
		hashes[i] = hashRecoveryCode(codes[i])
	}
	return codes, insertRecoveryCodes(ctx, tx, id, hashes, at)
}

func recoveryCode() string {
	text := strings.ToLower(rand.Text())
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:16]
}

// hashRecoveryCode forgives case, dashes and spaces. A plain hash suffices for 80 random bits.
func hashRecoveryCode(code string) []byte {
	plain := strings.NewReplacer("-", "", " ", "").Replace(strings.ToLower(strings.TrimSpace(code)))
	sum := sha256.Sum256([]byte(plain))
	return sum[:]
}

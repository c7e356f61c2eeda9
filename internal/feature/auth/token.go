package auth

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

const issuer = "aerostic"

// audience keeps a token of one use from being taken for another.
type audience string

const (
	forAPI       audience = "api"
	forRealtime  audience = "realtime"
	forTwoFactor audience = "two-factor"
)

// Keys sign tokens with the first and accept any, by key id.
type Keys struct {
	first string
	keys  map[string][]byte
}

// ParseKeys derives signing keys from the installation's secret, "k2:base64,k1:base64" as
// secret.ParseKeys reads it, the newest first. The sealed data's keys cannot be found from them.
func ParseKeys(spec string) (Keys, error) {
	ring := Keys{keys: map[string][]byte{}}
	for part := range strings.SplitSeq(spec, ",") {
		key, err := secret.Derive(part, "jwt")
		if err != nil {
			return Keys{}, fmt.Errorf("parse token keys: %w", err)
		}
		id, _, _ := strings.Cut(strings.TrimSpace(part), ":")
		if ring.first == "" {
			ring.first = id
		}
		ring.keys[id] = key
	}
	return ring, nil
}

type claims struct {
	jwt.RegisteredClaims
	TenantID     uuid.UUID `json:"tenantId"`
	TokenVersion int       `json:"tokenVersion"`
	Role         string    `json:"role,omitempty"`
	SessionID    uuid.UUID `json:"sid"`
	// Workspace is what a half-finished sign-in asked for.
	Workspace string `json:"workspace,omitempty"`
}

func (c claims) userID() uuid.UUID {
	id, err := uuid.Parse(c.Subject)
	if err != nil {
		return uuid.Nil
	}
	return id
}

// sign makes an HS256 token of c for one audience, valid from now for life.
func (k Keys) sign(c claims, user uuid.UUID, to audience, now time.Time, life time.Duration) (string, error) {
	c.RegisteredClaims = jwt.RegisteredClaims{
		Issuer: issuer, Subject: user.String(), Audience: jwt.ClaimStrings{string(to)},
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(life)),
	}
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, c)
	token.Header["kid"] = k.first
	text, err := token.SignedString(k.keys[k.first])
	if err != nil {
		return "", fmt.Errorf("sign a token: %w", err)
	}
	return text, nil
}

// parse accepts a token made by sign for the same audience and not yet expired. The library's
// defaults would take one without expiry, or of another HMAC, so each is demanded.
func (k Keys) parse(text string, from audience, now time.Time) (claims, error) {
	var c claims
	_, err := jwt.ParseWithClaims(text, &c, k.find,
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
		jwt.WithExpirationRequired(),
		jwt.WithIssuer(issuer),
		jwt.WithAudience(string(from)),
		jwt.WithTimeFunc(func() time.Time { return now }))
	if err != nil || c.userID() == uuid.Nil {
		return claims{}, signInAgain().Wrap(err)
	}
	return c, nil
}

func (k Keys) find(token *jwt.Token) (any, error) {
	id, _ := token.Header["kid"].(string)
	key, known := k.keys[id]
	if !known {
		return nil, errors.New("the token names a key that this process does not have")
	}
	return key, nil
}

func signInAgain() *fault.Error {
	return fault.Unauthenticated("Your session has ended. Sign in again.").WithCode("session_ended")
}

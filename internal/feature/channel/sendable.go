package channel

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Sender is what the lane needs to send over a number.
type Sender struct {
	Channel
	// Token is Meta's access token, open. Empty unless Ready. Never log it.
	Token string
}

// Ready reports whether the number may send now. When not, Advise(s.Channel) says why.
func (s Sender) Ready() bool { return s.Status == Connected && s.Token != "" }

// Sendable returns the number with its token open when it is connected. It takes the caller's
// transaction in the tenant; pgx.ErrNoRows means the tenant has no such number.
func (s *Service) Sendable(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Sender, error) {
	c, err := channelByID(ctx, tx, tenant, id)
	if err != nil {
		return Sender{}, fmt.Errorf("read number %s: %w", id, err)
	}
	sender := Sender{Channel: c}
	if c.Status != Connected {
		return sender, nil
	}
	sender.Token, err = s.openToken(ctx, tx, c)
	return sender, err
}

// Readable returns the number with its token open for reading at Meta, which a paused number may too.
func (s *Service) Readable(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Sender, error) {
	c, err := channelByID(ctx, tx, tenant, id)
	if err != nil {
		return Sender{}, fmt.Errorf("read number %s: %w", id, err)
	}
	if c.Status != Connected && c.Status != Paused {
		return Sender{Channel: c}, nil
	}
	token, err := s.openToken(ctx, tx, c)
	return Sender{Channel: c, Token: token}, err
}

// OfWABA returns a connected number of the account with its token open, for calls on the
// account itself (templates). pgx.ErrNoRows: no connected number.
func (s *Service) OfWABA(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, waba string) (Sender, error) {
	list, err := listChannels(ctx, tx, tenant)
	if err != nil {
		return Sender{}, fmt.Errorf("list numbers: %w", err)
	}
	for _, c := range list {
		// A paused number still has a token that Meta accepts.
		if c.WABAID == waba && (c.Status == Connected || c.Status == Paused) {
			token, err := s.openToken(ctx, tx, c)
			return Sender{Channel: c, Token: token}, err
		}
	}
	return Sender{}, fmt.Errorf("account %s: %w", waba, pgx.ErrNoRows)
}

// InUse returns the tenant's numbers in use within the caller's transaction, oldest first.
func (s *Service) InUse(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Channel, error) {
	return listChannels(ctx, tx, tenant)
}

// HoldBack does to the number what Meta's answer to a send asks for: pause it, or mark it as
// needing a new token. Any other advice changes nothing. It takes the caller's transaction.
func (s *Service) HoldBack(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, advice whatsapp.Advice) error {
	if !concernsNumber(advice) {
		return nil
	}
	_, err := s.change(ctx, tx, tenant, id, func(c *Channel) error {
		s.holdFor(c, advice)
		return nil
	})
	return err
}

func concernsNumber(advice whatsapp.Advice) bool {
	switch advice.Action {
	case whatsapp.Reauthorise, whatsapp.PauseNumber, whatsapp.PauseBilling, whatsapp.Register:
		return true
	default:
		return false
	}
}

func (s *Service) holdFor(c *Channel, advice whatsapp.Advice) {
	switch {
	case advice.Action == whatsapp.Reauthorise:
		c.lose(NeedsReauth, advice.Sentence)
	case advice.Action == whatsapp.PauseBilling:
		c.hold(ReasonPayment, advice.Sentence, nil)
	case advice.Action == whatsapp.Register:
		c.hold(ReasonSetup, advice.Sentence, nil)
	case advice.Wait > 0:
		c.hold(ReasonSpam, advice.Sentence, later(s.Clock.Now(), advice.Wait))
	default:
		c.hold(ReasonPolicy, advice.Sentence, nil)
	}
}

// Owner is which tenant's number a phone number id is.
type Owner struct {
	PhoneNumberID string    `db:"phone_number_id"`
	TenantID      uuid.UUID `db:"tenant_id"`
	ChannelID     uuid.UUID `db:"channel_id"`
}

// WABAOwner is a tenant with numbers of an account.
type WABAOwner struct {
	WABAID   string    `db:"waba_id"`
	TenantID uuid.UUID `db:"tenant_id"`
}

// Owners finds whose the phone number ids are; unknown ones are missing. The tables are
// global: any transaction will do.
func (s *Service) Owners(ctx context.Context, tx pgx.Tx, phoneNumberIDs []string) (map[string]Owner, error) {
	list, err := ownersOf(ctx, tx, phoneNumberIDs)
	if err != nil {
		return nil, fmt.Errorf("find owners of numbers: %w", err)
	}
	owners := make(map[string]Owner, len(list))
	for _, o := range list {
		owners[o.PhoneNumberID] = o
	}
	return owners, nil
}

// WABAOwners finds the tenants that have numbers of the accounts; unknown ones are missing.
func (s *Service) WABAOwners(ctx context.Context, tx pgx.Tx, wabas []string) (map[string][]uuid.UUID, error) {
	list, err := wabaOwners(ctx, tx, wabas)
	if err != nil {
		return nil, fmt.Errorf("find owners of accounts: %w", err)
	}
	owners := make(map[string][]uuid.UUID, len(list))
	for _, o := range list {
		owners[o.WABAID] = append(owners[o.WABAID], o.TenantID)
	}
	return owners, nil
}

// WABAsAfter walks the accounts of the whole installation in pages, for periodic work.
func (s *Service) WABAsAfter(ctx context.Context, tx pgx.Tx, after WABAOwner, limit int) ([]WABAOwner, error) {
	return wabasAfter(ctx, tx, after, limit)
}

// openToken returns "" for a removed number.
func (s *Service) openToken(ctx context.Context, tx pgx.Tx, c Channel) (string, error) {
	sealed, err := sealedToken(ctx, tx, c.TenantID, c.ID)
	if err != nil || sealed == nil {
		return "", err
	}
	plain, err := s.Keys.Open(c.TenantID, tokenPlace, c.ID, sealed)
	if err != nil {
		return "", fmt.Errorf("open token of number %s: %w", c.ID, err)
	}
	return string(plain), nil
}

package channel

import (
	"context"
	"errors"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Connection asks to connect a number of a WhatsApp Business Account by access token.
type Connection struct {
	WABAID        string
	PhoneNumberID string // empty: the account's only number
	AccessToken   string
}

// Choice is a number of the account that could be connected.
type Choice struct {
	PhoneNumberID string `json:"phoneNumberId"`
	DisplayPhone  string `json:"displayPhone"`
	VerifiedName  string `json:"verifiedName"`
}

// Connect checks the token at Meta and connects a number of the account. Where the account has
// several numbers and none is named it connects nothing and returns the choices.
// Faults: invalid for what Meta does not show this token, conflict for a number that has an
// owner, unavailable while Meta does not answer.
func (s *Service) Connect(ctx context.Context, in Connection) (*Channel, []Choice, error) {
	in = in.trimmed()
	account, err := s.askAccount(ctx, in.AccessToken, in.WABAID)
	if err != nil {
		return nil, nil, err
	}
	number, choices, err := account.pick(in.PhoneNumberID)
	if number == nil {
		return nil, choices, err
	}
	var created Channel
	err = s.inTenant(ctx, "connect number", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		created, err = s.claim(ctx, tx, tenant, in, account, *number)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return &created, choices, nil
}

// RenewToken replaces the access token of a number that is in use. The new one must show the
// same number at Meta.
func (s *Service) RenewToken(ctx context.Context, id uuid.UUID, token string) (Channel, error) {
	before, err := s.Get(ctx, id)
	if err != nil {
		return Channel{}, err
	}
	token = strings.TrimSpace(token)
	account, err := s.askAccount(ctx, token, before.WABAID)
	if err != nil {
		return Channel{}, err
	}
	number, _, err := account.pick(before.PhoneNumberID)
	if err != nil {
		return Channel{}, err
	}
	sealed, err := s.Keys.Seal(before.TenantID, tokenPlace, before.ID, []byte(token))
	if err != nil {
		return Channel{}, err
	}
	return s.storeToken(ctx, before, sealed, account.portfolioID, *number)
}

func (s *Service) storeToken(ctx context.Context, before Channel, sealed []byte, portfolio string, number facts) (Channel, error) {
	var after Channel
	err := s.inTenant(ctx, "renew token", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		after, err = s.change(ctx, tx, tenant, before.ID, func(c *Channel) error {
			if c.Status == NeedsReauth {
				c.restore()
			}
			number.applyTo(c, s.Clock.Now())
			c.PortfolioID = portfolio
			return saveToken(ctx, tx, tenant, c.ID, sealed)
		})
		if err != nil {
			return err
		}
		return s.enqueue(ctx, tx, SubscribeArgs{TenantID: tenant, ChannelID: before.ID})
	})
	return after, err
}

func (in Connection) trimmed() Connection {
	return Connection{
		WABAID:        strings.TrimSpace(in.WABAID),
		PhoneNumberID: strings.TrimSpace(in.PhoneNumberID),
		AccessToken:   strings.TrimSpace(in.AccessToken),
	}
}

// pick finds the number to connect; nil with choices when a person must choose.
func (a account) pick(phoneNumberID string) (*facts, []Choice, error) {
	if len(a.numbers) == 0 {
		return nil, nil, fault.Invalid("This WhatsApp Business Account has no phone numbers yet. Add one in WhatsApp Manager first.").
			At("body.wabaId", "has no phone numbers")
	}
	choices := make([]Choice, 0, len(a.numbers))
	for _, n := range a.numbers {
		if n.phoneNumberID == phoneNumberID {
			return &n, nil, nil
		}
		choices = append(choices, Choice{n.phoneNumberID, n.displayPhone, n.verifiedName})
	}
	switch {
	case phoneNumberID != "":
		return nil, nil, fault.Invalid("This phone number does not belong to that WhatsApp Business Account.").
			At("body.phoneNumberId", "is not a number of this account")
	case len(a.numbers) == 1:
		return &a.numbers[0], nil, nil
	default:
		return nil, choices, nil
	}
}

// claim writes the number as this tenant's, or refuses because it has an owner.
func (s *Service) claim(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, in Connection, a account, n facts) (Channel, error) {
	c, err := s.rowFor(ctx, tx, tenant, in.WABAID, a, n)
	if err != nil {
		return Channel{}, err
	}
	mine, err := claimNumber(ctx, tx, c, c.UpdatedAt)
	if err != nil {
		return Channel{}, err
	}
	if !mine {
		return Channel{}, s.taken(ctx, tx, tenant, c.PhoneNumberID)
	}
	sealed, err := s.Keys.Seal(tenant, tokenPlace, c.ID, []byte(in.AccessToken))
	if err != nil {
		return Channel{}, err
	}
	if err := putChannel(ctx, tx, c, sealed); err != nil {
		return Channel{}, err
	}
	return c, s.announce(ctx, tx, c)
}

// rowFor makes the new row, under the old id when the tenant had this number before.
func (s *Service) rowFor(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, waba string, a account, n facts) (Channel, error) {
	now := s.Clock.Now()
	c := Channel{
		TenantID: tenant, ID: ident.New(), PhoneNumberID: n.phoneNumberID, WABAID: waba,
		PortfolioID: a.portfolioID, MarketingAPI: a.marketing, Status: Connected, CreatedAt: now, UpdatedAt: now,
	}
	old, err := channelByNumber(ctx, tx, tenant, n.phoneNumberID)
	switch {
	case err == nil:
		c.ID, c.CreatedAt = old.ID, old.CreatedAt
	case !errors.Is(err, pgx.ErrNoRows):
		return Channel{}, err
	}
	n.applyTo(&c, now)
	return c, nil
}

// taken says whose the number is, as far as this tenant may know.
func (s *Service) taken(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, phoneNumberID string) error {
	owners, err := s.Owners(ctx, tx, []string{phoneNumberID})
	if err != nil {
		return err
	}
	if owners[phoneNumberID].TenantID == tenant {
		return fault.Conflict("This number is already connected to this workspace. Open it to renew its access token.").
			WithCode("number_connected")
	}
	return fault.Conflict("This number is already connected to another workspace on this platform. It must be removed there before it can be connected here.").
		WithCode("number_taken")
}

func (s *Service) announce(ctx context.Context, tx pgx.Tx, c Channel) error {
	if err := shareWABA(ctx, tx, c.WABAID, c.TenantID, c.CreatedAt); err != nil {
		return err
	}
	if err := s.enqueue(ctx, tx, SubscribeArgs{TenantID: c.TenantID, ChannelID: c.ID}); err != nil {
		return err
	}
	if err := s.Created(ctx, tx, c); err != nil {
		return err
	}
	return s.tell(ctx, tx, Channel{}, c)
}

package channel

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// account is what Meta says of a WhatsApp Business Account.
type account struct {
	portfolioID string
	marketing   string // how it stands with the Marketing Messages API
	numbers     []facts
}

// onboarded is an account that agreed to the terms of the Marketing Messages API.
const onboarded = "ONBOARDED"

// facts is what Meta says of a number.
type facts struct {
	phoneNumberID, displayPhone, verifiedName, nameStatus string
	status, quality, level, tier                          string
	coexistence                                           bool
}

// Refresh asks Meta about a number now and returns it as it then is. Meta not answering is a
// fault; what was known stays.
func (s *Service) Refresh(ctx context.Context, id uuid.UUID) (Channel, error) {
	before, err := s.Get(ctx, id)
	if err != nil {
		return Channel{}, err
	}
	after, asked, err := s.refresh(ctx, before.TenantID, id)
	if err != nil {
		return Channel{}, err
	}
	if asked != nil && after.Status != NeedsReauth {
		return Channel{}, asked
	}
	return after, nil
}

// refresh reads the token, asks Meta, and applies the answer. asked is what Meta refused or
// why it did not answer; err is our own trouble.
func (s *Service) refresh(ctx context.Context, tenant, id uuid.UUID) (after Channel, asked, err error) {
	before, token, err := s.opened(ctx, tenant, id)
	if err != nil {
		return Channel{}, nil, err
	}
	a, asked := s.askAccount(ctx, token, before.WABAID)
	err = s.inTenantOf(ctx, tenant, "refresh number", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		after, err = s.change(ctx, tx, tenant, id, func(c *Channel) error {
			s.learn(c, a, asked)
			return s.reseal(ctx, tx, *c, token)
		})
		if err != nil || asked != nil || after.SubscribedAt != nil {
			return err
		}
		return s.enqueue(ctx, tx, SubscribeArgs{TenantID: tenant, ChannelID: id})
	})
	return after, asked, err
}

// opened returns a number in use with its token, connected or not.
func (s *Service) opened(ctx context.Context, tenant, id uuid.UUID) (c Channel, token string, err error) {
	err = s.inTenantOf(ctx, tenant, "open number", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if c, err = channelByID(ctx, tx, tenant, id); err != nil {
			return err
		}
		if c.RemovedAt != nil {
			return fault.Gone("This number was removed. Connect it again to use it.")
		}
		token, err = s.openToken(ctx, tx, c)
		return err
	})
	return c, token, err
}

// reseal puts a token under the newest key when it is still under an older one, so that an
// old key falls out of use within one sweep.
func (s *Service) reseal(ctx context.Context, tx pgx.Tx, c Channel, token string) error {
	old, err := sealedToken(ctx, tx, c.TenantID, c.ID)
	if err != nil || old == nil || !s.Keys.Stale(old) {
		return err
	}
	sealed, err := s.Keys.Seal(c.TenantID, tokenPlace, c.ID, []byte(token))
	if err != nil {
		return err
	}
	return saveToken(ctx, tx, c.TenantID, c.ID, sealed)
}

// learn applies Meta's answer, or the lack of one, to a number.
func (s *Service) learn(c *Channel, a account, asked error) {
	now := s.Clock.Now()
	if c.pauseOver(now) {
		c.release()
	}
	if asked != nil {
		s.learnRefusal(c, asked)
		return
	}
	c.RefreshError = ""
	for _, n := range a.numbers {
		if n.phoneNumberID == c.PhoneNumberID {
			c.PortfolioID, c.MarketingAPI = a.portfolioID, a.marketing
			n.applyTo(c, now)
			return
		}
	}
	c.lose(Disconnected, "Meta no longer lists this number in its WhatsApp Business Account.")
}

func (s *Service) learnRefusal(c *Channel, asked error) {
	if refusal, ok := errors.AsType[*whatsapp.Error](asked); ok && refusal.Advice().Action == whatsapp.Reauthorise {
		c.lose(NeedsReauth, refusal.Advice().Sentence)
		return
	}
	c.RefreshError = "WhatsApp did not answer."
	if f, ok := fault.As(asked); ok {
		c.RefreshError = f.Sentence
	}
}

// applyTo writes the facts and moves the number to where they put it.
func (n facts) applyTo(c *Channel, at time.Time) {
	c.DisplayPhone, c.VerifiedName, c.NameStatus = n.displayPhone, n.verifiedName, n.nameStatus
	c.Quality, c.ThroughputLevel, c.Coexistence = quality(n.quality), n.level, n.coexistence
	c.Throughput = throughput(n.level, n.coexistence)
	c.setTier(n.tier)
	c.RefreshedAt, c.RefreshError = &at, ""
	n.applyStatus(c)
}

// applyStatus follows Meta's own status of the number. FLAGGED and RATE_LIMITED still send.
func (n facts) applyStatus(c *Channel) {
	switch strings.ToUpper(n.status) {
	case "BANNED":
		c.lose(Banned, "Meta has banned this number.")
	case "DISCONNECTED", "DELETED", "MIGRATED":
		c.lose(Disconnected, "Meta says this number is "+strings.ToLower(n.status)+".")
	case "PENDING", "UNVERIFIED":
		c.hold(ReasonSetup, "", nil)
	case "RESTRICTED":
		if c.PauseReason == "" {
			c.hold(ReasonRestriction, "", nil)
		}
	case "CONNECTED":
		if c.PauseReason == ReasonSetup {
			c.release()
		}
		c.restore()
	}
}

// askAccount reads an account and its numbers from Meta with the token. Its errors are faults
// that wrap *whatsapp.Error where Meta answered.
func (s *Service) askAccount(ctx context.Context, token, waba string) (account, error) {
	if token == "" || waba == "" {
		return account{}, fault.Invalid("An access token and a WhatsApp Business Account id are needed.")
	}
	node, err := s.WhatsApp.Account(ctx, token, waba)
	if err != nil {
		return account{}, refusedBy(err)
	}
	list, err := s.WhatsApp.PhoneNumbers(ctx, token, waba)
	if err != nil {
		return account{}, refusedBy(err)
	}
	a := account{portfolioID: node.Owner.ID, marketing: node.MarketingAPI}
	if a.portfolioID == "" {
		a.portfolioID = waba
	}
	for _, n := range list {
		a.numbers = append(a.numbers, factsOf(n))
	}
	return a, nil
}

func factsOf(n whatsapp.PhoneNumber) facts {
	return facts{
		phoneNumberID: n.ID, displayPhone: n.DisplayPhoneNumber, verifiedName: n.VerifiedName,
		nameStatus: n.NameStatus, status: n.Status, quality: n.QualityRating,
		level: n.Throughput.Level, tier: n.MessagingLimit, coexistence: n.OnTheBusinessApp,
	}
}

// refusedBy turns an error of the client into what the person reads.
func refusedBy(err error) error {
	refusal, ok := errors.AsType[*whatsapp.Error](err)
	if !ok {
		return fault.Unavailable("WhatsApp did not answer. Try again in a minute.").Wrap(err)
	}
	advice := refusal.Advice()
	switch advice.Action {
	case whatsapp.Reauthorise:
		return fault.Invalid("Meta does not accept this access token for that account. Check both, and that the token may manage WhatsApp Business.").
			At("body.accessToken", "is refused by Meta").WithCode("token_refused").Wrap(err)
	case whatsapp.Retry, whatsapp.SlowManagement, whatsapp.SlowNumber, whatsapp.Ambiguous:
		return fault.Unavailable(advice.Sentence + " Try again in a minute.").Wrap(err)
	default:
		return fault.Invalid(fmt.Sprintf("Meta refused (code %d): %s", refusal.Code, advice.Sentence)).Wrap(err)
	}
}

package channel

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// ErrUnknown says an event names a number or account that the tenant does not have in use; the
// receiving side sets it aside.
var ErrUnknown = errors.New("no number in use matches the event")

// The Apply functions take the receiving side's transaction in the tenant. Each applies what
// the event says at once and queues a refresh, which asks Meta for the rest: events come in
// any order, so the refresh has the last word.

// ApplyQuality applies a change of a number's speed, quality or limit.
func (s *Service) ApplyQuality(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e whatsapp.PhoneQualityEvent) error {
	return s.applyToNumber(ctx, tx, tenant, e.Origin, func(c *Channel) {
		switch strings.ToUpper(e.Event) {
		case "THROUGHPUT_UPGRADE":
			c.ThroughputLevel = "HIGH"
			c.Throughput = throughput("HIGH", c.Coexistence)
		case "FLAGGED":
			c.Quality = Red
		}
		c.setTier(e.Limit)
	})
}

// ApplyName applies Meta's decision on a display name.
func (s *Service) ApplyName(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e whatsapp.PhoneNameEvent) error {
	return s.applyToNumber(ctx, tx, tenant, e.Origin, func(c *Channel) {
		c.NameStatus = e.Decision
		if strings.EqualFold(e.Decision, "APPROVED") && e.Requested != "" {
			c.VerifiedName = e.Requested
		}
	})
}

// ApplyCapability applies the portfolio's new daily limit to all its numbers.
func (s *Service) ApplyCapability(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e whatsapp.CapabilityEvent) error {
	ofAccount, err := channelsOfWABA(ctx, tx, tenant, e.WABAID)
	if err != nil {
		return fmt.Errorf("find numbers of account: %w", err)
	}
	if len(ofAccount) == 0 {
		return ErrUnknown
	}
	sharing, err := channelsOfPortfolio(ctx, tx, tenant, ofAccount[0].PortfolioID)
	if err != nil {
		return fmt.Errorf("find numbers of portfolio: %w", err)
	}
	return s.applyToAll(ctx, tx, sharing, func(c *Channel) { c.setTier(e.Limit) })
}

// ApplyAccount applies what happens to a whole account: a ban, a restriction, its leaving or
// coming back. What concerns no sending (alerts, reviews, PIN changes) changes nothing.
func (s *Service) ApplyAccount(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, e whatsapp.AccountEvent) error {
	list, err := channelsOfWABA(ctx, tx, tenant, AccountOf(e))
	if err != nil {
		return fmt.Errorf("find numbers of account: %w", err)
	}
	if len(list) == 0 {
		return ErrUnknown
	}
	return s.applyToAll(ctx, tx, list, func(c *Channel) { c.follow(e) })
}

// AccountOf is the account that an event is about: for a partner's events Meta puts the
// partner's own business where the account stands otherwise.
func AccountOf(e whatsapp.AccountEvent) string {
	if e.CustomerWABAID != "" {
		return e.CustomerWABAID
	}
	return e.WABAID
}

// follow moves one number as its account's event says.
func (c *Channel) follow(e whatsapp.AccountEvent) {
	switch strings.ToUpper(e.Event) {
	case "PARTNER_REMOVED", "PARTNER_APP_UNINSTALLED":
		c.lose(Disconnected, "The connection to Aerostic was removed at Meta.")
	case "ACCOUNT_OFFBOARDED":
		c.lose(Disconnected, "This number was disconnected in the WhatsApp Business app.")
	case "ACCOUNT_DELETED":
		c.lose(Disconnected, "This WhatsApp Business Account was deleted at Meta.")
	case "ACCOUNT_RECONNECTED":
		if c.Status == Disconnected {
			c.restore()
		}
	case "MM_LITE_TERMS_SIGNED":
		c.MarketingAPI = onboarded
	case "ACCOUNT_RESTRICTION":
		c.restrict(e.Restrictions)
	case "ACCOUNT_VIOLATION":
		c.StatusNote = "Meta reports a policy violation: " + words(e.Violation) + "."
	case "DISABLED_UPDATE":
		c.followBan(e.BanState)
	}
}

func (c *Channel) followBan(state string) {
	switch strings.ToUpper(state) {
	case "DISABLE":
		c.lose(Banned, "Meta has disabled this WhatsApp account.")
	case "SCHEDULE_FOR_DISABLE":
		c.StatusNote = "Meta is going to disable this WhatsApp account for breaking its policies."
	case "REINSTATE":
		if c.Status == Banned {
			c.restore()
		}
		c.StatusNote = ""
	}
}

// restrict holds the number for restrictions on messages. Those on adding numbers, calls or
// utility templates do not stop sending.
func (c *Channel) restrict(list []whatsapp.Restriction) {
	for _, r := range list {
		switch strings.ToUpper(r.Type) {
		case "RESTRICTED_BIZ_INITIATED_MESSAGING", "RESTRICTED_CUSTOMER_INITIATED_MESSAGING":
			if r.Until.IsZero() {
				c.hold(ReasonRestriction, "", nil)
				return
			}
			until := r.Until
			c.hold(ReasonRestriction, "", &until)
			return
		}
	}
}

// words turns Meta's ADULT_CONTENT into "adult content".
func words(code string) string { return strings.ToLower(strings.ReplaceAll(code, "_", " ")) }

// applyToNumber finds the number by id where the event has one, otherwise by how Meta
// displays it within the account.
func (s *Service) applyToNumber(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, o whatsapp.Origin, fn func(*Channel)) error {
	list, err := channelsOfWABA(ctx, tx, tenant, o.WABAID)
	if err != nil {
		return fmt.Errorf("find numbers of account: %w", err)
	}
	for _, c := range list {
		if c.PhoneNumberID == o.PhoneNumberID || digits(c.DisplayPhone) == digits(o.DisplayPhoneNumber) {
			return s.applyToAll(ctx, tx, []Channel{c}, fn)
		}
	}
	return ErrUnknown
}

// applyToAll changes numbers that the caller has locked.
func (s *Service) applyToAll(ctx context.Context, tx pgx.Tx, list []Channel, fn func(*Channel)) error {
	for _, before := range list {
		after := before
		fn(&after)
		if err := s.save(ctx, tx, before, &after); err != nil {
			return err
		}
		if err := s.enqueue(ctx, tx, RefreshArgs{after.TenantID, after.ID, causeEvent}); err != nil {
			return err
		}
	}
	return nil
}

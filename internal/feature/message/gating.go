package message

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// gating is a batch of candidates and what the gate said to each.
type gating struct {
	now      time.Time
	sender   channel.Sender // the number as it stands
	reach    *reach
	capped   bool // the workspace caps marketing per contact
	found    int
	batch    []gated // passed, priced and rendered
	all      map[uuid.UUID]candidate
	verdicts map[uuid.UUID]verdict // those not passed
}

func (g *gating) candidate(id uuid.UUID) candidate  { return g.all[id] }
func (g *gating) refuse(c candidate, reason string) { g.verdicts[c.id] = verdict{reason: reason} }

func (g *gating) ids() []uuid.UUID {
	ids := make([]uuid.UUID, 0, len(g.all))
	for id := range g.all {
		ids = append(ids, id)
	}
	return ids
}

// refusals are the refused candidates that are still queued.
func (g *gating) refusals(queued map[uuid.UUID]bool) (list []refusal) {
	for id, v := range g.verdicts {
		if v.reason != "" && queued[id] {
			list = append(list, refusal{g.all[id], Refused, v.reason})
		}
	}
	return list
}

func (g *gating) delays(queued map[uuid.UUID]bool) (ids []uuid.UUID, until []time.Time) {
	for id, v := range g.verdicts {
		if v.reason == "" && queued[id] {
			ids, until = append(ids, id), append(until, v.until)
		}
	}
	return ids, until
}

// gateContext is what one batch is gated against, read once.
type gateContext struct {
	sender    channel.Sender
	rules     rules
	rates     *billing.Rates
	templates map[uuid.UUID]loadedTemplate
	recent    map[uuid.UUID]int
	uncapped  map[uuid.UUID]bool           // campaigns for which the cap is overridden
	zones     map[uuid.UUID]*time.Location // of contacts, where quiet hours are by them
	reach     *reach                       // nil: the portfolio has no daily limit
}

// loadedTemplate is a template ready to render; a nil compiled one cannot be sent.
type loadedTemplate struct {
	template.Template
	compiled *whatsapp.Compiled
}

// gateBatch reads what waits and decides in memory, outside the claim's locks.
func (s *Service) gateBatch(ctx context.Context, l lease, limit int) (*gating, error) {
	g := &gating{now: s.Clock.Now(), all: make(map[uuid.UUID]candidate), verdicts: make(map[uuid.UUID]verdict)}
	err := s.DB.InTenant(ctx, l.tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
		if g.sender, err = s.Channels.Sendable(ctx, tx, l.tenant, l.channel); err != nil || !g.sender.Ready() {
			return err
		}
		list, err := candidates(ctx, tx, l.tenant, l.channel, g.now, limit)
		if err != nil || len(list) == 0 {
			return err
		}
		gc, err := s.gateContext(ctx, tx, l.tenant, g.sender, list, g.now)
		if err != nil {
			return err
		}
		g.found, g.reach, g.capped = len(list), gc.reach, gc.rules.frequencyCap > 0
		for _, c := range list {
			g.all[c.id] = c
			s.decide(g, gc, c)
		}
		return nil
	})
	return g, err
}

// gateContext reads the rules, rates and templates that a batch needs.
func (s *Service) gateContext(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, sender channel.Sender, list []candidate, now time.Time) (*gateContext, error) {
	gc := &gateContext{sender: sender, templates: make(map[uuid.UUID]loadedTemplate)}
	var err error
	if gc.rules, err = s.readRules(ctx, tx, tenant); err != nil {
		return nil, fmt.Errorf("read the workspace's rules: %w", err)
	}
	if gc.rates, err = s.Billing.Rates(ctx, tx, tenant); err != nil {
		return nil, fmt.Errorf("read rates: %w", err)
	}
	for _, c := range list {
		if err := s.loadTemplate(ctx, tx, tenant, gc, c.templateID); err != nil {
			return nil, err
		}
	}
	if gc.rules.frequencyCap > 0 {
		since := now.AddDate(0, 0, -gc.rules.frequencyDays)
		if gc.recent, err = touches(ctx, tx, tenant, contactsOf(list), since); err != nil {
			return nil, fmt.Errorf("count recent marketing: %w", err)
		}
		if gc.uncapped, err = s.uncapped(ctx, tx, tenant, list); err != nil {
			return nil, fmt.Errorf("ask which campaigns are not capped: %w", err)
		}
	}
	if gc.rules.quietFrom != gc.rules.quietTo && gc.rules.quietByRecipient {
		if gc.zones, err = s.ZonesOf(ctx, tx, tenant, gc.rules.zoneField, gc.rules.zone, contactsOf(list)); err != nil {
			return nil, fmt.Errorf("read people's zones: %w", err)
		}
	}
	gc.reach, err = readReach(ctx, tx, tenant, sender, contactsOf(list), now)
	return gc, err
}

func (s *Service) loadTemplate(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, gc *gateContext, id uuid.UUID) error {
	if _, loaded := gc.templates[id]; loaded || id == (uuid.UUID{}) {
		return nil
	}
	t, err := s.Templates.ByID(ctx, tx, tenant, id)
	if errors.Is(err, pgx.ErrNoRows) {
		gc.templates[id] = loadedTemplate{}
		return nil
	}
	if err != nil {
		return fmt.Errorf("read template %s: %w", id, err)
	}
	loaded := loadedTemplate{Template: t}
	if t.Sendable() {
		if loaded.compiled, err = s.Templates.Compiled(t); err != nil {
			loaded.compiled = nil // it cannot be rendered: refused as unavailable
		}
	}
	gc.templates[id] = loaded
	return nil
}

// decide gates, prices and renders one candidate.
func (s *Service) decide(g *gating, gc *gateContext, c candidate) {
	c.to.recent, c.to.zone = gc.recent[c.contactID], gc.zones[c.contactID]
	if gc.uncapped[c.campaignID] {
		c.to.recent = 0
	}
	t := gc.templates[c.templateID]
	category := CategoryService
	if c.templateID != (uuid.UUID{}) {
		category = string(t.Category)
	}
	if v := gate(c, category, t.compiled != nil, gc.rules, g.now); !v.pass() {
		g.verdicts[c.id] = v
		return
	}
	if until := gc.reach.admit(c, g.now); !until.IsZero() {
		g.verdicts[c.id] = verdict{until: until}
		return
	}
	item := gated{candidate: c, category: category, market: c.to.market}
	p, err := gc.rates.Price(item.market, category)
	if err != nil {
		g.refuse(c, ReasonNoPrice)
		return
	}
	item.price, item.rateCard = price{base: p.Base, markup: p.Markup}, p.RateCard
	if item.request, err = render(c, t.compiled); err != nil {
		g.refuse(c, ReasonParameters)
		return
	}
	if category == CategoryMarketing && gc.recent != nil {
		gc.recent[c.contactID]++ // for the next message to them in this batch
	}
	g.batch = append(g.batch, item)
}

func contactsOf(list []candidate) []uuid.UUID {
	ids := make([]uuid.UUID, len(list))
	for i, c := range list {
		ids[i] = c.contactID
	}
	return ids
}

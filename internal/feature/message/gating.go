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
	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// gating is a batch of candidates and what the gate said to each.
type gating struct {
	now      time.Time
	sender   channel.Sender // the number as it stands
	reach    *reach
	rules    claimRules
	capped   bool // marketing is counted per contact: the workspace caps it, or somebody chose a frequency
	found    int
	queued   int     // of those found
	batch    []gated // passed, priced and rendered
	all      map[uuid.UUID]candidate
	verdicts map[uuid.UUID]verdict // those not passed
	earlier  earlier               // attempts before those of the batch
}

func (g *gating) candidate(id uuid.UUID) candidate { return g.all[id] }

// refuse refuses a candidate for good; seen is what the gate saw that nothing else keeps.
func (g *gating) refuse(c candidate, reason string, seen *incidentDetail) {
	g.verdicts[c.id] = verdict{reason: reason, seen: seen}
}

// ids are the queued candidates'.
func (g *gating) ids() []uuid.UUID {
	ids := make([]uuid.UUID, 0, g.queued)
	for id, c := range g.all {
		if c.pending == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// campaigns are those of the candidates that passed, and of all that are pending: feeding needs its
// campaign to run, whatever the gate said.
func (g *gating) campaigns() []uuid.UUID {
	var list []uuid.UUID
	seen := map[uuid.UUID]bool{{}: true}
	add := func(c candidate) {
		if !seen[c.campaignID] {
			seen[c.campaignID] = true
			list = append(list, c.campaignID)
		}
	}
	for _, item := range g.batch {
		add(item.candidate)
	}
	for id := range g.verdicts {
		if c := g.all[id]; c.pending != nil {
			add(c)
		}
	}
	return list
}

// versions are the people that passed, with their consent as the gate saw it.
func (g *gating) versions() (contacts []uuid.UUID, versions []int32) {
	for _, item := range g.batch {
		contacts, versions = append(contacts, item.contactID), append(versions, int32(item.to.version))
	}
	return contacts, versions
}

// forget leaves a person's messages to the next batch.
func (g *gating) forget(contact uuid.UUID, queued map[uuid.UUID]bool) {
	for _, item := range g.batch {
		if item.contactID == contact {
			delete(queued, item.id)
		}
	}
}

// leave leaves pending whom no running campaign feeds.
func (g *gating) leave(in claimInput) {
	for id, c := range g.all {
		if !in.feeds(c) {
			delete(in.queued, id)
		}
	}
}

// refusals are the refused candidates that are still queued.
func (g *gating) refusals(queued map[uuid.UUID]bool) (list []refusal) {
	for id, v := range g.verdicts {
		if v.reason != "" && queued[id] {
			list = append(list, refusal{g.all[id], Refused, v.reason, v.seen})
		}
	}
	return list
}

// delays are the candidates that wait for a time, with why.
func (g *gating) delays(queued map[uuid.UUID]bool) (ids []uuid.UUID, until []time.Time, told []incident) {
	for id, v := range g.verdicts {
		if v.reason == "" && queued[id] {
			ids, until = append(ids, id), append(until, v.until)
			told = append(told, incident{id, incidentDelayed, g.now, incidentDetail{Reason: v.why, Until: &v.until}})
		}
	}
	return ids, until, told
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
	offers    map[uuid.UUID]time.Time      // last marketing of those who chose a frequency; nil: nobody did
	topics    map[string]uuid.UUID         // by template name; nil: nobody of the batch refuses one
	earlier   earlier                      // attempts before those of the batch
	reach     *reach                       // nil: the portfolio has no daily limit
	windows   map[uuid.UUID]time.Time      // until when people may be written to freely on this number; nil: on any
	lacking   map[uuid.UUID]bool           // messages whose files Meta does not have
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
		list, err := s.waiting(ctx, tx, l, g, limit)
		if err != nil || len(list) == 0 {
			return err
		}
		gc, err := s.gateContext(ctx, tx, l.tenant, g.sender, list, g.now)
		if err != nil {
			return err
		}
		g.earlier = gc.earlier
		g.found, g.reach, g.capped = len(list), gc.reach, gc.rules.frequencyCap > 0 || gc.offers != nil
		g.rules = ruled(gc.rules, gc.reach)
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
	if err := gc.readWishes(ctx, tx, tenant, list); err != nil {
		return nil, fmt.Errorf("read wishes: %w", err)
	}
	if gc.earlier, err = attemptsBefore(ctx, tx, tenant, newAttempts(list)); err != nil {
		return nil, fmt.Errorf("read earlier attempts: %w", err)
	}
	if gc.windows, err = s.windows(ctx, tx, tenant, sender.ID, list); err != nil {
		return nil, fmt.Errorf("read windows: %w", err)
	}
	if gc.lacking, err = s.readyFiles(ctx, tx, tenant, sender.ID, list); err != nil {
		return nil, fmt.Errorf("read files: %w", err)
	}
	gc.reach, err = readReach(ctx, tx, tenant, sender, contactsOf(list), now)
	return gc, err
}

// readWishes reads what the topics and frequencies that people chose are held against, if any did.
func (gc *gateContext) readWishes(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []candidate) (err error) {
	var chose []uuid.UUID
	refuses := false
	for _, c := range list {
		refuses = refuses || len(c.to.consent.TopicsOut) > 0
		if c.to.consent.Days > 0 {
			chose = append(chose, c.contactID)
		}
	}
	if refuses {
		if gc.topics, err = consent.TopicsByTemplate(ctx, tx, tenant); err != nil {
			return err
		}
	}
	if len(chose) > 0 {
		gc.offers, err = lastOffers(ctx, tx, tenant, chose)
	}
	return err
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
	c.to.recent, c.to.zone, c.to.lastOffer = gc.recent[c.contactID], gc.zones[c.contactID], gc.offers[c.contactID]
	c.to.arrived = gc.earlier.reached(c.id)
	if gc.uncapped[c.campaignID] {
		c.to.recent = 0
	}
	if gc.windows != nil && c.templateID == (uuid.UUID{}) {
		c.to.windowUntil = gc.windows[c.contactID]
	}
	t := gc.templates[c.templateID]
	category := CategoryService
	if c.templateID != (uuid.UUID{}) {
		category = string(t.Category)
	}
	if v := gate(c, category, gc.topics[t.Name], t.compiled != nil, gc.rules, g.now); !v.pass() {
		g.verdicts[c.id] = v
		return
	}
	if gc.lacking[c.id] {
		g.verdicts[c.id] = verdict{until: g.now.Add(filesWait), why: whyFiles}
		return
	}
	if until := gc.reach.admit(c, g.now); !until.IsZero() {
		g.verdicts[c.id] = verdict{until: until, why: whyDailyLimit}
		return
	}
	item := gated{candidate: c, category: category, market: c.to.market}
	item.capped = gc.rules.frequencyCap > 0 && category == CategoryMarketing && c.origin != OriginTest && !gc.uncapped[c.campaignID]
	p, err := gc.rates.Price(item.market, category)
	if err != nil {
		g.refuse(c, ReasonNoPrice, &incidentDetail{Market: item.market, Category: category})
		return
	}
	item.price, item.rateCard = price{base: p.Base, markup: p.Markup}, p.RateCard
	if item.request, err = render(c, t.compiled); err != nil {
		g.refuse(c, ReasonParameters, nil)
		return
	}
	gc.count(c, category, g.now)
	g.batch = append(g.batch, item)
}

// count remembers marketing for the next message to the person in this batch.
func (gc *gateContext) count(c candidate, category string, now time.Time) {
	if category != CategoryMarketing {
		return
	}
	if gc.recent != nil {
		gc.recent[c.contactID]++
	}
	if c.to.consent.Days > 0 && gc.offers != nil {
		gc.offers[c.contactID] = now
	}
}

func contactsOf(list []candidate) []uuid.UUID {
	ids := make([]uuid.UUID, len(list))
	for i, c := range list {
		ids[i] = c.contactID
	}
	return ids
}

package message

import (
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/platform/zone"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// candidate is a queued message with what the gate needs to decide on it.
type candidate struct {
	id         uuid.UUID
	channelID  uuid.UUID
	contactID  uuid.UUID
	campaignID uuid.UUID
	templateID uuid.UUID
	origin     string
	params     []string
	content    *whatsapp.Content // free-form; nil: a template
	retries    int16
	priority   int16
	variant    int16     // of its campaign; 0: none
	resendOf   uuid.UUID // zero: a first attempt
	pending    *Pending  // nil: it is queued

	to recipient
}

// recipient is the contact as it stands at claim time.
type recipient struct {
	found       bool
	digits      string // wa_id: E.164 without the plus; "" when unknown
	bsuid       string
	market      string
	consent     consent.Standing
	version     int            // of the consent: a claim looks whether it changed since
	windowUntil time.Time      // end of the 24-hour service window; zero: never opened
	recent      int            // marketing messages within the tenant's cap period
	lastOffer   time.Time      // their last marketing message, where they chose a frequency
	zone        *time.Location // of their own clock, where quiet hours are by it; nil: the workspace's
	arrived     bool           // an earlier attempt of this message reached them
}

// rules are the tenant's own limits on sending.
type rules struct {
	zone               *time.Location
	quietFrom, quietTo int    // minutes of the day; equal: no quiet hours
	quietByRecipient   bool   // on each person's own clock
	zoneField          string // the contact field that names a person's zone; "": none
	frequencyCap       int    // marketing messages per contact and period; 0: none
	frequencyDays      int
	needsOptIn         bool // marketing goes only to people who opted in
}

// verdict is the gate's answer: send now, refuse for good, or not before a time.
type verdict struct {
	reason string          // set: refused
	seen   *incidentDetail // what it was refused by, where nothing else keeps it
	until  time.Time       // set: delayed
	why    string          // it is delayed
}

func (v verdict) pass() bool { return v.reason == "" && v.until.IsZero() }

// gate decides on one message, once, at claim time. Every way to send passes it. topic is what the
// template is about.
func gate(c candidate, category string, topic uuid.UUID, sendable bool, r rules, now time.Time) verdict {
	switch {
	case !c.to.found:
		return verdict{reason: ReasonContactGone}
	case c.to.digits == "" && c.to.bsuid == "":
		return verdict{reason: ReasonNoAddress}
	case c.to.arrived:
		return verdict{reason: ReasonArrived}
	}
	if refusal := consent.Decide(c.ask(category, topic, r, now), c.to.consent); refusal != "" {
		return verdict{reason: string(refusal), seen: c.wish(refusal)}
	}
	if c.templateID == (uuid.UUID{}) {
		return gateFreeForm(c, now)
	}
	if !sendable {
		return verdict{reason: ReasonTemplateUnavailable}
	}
	if category != CategoryMarketing || c.origin == OriginTest {
		return verdict{}
	}
	return gateMarketing(c, r, now)
}

// ask is what consent is asked about the message. A person writes replies and tests; the rest is
// automatic.
func (c candidate) ask(category string, topic uuid.UUID, r rules, now time.Time) consent.Ask {
	kind := consent.Kind(category)
	if c.templateID == (uuid.UUID{}) {
		kind = consent.KindFree
	}
	return consent.Ask{Kind: kind, Topic: topic, Automatic: c.origin != OriginReply && c.origin != OriginTest,
		Final: c.origin == OriginConsent, LastOffer: c.to.lastOffer, NeedsOptIn: r.needsOptIn, Now: now}
}

// wish is what a person chose that a refusal followed from.
func (c candidate) wish(refusal consent.Refusal) *incidentDetail {
	if refusal != consent.FrequencyChosen {
		return nil
	}
	return &incidentDetail{Days: c.to.consent.Days, LastOffer: &c.to.lastOffer}
}

// gateFreeForm lets free text through only inside the customer service window.
func gateFreeForm(c candidate, now time.Time) verdict {
	if !now.Before(c.to.windowUntil) {
		return verdict{reason: ReasonWindowClosed, seen: &incidentDetail{Window: instant(&c.to.windowUntil)}}
	}
	return verdict{}
}

func gateMarketing(c candidate, r rules, now time.Time) verdict {
	if r.frequencyCap > 0 && c.to.recent >= r.frequencyCap {
		return verdict{reason: ReasonFrequencyCap, seen: &incidentDetail{Recent: c.to.recent, Cap: r.frequencyCap, Days: r.frequencyDays}}
	}
	in := r.zone
	if c.to.zone != nil {
		in = c.to.zone
	}
	return verdict{until: r.quietUntil(now, in), why: whyQuietHours}
}

// quietUntil returns the end of the quiet hours that now falls in on a zone's clock, or zero.
func (r rules) quietUntil(now time.Time, in *time.Location) time.Time {
	if r.quietFrom == r.quietTo {
		return time.Time{}
	}
	local := now.In(in)
	minute := local.Hour()*60 + local.Minute()
	if !within(minute, r.quietFrom, r.quietTo) {
		return time.Time{}
	}
	return next(now, r.quietTo, in)
}

// next is when a zone's clock shows a minute of the day next.
func next(now time.Time, minute int, in *time.Location) time.Time {
	local := now.In(in)
	for day := 0; ; day++ {
		wall := time.Date(local.Year(), local.Month(), local.Day()+day, minute/60, minute%60, 0, 0, time.UTC)
		if at := zone.At(wall, in); at.After(now) {
			return at
		}
	}
}

// within says whether a minute of the day lies in [from, to), which may pass midnight.
func within(minute, from, to int) bool {
	if from < to {
		return from <= minute && minute < to
	}
	return minute >= from || minute < to
}

package message

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const (
	// maxRetries is how often a message is tried again when nothing of it left.
	maxRetries = 6
	// pairWait is Meta's limit of one message to the same person in six seconds.
	pairWait = 6 * time.Second
	// throttleLimit is how old a message may become by being throttled again and again.
	throttleLimit = 24 * time.Hour
	// throttleWait is how soon a throttled message comes up again; the lane's pace does the rest.
	throttleWait = time.Second
)

// item is one claimed message on its way to the wire.
type item struct {
	gated
	claim    uuid.UUID
	deadline leaseClock
}

// handBack returns the item unsent, to be claimed again after a while; h says why.
func (it item) handBack(now time.Time, after time.Duration, h HandBack) Report {
	h.Claim, h.DueAt = it.claim, now.Add(after)
	return Report{MessageID: it.id, HandBack: &h}
}

// carry sends items until there are no more, one at a time; several run at once.
func (r *laneRun) carry(ctx context.Context) {
	for it := range r.work {
		rep := r.sendOne(ctx, it)
		rep.written = it.written(r.lease.channel)
		r.results <- rep
	}
}

// written is the row of a message that was fed by its claim, as that wrote it: nothing came before. Of
// others only the database knows what came before.
func (it item) written(channel uuid.UUID) *row {
	if it.pending == nil {
		return nil
	}
	return &row{id: it.id, channelID: channel, contactID: it.contactID, campaignID: it.campaignID, variant: it.variant,
		state: Sending, claim: it.claim, category: it.category, market: it.market, rateCard: it.rateCard,
		hold: it.amount(), holdTx: it.claim, holdOpen: true, price: it.price}
}

// sendOne writes one request, if there is time for its answer before the claim lapses.
func (r *laneRun) sendOne(ctx context.Context, it item) Report {
	if r.stopped(ctx) || r.pace.wait(ctx) != nil || !it.deadline.leaves(r.s.WhatsApp.Timeout()) {
		return it.handBack(r.s.Clock.Now(), 0, HandBack{Why: whyNoTime})
	}
	out := r.post(context.WithoutCancel(ctx), it)
	return r.report(it, out)
}

// report turns Meta's answer into what becomes of the message, and slows or stops
// the lane where the answer concerns more than this message.
func (r *laneRun) report(it item, out whatsapp.Outcome) Report {
	rep, also := answer(it, out, r.s.Clock.Now(), r.s.Config.Settle, rand.Float64())
	if also.slow {
		r.pace.slow(also.wait)
	}
	if also.trip != nil {
		r.trip(*also.trip)
	}
	if also.halt != 0 {
		r.halt(it.campaignID, also.halt)
	}
	return rep
}

// reaction is what an answer asks for beyond its own message.
type reaction struct {
	slow bool             // the number is too fast
	wait time.Duration    // how long Meta wants nothing at all
	trip *whatsapp.Advice // the number cannot send
	halt int              // the campaign cannot send: Meta's code
}

// answer decides what becomes of a message by Meta's answer. random, in [0,1), spreads retries.
func answer(it item, out whatsapp.Outcome, now time.Time, settle time.Duration, random float64) (Report, reaction) {
	switch out.Kind {
	case whatsapp.Accepted:
		return Report{MessageID: it.id, State: Accepted, At: now, WAMID: out.WAMID}, reaction{}
	case whatsapp.NotLeft:
		return notLeft(it, now, random), reaction{}
	case whatsapp.Refused:
		return refused(it, out.Err.Advice(), now)
	case whatsapp.Failed:
		return failed(it, out.Err, now)
	default:
		return doubted(it, out, now.Add(settle), now), reaction{}
	}
}

// doubted awaits evidence: no answer came, or one that leaves open whether Meta took the message.
func doubted(it item, out whatsapp.Outcome, until, now time.Time) Report {
	rep := Report{MessageID: it.id, State: InDoubt, Claim: it.claim, At: now, Reason: ReasonLostAnswer, Until: until}
	if out.Err != nil {
		rep.Reason, rep.ErrorCode = ReasonOpenAnswer, max(out.Err.Code, 0)
	}
	return rep
}

// notLeft tries again later: no byte of the request was written.
func notLeft(it item, now time.Time, random float64) Report {
	if int(it.retries) >= maxRetries {
		return Report{MessageID: it.id, State: Failed, At: now, Reason: ReasonRetriesSpent}
	}
	advice := whatsapp.Advice{Action: whatsapp.Retry}
	return it.handBack(now, advice.Backoff(int(it.retries), random), HandBack{Why: whyNotLeft, Retry: true})
}

// refused returns a throttled message to the queue without spending its retries.
func refused(it item, advice whatsapp.Advice, now time.Time) (Report, reaction) {
	if now.Sub(ident.Time(it.id)) > throttleLimit {
		return Report{MessageID: it.id, State: Failed, At: now, Reason: ReasonRetriesSpent}, reaction{}
	}
	if advice.Action == whatsapp.DelayRecipient {
		return it.handBack(now, pairWait, HandBack{Why: whyMeta, Code: advice.Code}), reaction{}
	}
	return it.handBack(now, max(advice.Wait, throttleWait), HandBack{Why: whyMeta, Code: advice.Code}), reaction{slow: true, wait: advice.Wait}
}

// tokenCode is Meta's code for a token that does not hold. Its 0 says the same, and is no code where
// a code is kept.
const tokenCode = 190

// kept is the code a failed message keeps, by which its reason is told.
func kept(code int) int {
	if code == 0 {
		return tokenCode
	}
	return code
}

// failed ends the message, unless its campaign or its number is what failed: then a
// campaign's message goes back and waits until that is mended.
func failed(it item, err *whatsapp.Error, now time.Time) (rep Report, also reaction) {
	advice := err.Advice()
	campaign := it.campaign()
	switch advice.Action {
	case whatsapp.Reauthorise, whatsapp.PauseNumber, whatsapp.PauseBilling, whatsapp.Register:
		also.trip = &advice
		if campaign {
			return it.handBack(now, 0, HandBack{Why: whyMend, Code: advice.Code}), also
		}
	case whatsapp.PauseCampaign:
		if campaign {
			also.halt = err.Code
			return it.handBack(now, 0, HandBack{Why: whyMend, Code: advice.Code}), also
		}
	}
	return Report{MessageID: it.id, State: Failed, At: now, ErrorCode: kept(advice.Code), ErrorDetail: err.Details}, also
}

var errNoContent = errors.New("the content cannot be read")

// render writes the body of the request. The callback data is our id, which every
// status of the message echoes.
func render(c candidate, t *whatsapp.Compiled) ([]byte, error) {
	to := whatsapp.Address{Phone: c.to.digits, UserID: c.to.bsuid}
	switch {
	case t == nil && c.content == nil:
		return nil, errNoContent
	case t == nil:
		return c.content.AppendJSON(nil, to, c.id.String())
	}
	if err := t.Check(c.params); err != nil {
		return nil, err
	}
	return t.AppendJSON(make([]byte, 0, 512), to, c.params, c.id.String()), nil
}

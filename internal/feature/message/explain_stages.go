package message

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// stages are what happened to the message; those of one moment in the order they belong.
func (st *story) stages() []Stage {
	list := []Stage{st.queued()}
	if st.Direction == "in" {
		return list
	}
	list = append(list, st.decisions()...)
	list = append(list, st.onTheWay()...)
	list = append(list, st.claims()...)
	results := st.results()
	list = append(list, results...)
	if end, ended := st.end(); ended {
		if n := len(results); n > 0 && end.At.Before(results[n-1].At) {
			end.At = results[n-1].At // by WhatsApp's clock, too
		}
		list = append(list, end)
	}
	return append(list, st.money()...)
}

// origins say who asked for a message.
var origins = map[string]string{
	OriginCampaign: "A campaign queued it",
	OriginTest:     "Somebody of the workspace sent it as a test",
	OriginReply:    "Somebody of the workspace wrote it",
	OriginWorkflow: "A workflow queued it",
	OriginSequence: "A sequence queued it",
	OriginAgent:    "An AI agent wrote it",
	OriginAPI:      "It came in through the API",
	OriginConsent:  "It answers a STOP or START word",
	OriginAway:     "It says that nobody is there at the moment",
	OriginRating:   "It asks for a rating, or thanks for one",
	OriginCustomer: "The customer wrote it",
	OriginPhone:    "It was written on the business's phone",
}

func (st *story) queued() Stage {
	stage := Stage{Kind: "queued", At: st.CreatedAt, Title: origins[st.Origin], Tone: TonePlain}
	switch {
	case st.ResendOf != nil:
		stage.Text = "A new attempt at a message that failed before: a message of its own, with its own check and its own price."
	case st.StepNumber > 0:
		stage.Text = fmt.Sprintf("It is step %d of the person's way through the sequence.", st.StepNumber)
	case st.Origin == OriginCampaign:
		stage.Text = "Recipients and their values were fixed when the campaign started; a campaign's messages are queued a few thousand ahead of sending."
	}
	return stage
}

// decisionWords name what was decided about the campaign.
var decisionWords = map[string]string{
	"started": "The campaign was started", "paused": "The campaign was paused", "halted": "Aerostic paused the campaign",
	"resumed": "The campaign was resumed", "cancelled": "The campaign was cancelled",
}

func (st *story) decisions() (list []Stage) {
	started := false
	for _, l := range st.log {
		started = started || l.Kind == "started"
		tone := TonePlain
		if l.Kind == "paused" || l.Kind == "halted" {
			tone = ToneWait
		}
		list = append(list, Stage{Kind: "campaign_" + l.Kind, At: l.At, Title: decisionWords[l.Kind], Text: l.Detail, By: l.By, Tone: tone})
	}
	if !started && st.StartedAt != nil && st.Origin == OriginCampaign {
		list = append(list, Stage{Kind: "campaign_started", At: *st.StartedAt, Title: decisionWords["started"], Tone: TonePlain})
	}
	return list
}

// onTheWay are the incidents: what held it back, or brought it back.
func (st *story) onTheWay() (list []Stage) {
	for _, e := range st.incidents {
		if e.Kind == incidentRefused {
			continue // told with the refusal
		}
		stage := e.stage()
		if e.Kind == incidentParked && st.Origin == OriginSequence {
			stage.Text = "Its sequence was not running, so it was taken out of the queue until the sequence goes on."
		}
		stage.Kind, stage.At, stage.Tone = string(e.Kind), e.At, ToneWait
		list = append(list, stage)
	}
	return list
}

func (e toldIncident) stage() Stage {
	d := e.Detail
	switch {
	case e.Kind == incidentParked:
		return Stage{Title: "Held back", Text: "Its campaign was not running, so it was taken out of the queue until the campaign is resumed."}
	case e.Kind == incidentInDoubt:
		return Stage{Title: "In doubt", Text: Explain(d.Reason, 0).Title, Code: d.Code, Until: d.Until,
			Did: "Aerostic does not send it again by itself: it may have left. It waits for WhatsApp's report."}
	case e.Kind == incidentDelayed && d.Reason == whyDailyLimit:
		return Stage{Title: "Held back: daily limit", Text: "WhatsApp's limit of people written to in a rolling day was used up.", Until: d.Until}
	case e.Kind == incidentDelayed && d.Reason == whyFiles:
		return Stage{Title: "Waits for its file", Text: "WhatsApp is given the file first.", Until: d.Until}
	case e.Kind == incidentDelayed:
		return Stage{Title: "Held back: quiet hours", Text: "No marketing leaves during quiet hours.", Until: d.Until}
	}
	return d.handedBack()
}

// handedBack tells why a claimed message went back to the queue: always with proof that nothing left.
func (d incidentDetail) handedBack() Stage {
	stage := Stage{Title: "Back in the queue, nothing left", Code: d.Code, Until: d.Until}
	if d.Code != 0 {
		advice := whatsapp.Lookup(d.Code)
		stage.Text, stage.Next = advice.Sentence, advice.Next
	}
	switch d.Reason {
	case whyNotLeft:
		stage.Text = "WhatsApp could not be reached; not a byte of the request was written."
		stage.Did = "It is tried again, which counts as one of its six tries."
	case whyNoTime:
		stage.Text = "Sending stopped before its turn came: a pause, a restart, or too little time left for an answer."
	case whyMeta:
		stage.Did = "WhatsApp refused it before doing anything, so it can safely be tried again; that does not count as a try."
	case whyMend:
		stage.Did = "Aerostic stopped what cannot succeed, and keeps the message until that is mended."
	}
	return stage
}

// claims are the times it was taken to be sent: each set money aside. Of the last the checks are known.
func (st *story) claims() (list []Stage) {
	for _, p := range st.postings {
		if earlier := p.HoldTransaction != uuid.Nil && (st.HoldTx == nil || p.HoldTransaction != *st.HoldTx); earlier {
			list = append(list, claimStage(ident.Time(p.HoldTransaction), p.HoldTransaction, p.Hold))
		}
	}
	if st.ClaimedAt == nil {
		return list
	}
	last := claimStage(*st.ClaimedAt, value(st.HoldTx), st.Hold)
	last.Base, last.Markup = st.Base, st.Markup
	if st.State != Refused {
		last.Checks = st.passed()
	}
	return append(list, last)
}

func claimStage(at time.Time, hold uuid.UUID, amount money.Amount) Stage {
	stage := Stage{Kind: "claimed", At: at, Title: "Checked, and taken to be sent", Tone: TonePlain, Amount: &amount,
		Text: "Every check passed, the price was set aside in the wallet, and both were saved before the request was made."}
	if hold != uuid.Nil {
		stage.Transaction = &hold
	}
	return stage
}

// results are what WhatsApp answered and reported. WhatsApp dates its reports in whole seconds, so that
// one may seem to come before the answer it follows; it is shown after it.
func (st *story) results() (list []Stage) {
	for _, r := range []struct {
		kind, title string
		at          *time.Time
		next        *time.Time
		tone        Tone
	}{
		{"accepted", "WhatsApp took it", st.AcceptedAt, nil, TonePlain},
		{"sent", "WhatsApp sent it", st.SentAt, st.DeliveredAt, TonePlain},
		{"delivered", "It reached the phone", st.DeliveredAt, st.ReadAt, ToneGood},
		{"read", "It was read", st.ReadAt, nil, ToneGood},
	} {
		if r.at == nil {
			continue
		}
		stage := Stage{Kind: r.kind, At: *r.at, Title: r.title, Tone: r.tone, Text: "Reported by WhatsApp, by its clock."}
		switch {
		case r.kind == "accepted":
			stage.Text = st.acceptedText()
		case r.next != nil && r.at.Equal(*r.next):
			stage.Text = "By WhatsApp's clock. The report on the next step carries the same time, and proves this one."
		}
		if n := len(list); n > 0 && stage.At.Before(list[n-1].At) {
			stage.At = list[n-1].At
		}
		list = append(list, stage)
	}
	return list
}

func (st *story) acceptedText() string {
	for _, e := range st.incidents {
		if e.Kind == incidentInDoubt && st.ClaimedAt != nil && !e.At.Before(*st.ClaimedAt) {
			return "No clear answer came; a report of WhatsApp that carries our id proved that it was taken."
		}
	}
	return "It answered with an id of its own, by which it reports on the message."
}

// end is how it ended, where it did not arrive.
func (st *story) end() (Stage, bool) {
	if st.EndedAt == nil {
		return Stage{}, false
	}
	why := Explain(st.Reason, st.ErrorCode)
	stage := Stage{Kind: string(st.State), At: *st.EndedAt, Title: headlines[st.State], Text: why.Title, Next: why.Advice, Tone: toneOf(st.State), Until: st.RetryAt}
	switch {
	case st.State == Refused:
		stage.Checks = st.refusedChecks()
	case st.State == Failed && st.ErrorCode != 0:
		stage.Code, stage.Said = max(st.ErrorCode, 0), st.ErrorDetail
		took := st.WAMID != "" // its report may be here before the answer that took it
		stage.Did = did(whatsapp.Lookup(st.ErrorCode).Action, !took)
		if stage.Title = "WhatsApp refused it"; took {
			stage.Title = "WhatsApp took it, then reported that it failed"
		}
	}
	return stage, true
}

// did is what Aerostic does about a failure, by what Meta's code asks for; at once where Meta refused
// the request itself.
func did(a whatsapp.Action, atOnce bool) string {
	switch a {
	case whatsapp.SuppressContact:
		return "Aerostic wrote it into the contact's consent record: no more marketing goes to them."
	case whatsapp.MarkUnreachable:
		return "Aerostic marked the contact as not reachable on WhatsApp, until a message arrives or they write."
	case whatsapp.Reauthorise, whatsapp.PauseNumber, whatsapp.PauseBilling, whatsapp.Register:
		if atOnce {
			return "Aerostic stopped sending from this number at once."
		}
		return "Aerostic counts it: when a fifth of the number's last hundred messages fail so, it stops sending from the number."
	case whatsapp.PauseCampaign:
		if !atOnce {
			return "Aerostic counts it: when a fifth of the number's last hundred messages fail so, it pauses the campaign."
		}
	}
	return "Aerostic ended the message; it is not sent again by itself, unless its campaign tries failures again."
}

// money is what the ledger did.
func (st *story) money() (list []Stage) {
	for _, p := range st.postings {
		base, markup := p.Base, p.Markup
		amount := base + markup
		stage := Stage{Kind: "charged", At: p.At, Title: "Charged", Tone: TonePlain, Text: "What was set aside became the charge.", Base: base, Markup: markup}
		switch p.Kind {
		case billing.UsageReleased:
			stage.Kind, stage.Title, stage.Text, amount = "released", "Given back", "What was set aside went back to the wallet; nothing was charged for it.", p.Hold
		case billing.UsageAdjusted:
			stage.Kind, stage.Title, stage.Text = "adjusted", "Adjusted", "What it owes turned out different from what was posted; the ledger posts the difference."
		}
		if stage.Amount = &amount; p.Transaction != uuid.Nil {
			posted := p.Transaction
			stage.Transaction = &posted
		}
		list = append(list, stage)
	}
	return list
}

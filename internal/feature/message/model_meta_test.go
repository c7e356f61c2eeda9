package message

import (
	"fmt"
	"time"

	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// modelMeta is Meta, the people at its phones and those at our screens.
type modelMeta struct {
	people []recipient
	taken  []int // rows of accepted requests: the number of a wamid

	stalled time.Time // until then nobody takes webhooks in
}

// Meta's errors that the model plays.
var (
	metaThrottles = &whatsapp.Error{HTTP: 429, Code: 130429}
	metaPairLimit = &whatsapp.Error{HTTP: 400, Code: 131056}
	metaRefuses   = &whatsapp.Error{HTTP: 400, Code: 131026}
	metaLocks     = &whatsapp.Error{HTTP: 400, Code: 131031} // the number
	metaPauses    = &whatsapp.Error{HTTP: 400, Code: 132015} // the template, hence the campaign
)

// begin sets the scene: people, a campaign that feeds them, replies, and what people do.
func (m *model) begin() {
	for range 3 + m.rng.IntN(4) {
		who := recipient{found: true, digits: "919876543210", market: "India"}
		if m.rng.IntN(15) == 0 {
			who.consent.Marketing = consent.Out
		}
		who.consent.Suppressed = m.rng.IntN(25) == 0
		m.meta.people = append(m.meta.people, who)
	}
	first := 1 + m.rng.IntN(len(m.meta.people))
	m.freeze(first)
	m.after(m.upTo(3*time.Second), func() { m.freeze(len(m.meta.people)); m.campaign.frozen = true; m.finish() })
	for i := range m.rng.IntN(3) {
		m.after(m.upTo(4*time.Second), func() { m.reply(i) })
	}
	for _, w := range m.workers {
		w.start()
		w.ring()
	}
	m.people()
	if m.rng.IntN(4) == 0 {
		m.after(m.upTo(5*time.Second), func() { m.meta.stalled = m.now.Add(m.upTo(12 * time.Second)) })
	}
	m.after(modelTrouble, m.mend)
}

// freeze makes the first n people recipients.
func (m *model) freeze(n int) {
	for len(m.recipients) < n && m.campaign.status != "cancelled" {
		i := len(m.recipients)
		row := m.slot(rowInfo{priority: PriorityCampaign, contact: i, to: m.meta.people[i], resendOf: -1})
		m.recipients = append(m.recipients, modelRecipient{state: "pending", row: row})
	}
}

// reply sends a message of no campaign.
func (m *model) reply(contact int) {
	m.insert(rowInfo{priority: PriorityReply, contact: contact, to: m.meta.people[contact], resendOf: -1})
	m.judgeBooks()
	m.bell()
}

// bell rings at one worker, or is not heard.
func (m *model) bell() {
	if m.rng.IntN(3) > 0 {
		m.workers[m.rng.IntN(len(m.workers))].ring()
	}
}

// people pause and resume, now and then cancel; the operator tops up and mends the number.
func (m *model) people() {
	for range m.rng.IntN(3) {
		m.after(m.upTo(8*time.Second), m.pauseResume)
	}
	if m.rng.IntN(6) == 0 {
		m.after(m.between(time.Second, 10*time.Second), m.cancel)
	}
	m.after(m.between(3*time.Second, modelTrouble), func() {
		m.fund(50_000)
		m.ready = true
		m.resume()
	})
}

func (m *model) pauseResume() {
	if m.campaign.status == "running" {
		m.log("the campaign is paused")
		m.campaign.status = "paused"
	}
	m.after(m.upTo(time.Second), m.resume)
}

func (m *model) resume() {
	if m.campaign.status == "paused" {
		m.log("the campaign is resumed")
		m.campaign.status = "running"
		m.finish()
		m.bell()
	}
}

// halt pauses the campaign for a reason of the machine's.
func (m *model) halt(reason string) {
	if m.campaign.status == "running" {
		m.log("the campaign is paused: %s", reason)
		m.campaign.status = "paused"
	}
}

// cancel ends the campaign; a job closes what waits, chunk by chunk.
func (m *model) cancel() {
	if m.campaign.status != "running" && m.campaign.status != "paused" {
		return
	}
	m.log("the campaign is cancelled")
	m.campaign.status = "cancelled"
	m.after(m.upTo(300*time.Millisecond), m.closeQueued)
}

func (m *model) closeQueued() {
	for _, r := range m.rows {
		if r.campaignID == modelCampID && r.state == Queued {
			m.move(r, Cancelled)
			r.reason, r.dueAt = ReasonCampaignCancelled, time.Time{}
		}
	}
	m.judgeBooks()
	m.after(m.upTo(100*time.Millisecond), func() {
		for i := range m.recipients {
			if m.recipients[i].state == "pending" {
				m.recipients[i].state = "cancelled"
				m.counts[Cancelled]++
			}
		}
		m.judgeBooks()
	})
}

// mend ends the trouble: there is money, the number works, the campaign runs.
func (m *model) mend() {
	m.log("all is mended")
	m.fund(1_000_000)
	if m.campaign.budget != nil {
		*m.campaign.budget = 1_000_000
	}
	m.ready = true
	if m.campaign.status == "paused" {
		m.campaign.status = "running"
		m.finish()
	}
	m.after(4*time.Second, func() { // what a late answer paused is mended too
		m.ready = true
		if m.campaign.status == "paused" {
			m.campaign.status = "running"
			m.finish()
		}
	})
	m.after(modelSettle+time.Second, m.resend)
}

// resend is the tenant's decision on what ended unknown.
func (m *model) resend() {
	for i, r := range m.rows {
		if r.state != Unknown || m.info[i].resent || m.rng.IntN(2) == 0 {
			continue
		}
		m.info[i].resent = true
		if m.off == ruleResendIsNew {
			m.move(r, Queued)
			r.dueAt = m.now
			m.judgeBooks()
			continue
		}
		again := m.info[i]
		again.resendOf = i
		m.insert(again)
	}
}

// receive is a request on the wire. Only here is known what has left.
func (m *model) receive(w *modelWorker, it item) {
	i := indexOf(it.id)
	back := m.between(5*time.Millisecond, modelTimeout)
	answer := func(out whatsapp.Outcome) { w.do(back, func() { w.answer(it, out) }) }
	roll := m.rng.IntN(100)
	if m.calm() {
		roll = 99
	}
	switch {
	case roll < 8:
		m.log("#%d never leaves", i)
		answer(whatsapp.Outcome{Kind: whatsapp.NotLeft})
	case roll < 16:
		m.refuse(i, answer, whatsapp.Refused, metaThrottles)
	case roll < 19:
		m.refuse(i, answer, whatsapp.Refused, metaPairLimit)
	case roll < 23:
		m.refuse(i, answer, whatsapp.Failed, metaRefuses)
	case roll < 24:
		m.refuse(i, answer, whatsapp.Failed, metaLocks)
	case roll < 25:
		m.refuse(i, answer, whatsapp.Failed, metaPauses)
	case roll < 31:
		m.judgeLeft(i)
		m.log("#%d is lost on the way", i)
		back = modelTimeout
		answer(whatsapp.Outcome{Kind: whatsapp.InDoubt})
	case roll < 42:
		m.accept(i, it)
		m.log("#%d is accepted, the answer is lost", i)
		back = modelTimeout
		answer(whatsapp.Outcome{Kind: whatsapp.InDoubt})
	default:
		wamid := m.accept(i, it)
		answer(whatsapp.Outcome{Kind: whatsapp.Accepted, WAMID: wamid})
	}
}

func (m *model) refuse(i int, answer func(whatsapp.Outcome), kind whatsapp.OutcomeKind, err *whatsapp.Error) {
	m.log("#%d is refused: %d", i, err.Code)
	answer(whatsapp.Outcome{Kind: kind, Err: err})
}

// accept takes a message and plans its webhooks.
func (m *model) accept(i int, it item) string {
	m.judgeLeft(i)
	m.meta.taken = append(m.meta.taken, i)
	wamid := fmt.Sprintf("wamid.%d", len(m.meta.taken))
	m.log("#%d is accepted: %s", i, wamid)
	event := whatsapp.StatusEvent{ID: wamid}
	if m.rng.IntN(5) > 0 {
		event.CallbackData = it.id.String()
	}
	m.plan(i, event)
	return wamid
}

// plan decides which statuses come, when, and how often.
func (m *model) plan(i int, event whatsapp.StatusEvent) {
	steps := []whatsapp.Status{whatsapp.StatusSent, whatsapp.StatusDelivered, whatsapp.StatusRead}
	steps = steps[:m.rng.IntN(4)]
	if m.rng.IntN(8) == 0 {
		steps = append(steps[:min(1, len(steps))], whatsapp.StatusFailed)
	}
	for _, step := range steps {
		e := event
		e.Status = step
		e.Pricing = m.pricing(step)
		for range 1 + m.rng.IntN(5)/4 {
			if m.rng.IntN(8) > 0 { // otherwise missing
				m.after(m.delay(), func() { m.deliver(i, e) })
			}
		}
	}
}

// delay is mostly short, so that a status may come before the 200 is recorded; sometimes
// it is longer than the settling time, or than the time to live.
func (m *model) delay() time.Duration {
	switch m.rng.IntN(12) {
	case 0:
		return m.upTo(modelTTL + 10*time.Second)
	case 1, 2:
		return m.upTo(2 * modelSettle)
	}
	return m.upTo(800 * time.Millisecond)
}

func (m *model) pricing(s whatsapp.Status) *whatsapp.Pricing {
	switch {
	case s == whatsapp.StatusFailed || m.rng.IntN(4) == 0:
		return nil
	case m.rng.IntN(5) == 0:
		return &whatsapp.Pricing{Type: "free_customer_service", Category: "service"}
	case m.rng.IntN(5) == 0:
		return &whatsapp.Pricing{Type: "regular", Category: "utility"}
	}
	return &whatsapp.Pricing{Type: "regular", Category: "marketing"}
}

// deliver stores a webhook; it is durable before Meta gets its 200.
func (m *model) deliver(i int, e whatsapp.StatusEvent) {
	w := m.workers[m.rng.IntN(len(m.workers))]
	e.At = m.now
	m.log("webhook: #%d is %s", i, e.Status)
	m.deliveries = append(m.deliveries, &modelDelivery{row: i, event: e, received: w.clock.Now(), at: m.now, waiting: true})
}

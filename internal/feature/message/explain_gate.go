package message

import (
	"fmt"
	"slices"

	"github.com/aerostic/aerostic/internal/feature/consent"
)

// The gate's checks, in the order it makes them.
const (
	checkAddress   = "address"
	checkAttempt   = "attempt"
	checkConsent   = "consent"
	checkWindow    = "window"
	checkTemplate  = "template"
	checkFrequency = "frequency"
	checkQuiet     = "quiet_hours"
	checkLimit     = "daily_limit"
	checkPrice     = "price"
	checkValues    = "values"
	checkCredit    = "credit"
)

var checkTitles = map[string]string{
	checkAddress: "Address", checkAttempt: "Earlier attempts", checkConsent: "Consent", checkWindow: "Service window", checkTemplate: "Template",
	checkFrequency: "Frequency cap", checkQuiet: "Quiet hours", checkLimit: "Daily limit", checkPrice: "Price", checkValues: "Values", checkCredit: "Wallet",
}

// refusedBy is the check that each of the gate's reasons comes from.
var refusedBy = map[string]string{
	ReasonContactGone: checkAddress, ReasonNoAddress: checkAddress, ReasonArrived: checkAttempt, ReasonRetryOver: checkAttempt,
	ReasonSuppressed: checkConsent, ReasonLeft: checkConsent, ReasonOptedOut: checkConsent, ReasonNoOptIn: checkConsent, ReasonUnconfirmed: checkConsent, ReasonUtilityOut: checkConsent,
	ReasonTopicOut: checkConsent, ReasonFrequencyChosen: checkConsent, ReasonStopped: checkConsent, ReasonWindowClosed: checkWindow,
	ReasonTemplateUnavailable: checkTemplate, ReasonFrequencyCap: checkFrequency, ReasonNoPrice: checkPrice, ReasonParameters: checkValues, ReasonNoCredit: checkCredit, ReasonMonthCap: checkCredit,
}

// checks are those a message like this one passes, in order.
func (st *story) checks() []string {
	list := []string{checkAddress}
	if st.ResendOf != nil {
		list = append(list, checkAttempt)
	}
	list = append(list, checkConsent)
	if st.TemplateID == nil {
		return append(list, checkWindow, checkLimit, checkPrice, checkValues, checkCredit)
	}
	list = append(list, checkTemplate)
	if st.category() == CategoryMarketing && st.Origin != OriginTest {
		list = append(list, checkFrequency, checkQuiet)
	}
	return append(list, checkLimit, checkPrice, checkValues, checkCredit)
}

// passed are the checks of the claim, with what the gate saw.
func (st *story) passed() (list []Check) {
	for _, name := range st.checks() {
		list = append(list, st.check(name))
	}
	return list
}

// refusedChecks are those passed before the one that refused, and that one. What a refused message
// passed was not kept: only the order of the checks says that it did.
func (st *story) refusedChecks() (list []Check) {
	by := refusedBy[st.Reason]
	for _, name := range st.checks() {
		if name == by {
			break
		}
		list = append(list, Check{Name: name, Title: checkTitles[name], Passed: true, Words: "Passed: it comes before the check that refused."})
	}
	if by == "" {
		return nil
	}
	refusal := Check{Name: by, Title: checkTitles[by], Words: Explain(st.Reason, 0).Title}
	if by == checkConsent {
		refusal.Record = st.record
	}
	if at := slices.IndexFunc(st.incidents, func(e toldIncident) bool { return e.Kind == incidentRefused }); at >= 0 {
		st.incidents[at].Detail.specify(&refusal)
	}
	return append(list, refusal)
}

// specify adds the numbers by which a check refused.
func (d incidentDetail) specify(c *Check) {
	switch d.Reason {
	case ReasonFrequencyCap:
		c.Words = fmt.Sprintf("They had %d of at most %d marketing messages within %s already.", d.Recent, d.Cap, days(d.Days))
	case ReasonFrequencyChosen:
		c.Words, c.Until = fmt.Sprintf("They chose to get marketing at most once in %s; the last was queued", days(d.Days)), d.LastOffer
	case ReasonWindowClosed:
		if c.Until = d.Window; d.Window != nil {
			c.Words = "Free text may be sent for 24 hours after the person wrote; that ended"
		} else {
			c.Words = "Free text may be sent for 24 hours after the person wrote; they had not written."
		}
	case ReasonNoPrice:
		c.Words = fmt.Sprintf("The rate card has no price for %s messages to %s.", d.Category, d.Market)
	}
}

// notKept is said of what a message from before the record lacks.
const notKept = "It passed. What the rules were then was not kept for this message."

func (st *story) check(name string) Check {
	c := Check{Name: name, Title: checkTitles[name], Passed: true}
	switch name {
	case checkAddress:
		c.Words = "The contact was there and could be written to on WhatsApp."
	case checkAttempt:
		c.Words = "No earlier attempt had arrived, and the time for new ones was not over."
	case checkConsent:
		c.Words, c.Record = st.consentWords()
	case checkWindow:
		if c.Words, c.Until = "The person had written less than 24 hours ago; free text was allowed until", st.GateWindow; c.Until == nil {
			c.Words = "The person had written less than 24 hours ago, so free text was allowed."
		}
	case checkTemplate:
		c.Words = "The template was approved at WhatsApp."
	case checkPrice:
		c.Words = fmt.Sprintf("A %s message to %s has a price on the rate card.", lower(st.Category), st.Market)
	case checkValues:
		c.Words = "Every place of the message had a value that WhatsApp allows."
	case checkCredit:
		c.Words = "The wallet, and what the workspace may spend, covered the price, which was set aside."
	default:
		c.Words = st.ruleWords(name)
	}
	return c
}

// consentWords say what the gate saw of the person's consent, and which entry of the record said so.
func (st *story) consentWords() (string, *consent.Record) {
	switch category := st.category(); {
	case category != CategoryMarketing && st.TemplateID != nil:
		return "They had not refused messages of this kind.", nil
	case category != CategoryMarketing:
		return "They had not asked to be left alone, or had written since.", nil
	case st.GateOptIn == consent.In:
		return "They had agreed to marketing.", st.agreeing()
	case st.GateOptIn == consent.Unknown && st.Rules != nil && !st.Rules.NeedsOptIn:
		return "They had neither agreed to marketing nor stopped it, and the workspace does not ask for an opt-in.", nil
	}
	return "They had not stopped marketing.", st.agreeing()
}

// agreeing is the entry that says what the gate saw; one that was written down later, or says
// otherwise, is not it.
func (st *story) agreeing() *consent.Record {
	if st.record == nil || st.record.State != consent.In || st.record.Purpose != consent.Marketing {
		return nil
	}
	return st.record
}

// ruleWords are about the checks by the workspace's and Meta's rules.
func (st *story) ruleWords(name string) string {
	r := st.Rules
	switch {
	case r == nil:
		return notKept
	case name == checkFrequency && st.GateRecent != nil:
		return fmt.Sprintf("They had %d of at most %d marketing messages within %s.", *st.GateRecent, r.Cap, days(r.Days))
	case name == checkFrequency && r.Cap > 0:
		return fmt.Sprintf("The workspace's cap of %d within %s was overridden for this campaign.", r.Cap, days(r.Days))
	case name == checkFrequency:
		return "The workspace had no frequency cap."
	case name == checkQuiet && r.QuietFrom == r.QuietTo:
		return "The workspace had no quiet hours."
	case name == checkQuiet && r.QuietByRecipient:
		return fmt.Sprintf("It was outside of the quiet hours %s on the person's own clock.", span(r.QuietFrom, r.QuietTo))
	case name == checkQuiet:
		return fmt.Sprintf("It was outside of the quiet hours %s (%s).", span(r.QuietFrom, r.QuietTo), r.Zone)
	case r.DailyLimit == nil:
		return "WhatsApp sets the number no limit of people per day."
	case st.GateWindow != nil:
		return "The person had written within 24 hours, so WhatsApp does not count them."
	}
	return fmt.Sprintf("Of the %d people that WhatsApp allows in a rolling day, %d had been written to before this batch.", *r.DailyLimit, r.DailyUsed)
}

func span(from, to int) string {
	return fmt.Sprintf("%02d:%02d–%02d:%02d", from/60, from%60, to/60, to%60)
}

func days(n int) string {
	if n == 1 {
		return "a day"
	}
	return fmt.Sprintf("%d days", n)
}

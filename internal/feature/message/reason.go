package message

import (
	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Categories as billing and Meta name them.
const (
	CategoryMarketing = "MARKETING"
	CategoryService   = "SERVICE"
)

// Reasons a message ended without Meta saying so. Meta's own refusals carry
// its error code instead; their sentences are in provider/whatsapp.
const (
	ReasonContactGone         = "contact_gone"
	ReasonNoAddress           = "no_address"
	ReasonSuppressed          = string(consent.Suppressed)
	ReasonLeft                = string(consent.Left)
	ReasonOptedOut            = string(consent.OptedOut)
	ReasonNoOptIn             = string(consent.NoOptIn)
	ReasonUnconfirmed         = string(consent.Unconfirmed)
	ReasonUtilityOut          = string(consent.UtilityRefused)
	ReasonTopicOut            = string(consent.TopicRefused)
	ReasonFrequencyChosen     = string(consent.FrequencyChosen)
	ReasonStopped             = string(consent.Stopped)
	ReasonFrequencyCap        = "frequency_cap"
	ReasonWindowClosed        = "window_closed"
	ReasonTemplateUnavailable = "template_unavailable"
	ReasonParameters          = "parameters"
	ReasonNoPrice             = "no_price"
	ReasonNoCredit            = "no_credit"
	ReasonMonthCap            = "month_cap"
	ReasonCampaignCancelled   = "campaign_cancelled"
	ReasonRetriesSpent        = "retries_spent"
	ReasonNoEvidence          = "no_evidence"
	ReasonLostAnswer          = "lost_answer"
	ReasonOpenAnswer          = "open_answer"
	ReasonOverdue             = "overdue"
	ReasonNotDelivered        = "not_delivered"
	ReasonMerged              = "merged"
	ReasonArrived             = "arrived"
	ReasonRetryOver           = "retry_over"
	ReasonSequenceLeft        = "sequence_left"
	ReasonSequenceArchived    = "sequence_archived"
	ReasonWithdrawn           = "withdrawn"
	ReasonFileGone            = "file_gone"
	ReasonFileRefused         = "file_refused"
	ReasonFileNotGiven        = "file_not_given"
)

// Explanation is why a message ended as it did and what a person can do.
type Explanation struct {
	Title  string `json:"title"`
	Advice string `json:"advice"`
}

var explanations = map[string]Explanation{
	ReasonContactGone:         {"The contact was deleted before the message could be sent.", "Nothing to do; nothing was charged."},
	ReasonNoAddress:           {"The contact has neither a phone number nor a WhatsApp user id.", "Add a phone number to the contact and send again."},
	ReasonSuppressed:          {"The contact is on your suppression list.", "Remove the suppression on the contact if they asked to hear from you again."},
	ReasonOptedOut:            {"The contact opted out of marketing messages.", "They can opt in again by writing to you; until then send only what they asked for."},
	ReasonLeft:                {"The contact asked to be left alone and gets no messages at all.", "They can come back by writing START or on their preference page; until then nothing is sent."},
	ReasonNoOptIn:             {"The contact never agreed to marketing messages, and your workspace sends them only to people who did.", "Ask for their consent and record it, or change the rule in the consent settings."},
	ReasonUnconfirmed:         {"Somebody said that the contact opted in, and the contact has not confirmed it yet.", "They confirm by answering the question on WhatsApp; until then send only what they asked for."},
	ReasonUtilityOut:          {"The contact asked for no order updates and reminders.", "They can allow them again on their preference page."},
	ReasonTopicOut:            {"The contact does not want messages about this topic.", "Nothing to do; write to them about what they chose."},
	ReasonFrequencyChosen:     {"The contact chose to get marketing less often than this.", "Send later; their preference page shows how often they want to hear from you."},
	ReasonStopped:             {"The contact asked to stop and has not written since, so nothing automatic goes to them.", "A person can still reply while the conversation is open."},
	ReasonFrequencyCap:        {"The contact already got as many marketing messages as your frequency cap allows.", "Send later, or raise the cap in the workspace settings."},
	ReasonWindowClosed:        {"More than 24 hours have passed since the contact last wrote, so WhatsApp allows only templates.", "Send an approved template instead."},
	ReasonTemplateUnavailable: {"The template is no longer approved at WhatsApp.", "Open the template to see why, then start again with an approved one."},
	ReasonParameters:          {"A value for the template was missing or not allowed.", "Correct the contact's field or give the placeholder a fallback, then send again."},
	ReasonNoPrice:             {"There is no price for this country on your rate card.", "Ask your operator to add a rate for the country."},
	ReasonNoCredit:            {"The wallet did not cover the message.", "Top up the wallet and send again."},
	ReasonMonthCap:            {"The workspace has spent as much this month as its cap allows.", "Raise the cap in the wallet, or wait for the next month, and send again."},
	ReasonCampaignCancelled:   {"The campaign was cancelled before this message was sent.", "Nothing to do; nothing was charged."},
	ReasonRetriesSpent:        {"WhatsApp could not be reached after several tries; nothing was sent.", "Send again later."},
	ReasonNoEvidence:          {"The connection broke while sending and WhatsApp never reported on the message. It may or may not have arrived; it is not charged.", "Send again only if a second copy would do no harm."},
	ReasonLostAnswer:          {"The connection broke while sending, so it is not known yet whether the message left.", "Wait: a status report from WhatsApp usually settles it within minutes."},
	ReasonOpenAnswer:          {"WhatsApp answered with an error that leaves open whether it took the message.", "Wait: a status report from WhatsApp usually settles it within minutes."},
	ReasonOverdue:             {"Sending was interrupted, so it is not known yet whether the message left.", "Wait: a status report from WhatsApp usually settles it within minutes."},
	ReasonMerged:              {"The contact was merged with another who gets the same campaign, so that the person gets it once.", "Nothing to do; nothing was charged."},
	ReasonSequenceLeft:        {"The person left the sequence before this message was sent.", "Nothing to do; nothing was charged."},
	ReasonSequenceArchived:    {"The sequence was archived before this message was sent.", "Nothing to do; nothing was charged."},
	ReasonWithdrawn:           {"Somebody of your workspace cancelled it before it was sent.", "Nothing to do; nothing was charged."},
	ReasonFileGone:            {"The file to be sent is not there any more.", "Attach it again and send."},
	ReasonFileRefused:         {"WhatsApp did not take the file.", "Save it in another format, or make it smaller, and send again."},
	ReasonFileNotGiven:        {"The file could not be given to WhatsApp after several tries; nothing was sent.", "Send again later."},
	ReasonArrived:             {"An earlier attempt reached the person after all, so it was not sent again.", "Nothing to do; only what arrived is charged."},
	ReasonRetryOver:           {"The time for trying again was over before the message could be sent.", "Send to those who failed from the campaign's report."},
	ReasonNotDelivered:        {"WhatsApp did not deliver the message before it expired, usually because the phone was off or changed.", "Nothing was charged. Try another time or another channel."},
}

// Explain puts the reason of a final or doubtful state in plain words.
func Explain(reason string, errorCode int) Explanation {
	if errorCode != 0 {
		advice := whatsapp.Lookup(errorCode)
		return Explanation{Title: advice.Sentence, Advice: advice.Next}
	}
	return explanations[reason]
}

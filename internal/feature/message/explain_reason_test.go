package message

import "testing"

// notTheGates are the reasons that no check of the gate gives.
var notTheGates = map[string]bool{
	ReasonCampaignCancelled: true, ReasonRetriesSpent: true, ReasonNoEvidence: true, ReasonLostAnswer: true, ReasonOpenAnswer: true, ReasonOverdue: true,
	ReasonNotDelivered: true, ReasonMerged: true, ReasonSequenceLeft: true, ReasonSequenceArchived: true,
	ReasonWithdrawn: true, ReasonFileGone: true, ReasonFileRefused: true, ReasonFileNotGiven: true,
}

func TestEveryReasonIsAChecksOrNone(t *testing.T) {
	t.Parallel()
	for reason, words := range explanations {
		if (refusedBy[reason] != "") == notTheGates[reason] || words.Title == "" || words.Advice == "" {
			t.Errorf("%s is of the check %q, not the gate's: %v, in words %+v", reason, refusedBy[reason], notTheGates[reason], words)
		}
	}
	for _, origin := range []string{OriginCampaign, OriginTest, OriginReply, OriginWorkflow, OriginSequence, OriginAgent, OriginAPI, OriginConsent, OriginCustomer, OriginPhone, OriginAway, OriginRating} {
		if origins[origin] == "" {
			t.Errorf("nothing says who asked for a message of the origin %s", origin)
		}
	}
	for reason, name := range refusedBy {
		st := &story{storyRow: storyRow{State: Refused, Reason: reason, TemplateIs: CategoryMarketing}}
		if name != checkWindow {
			st.TemplateID = &st.ContactID
		}
		if name == checkAttempt {
			st.ResendOf = &st.ContactID
		}
		list := st.refusedChecks()
		if last := list[len(list)-1]; last.Name != name || last.Passed || last.Words == "" || checkTitles[name] == "" {
			t.Errorf("%s: %+v", reason, list)
		}
	}
}

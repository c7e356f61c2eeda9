package message

// rule is a rule of DESIGN section 5. The model can do without any one of them, and
// must then go wrong: that is how we know that it would notice.
type rule int

const (
	allRules rule = iota
	ruleDatabaseClock
	ruleLaneToken
	ruleCampaignCheck
	ruleUniqueClaim
	ruleCommitFirst
	ruleReadBack
	ruleDeadline
	ruleMaximum
	ruleHandBackMine
	ruleHandBackProof
	ruleDoubtOfOwnClaim
	ruleLateReports
	ruleNeverRequeue
	ruleSweepLanes
	ruleSweepOverdue
	ruleBacklog
	ruleSettlingTime
	ruleResendIsNew
	ruleExpiryReleases
	ruleFeedPending
	ruleFeedByClaim
	ruleCountMoves
	ruleOwedByState
	ruleSetAside
	ruleStragglers
	lastRule
)

var ruleNames = map[rule]string{
	ruleDatabaseClock:   "lanes and claims lapse by the database's clock alone",
	ruleLaneToken:       "a claim locks and checks the lane's token",
	ruleCampaignCheck:   "a claim checks that the campaign still runs",
	ruleUniqueClaim:     "each claim has a number of its own",
	ruleCommitFirst:     "the claim commits before the first request",
	ruleReadBack:        "after a COMMIT that erred nothing is sent before reading back",
	ruleDeadline:        "the deadline is checked before each write",
	ruleMaximum:         "the merge takes the maximum",
	ruleHandBackMine:    "a hand-back concerns its own claim only",
	ruleHandBackProof:   "a hand-back needs proof that nothing left",
	ruleDoubtOfOwnClaim: "a doubt concerns its own claim only",
	ruleLateReports:     "a worker that lost its lease still reports",
	ruleNeverRequeue:    "a takeover never queues again",
	ruleSweepLanes:      "a sweep looks for lanes nobody serves",
	ruleSweepOverdue:    "a sweep looks for overdue rows under a live lease",
	ruleBacklog:         "nothing turns unknown before older webhooks are taken in",
	ruleSettlingTime:    "nothing turns unknown before the settling time",
	ruleResendIsNew:     "a resend is a new row",
	ruleExpiryReleases:  "expiry releases the hold",
	ruleFeedPending:     "the feeder inserts only pending recipients of a running campaign",
	ruleFeedByClaim:     "a claim feeds only pending recipients of a running campaign",
	ruleCountMoves:      "counters move by old and new state of one update",
	ruleOwedByState:     "what is owed follows from the merged state and pricing",
	ruleSetAside:        "a status nobody knows yet is tried again",
	ruleStragglers:      "what comes back after its campaign completed is still sent",
}

func (r rule) String() string { return ruleNames[r] }

// latestWins is a merge without the maximum.
func latestWins(r *row, rep Report) bool {
	if rep.HandBack != nil || neverSent[r.state] || rep.State == "" || rep.State == r.state {
		return merge(r, rep)
	}
	mergeFacts(r, rep)
	r.state = rep.State
	enter(r, rep)
	return true
}

// anyClaim is a merge that takes a hand-back of any claim.
func anyClaim(r *row, rep Report) bool {
	if rep.HandBack != nil && r.state == Sending {
		mine := *rep.HandBack
		mine.Claim = r.claim
		rep.HandBack = &mine
	}
	return merge(r, rep)
}

// anyDoubt is a merge that takes a doubt of any claim.
func anyDoubt(r *row, rep Report) bool {
	if rep.State == InDoubt && (r.state == Queued || r.state == Sending) {
		rep.Claim, r.state = r.claim, Sending
	}
	return merge(r, rep)
}

// mergeRule is the merge that the model plays.
func (m *model) mergeRule() func(*row, Report) bool {
	switch m.off {
	case ruleMaximum:
		return latestWins
	case ruleHandBackMine:
		return anyClaim
	case ruleDoubtOfOwnClaim:
		return anyDoubt
	}
	return merge
}

// requeueLapsed is what a takeover must not do: queue lapsed claims again.
func (m *model) requeueLapsed() {
	var reports []Report
	for _, r := range m.rows {
		if r.state == Sending && r.deadline.Before(m.now) {
			reports = append(reports, Report{MessageID: r.id, HandBack: &HandBack{Claim: r.claim, DueAt: m.now}})
		}
	}
	m.apply(reports)
}

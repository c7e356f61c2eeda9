package message

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// incidentKind is what happened to a message out of the ordinary.
type incidentKind string

// The kinds. A message that simply goes has none.
const (
	incidentDelayed    incidentKind = "delayed"     // the gate: not before a time
	incidentParked     incidentKind = "parked"      // its campaign does not run
	incidentHandedBack incidentKind = "handed_back" // claimed, and nothing left
	incidentInDoubt    incidentKind = "in_doubt"    // may have left
	incidentRefused    incidentKind = "refused"     // by a number that nothing else keeps
)

// Why a message was delayed or handed back.
const (
	whyQuietHours = "quiet_hours"
	whyDailyLimit = "daily_limit"
	whyFiles      = "files"    // Meta does not have its files yet
	whyCampaign   = "campaign" // it is paused, cancelled or out of money
	whyNoTime     = "no_time"  // the lane stopped, or the claim would have lapsed before the answer
	whyNotLeft    = "not_left" // no byte of the request was written
	whyMeta       = "meta"     // Meta refused before processing
	whyMend       = "mend"     // Meta refused the campaign or the number: it waits until that is mended
)

// incident is one of them, kept for the message's explanation.
type incident struct {
	message uuid.UUID
	kind    incidentKind
	at      time.Time
	detail  incidentDetail
}

// incidentDetail is what a kind has to say; zero values say nothing.
type incidentDetail struct {
	Reason    string     `json:"reason,omitempty"`    // why, or a key of Reasons
	Code      int        `json:"code,omitempty"`      // Meta's
	Until     *time.Time `json:"until,omitempty"`     // when it is looked at again
	Retry     bool       `json:"retry,omitempty"`     // it spent one of its tries
	Recent    int        `json:"recent,omitempty"`    // marketing within the cap's period
	Cap       int        `json:"cap,omitempty"`       // at most so many
	Days      int        `json:"days,omitempty"`      // of the cap, or of the frequency the person chose
	LastOffer *time.Time `json:"lastOffer,omitempty"` // their last marketing
	Window    *time.Time `json:"window,omitempty"`    // when the service window closed
	Market    string     `json:"market,omitempty"`
	Category  string     `json:"category,omitempty"`
}

const sqlAddIncidents = `
insert into message_incidents (tenant_id, message_id, id, kind, at, detail)
select $1, u.message_id, u.id, u.kind, u.at, u.detail::jsonb
from unnest($2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[]) as u(message_id, id, kind, at, detail)
on conflict (tenant_id, message_id, id) do nothing`

// addIncidents keeps what happened, in the transaction in which it did. A batch without any costs
// nothing.
func addIncidents(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []incident) error {
	if len(list) == 0 {
		return nil
	}
	messages, ids := make([]uuid.UUID, len(list)), make([]uuid.UUID, len(list))
	kinds, details, times := make([]string, len(list)), make([]string, len(list)), make([]time.Time, len(list))
	for i, e := range list {
		detail, err := json.Marshal(e.detail)
		if err != nil {
			return err
		}
		messages[i], ids[i], kinds[i], times[i], details[i] = e.message, ident.New(), string(e.kind), e.at, string(detail)
	}
	if _, err := tx.Exec(ctx, sqlAddIncidents, tenant, messages, ids, kinds, times, details); err != nil {
		return fmt.Errorf("keep what happened: %w", err)
	}
	return nil
}

// claimRules are the workspace's and Meta's rules that a claim's messages were gated by.
type claimRules struct {
	NeedsOptIn       bool   `json:"needsOptIn,omitempty"`
	Cap              int    `json:"cap,omitempty"` // marketing per person within Days; 0: none
	Days             int    `json:"days,omitempty"`
	QuietFrom        int    `json:"quietFrom"` // minutes of the day; equal: no quiet hours
	QuietTo          int    `json:"quietTo"`
	QuietByRecipient bool   `json:"quietByRecipient,omitempty"`
	Zone             string `json:"zone"`
	DailyLimit       *int   `json:"dailyLimit,omitempty"` // people in a rolling day; absent: none
	DailyUsed        int    `json:"dailyUsed,omitempty"`  // before the batch
}

// ruled are the rules a batch is gated by, as its claim keeps them.
func ruled(r rules, reach *reach) claimRules {
	kept := claimRules{NeedsOptIn: r.needsOptIn, Cap: r.frequencyCap, QuietFrom: r.quietFrom, QuietTo: r.quietTo,
		QuietByRecipient: r.quietByRecipient, Zone: r.zone.String()}
	if r.frequencyCap > 0 {
		kept.Days = r.frequencyDays
	}
	if reach != nil {
		limit := reach.limit
		kept.DailyLimit, kept.DailyUsed = &limit, limit-reach.left
	}
	return kept
}

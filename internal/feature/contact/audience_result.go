package contact

import (
	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/segment"
)

// ResultKind is a way for a campaign to end for a person.
type ResultKind string

// The results one may write to again.
const (
	NotRead      ResultKind = "not_read"      // it was sent, and not read
	ReadNoReply  ResultKind = "read_no_reply" // it was read, and not answered
	ClickedLink  ResultKind = "clicked"       // a link of it was opened
	NoClick      ResultKind = "not_clicked"   // it was delivered, and no link of it opened
	FailedResult ResultKind = "failed"        // WhatsApp could not deliver it

	ClickedNotConverted ResultKind = "clicked_not_converted" // they clicked, and did not do what was hoped for
)

// OfResult is the audience for whom a campaign ended in some way, without those who opted out.
func OfResult(campaign uuid.UUID, result ResultKind) Audience {
	on := func(op string) segment.Query {
		return segment.Query{On: "campaign", Op: op, Values: []string{campaign.String()}}
	}
	not := func(q segment.Query) segment.Query { return segment.Query{Not: &q} }
	parts := []segment.Query{on("failed")}
	switch result {
	case NotRead:
		parts = []segment.Query{on("sent"), not(on("read"))}
	case ReadNoReply:
		parts = []segment.Query{on("read"), not(on("replied"))}
	case ClickedLink:
		parts = []segment.Query{on("clicked")}
	case NoClick:
		parts = []segment.Query{on("delivered"), not(on("clicked"))}
	case ClickedNotConverted:
		parts = []segment.Query{on("clicked"), not(on("converted"))}
	}
	parts = append(parts, not(segment.Query{On: "optin", Op: "is", Values: []string{"out"}}))
	return Audience{Filter: &segment.Query{All: parts}}
}

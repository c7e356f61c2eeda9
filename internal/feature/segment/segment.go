// Package segment says which contacts a question is about: "in Pune, not a VIP, and did not read
// a campaign in 14 days".
//
// It owns the query language (Query), its one compiler to SQL, the sentence a query reads as, the
// saved segments of a tenant, and contact_activity: when a contact was last written to, read and
// so on. It does not own contacts, tags, campaigns or messages, whose tables it only reads. Saved
// segments, the filter of the contact list and the audiences of campaigns use the same compiler,
// so they can never disagree.
//
// Life cycle: a saved segment is made, edited, renamed and deleted by people; it holds a query and
// no members, so who belongs to it is decided each time it is asked.
package segment

import (
	"time"

	"github.com/google/uuid"
)

// Query is a condition on contacts. Exactly one of All, Any, Not and On is set; the zero Query
// lets everybody through.
type Query struct {
	All    []Query  `json:"all,omitempty" maxItems:"100" doc:"Every one of these holds"`
	Any    []Query  `json:"any,omitempty" maxItems:"100" doc:"At least one of these holds"`
	Not    *Query   `json:"not,omitempty" doc:"This does not hold"`
	On     string   `json:"on,omitempty" maxLength:"60" doc:"What is asked about: name, tag, field:city, campaign, …"`
	Op     string   `json:"op,omitempty" maxLength:"20" doc:"How it is compared: is, contains, past, …"`
	Values []string `json:"values,omitempty" maxItems:"100" doc:"With what: texts, numbers, dates (2006-01-02) or ids"`
	Days   int      `json:"days,omitempty" minimum:"0" maximum:"3650" doc:"Within how many days; 0 is ever"`
	Seed   int64    `json:"seed,omitempty" doc:"Which random share: the same seed draws the same people"`
}

// Segment is a query with a name.
type Segment struct {
	ID        uuid.UUID `json:"id"`
	Name      string    `json:"name"`
	Query     Query     `json:"query"`
	Sentence  string    `json:"sentence" doc:"The query in plain English"`
	CreatedAt time.Time `json:"createdAt"`
	UpdatedAt time.Time `json:"updatedAt"`
}

// The bounds of a query.
const (
	maxDepth    = 6        // groups inside groups
	maxLeaves   = 50       // conditions
	maxValue    = 200      // characters of one value
	maxDays     = 3650     // ten years
	maxBytes    = 64 << 10 // of a query as JSON
	maxName     = 100      // characters of a segment's name
	maxSegments = 1000     // per workspace
)

// Everybody says that the query lets everybody through.
func (q Query) Everybody() bool {
	return len(q.All) == 0 && len(q.Any) == 0 && q.Not == nil && q.On == ""
}

// leaves calls fn with each condition inside.
func (q Query) leaves(fn func(Query)) {
	if q.On != "" {
		fn(q)
	}
	if q.Not != nil {
		q.Not.leaves(fn)
	}
	for _, inner := range append(append([]Query(nil), q.All...), q.Any...) {
		inner.leaves(fn)
	}
}

// ids lists the ids that conditions on a subject name.
func (q Query) ids(on string) []uuid.UUID {
	found := []uuid.UUID{}
	q.leaves(func(leaf Query) {
		if leaf.On != on {
			return
		}
		for _, value := range leaf.Values {
			if id, err := uuid.Parse(value); err == nil {
				found = append(found, id)
			}
		}
	})
	return found
}

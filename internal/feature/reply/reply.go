// Package reply is what members answer with, again and again: canned replies and macros.
//
// It owns the tables canned_replies and macros. It does not own what is sent (message), what becomes of
// a conversation (conversation) nor the files (upload).
//
// A canned reply is a text with places, like {{contact.first_name|there}}, that each conversation fills;
// it is everybody's or one member's own. A macro is a list of steps; on one conversation they are all
// done or none is, in one transaction.
package reply

import (
	"time"

	"github.com/google/uuid"
)

// Canned is a canned reply.
type Canned struct {
	ID        uuid.UUID  `json:"id"`
	Personal  bool       `json:"personal" doc:"Only who made it sees it"`
	Name      string     `json:"name"`
	Shortcut  string     `json:"shortcut,omitempty" doc:"What is typed after / to find it"`
	Body      string     `json:"body" doc:"With places like {{contact.first_name|there}}"`
	UploadID  *uuid.UUID `json:"uploadId,omitempty" doc:"The file that goes with it"`
	Uses      int64      `json:"uses" doc:"How often it was used"`
	UpdatedAt time.Time  `json:"updatedAt"`

	owner *uuid.UUID
	rank  int
}

// Macro is a list of steps that are done on a conversation together.
type Macro struct {
	ID    uuid.UUID `json:"id"`
	Name  string    `json:"name"`
	Steps []Step    `json:"steps"`
	Uses  int64     `json:"uses" doc:"On how many conversations it ran"`
}

const (
	mostCanned   = 2000 // per workspace
	mostMacros   = 200
	mostSteps    = 20
	longestName  = 80 // characters
	longestShort = 40
	longestBody  = 4096 // of a text; WhatsApp's limit
)

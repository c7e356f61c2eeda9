package reply

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Step kinds.
const (
	SendCanned   = "canned"
	SendText     = "text"
	SendTemplate = "template"
	Assign       = "assign"
	GiveTeam     = "team"
	PutLabels    = "label"
	TakeLabels   = "unlabel"
	Reopen       = "open"
	Park         = "pending"
	Snooze       = "snooze"
	Resolve      = "resolve"
	WriteNote    = "note"
)

// Step is one thing that a macro does.
type Step struct {
	Kind     string               `json:"kind" enum:"canned,text,template,assign,team,label,unlabel,open,pending,snooze,resolve,note"`
	CannedID *uuid.UUID           `json:"cannedId,omitempty" doc:"Of canned: the reply that is sent; everybody's"`
	Text     string               `json:"text,omitempty" maxLength:"4096" doc:"Of text and note, with places; of resolve: the closing note"`
	Template *conversation.Letter `json:"template,omitempty" doc:"Of template; its values may have places"`
	To       string               `json:"to,omitempty" maxLength:"36" doc:"Of assign: me, none or a member's user id; of team: none or a team's id"`
	Labels   []uuid.UUID          `json:"labels,omitempty" maxItems:"50" doc:"Of label and unlabel"`
	Minutes  int                  `json:"minutes,omitempty" minimum:"0" maximum:"525600" doc:"Of snooze: for how long"`
	ReasonID *uuid.UUID           `json:"reasonId,omitempty" doc:"Of resolve: why it is closed"`
}

// names are what people call the kinds.
func names() map[string]string {
	return map[string]string{SendCanned: "send a canned reply", SendText: "send a text", SendTemplate: "send a template", Assign: "assign",
		GiveTeam: "give to a team", PutLabels: "label", TakeLabels: "take labels away", Reopen: "open", Park: "mark pending", Snooze: "snooze",
		Resolve: "resolve", WriteNote: "write a note"}
}

// check names what is wrong with a step by itself.
func (st Step) check(at string) error {
	if names()[st.Kind] == "" {
		return wrongStep(at+".kind", "Choose what the step does.")
	}
	if err := st.complete(at); err != nil {
		return err
	}
	texts := map[string]string{at + ".text": st.Text}
	if st.Template != nil {
		for key, value := range st.Template.Values {
			texts[at+".template.values."+key] = value
		}
	}
	for place, text := range texts {
		if err := checkPlaces(text, place); err != nil {
			return err
		}
	}
	return nil
}

func (st Step) complete(at string) error {
	text := strings.TrimSpace(st.Text)
	long := utf8.RuneCountInString(st.Text)
	switch {
	case st.Kind == SendCanned && st.CannedID == nil:
		return wrongStep(at+".cannedId", "Choose a canned reply.")
	case st.Kind == SendTemplate && st.Template == nil:
		return wrongStep(at+".template", "Choose a template.")
	case slices.Contains([]string{SendText, WriteNote}, st.Kind) && text == "":
		return wrongStep(at+".text", "Write the text.")
	case long > longestBody || !utf8.ValidString(st.Text) || strings.ContainsRune(st.Text, 0):
		return wrongStep(at+".text", "At most 4,096 characters.")
	case (st.Kind == PutLabels || st.Kind == TakeLabels) && len(st.Labels) == 0:
		return wrongStep(at+".labels", "Choose labels.")
	case st.Kind == Snooze && st.Minutes <= 0:
		return wrongStep(at+".minutes", "Say for how long.")
	case st.Kind == Assign && st.To != "me" && !idOrNone(st.To):
		return wrongStep(at+".to", "Choose a person, or nobody.")
	case st.Kind == GiveTeam && !idOrNone(st.To):
		return wrongStep(at+".to", "Choose a team, or none.")
	}
	return nil
}

func idOrNone(text string) bool { return text == "none" || uuid.Validate(text) == nil }

func wrongStep(at, sentence string) error {
	return fault.Invalid("The macro is not complete.").At(at, sentence)
}

// pointer is whom a step gives to: nobody for none.
func (st Step) pointer(me uuid.UUID) *uuid.UUID {
	if st.To == "me" {
		return &me
	}
	id, err := uuid.Parse(st.To)
	if err != nil {
		return nil
	}
	return &id
}

// status is where a step takes the conversation.
func (st Step) status(now time.Time) (to conversation.StatusChange, is bool) {
	switch st.Kind {
	case Reopen:
		return conversation.StatusChange{To: conversation.Open}, true
	case Park:
		return conversation.StatusChange{To: conversation.Pending}, true
	case Snooze:
		return conversation.StatusChange{To: conversation.Snoozed, Until: now.Add(time.Duration(st.Minutes) * time.Minute)}, true
	case Resolve:
		return conversation.StatusChange{To: conversation.Resolved, Reason: st.ReasonID, Note: st.Text}, true
	}
	return to, false
}

// place is a step's place in a request's body.
func stepPlace(i int) string { return "body.steps." + strconv.Itoa(i) }

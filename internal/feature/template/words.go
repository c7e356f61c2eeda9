package template

import (
	"fmt"
	"strings"
)

// WhyNot says why the template cannot be sent, in one sentence with what to do; empty when it
// can.
func WhyNot(t Template) string {
	name := fmt.Sprintf("%s (%s)", t.Name, t.Language)
	switch t.Status {
	case Approved:
		return ""
	case Pending, InAppeal:
		return "Meta is still reviewing the template " + name + ". Reviews take minutes, at most a day."
	case Rejected:
		return "Meta rejected the template " + name + rejection(t) + " Correct it and create it again."
	case Paused:
		return "Meta paused the template " + name + " because people blocked or reported it" + pauseEnd(t) + " Send it to fewer, better chosen people afterwards."
	case Disabled:
		return "Meta disabled the template " + name + " for good. Create a new one with better content."
	case PendingDeletion, Deleted:
		return "The template " + name + " was deleted. Choose another one."
	default:
		return "Meta does not allow the template " + name + " to be sent now (" + strings.ToLower(string(t.Status)) + ")."
	}
}

func rejection(t Template) string {
	words := reasonWords(t.RejectedReason)
	switch {
	case words != "" && t.StatusNote != "":
		return ": " + words + " " + t.StatusNote
	case words != "":
		return ": " + words
	case t.StatusNote != "":
		return ": " + t.StatusNote
	default:
		return "."
	}
}

// reasonWords explains Meta's rejection codes.
func reasonWords(code string) string {
	switch strings.ToUpper(code) {
	case "", "NONE":
		return ""
	case "ABUSIVE_CONTENT":
		return "it reads as abusive or threatening."
	case "INCORRECT_CATEGORY":
		return "its content does not fit its category."
	case "INVALID_FORMAT":
		return "its variables or formatting are not valid."
	case "PROMOTIONAL":
		return "it promotes something, which only marketing templates may."
	case "SCAM":
		return "it looks like a scam or asks for sensitive data."
	case "TAG_CONTENT_MISMATCH":
		return "its language or category does not match its text."
	default:
		return "Meta's reason is " + strings.ToLower(strings.ReplaceAll(code, "_", " ")) + "."
	}
}

func pauseEnd(t Template) string {
	if t.PausedUntil == nil {
		return "."
	}
	return ", until " + t.PausedUntil.UTC().Format("2 January 2006 15:04") + " UTC."
}

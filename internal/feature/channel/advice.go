package channel

// Advice is what the screen says about a number that does not send, or not at its best.
type Advice struct {
	Reason string `json:"reason" doc:"What is the matter, in one sentence"`
	Todo   string `json:"todo" doc:"What to do about it, in one sentence"`
}

// Advise returns what to say about the number; nil when all is well.
func Advise(c Channel) *Advice {
	switch c.Status {
	case Paused:
		return pauseAdvice(c)
	case NeedsReauth:
		return &Advice{"WhatsApp no longer accepts this number's access token.", "Paste a new access token from Meta Business settings; waiting messages then go out by themselves."}
	case Disconnected:
		return noted(c.StatusNote, Advice{"This number is no longer connected to Aerostic.", "Connect it again with an access token if you still use it."})
	case Banned:
		return noted(c.StatusNote, Advice{"Meta has disabled this WhatsApp account.", "Open Business Support Home at Meta and ask for a review; nothing can be sent until Meta reinstates it."})
	default:
		return qualityAdvice(c)
	}
}

func pauseAdvice(c Channel) *Advice {
	switch c.PauseReason {
	case ReasonRestriction:
		return noted(c.PauseNote, Advice{"Meta does not let this number start conversations for now.", "It resumes by itself when the restriction ends. Meanwhile you can answer people who write to you from WhatsApp Manager."})
	case ReasonSpam:
		return noted(c.PauseNote, Advice{"Too many people blocked or reported this number, so WhatsApp stopped it.", "It resumes by itself after 24 hours. Until then pause campaigns to people who have not answered lately."})
	case ReasonPayment:
		return noted(c.PauseNote, Advice{"WhatsApp could not charge the payment method of this account.", "Add or mend the payment method in WhatsApp Manager, then resume the number."})
	case ReasonPolicy:
		return noted(c.PauseNote, Advice{"WhatsApp blocked this number for a policy violation.", "Open Business Support Home at Meta, read the violation and ask for a review; then resume the number."})
	case ReasonSetup:
		return noted(c.PauseNote, Advice{"This number is not set up completely at Meta.", "Finish its registration and display name in WhatsApp Manager, then resume the number."})
	default:
		return noted(c.PauseNote, Advice{"Someone in your team paused this number.", "Resume it when it may send again."})
	}
}

func qualityAdvice(c Channel) *Advice {
	switch {
	case c.StatusNote != "":
		return &Advice{c.StatusNote, "Open Business Support Home at Meta and follow what it asks."}
	case c.Quality == Red:
		return &Advice{"People block or report messages from this number: its quality is low.", "Send less, only to people who opted in and answered lately, until the quality is green again."}
	case c.SubscribedAt == nil:
		return &Advice{"Delivery reports are not switched on for this number yet.", "This happens by itself within a minute. If it stays, refresh the number."}
	case c.RefreshError != "":
		return &Advice{"Meta could not be asked about this number: " + c.RefreshError, "Refresh the number in a few minutes."}
	default:
		return nil
	}
}

// noted puts the recorded words before the general ones.
func noted(note string, a Advice) *Advice {
	if note != "" {
		a.Reason = note
	}
	return &a
}

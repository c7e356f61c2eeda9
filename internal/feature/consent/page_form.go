package consent

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
)

// pageForm is a submitted page beside how the person stands.
type pageForm struct {
	*http.Request
	now    pagePerson
	topics []Topic
	lang   string
	words  pageWords
	change Change // what all of its changes share
}

// changes are what the form says that is not so already. Each keeps the words beside the choice.
func (f pageForm) changes() []Change {
	switch f.PostFormValue("action") {
	case "leave":
		if f.now.Suppressed {
			return nil
		}
		return []Change{f.to(Marketing, Out, f.words.Leave), f.to(All, Out, f.words.Leave)}
	case "return":
		return f.back()
	}
	if f.now.Suppressed {
		return nil
	}
	return slices.Concat(f.purposes(), f.topicChanges(), f.frequency())
}

// back brings a person who left to where they get updates, and offers if they say so.
func (f pageForm) back() []Change {
	if !f.now.Left {
		return nil
	}
	return []Change{f.to(All, In, f.words.Return), f.to(Marketing, In, f.words.Return)}
}

func (f pageForm) purposes() (list []Change) {
	for _, p := range []struct {
		purpose Purpose
		now     State
		shown   string
	}{{Marketing, f.now.Marketing, f.words.Marketing}, {Utility, f.now.Utility, f.words.Utility}} {
		wanted := State(f.PostFormValue(string(p.purpose)))
		if (wanted == In || wanted == Out) && wanted != p.now {
			list = append(list, f.to(p.purpose, wanted, p.shown+" — "+f.words.answer(wanted)))
		}
	}
	return list
}

func (f pageForm) topicChanges() (list []Change) {
	for _, t := range f.topics {
		wanted, now := slices.Contains(f.PostForm["topic"], t.ID.String()), !slices.Contains(f.now.TopicsOut, t.ID)
		if wanted == now {
			continue
		}
		c := f.to(Marketing, Out, t.label(f.lang))
		if wanted {
			c.State = In
		}
		c.Topic = t.ID
		list = append(list, c)
	}
	return list
}

func (f pageForm) frequency() []Change {
	days, err := strconv.Atoi(f.PostFormValue("days"))
	at := slices.Index(frequencies(), days)
	if err != nil || at < 0 || days == f.now.Days {
		return nil
	}
	c := f.to(Marketing, In, f.words.Often[at])
	c.Days = &days
	return []Change{c}
}

func (f pageForm) to(p Purpose, state State, shown string) Change {
	c := f.change
	c.Purpose, c.State, c.Shown = p, state, shown
	return c
}

// hashOf is a keyed hash: it proves that two requests came from one address without keeping it.
func hashOf(key []byte, text string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

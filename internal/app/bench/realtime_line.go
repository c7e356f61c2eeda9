package bench

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// frame is a line of centrifuge's JSON protocol, as far as it matters here.
type frame struct {
	ID      int
	Error   *struct{ Code int }
	Connect *struct {
		Subs map[string]struct {
			Epoch        string
			Offset       uint64
			Recovered    bool
			Publications []publication
		}
	}
	Push *struct {
		Channel string
		Pub     *publication
	}
}

type publication struct {
	Data   listNews
	Offset uint64
}

// listNews is a change of the list.
type listNews struct {
	ID      uuid.UUID
	What    string
	Message *uuid.UUID
}

// received is what news of a customer's message says.
const received = "received"

// quickly reads a push of the topic without taking its JSON apart: 20,000 of them come a second, and who
// counts them shares the machine with what is measured. Whatever is not written exactly as expected is not
// read, and left to JSON.
func quickly(line []byte, begins string) (p publication, ok bool) {
	rest, ok := bytes.CutPrefix(line, []byte(begins))
	if !ok {
		return p, false
	}
	if p.Data.ID, rest, ok = cutID(rest); !ok {
		return p, false
	}
	if rest, ok = bytes.CutPrefix(rest, []byte(`","what":"`)); !ok {
		return p, false
	}
	what, rest, ok := bytes.Cut(rest, []byte(`"`))
	if !ok {
		return p, false
	}
	p.Data.What = word(what)
	if rest, ok = bytes.CutPrefix(rest, []byte(`,"message":"`)); ok {
		var id uuid.UUID
		if id, _, ok = cutID(rest); !ok {
			return p, false
		}
		p.Data.Message = &id
	}
	p.Offset, ok = offsetOf(line)
	return p, ok
}

// pushOf is how a push of a topic begins.
func pushOf(topic string) string { return `{"push":{"channel":"` + topic + `","pub":{"data":{"id":"` }

func cutID(raw []byte) (id uuid.UUID, rest []byte, ok bool) {
	const length = 36
	if len(raw) < length {
		return id, raw, false
	}
	id, err := uuid.ParseBytes(raw[:length])
	return id, raw[length:], err == nil
}

func word(raw []byte) string {
	if string(raw) == received { // no copy for what comes most
		return received
	}
	return string(raw)
}

// offsetOf is the publication's place in its channel, which is written behind its data.
func offsetOf(line []byte) (uint64, bool) {
	const name = `,"offset":`
	at := bytes.LastIndex(line, []byte(name))
	if at < 0 {
		return 0, false
	}
	digits, end, ok := bytes.Cut(line[at+len(name):], []byte("}"))
	if !ok || string(end) != "}}" {
		return 0, false
	}
	offset, err := strconv.ParseUint(string(digits), 10, 64)
	return offset, err == nil
}

// lines takes what the server sent and says whether it asks for a sign of life.
func (b *browser) lines(raw []byte) (asked bool) {
	now := time.Now()
	for line := range bytes.SplitSeq(raw, []byte("\n")) {
		if string(line) == "{}" {
			asked = true
			continue
		}
		if p, ok := quickly(line, b.begins); ok {
			b.take(p, now)
			continue
		}
		var f frame
		if len(line) < 3 || json.Unmarshal(line, &f) != nil || f.Push == nil || f.Push.Pub == nil {
			continue
		}
		if f.Push.Channel == b.audience().topic {
			b.take(*f.Push.Pub, now)
		} else {
			b.strange1(f.Push.Channel)
		}
	}
	return asked
}

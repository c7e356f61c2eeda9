package bench

import (
	"encoding/json"
	"testing"

	"github.com/google/uuid"
)

// TestPushesAreReadQuicklyAsJSONReadsThem holds the quick reading against the thorough one, also where
// people write what looks like the protocol.
func TestPushesAreReadQuicklyAsJSONReadsThem(t *testing.T) {
	t.Parallel()
	const topic = "tenant:0192b1b4-0000-7000-8000-00000000000a:conversations"
	conversation, message := uuid.New(), uuid.New()
	ids := `{"id":"` + conversation.String() + `","what":"received","message":"` + message.String() + `"`
	begin := `{"push":{"channel":"` + topic + `","pub":{"data":`
	for name, c := range map[string]struct {
		line  string
		quick bool
	}{
		"ids alone":      {begin + ids + `},"offset":7}}}`, true},
		"with its row":   {begin + ids + `,"row":{"preview":"नमस्ते","labels":[]}},"offset":18446744073709551615}}}`, true},
		"a hostile text": {begin + ids + `,"row":{"preview":"\",\"offset\":9}}}","n":{"offset":1}}},"offset":8}}}`, true},
		"no message":     {begin + `{"id":"` + conversation.String() + `","what":"assigned"},"offset":9}}}`, true},
		"another order":  {begin + `{"what":"received","id":"` + conversation.String() + `","message":"` + message.String() + `"},"offset":7}}}`, false},
		"no offset":      {begin + ids + `}}}}`, false},
		"more behind it": {begin + ids + `},"offset":7,"tags":{"a":"b"}}}}`, false},
		"another topic":  {`{"push":{"channel":"tenant:0192b1b4-0000-7000-8000-00000000000b:conversations","pub":{"data":` + ids + `},"offset":7}}}`, false},
		"resync":         {begin + `{"resync":true},"offset":7}}}`, false},
	} {
		var f frame
		if err := json.Unmarshal([]byte(c.line), &f); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		p, ok := quickly([]byte(c.line), pushOf(topic))
		if ok != c.quick {
			t.Errorf("%s: read quickly: %t", name, ok)
		}
		if ok && (p.Offset != f.Push.Pub.Offset || p.Data.ID != f.Push.Pub.Data.ID || p.Data.What != f.Push.Pub.Data.What ||
			(p.Data.Message == nil) != (f.Push.Pub.Data.Message == nil) || p.Data.Message != nil && *p.Data.Message != *f.Push.Pub.Data.Message) {
			t.Errorf("%s: quickly %+v, by JSON %+v", name, p, *f.Push.Pub)
		}
	}
}

// TestABrowserAnswersAPingAmongPushes: the server ends the line of who does not.
func TestABrowserAnswersAPingAmongPushes(t *testing.T) {
	t.Parallel()
	tenant := uuid.New()
	l := &live{firms: []*audience{{firm: firm{tenant: tenant}, topic: "tenant:" + tenant.String() + ":conversations"}}, servers: []string{""}}
	b := newBrowser(l, 0, 0)
	message := uuid.New()
	push := pushOf(l.firms[0].topic) + uuid.NewString() + `","what":"received","message":"` + message.String() + `"},"offset":3}}}`
	for _, raw := range []string{"{}", "{}\n", push + "\n{}", "{}\n" + push} {
		if !b.lines([]byte(raw)) {
			t.Errorf("%q asks for a sign of life", raw)
		}
	}
	if b.lines([]byte(push)) {
		t.Error("a push asks for nothing")
	}
	if _, seen := b.seen[message]; !seen || b.offset != 3 {
		t.Errorf("seen %v, offset %d", b.seen, b.offset)
	}
}

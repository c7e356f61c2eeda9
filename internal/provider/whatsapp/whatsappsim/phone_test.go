package whatsappsim_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// phone is what a page would know: the stream of one person's phone, put together.
type phone struct {
	*bundle
	lines    *bufio.Scanner
	me       map[string]any
	messages map[string]seenMessage
	order    []string
}

type seenMessage struct {
	ID, Type, State, Quote, Payment string
	Mine, Edited, Revoked           bool
	Content                         json.RawMessage
	Reactions                       map[string]string
}

const asha = "919812345678"

func (b *bundle) openPhone(from string) *phone {
	b.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	b.t.Cleanup(cancel)
	url := b.server.URL + "/_sim/phone/events?name=Asha&phone_number_id=" + b.acme.Numbers[0].ID + "&from=" + from
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil || resp.StatusCode != http.StatusOK {
		b.t.Fatal(resp, err)
	}
	b.t.Cleanup(func() { resp.Body.Close() })
	p := &phone{bundle: b, lines: bufio.NewScanner(resp.Body), messages: map[string]seenMessage{}}
	p.lines.Buffer(nil, 1<<20)
	p.next()
	return p
}

// next waits for one event of the stream.
func (p *phone) next() {
	p.t.Helper()
	for p.lines.Scan() {
		raw, ok := strings.CutPrefix(p.lines.Text(), "data: ")
		if !ok {
			continue
		}
		var view struct {
			Me       map[string]any
			Messages []seenMessage
		}
		if err := json.Unmarshal([]byte(raw), &view); err != nil {
			p.t.Fatal(err)
		}
		p.me = view.Me
		for _, m := range view.Messages {
			if _, known := p.messages[m.ID]; !known {
				p.order = append(p.order, m.ID)
			}
			p.messages[m.ID] = m
		}
		return
	}
	p.t.Fatal("the stream ended")
}

// until reads the stream until the phone shows something.
func (p *phone) until(what string, holds func() bool) {
	p.t.Helper()
	for range 50 {
		if holds() {
			return
		}
		p.next()
	}
	p.t.Fatalf("never: %s; %+v", what, p.messages)
}

// writes is something the customer does; it gives the message's id.
func (p *phone) writes(rest string) string {
	p.t.Helper()
	var reply struct{ ID string }
	raw := post(p.t, p.server.URL+"/_sim/inbound", "application/json", `{"phone_number_id":"`+p.acme.Numbers[0].ID+`","from":"`+asha+`",`+rest+`}`)
	if err := json.Unmarshal(raw, &reply); err != nil {
		p.t.Fatal(err)
	}
	return reply.ID
}

// does asks for something beside messages.
func (p *phone) does(path, rest string) {
	p.t.Helper()
	p.control(path, `{"phone_number_id":"`+p.acme.Numbers[0].ID+`","from":"`+asha+`","wa_id":"`+asha+`"`+rest+`}`)
}

func (p *phone) gets(body string) string {
	p.t.Helper()
	out := p.raw(body)
	if out.Kind != whatsapp.Accepted {
		p.t.Fatalf("%+v %v", out, out.Err)
	}
	return out.WAMID
}

func TestAConversationOnThePhone(t *testing.T) {
	t.Parallel()
	p := setup(t, nil).openPhone(asha)
	hello := p.writes(`"text":"नमस्ते 🙏"`)
	p.until("two ticks", func() bool { return p.messages[hello].State == "delivered" })
	post(t, p.server.URL+"/v25.0/"+p.acme.Numbers[0].ID+"/messages?access_token="+p.acme.Token, "application/json",
		`{"messaging_product":"whatsapp","status":"read","message_id":"`+hello+`","typing_indicator":{"type":"text"}}`)
	p.until("blue ticks and typing", func() bool { return p.messages[hello].State == "read" && p.me["typing"] != 0.0 })
	answer := p.gets(`{"messaging_product":"whatsapp","to":"` + asha + `","type":"text","context":{"message_id":"` + hello + `"},"text":{"body":"Hello *Asha*"}}`)
	p.until("the answer ends the typing", func() bool {
		return p.messages[answer].Quote == hello && !p.messages[answer].Mine && p.me["typing"] == 0.0
	})
	p.gets(freeForm("reaction", `{"message_id":"`+hello+`","emoji":"❤️"}`))
	p.writes(`"type":"reaction","content":{"message_id":"` + answer + `","emoji":"👍"}`)
	p.until("two reactions", func() bool {
		return p.messages[hello].Reactions["business"] == "❤️" && p.messages[answer].Reactions["me"] == "👍"
	})
	p.writes(`"type":"reaction","content":{"message_id":"` + answer + `"}`)
	p.writes(`"type":"edit","content":{"original_message_id":"` + hello + `","message":{"type":"text","text":{"body":"Hi"}}}`)
	p.until("an edit", func() bool {
		m := p.messages[hello]
		return m.Edited && string(m.Content) == `{"body":"Hi"}` && len(p.messages[answer].Reactions) == 0
	})
	p.writes(`"type":"revoke","content":{"original_message_id":"` + hello + `"}`)
	p.until("a revoke", func() bool { return p.messages[hello].Revoked && p.messages[hello].Content == nil })
	p.control("echo", `{"phone_number_id":"`+p.acme.Numbers[0].ID+`","to":"`+asha+`","id":"wamid.E","text":"From the shop"}`)
	p.until("an echo", func() bool { return p.messages["wamid.E"].Type == "text" })
}

// A phone says itself what arrived and what was read; chance has no say.
func TestThePhoneTellsWhatHappensToAMessage(t *testing.T) {
	t.Parallel()
	p := setup(t, nil).openPhone(asha)
	first := p.welcome(asha).WAMID
	eventually(t, "delivered", func() bool { return p.has(first, whatsapp.StatusDelivered) })
	p.does("phone/state", `,"off":true`)
	second := p.welcome(asha).WAMID
	eventually(t, "sent", func() bool { return p.has(second, whatsapp.StatusSent) })
	p.does("phone/read", "")
	eventually(t, "read", func() bool { return p.has(first, whatsapp.StatusRead) })
	if p.has(second, whatsapp.StatusDelivered) || p.has(second, whatsapp.StatusRead) {
		t.Error("a phone that is off got a message")
	}
	p.does("phone/state", `,"off":false`)
	eventually(t, "delivered after all", func() bool { return p.has(second, whatsapp.StatusDelivered) })
	p.until("it is shown", func() bool { return p.messages[second].Type == "template" })
	p.does("phone/read", "")
	eventually(t, "read after all", func() bool { return p.has(second, whatsapp.StatusRead) })
	p.does("phone/state", `,"blocked":true`)
	third := p.welcome(asha).WAMID
	eventually(t, "sent to one who blocked", func() bool { return p.has(third, whatsapp.StatusSent) })
	p.does("phone/state", `,"blocked":false`)
	fourth := p.welcome(asha).WAMID
	p.until("the fourth", func() bool { return p.messages[fourth].Type == "template" })
	if _, shown := p.messages[third]; shown || p.has(third, whatsapp.StatusDelivered) {
		t.Error("one who blocked got a message")
	}
	if n := len(p.hooks.statuses(first)); n != 3 {
		t.Errorf("%d statuses of the first", n)
	}
	if p.sim.Recipients("", 1)[asha] != 4 {
		t.Errorf("recipients: %v", p.sim.Recipients("", 1))
	}
}

func TestAVoiceNoteIsPlayedOnce(t *testing.T) {
	t.Parallel()
	p := setup(t, nil).openPhone(asha)
	p.writes(`"text":"Hi"`)
	note := p.gets(freeForm("audio", `{"link":"https://a.test/a.ogg","voice":true}`))
	p.until("it arrives", func() bool { return p.messages[note].Type == "audio" })
	p.does("phone/state", `,"played":"`+note+`"`)
	p.does("phone/state", `,"played":"`+note+`"`)
	eventually(t, "played", func() bool { return p.has(note, whatsapp.StatusPlayed) })
	eventually(t, "all told", func() bool { return p.sim.Stats().WebhooksPending == 0 })
	if n := len(p.hooks.statuses(note)); n != 3 {
		t.Errorf("%d statuses", n)
	}
}

func TestATemplateIsShownWithItsValues(t *testing.T) {
	t.Parallel()
	p := setup(t, nil).openPhone(asha)
	for _, tc := range []struct {
		name   string
		values map[string]string
		want   []string
	}{
		{"diwali_offer", map[string]string{"body.1": "Asha", "body.2": "20%"}, []string{"Hello Asha, your 20% discount", `"footer":"Acme"`, `"type":"QUICK_REPLY","text":"Stop promotions","payload":"Stop promotions"`}},
		{"order_update", map[string]string{"header.order_id": "A-17", "body.first_name": "Asha", "body.order_id": "A-17", "button.0": "A-17"}, []string{`"text":"Order A-17"`, "https://shop.example.com/o/A-17"}},
		{"coupon", map[string]string{"body.1": "Asha", "button.0": "ACME10"}, []string{`"code":"ACME10"`}},
		{"login_code", map[string]string{"body.1": "123456"}, []string{"*123456* is your"}},
	} {
		out := p.send(asha, tc.name, "en_US", tc.values)
		p.until(tc.name, func() bool { return p.messages[out.WAMID].Type == "template" })
		for _, want := range tc.want {
			if got := string(p.messages[out.WAMID].Content); !strings.Contains(got, want) {
				t.Errorf("%s lacks %s: %s", tc.name, want, got)
			}
		}
	}
}

// Whoever comes from an ad is free for three days, once the business has answered.
func TestAnAnswerToAnAdIsFree(t *testing.T) {
	t.Parallel()
	p := setup(t, nil).openPhone(asha)
	if p.pricing(p.welcome(asha).WAMID) != "regular marketing" {
		t.Error("free before anything")
	}
	p.writes(`"text":"I saw your ad","referral":{"source_type":"ad","source_id":"1","ctwa_clid":"c"}`)
	for range 2 {
		if got := p.pricing(p.welcome(asha).WAMID); got != "free_entry_point referral_conversion" {
			t.Errorf("priced as %s", got)
		}
	}
	if got := p.pricing(p.welcome("919812345670").WAMID); got != "regular marketing" {
		t.Errorf("somebody else is priced as %s", got)
	}
}

// pricing waits for the price of a message.
func (p *phone) pricing(wamid string) (price string) {
	p.t.Helper()
	eventually(p.t, "a price", func() bool {
		for _, status := range p.hooks.statuses(wamid) {
			if status.Pricing != nil {
				price = status.Pricing.Type + " " + status.Pricing.Category
			}
		}
		return price != ""
	})
	return price
}

func TestAReactionToADeletedMessageFails(t *testing.T) {
	t.Parallel()
	p := setup(t, nil).openPhone(asha)
	id := p.writes(`"text":"Oops"`)
	p.writes(`"type":"revoke","content":{"original_message_id":"` + id + `"}`)
	reaction := p.gets(freeForm("reaction", `{"message_id":"`+id+`","emoji":"👍"}`))
	eventually(t, "it fails", func() bool { return p.has(reaction, whatsapp.StatusFailed) })
}

func TestAPersonCanHideAndMove(t *testing.T) {
	t.Parallel()
	p := setup(t, nil).openPhone(asha)
	p.does("users", `,"username":"asha.k"`)
	p.does("users", `,"marketing":"stop"`)
	p.until("hidden", func() bool { return p.me["username"] == "asha.k" && p.me["stopped"] == true })
	p.writes(`"text":"Who am I?"`)
	eventually(t, "a message without a number", func() bool {
		return p.hooks.read(func(got *whatsapp.Webhook) bool {
			return len(got.Messages) == 1 && got.Messages[0].From == "" && got.Messages[0].Username == "asha.k" && got.Messages[0].FromUserID == p.sim.UserID(asha)
		})
	})
	p.does("users", `,"username":""`)
	p.does("users", `,"moved_to":"919812340000"`)
	moved := p.openPhone("919812340000")
	if len(moved.messages) != 1 || moved.me["name"] != "Asha" {
		t.Errorf("%v %v", moved.me, moved.messages)
	}
}

func TestThePageAndItsFilesAreServed(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	for path, want := range map[string]string{"/phone": "text/html", "/phone/": "text/html", "/phone/phone.css": "text/css", "/phone/phone.js": "text/javascript"} {
		resp, err := http.Get(b.server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if got := resp.Header.Get("Content-Type"); resp.StatusCode != http.StatusOK || !strings.HasPrefix(got, want) ||
			!strings.Contains(resp.Header.Get("Content-Security-Policy"), "default-src 'none'; script-src 'self'") {
			t.Errorf("%s: %d %v", path, resp.StatusCode, resp.Header)
		}
	}
	var file struct{ ID string }
	number := b.acme.Numbers[0].ID
	if err := json.Unmarshal(post(t, b.server.URL+"/_sim/media?phone_number_id="+number, "text/html", "<script>"), &file); err != nil {
		t.Fatal(err)
	}
	resp, err := http.Get(b.server.URL + "/_sim/phone/media/" + file.ID)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.Header.Get("Content-Disposition") != "attachment" || !strings.Contains(resp.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("a page of a stranger is shown: %v", resp.Header)
	}
}

// Those who wrote are kept for a phone, but never more than some.
func TestOnlySomeConversationsAreKept(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	for i := range 300 {
		b.control("inbound", fmt.Sprintf(`{"phone_number_id":%q,"from":"9198000%05d","text":"Hi"}`, b.acme.Numbers[0].ID, i))
	}
	resp, err := http.Get(b.server.URL + "/_sim/phone/people?phone_number_id=" + b.acme.Numbers[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var people []struct{ From string }
	if err := json.NewDecoder(resp.Body).Decode(&people); err != nil {
		t.Fatal(err)
	}
	if len(people) != 256 || people[0].From != "919800000299" {
		t.Errorf("%d people are kept, the last is %+v", len(people), people[0])
	}
	last := b.openPhone("919800000299")
	for i := range 250 {
		b.control("inbound", fmt.Sprintf(`{"phone_number_id":%q,"from":"919800000299","text":"%d"}`, b.acme.Numbers[0].ID, i))
	}
	if again := b.openPhone("919800000299"); len(again.messages) != 200 || len(last.messages) != 1 {
		t.Errorf("%d messages are kept", len(again.messages))
	}
}

package message

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const fuzzSecret = "fuzz"

// commitless is an intake that says of everything that it is durable, and counts.
func commitless(t testing.TB) (*Intake, *int) {
	s := New(Deps{Clock: clock.System(), Logger: slog.New(slog.DiscardHandler), AppSecret: fuzzSecret, Verify: "v"}, "fuzz")
	in, stored, done := NewIntake(s), 0, make(chan struct{})
	go func() {
		for {
			select {
			case a := <-in.arrived:
				stored++
				a.done <- nil
			case <-done:
				return
			}
		}
	}()
	t.Cleanup(func() { close(done) })
	return in, &stored
}

// FuzzIntake posts bodies with signatures: only what is signed with our secret is taken, and of what is
// taken every part is something that can be stored.
func FuzzIntake(f *testing.F) {
	files, err := filepath.Glob("../../provider/whatsapp/testdata/inbound/*.json")
	if err != nil || len(files) == 0 {
		f.Fatal("no golden bodies: ", err)
	}
	for _, path := range files {
		raw, err := os.ReadFile(path)
		var c struct {
			In json.RawMessage `json:"in"`
		}
		if err != nil || json.Unmarshal(raw, &c) != nil {
			f.Fatal(path, err)
		}
		f.Add([]byte(c.In), whatsapp.Sign(c.In, fuzzSecret), true)
		f.Add([]byte(c.In), whatsapp.Sign(c.In, "another"), false)
	}
	f.Add([]byte(`{"object":"x\u0000","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"1"},"messages":[{"from":"1","id":"\ud83d","timestamp":"1","type":"text","text":{"body":"\u0000"},"n":1e999}]}}]}]}`), "", true)
	f.Add([]byte("\x00\xff{"), "sha256=", true)
	in, stored := commitless(f)
	f.Fuzz(func(t *testing.T, body []byte, header string, sign bool) {
		if sign {
			header = whatsapp.Sign(body, fuzzSecret)
		}
		request := httptest.NewRequest("POST", "/", bytes.NewReader(body))
		if !strings.ContainsAny(header, "\r\n") {
			request.Header.Set(whatsapp.SignatureHeader, header)
		}
		before, reply := *stored, httptest.NewRecorder()
		in.ServeHTTP(reply, request)
		genuine := request.Header.Get(whatsapp.SignatureHeader) != "" && strings.EqualFold(header, whatsapp.Sign(body, fuzzSecret))
		if took := *stored > before; took != genuine || took != (reply.Code == 200) {
			t.Fatalf("taken %t, answered %d, genuine %t", took, reply.Code, genuine)
		}
		if genuine {
			takenApart(t, body)
		}
	})
}

// takenApart checks everything that is made of a body.
func takenApart(t *testing.T, body []byte) {
	t.Helper()
	g := newGroups(time.Now())
	g.add(delivery{ID: ident.New(), Body: body, ReceivedAt: time.Now()})
	g.numbers = map[string]channel.Owner{}
	for _, m := range g.inbound {
		g.numbers[m.PhoneNumberID] = channel.Owner{TenantID: uuid.Max, ChannelID: uuid.Max}
	}
	for _, p := range g.byTenant() {
		for i, a := range p.arrive() {
			a.says()
			if raw := storable(a.Raw); !json.Valid(raw) || hasNUL(raw) {
				t.Errorf("message %d cannot be stored: %s", i, raw)
			}
			if id := newInboundID(a); id.Version() != 7 || a.at.After(ident.Time(a.delivery)) {
				t.Errorf("message %d: id %s at %v", i, id, a.at)
			}
		}
	}
	for _, a := range g.aside {
		if !json.Valid(a.Item) || hasNUL(a.Item) || a.Reason == "" {
			t.Errorf("cannot be set aside: %s", a.Item)
		}
	}
}

// hasNUL says whether JSON has the one character that the database cannot keep. After an escaped backslash
// its name is four letters and digits.
func hasNUL(raw []byte) bool {
	return bytes.Contains(bytes.ReplaceAll(raw, []byte(`\\`), nil), []byte(`\u0000`))
}

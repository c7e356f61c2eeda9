package link

import (
	"context"
	"encoding/binary"
	"net"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// names is a name server that knows TXT records.
type names struct {
	mu      sync.Mutex
	records map[string]string
}

func (n *names) set(name, text string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.records[name] = text
}

// serveNames answers on a port of its own and returns what asks there.
func serveNames(t *testing.T) (*names, *net.Resolver) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	n := &names{records: map[string]string{}}
	go func() {
		packet := make([]byte, 1500)
		for {
			size, from, err := conn.ReadFrom(packet)
			if err != nil {
				return
			}
			_, _ = conn.WriteTo(n.answer(packet[:size]), from)
		}
	}()
	return n, &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

// answer writes a reply to a question of one name, as RFC 1035 section 4 has it.
func (n *names) answer(question []byte) []byte {
	end := 12
	var labels []string
	for question[end] != 0 {
		size := int(question[end])
		labels = append(labels, string(question[end+1:end+1+size]))
		end += 1 + size
	}
	end += 5
	n.mu.Lock()
	text, known := n.records[strings.Join(labels, ".")]
	n.mu.Unlock()
	reply := append([]byte{}, question[:end]...)
	binary.BigEndian.PutUint16(reply[2:], 0x8180)
	binary.BigEndian.PutUint16(reply[10:], 0) // no additional records
	if !known {
		reply[3] |= 3 // no such name
		return reply
	}
	binary.BigEndian.PutUint16(reply[6:], 1)
	reply = append(reply, 0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60)
	reply = binary.BigEndian.AppendUint16(reply, uint16(len(text)+1))
	return append(append(reply, byte(len(text))), text...)
}

// unproven looks for a domain's record and is told what is wrong with it.
func (b *bundle) unproven(d Domain, why string) {
	b.t.Helper()
	got, err := b.s.Verify(b.ann(), d.ID)
	if err != nil || got.VerifiedAt != nil || !strings.Contains(got.Problem, why) {
		b.t.Errorf("not %q: %+v, %v", why, got, err)
	}
}

func TestADomainIsProvenThenUsed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	server, resolver := serveNames(t)
	b.s.Resolver = resolver
	d, err := b.s.AddDomain(b.ann(), " https://Go.Acme.example/ ")
	b.must(err)
	if d.Host != "go.acme.example" || d.RecordName != "_aerostic.go.acme.example" || !strings.HasPrefix(d.Record, "aerostic-verify=") {
		t.Fatalf("%+v", d)
	}
	b.unproven(d, "There is no TXT record")
	server.set(d.RecordName, "aerostic-verify=other")
	b.unproven(d, "says something else")
	if _, err := b.s.Use(b.ann(), d.ID, true); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("used without proof: %v", err)
	}
	server.set(d.RecordName, d.Record)
	proven, err := b.s.Verify(b.ann(), d.ID)
	if err != nil || proven.VerifiedAt == nil || proven.Problem != "" {
		t.Fatalf("proven: %+v, %v", proven, err)
	}
	if first := b.bases()[0]; first.Own {
		t.Error("new links stand on the domain before anybody said so")
	}
	_, err = b.s.Use(b.ann(), d.ID, true)
	b.must(err)
	if first := b.bases()[0]; first.URL != "https://go.acme.example/l/" {
		t.Errorf("new links stand on %s", first.URL)
	}
	if err := b.s.RemoveDomain(b.ann(), d.ID); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("removed: %v", err)
	}
	asha := b.personOn("https://go.acme.example/l/")
	r := b.open(b.serve(), asha, hosted("go.acme.example"))
	if r.Header.Get("Location") != shop {
		t.Errorf("the domain leads to %q", r.Header.Get("Location"))
	}
}

func (b *bundle) bases() []Base {
	b.t.Helper()
	s, err := b.s.Settings(b.ann())
	b.must(err)
	return s.Bases
}

func TestADomainBelongsToOneWorkspace(t *testing.T) {
	t.Parallel()
	b := setup(t)
	server, resolver := serveNames(t)
	b.s.Resolver = resolver
	acmes, err := b.s.AddDomain(b.ann(), "go.example.com")
	b.must(err)
	theirs, err := b.s.AddDomain(b.as(b.lotus), "go.example.com")
	b.must(err)
	server.set(acmes.RecordName, acmes.Record)
	if got, err := b.s.Verify(b.as(b.lotus), theirs.ID); err != nil || got.VerifiedAt != nil {
		t.Errorf("Lotus proved Acme's domain: %+v, %v", got, err)
	}
	_, err = b.s.Verify(b.ann(), acmes.ID)
	b.must(err)
	server.set(theirs.RecordName, theirs.Record)
	if _, err := b.s.Verify(b.as(b.lotus), theirs.ID); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("Lotus took a domain Acme has: %v", err)
	}
	if _, err := b.s.Verify(b.as(b.lotus), acmes.ID); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("Lotus sees Acme's domain: %v", err)
	}
}

func TestWhatIsNoDomainIsRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, host := range []string{"", "localhost", "10.0.0.1", "go example.com", "go..example.com", ".example.com", "दुकान.भारत", "https://", "a_b.example.com"} {
		if d, err := b.s.AddDomain(b.ann(), host); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%q: %+v, %v", host, d, err)
		}
	}
	_, err := b.s.AddDomain(b.ann(), "go.example.com")
	b.must(err)
	if _, err := b.s.AddDomain(b.ann(), "GO.example.com."); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("twice: %v", err)
	}
}

func TestAButtonMustOpenADomainOfOurs(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for before, good := range map[string]bool{
		"http://acme.localhost:8080/l/": true, "https://shop.example.com/": false, "http://lotus.localhost:8080/l/": false,
		"http://acme.localhost:8080/": false, "http://acme.localhost:8080/l/x": false,
	} {
		placed := []Placed{{Slot: "button.0", Target: Target{URL: "https://shop.example.com"}, Before: before}}
		err := b.s.DB.InTenant(t.Context(), b.acme, func(ctx context.Context, tx pgx.Tx) error {
			_, err := b.s.Tracker(ctx, tx, b.acme, placed)
			return err
		})
		if good != (err == nil) || !good && fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%s: %v", before, err)
		}
	}
}

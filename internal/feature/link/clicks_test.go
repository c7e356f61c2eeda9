package link

import (
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
)

func TestAPersonsFirstClickCountsOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	server := b.serve()
	asha, bob := b.person(), b.person()
	reply := b.open(server, asha.tokens[0])
	if reply.StatusCode != http.StatusFound || reply.Header.Get("Location") != shop || reply.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%d to %q", reply.StatusCode, reply.Header.Get("Location"))
	}
	b.open(server, asha.tokens[0]) // the browser loaded it twice
	b.clock.Advance(time.Minute)
	b.open(server, asha.tokens[0])
	b.open(server, asha.tokens[1])
	if to := b.open(server, bob.tokens[1]).Header.Get("Location"); to != "https://shop.example.com/cart" {
		t.Errorf("the button leads to %q", to)
	}
	if got, want := b.counts(), [5]int64{1, 2, 2, 2, 2}; got != want {
		t.Errorf("counted %v, not %v", got, want)
	}
	people, err := b.s.People(b.ann(), b.campaign, 0, uuid.UUID{}, 10)
	b.must(err)
	if len(people) != 2 || people[0].ContactID != asha.contact || people[0].Clicks != 3 || len(people[0].Numbers) != 2 || !people[0].First.Before(people[0].Last) {
		t.Errorf("people: %+v", people)
	}
	people, err = b.s.People(b.ann(), b.campaign, 1, uuid.UUID{}, 10)
	b.must(err)
	if len(people) != 1 || people[0].Clicks != 2 {
		t.Errorf("who clicked the first link: %+v", people)
	}
}

func TestPreviewsAndRobotsAreSentOnAndNotCounted(t *testing.T) {
	t.Parallel()
	b := setup(t)
	server := b.serve()
	asha := b.person()
	for name, change := range map[string]func(*http.Request){
		"HEAD":     func(r *http.Request) { r.Method = http.MethodHead },
		"whatsapp": func(r *http.Request) { r.Header.Set("User-Agent", "WhatsApp/2.23.20.0 A") },
		"facebook": func(r *http.Request) { r.Header.Set("User-Agent", "facebookexternalhit/1.1") },
		"prefetch": func(r *http.Request) { r.Header.Set("Sec-Purpose", "prefetch") },
		"a script": func(r *http.Request) { r.Header = http.Header{} },
	} {
		if reply := b.open(server, asha.tokens[0], change); reply.StatusCode != http.StatusFound || reply.Header.Get("Location") != shop {
			t.Errorf("%s: %d to %q", name, reply.StatusCode, reply.Header.Get("Location"))
		}
	}
	if got := b.counts(); got != [5]int64{} {
		t.Errorf("counted %v", got)
	}
	b.open(server, asha.tokens[0])
	if got, want := b.counts(), [5]int64{1, 1, 0, 0, 1}; got != want {
		t.Errorf("then the person: %v, not %v", got, want)
	}
}

func TestWhatIsNoLinkLeadsNowhere(t *testing.T) {
	t.Parallel()
	b := setup(t)
	server := b.serve()
	asha := b.person()
	for name, reply := range map[string]*http.Response{
		"a guess":                b.open(server, "AAAAAAAAAAAAAAAAAAAAAA"),
		"half a token":           b.open(server, asha.tokens[0][:10]),
		"a link it has not":      b.open(server, someTokensOf(b).write(asha.message, 3)),
		"a message there is not": b.open(server, someTokensOf(b).write(uuid.Must(uuid.NewV7()), 1)),
		"another's host":         b.open(server, asha.tokens[0], func(r *http.Request) { r.Host = "lotus.localhost" }),
		"a host of nobody's":     b.open(server, asha.tokens[0], func(r *http.Request) { r.Host = "evil.test" }),
		"no workspace":           b.open(server, asha.tokens[0], func(r *http.Request) { r.Host = "localhost" }),
	} {
		if reply.StatusCode != http.StatusNotFound || reply.Header.Get("Location") != "" {
			t.Errorf("%s: %d to %q", name, reply.StatusCode, reply.Header.Get("Location"))
		}
	}
	with := b.open(server, asha.tokens[0]+"?url=https://evil.test&to=//evil.test", func(r *http.Request) { r.Header.Set("X-Forwarded-Host", "evil.test") })
	if with.Header.Get("Location") != shop {
		t.Errorf("a request turned the link to %q", with.Header.Get("Location"))
	}
}

func someTokensOf(b *bundle) tokens {
	_, keys, err := b.s.at(b.t.Context(), "acme.localhost")
	b.must(err)
	return keys
}

func TestASampleLeadsOnAndIsNobodys(t *testing.T) {
	t.Parallel()
	b := setup(t)
	server := b.serve()
	if reply := b.open(server, b.tokens(b.campaign)[0]); reply.Header.Get("Location") != shop {
		t.Errorf("%d to %q", reply.StatusCode, reply.Header.Get("Location"))
	}
	if got := b.counts(); got != [5]int64{} {
		t.Errorf("counted %v", got)
	}
}

// TestClicksAtOnce is many people on two processes at one moment, each several times.
func TestClicksAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one, two := b.serve(), b.serve()
	var all sync.WaitGroup
	for range 12 {
		p := b.person()
		for i := range 8 {
			all.Go(func() {
				server := one
				if i%2 == 0 {
					server = two
				}
				b.open(server, p.tokens[i%2])
				b.open(server, p.tokens[(i+1)%2])
			})
		}
	}
	all.Wait()
	if got, want := b.counts(), [5]int64{12, 12, 12, 12, 12}; got != want {
		t.Errorf("counted %v, not %v", got, want)
	}
}

// TestAnyOrderAndAnyRepetitionCountTheSame: late clicks, doubled batches, other cuts into batches.
func TestAnyOrderAndAnyRepetitionCountTheSame(t *testing.T) {
	t.Parallel()
	b := setup(t)
	random := rand.New(rand.NewPCG(7, 11))
	start := b.clock.Now()
	var clicks []click
	people := []uuid.UUID{uuid.New(), uuid.New(), uuid.New()}
	for range 60 {
		clicks = append(clicks, click{tenant: b.acme, contact: people[random.IntN(3)], number: int16(1 + random.IntN(2)),
			at: start.Add(time.Duration(random.IntN(40)) * time.Second)})
	}
	var first [5]int64
	for round := range 5 {
		b.campaign = b.newCampaign()
		for i := range clicks {
			clicks[i].campaign = b.campaign
		}
		random.Shuffle(len(clicks), func(i, j int) { clicks[i], clicks[j] = clicks[j], clicks[i] })
		for rest := clicks; len(rest) > 0; {
			n := 1 + random.IntN(len(rest))
			for range 1 + random.IntN(2) {
				b.must(b.s.recordAll(t.Context(), b.acme, rest[:n]))
			}
			rest = rest[n:]
		}
		switch got := b.counts(); {
		case round == 0:
			first = got
		case got != first:
			t.Errorf("round %d counted %v, the first %v", round, got, first)
		}
	}
	if first[0] != 3 || first[4] != 3 || first[1] <= 3 {
		t.Errorf("counted %v", first)
	}
}

func TestNobodyWaitsForTheRecorder(t *testing.T) {
	t.Parallel()
	b := setup(t)
	server := b.listen(NewClicks(b.s)) // nothing commits
	asha := b.person()
	sentOn := make(chan string, 1)
	go func() { sentOn <- b.open(server, asha.tokens[0]).Header.Get("Location") }()
	for {
		select {
		case to := <-sentOn:
			if to != shop {
				t.Errorf("sent on to %q", to)
			}
			return
		default:
			b.clock.Advance(patience)
		}
	}
}

func TestTheKeyOutlivesTheInstallations(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asha := b.person()
	rotated := b.s.Deps
	rotated.Keys = rotatedKeys(b)
	other := New(rotated)
	if _, keys, err := other.at(t.Context(), "acme.localhost"); err != nil {
		t.Fatal(err)
	} else if id, _, ok := keys.read(asha.tokens[0], b.clock.Now()); !ok || id != asha.message {
		t.Errorf("after a rotation the token reads as %s, %t", id, ok)
	}
}

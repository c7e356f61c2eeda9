package link

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

func someTokens(t testing.TB, first byte) tokens {
	t.Helper()
	k, err := newTokens(append([]byte{first}, make([]byte, keySize-1)...))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestATokenSaysWhoseAndWhich(t *testing.T) {
	t.Parallel()
	acme, lotus, now := someTokens(t, 1), someTokens(t, 2), time.Now()
	seen := map[string]bool{}
	for number := 1; number <= Most; number++ {
		id := ident.New()
		token := acme.write(id, number)
		if len(token) != tokenLength || strings.ContainsAny(token, "+/=") || seen[token] {
			t.Fatalf("token %q", token)
		}
		seen[token] = true
		got, which, ok := acme.read(token, now)
		if !ok || got != id || which != number {
			t.Errorf("link %d of %s reads as %d of %s, %t", number, id, which, got, ok)
		}
		if other, _, ok := lotus.read(token, now); ok && other == id {
			t.Error("another workspace reads the token")
		}
	}
}

func TestNeighboursTokensHaveNothingInCommon(t *testing.T) {
	t.Parallel()
	k := someTokens(t, 1)
	a := ident.New()
	b := a
	b[15]++
	same := 0
	x, y := k.write(a, 1), k.write(b, 1)
	for i := range x {
		if x[i] == y[i] {
			same++
		}
	}
	if same > 6 {
		t.Errorf("%s and %s share %d characters", x, y, same)
	}
}

func TestWhatIsNoTokenIsRefused(t *testing.T) {
	t.Parallel()
	k, now := someTokens(t, 1), time.Now()
	good := k.write(ident.New(), 1)
	for name, token := range map[string]string{
		"empty": "", "short": good[:21], "long": good + "A", "other letters": strings.Repeat("é", 11), "padded": good[:21] + "=",
		"loose last bits": good[:21] + "B", "number 0": k.write(ident.New(), 0),
		"before us": k.write(ident.At(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)), 1), "of the future": k.write(ident.At(now.Add(48*time.Hour)), 1),
	} {
		if _, _, ok := k.read(token, now); ok {
			t.Errorf("%s: %q is taken", name, token)
		}
	}
	guesses := 0
	for range 20_000 {
		if _, _, ok := k.read(k.write(uuid.New(), 1), now); ok {
			guesses++ // random bits in the place of the time
		}
	}
	if guesses > 40 {
		t.Errorf("%d of 20,000 guesses would be looked up", guesses)
	}
}

func FuzzReadToken(f *testing.F) {
	k, now := someTokens(f, 1), time.Now()
	f.Add(k.write(ident.New(), 1))
	f.Add("AAAAAAAAAAAAAAAAAAAAAA")
	f.Add("../../../../etc/passwd")
	f.Add("हिन्दी")
	f.Fuzz(func(t *testing.T, token string) {
		id, number, ok := k.read(token, now)
		if !ok {
			return
		}
		if number < 1 || number > Most || id.Version() != 7 {
			t.Fatalf("%q reads as %d of %s", token, number, id)
		}
		if again := k.write(id, number); again != token {
			t.Fatalf("%q is %d of %s, which is written %q", token, number, id, again)
		}
	})
}

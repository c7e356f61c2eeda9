package ident_test

import (
	"bytes"
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// note is something written, and how it came.
type note struct {
	at      time.Time
	arrival uuid.UUID
	place   int
}

// when is the time that counts: nothing is written after it arrived.
func (n note) when() time.Time {
	if came := ident.Time(n.arrival); n.at.After(came) {
		return came
	}
	return n.at
}

func (n note) compare(m note) int {
	return cmp.Or(n.when().Compare(m.when()), bytes.Compare(n.arrival[:], m.arrival[:]), cmp.Compare(n.place, m.place))
}

// arrivals are ids as processes make them, many within a millisecond.
func arrivals(r *rand.Rand, start time.Time, n int) (list []uuid.UUID) {
	for range n {
		id := ident.At(start.Add(time.Duration(r.IntN(3000)) * time.Millisecond))
		id[6], id[7] = 0x70|byte(r.IntN(16)), byte(r.IntN(256))
		list = append(list, id)
	}
	return list
}

func TestWrittenIsOrderedByTimeThenArrivalThenPlace(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 2))
	start := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	came := arrivals(r, start, 40)
	for range 200_000 {
		pair := [2]note{}
		for i := range pair {
			pair[i] = note{arrival: came[r.IntN(len(came))], place: r.IntN(1 << 14)}
			// Whole seconds as WhatsApp tells them: of this very time, in the future, or up to 187 days old.
			pair[i].at = start.Add([]time.Duration{time.Duration(r.IntN(4)) * time.Second, time.Duration(r.IntN(60)) * time.Second,
				-time.Duration(r.IntN(187*24*3600)) * time.Second}[r.IntN(3)])
		}
		a, b := pair[0], pair[1]
		x, y := ident.Written(a.at, a.arrival, a.place), ident.Written(b.at, b.arrival, b.place)
		if a.compare(b) == 0 || bytes.Equal(a.arrival[:8], b.arrival[:8]) && a.arrival != b.arrival {
			continue // chance orders them
		}
		if got, want := bytes.Compare(x[:], y[:]), a.compare(b); got != want {
			t.Fatalf("%+v → %s\n%+v → %s: %d, want %d", a, x, b, y, got, want)
		}
		if x.Version() != 7 || x.Variant() != uuid.RFC4122 || !ident.Time(x).Equal(a.when()) {
			t.Fatalf("%s of %v is version %d, variant %s, time %v", x, a.at, x.Version(), x.Variant(), ident.Time(x))
		}
	}
}

func TestWrittenStaysInOrderAtTheEnds(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	list := []note{
		{time.Unix(1, 0), ident.At(now), 0},
		{now.AddDate(-2, 0, 0), ident.At(now), -5},
		{now.AddDate(-2, 0, 0), ident.At(now), 7},
		{now, ident.At(now), 0},
		{now, ident.At(now), 1 << 20},
		{now.AddDate(1, 0, 0), ident.At(now.Add(time.Second)), 0},
	}
	var ids []uuid.UUID
	for _, n := range list {
		ids = append(ids, ident.Written(n.at, n.arrival, n.place))
	}
	if !slices.IsSortedFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }) {
		t.Errorf("%v", ids)
	}
}

func TestWrittenDiffersForTheSameInstant(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	seen := map[uuid.UUID]bool{}
	for range 100 {
		seen[ident.Written(now, ident.At(now), 3)] = true
	}
	if len(seen) < 90 {
		t.Errorf("%d of 100 differ", len(seen))
	}
}

package ident_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

func TestNewIsOrdered(t *testing.T) {
	t.Parallel()
	last := ident.New()
	for range 10_000 {
		next := ident.New()
		if bytes.Compare(next[:], last[:]) <= 0 {
			t.Fatalf("%s came after %s", next, last)
		}
		last = next
	}
	if last.Version() != 7 || last.Variant() != uuid.RFC4122 {
		t.Fatalf("%s is version %d, variant %s", last, last.Version(), last.Variant())
	}
}

func TestAtIsTheFloorOfItsMillisecond(t *testing.T) {
	t.Parallel()
	cases := []struct{ at, want string }{
		{"1970-01-01T00:00:00Z", "00000000-0000-7000-8000-000000000000"},
		{"1969-06-01T00:00:00Z", "00000000-0000-7000-8000-000000000000"},
		{"2026-11-01T00:00:00Z", "01a19467-e800-7000-8000-000000000000"},
		{"2026-11-01T05:30:00.001+05:30", "01a19467-e801-7000-8000-000000000000"},
	}
	for _, c := range cases {
		at, err := time.Parse(time.RFC3339Nano, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := ident.At(at).String(); got != c.want {
			t.Errorf("At(%s) = %s, want %s", c.at, got, c.want)
		}
		if at.Year() < 1970 {
			continue
		}
		if got := ident.Time(ident.At(at)); !got.Equal(at) {
			t.Errorf("Time(At(%s)) = %s", c.at, got)
		}
	}
}

func TestAtBoundsNew(t *testing.T) {
	t.Parallel()
	before := ident.At(time.Now().Add(-time.Millisecond))
	id := ident.New()
	after := ident.At(time.Now().Add(time.Second))
	if bytes.Compare(before[:], id[:]) > 0 || bytes.Compare(id[:], after[:]) > 0 {
		t.Fatalf("%s is not between %s and %s", id, before, after)
	}
}

func TestTimeOfAnotherVersion(t *testing.T) {
	t.Parallel()
	if got := ident.Time(uuid.MustParse("6fa459ea-ee8a-4ca4-894e-db77e160355e")); !got.IsZero() {
		t.Fatalf("a version 4 id has the time %s", got)
	}
}

package web_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
)

type key struct {
	At time.Time `json:"a"`
	ID uuid.UUID `json:"i"`
}

func TestCursorComesBackWhole(t *testing.T) {
	t.Parallel()
	want := key{time.Date(2026, 1, 2, 3, 4, 5, 678901000, time.UTC), uuid.New()}
	var got key
	if err := web.DecodeCursor(web.EncodeCursor(want), &got); err != nil || got != want {
		t.Fatalf("%v, %v; want %v", got, err, want)
	}
	if err := web.DecodeCursor("", &got); err != nil || got != want {
		t.Fatalf("an empty cursor changed the key to %v, %v", got, err)
	}
}

func TestForeignCursorsAreRefused(t *testing.T) {
	t.Parallel()
	for _, cursor := range []string{"%%%", "bm90IGpzb24", web.EncodeCursor("a string"), web.EncodeCursor(map[string]string{"x": "y"})} {
		var k key
		if err := web.DecodeCursor(cursor, &k); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%q: %v", cursor, err)
		}
	}
}

func TestPageOfKnowsTheLastPage(t *testing.T) {
	t.Parallel()
	cursor := func(last int) any { return last }
	if p := web.PageOf([]int{1, 2, 3}, 3, cursor); p.Next != "" || len(p.Items) != 3 {
		t.Errorf("last page: %+v", p)
	}
	p := web.PageOf([]int{1, 2, 3, 4}, 3, cursor)
	var next int
	if err := web.DecodeCursor(p.Next, &next); err != nil || next != 3 || len(p.Items) != 3 {
		t.Errorf("page with a next: %+v, next %d, %v", p, next, err)
	}
}

func FuzzDecodeCursor(f *testing.F) {
	f.Add(web.EncodeCursor(key{time.Unix(0, 0).UTC(), uuid.Nil}))
	f.Add("bm90IGpzb24")
	f.Fuzz(func(t *testing.T, cursor string) {
		var k key
		if err := web.DecodeCursor(cursor, &k); err != nil && fault.KindOf(err) != fault.KindInvalid {
			t.Fatalf("%q: %v", cursor, err)
		}
	})
}

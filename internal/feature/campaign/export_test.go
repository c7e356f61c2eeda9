package campaign

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/sheet"
)

func TestTheFileHasEverybodyAndNoFormula(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	b.people(3)
	b.Person(`=HYPERLINK("https://evil.example")`, 100)
	b.Person("Lost, अशोक", 1026)
	c := b.draft()
	b.start(c)
	b.awaitCounts(c, "everybody has an outcome", func(k Counts) bool { return k.Read == 4 && k.Failed == 1 })
	var out strings.Builder
	b.Must(b.s.Export(b.ann(), c.ID, People{}, &out))
	text, marked := strings.CutPrefix(out.String(), sheet.BOM)
	if !marked {
		t.Error("Excel would not read it as UTF-8")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	b.Must(err)
	if len(rows) != 6 || len(rows[0]) != len(fileHead) {
		t.Fatalf("%d rows: %v", len(rows), rows)
	}
	byName := make(map[string][]string)
	for _, row := range rows[1:] {
		byName[row[1]] = row
	}
	if lost := byName["Lost, अशोक"]; lost == nil || lost[4] != "failed" || lost[5] == "" || lost[12] != "0.0000" {
		t.Errorf("who was lost: %v", lost)
	}
	if evil := byName[`'=HYPERLINK("https://evil.example")`]; evil == nil || evil[4] != "read" {
		t.Errorf("a formula got in: %v", rows)
	}
	out.Reset()
	b.Must(b.s.Export(b.ann(), c.ID, People{Outcome: "failed"}, &out))
	if n := strings.Count(out.String(), "\r\n"); n != 2 {
		t.Errorf("the file of those who failed has %d lines", n)
	}
	if err := b.s.Export(b.ann(), ident.New(), People{}, &out); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("of no campaign: %v", err)
	}
}

// TestTheFileIsReadPageByPage freezes more people than a page, without sending to them.
func TestTheFileIsReadPageByPage(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	c := b.draft()
	b.crowd(c, 2*exportPage+7)
	w := &pages{}
	b.Must(b.s.Export(b.ann(), c.ID, People{Outcome: "pending"}, w))
	if w.lines != 2*exportPage+8 || w.writes != 3 || w.largest > exportPage*200 {
		t.Errorf("%d lines in %d writes of up to %d bytes", w.lines, w.writes, w.largest)
	}
}

// pages counts what is written.
type pages struct{ lines, writes, largest int }

func (p *pages) Write(b []byte) (int, error) {
	p.lines += strings.Count(string(b), "\r\n")
	p.writes++
	p.largest = max(p.largest, len(b))
	return len(b), nil
}

// crowd writes recipients as a freeze does, of contacts that are no more.
func (b *bundle) crowd(c Campaign, n int) {
	b.T.Helper()
	chunk := make([]frozen, n)
	for i := range chunk {
		chunk[i] = frozen{contact: uuid.UUID{0: 1, 6: 0x70, 14: byte(i >> 8), 15: byte(i)}, message: ident.New(), params: []string{}, state: statePending}
	}
	b.freezeAll(c, chunk)
}

package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/aerostic/aerostic/internal/platform/norace"
	"github.com/aerostic/aerostic/internal/platform/sheet/sheettest"
)

// What one goroutine computes has no race to detect, and under the detector it takes ten times as
// long: `make test` plays these tests in a run of their own (scripts/plain-tests.sh).

// A small file that would fill a disk is refused on the way.
func TestABombIsRefused(t *testing.T) {
	norace.Only(t)
	t.Parallel()
	cell := `<row><c t="str"><v>` + strings.Repeat("0", 9000) + `</v></c></row>`
	bomb := sheettest.Archive(t, strings.Repeat(cell, 20_000), "", "")
	w, err := OpenWorkbook(bytes.NewReader(bomb), int64(len(bomb)), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if _, err := io.Copy(io.Discard, w); !errors.Is(err, ErrUnpacked) {
		t.Errorf("got %v, want %v", err, ErrUnpacked)
	}
}

// Texts beyond what is kept in memory come back from the file, which goes away.
func TestManyTexts(t *testing.T) {
	norace.Only(t)
	t.Parallel()
	const n = 300_000
	var rows, texts strings.Builder
	for i := range n {
		fmt.Fprintf(&texts, `<si><t>person %d %s</t></si>`, i, strings.Repeat("ग", 20))
		if i%1000 == 0 {
			fmt.Fprintf(&rows, `<row><c t="s"><v>%d</v></c></row>`, n-1-i)
		}
	}
	file, folder := sheettest.Archive(t, rows.String(), texts.String(), ""), t.TempDir()
	w, err := OpenWorkbook(bytes.NewReader(file), int64(len(file)), folder)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range readAll(t, w, ',') {
		if want := fmt.Sprintf("person %d %s", n-1-i*1000, strings.Repeat("ग", 20)); r.Cells[0] != want {
			t.Fatalf("row %d: %q", i, r.Cells[0])
		}
	}
	if w.Close() != nil {
		t.Error("it does not close")
	}
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Ten times the rows take no more memory.
func TestWorkbookMemoryIsFlat(t *testing.T) {
	norace.Only(t)
	peak := func(rows int) uint64 {
		file := sheettest.Archive(t, strings.Repeat(`<row><c t="str"><v>आशा</v></c><c><v>919876543210</v></c></row>`, rows), "", "")
		w, err := OpenWorkbook(bytes.NewReader(file), int64(len(file)), t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		var most uint64
		buf := make([]byte, 64<<10)
		for n := 0; ; n++ {
			if _, err := w.Read(buf); err != nil {
				return most
			}
			if n%(rows/10) == 0 {
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc-uint64(len(file)))
			}
		}
	}
	small, large := peak(2_000), peak(20_000)
	if large > small+1<<20 {
		t.Errorf("%d bytes for 2,000 rows, %d for 20,000", small, large)
	}
}

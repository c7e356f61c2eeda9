package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aerostic/aerostic/internal/platform/sheet/sheettest"
)

// readWorkbook is the first visible sheet, through the Reader that an import uses.
func readWorkbook(t testing.TB, file []byte) []row {
	t.Helper()
	w, err := OpenWorkbook(bytes.NewReader(file), int64(len(file)), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return readAll(t, w, ',')
}

func TestWorkbook(t *testing.T) {
	t.Parallel()
	rows := readWorkbook(t, sheettest.Workbook(t,
		[]any{"नाम", "Phone", "Joined", "Agreed", "Note"},
		[]any{"आशा देवी 🌸", sheettest.Number("919876543210"), sheettest.Date("45992"), true, "two\nlines, \"quoted\""},
		nil,
		[]any{"محمد", sheettest.Number("9.1987654321E+11"), sheettest.Date("45992.604166666664"), false, nil, sheettest.Inline(" =1+1")},
		[]any{nil, sheettest.Padded("987654321"), sheettest.Number("0.30000000000000004"), nil, "a_x000D_b"},
		[]any{"", sheettest.Number("9.19876543210123E+18"), sheettest.Number("-12.5")},
	))
	want := []row{
		cells("नाम", "Phone", "Joined", "Agreed", "Note"),
		cells("आशा देवी 🌸", "919876543210", "2025-12-01", "true", "two\nlines, \"quoted\""),
		cells(""),
		cells("محمد", "919876543210", "2025-12-01 14:30:00", "false", "", " =1+1"),
		cells("", "0987654321", "0.3", "", "a\rb"),
		cells("", "9.19876543210123E+18", "-12.5"),
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
}

func TestWorkbookOddities(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rows, texts string
		want        []row
	}{
		"no references":    {`<row><c><v>1</v></c><c t="str"><v>x</v></c></row><row><c t="e"><v>#N/A</v></c></row>`, "", []row{cells("1", "x"), cells("")}},
		"runs of text":     {`<row r="2"><c r="B2" t="s"><v>0</v></c></row>`, `<si><r><t>आ</t></r><r><t>शा</t></r><rPh><t>asha</t></rPh></si>`, []row{cells(""), cells("", "आशा")}},
		"formula's result": {`<row r="1"><c r="A1" t="str"><f>UPPER("a")</f><v>A</v></c></row>`, "", []row{cells("A")}},
		"date as text":     {`<row r="1"><c r="A1" t="d"><v>2026-11-26T00:00:00Z</v></c><c r="B1" t="d"><v>2026-11-26T10:05:00</v></c></row>`, "", []row{cells("2026-11-26", "2026-11-26 10:05:00")}},
		"no rows":          {"", "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, readWorkbook(t, sheettest.Archive(t, c.rows, c.texts, sheettest.Styles))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNumberFormats(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id           int
		code, stored string
		old          bool
		want         string
	}{
		{0, "", "9876543210", false, "9876543210"}, {14, "", "1", false, "1900-01-01"}, {14, "", "59", false, "1900-02-28"},
		{14, "", "61", false, "1900-03-01"}, {14, "", "0", true, "1904-01-01"}, {22, "", "45992.5", false, "2025-12-01 12:00:00"},
		{164, `"Order "0`, "7", false, "7"}, {164, "yyyy/mm/dd", "45992", false, "2025-12-01"}, {164, "[h]:mm", "1.5", false, "1.5"},
		{164, `[Red]0.00;[Blue]\d0`, "1.5", false, "1.5"}, {164, "General", "12", false, "12"}, {164, "h:mm", "0.25", false, "06:00:00"},
		{164, "00000", "42", false, "00042"}, {164, "00000", "-42", false, "-42"}, {164, "0.00E+00", "919876543210", false, "919876543210"},
		{164, `"unfinished`, "5", false, "5"}, {14, "", "-3", false, "-3"}, {14, "", "99999999999", false, "99999999999"}, {0, "", "x", false, "x"},
	} {
		if got := formatOf(c.id, c.code).number(c.stored, c.old); got != c.want {
			t.Errorf("%d %q %s: got %s, want %s", c.id, c.code, c.stored, got, c.want)
		}
	}
}

func TestWorkbookRefuses(t *testing.T) {
	t.Parallel()
	good := sheettest.Workbook(t, []any{"a", "b"})
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"no archive":       {[]byte("PK\x03\x04xxxx"), ErrNotWorkbook},
		"another archive":  {sheettest.Zip(t, map[string]string{"word/document.xml": "<document/>"}), ErrNotWorkbook},
		"cut short":        {good[:len(good)-40], ErrNotWorkbook},
		"no such text":     {sheettest.Archive(t, `<row><c t="s"><v>7</v></c></row>`, "", ""), ErrDamaged},
		"rows backwards":   {sheettest.Archive(t, `<row r="2"/><row r="1"/>`, "", ""), ErrDamaged},
		"cells backwards":  {sheettest.Archive(t, `<row r="1"><c r="B1"/><c r="A1"/></row>`, "", ""), ErrDamaged},
		"far column":       {sheettest.Archive(t, `<row r="1"><c r="ZZZZ1"/></row>`, "", ""), ErrDamaged},
		"far row":          {sheettest.Archive(t, `<row r="99999999"/>`, "", ""), ErrDamaged},
		"row never closed": {sheettest.Archive(t, `<row r="1"><c r="A1"/>`, "", ""), ErrDamaged},
		"broken XML":       {sheettest.Archive(t, `<row r="1"><c r=`, "", ""), ErrDamaged},
		"no visible sheet": {sheettest.Zip(t, map[string]string{"xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet state="hidden" r:id="x"/></sheets></workbook>`}), ErrNoSheet},
		"entities":         {sheettest.Archive(t, `<row r="1"><c t="str"><v>&lol9;</v></c></row>`, "", ""), ErrDamaged},
		"one endless text": {sheettest.Archive(t, "", `<si><t>`+strings.Repeat("x", 2<<20)+`</t></si>`, ""), ErrUnpacked},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, err := OpenWorkbook(bytes.NewReader(c.file), int64(len(c.file)), t.TempDir())
			if err == nil {
				_, err = io.Copy(io.Discard, w)
				w.Close()
			}
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

// FuzzWorkbook checks that nothing in a workbook brings the reader down, and that what it gives is
// whole records, never more than the rows the file claims.
func FuzzWorkbook(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" s="1"><v>45992.5</v></c></row><row r="4"><c r="B4" t="inlineStr"><is><t>नाम, "x"</t></is></c></row>`, `<si><t>a_x000D_b</t></si>`, sheettest.Styles)
	f.Add(`<row><c><v>9.1E+11</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>`, `<si><r><t>a</t></r><rPh><t>b</t></rPh></si>`, `<numFmt numFmtId="1" formatCode="[h]:mm"/>`)
	f.Add(`<row r="0"><c r="AAAAA1"/></row>`, `<si>`, ``)
	f.Fuzz(func(t *testing.T, rows, texts, styles string) {
		file := sheettest.Archive(t, rows, texts, styles)
		w, err := OpenWorkbook(bytes.NewReader(file), int64(len(file)), t.TempDir())
		if err != nil {
			return
		}
		defer w.Close()
		text, err := io.ReadAll(w)
		if err == nil && len(text) > 0 && !bytes.HasSuffix(text, []byte("\r\n")) {
			t.Fatalf("half a record: %q", text)
		}
		if got := len(readAll(t, bytes.NewReader(text), ',')); err == nil && got != w.row {
			t.Fatalf("%d records, %d rows", got, w.row)
		}
	})
}

func BenchmarkWorkbook(b *testing.B) {
	file := sheettest.Archive(b, strings.Repeat(`<row><c t="str"><v>आशा देवी</v></c><c><v>919876543210</v></c><c t="str"><v>asha@example.com</v></c><c t="str"><v>Pune</v></c></row>`, 10_000), "", sheettest.Styles)
	for b.Loop() {
		w, err := OpenWorkbook(bytes.NewReader(file), int64(len(file)), b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, w); err != nil {
			b.Fatal(err)
		}
		w.Close()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10_000, "ns/row")
}

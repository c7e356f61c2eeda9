package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

type row struct {
	Cells   []string
	Problem Problem
}

func readAll(t testing.TB, src io.Reader, delimiter byte) []row {
	t.Helper()
	rows, _ := readFrom(t, src, delimiter, 0)
	return rows
}

func readFrom(t testing.TB, src io.Reader, delimiter byte, offset int64) (rows []row, ends []int64) {
	t.Helper()
	reader := NewReader(src, delimiter, offset)
	for {
		record, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return rows, ends
		}
		if err != nil {
			t.Fatal(err)
		}
		if record.Start != offset {
			t.Fatalf("record starts at %d, the one before ended at %d", record.Start, offset)
		}
		offset = record.End
		r := row{Problem: record.Problem}
		for _, f := range record.Fields {
			r.Cells = append(r.Cells, string(f))
		}
		rows, ends = append(rows, r), append(ends, offset)
	}
}

func cells(s ...string) row { return row{Cells: s} }

func TestReader(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", MaxRecord+10)
	cases := []struct {
		name, in  string
		delimiter byte
		want      []row
	}{
		{"plain", "Ann,+919876543210\nBob,98\n", ',', []row{cells("Ann", "+919876543210"), cells("Bob", "98")}},
		{"no last line end", "a,b", ',', []row{cells("a", "b")}},
		{"empty cells", ",\n,,\n", ',', []row{cells("", ""), cells("", "", "")}},
		{"CRLF", "a,b\r\nc,d\r\n", ',', []row{cells("a", "b"), cells("c", "d")}},
		{"old Mac", "a,b\rc,d\r", ',', []row{cells("a", "b"), cells("c", "d")}},
		{"blank lines", "a\n\n\r\nb\n", ',', []row{cells("a"), cells(""), cells(""), cells("b")}},
		{"Hindi, Arabic, emoji", "आशा देवी,محمد,🌸👩‍👩‍👧\n", ',', []row{cells("आशा देवी", "محمد", "🌸👩‍👩‍👧")}},
		{"quoted", "\"Rao, Ann\",\"two\nlines\",\"say \"\"hi\"\"\"\n", ',', []row{cells("Rao, Ann", "two\nlines", `say "hi"`)}},
		{"quoted with blanks around", "a, \"b, c\" ,d\n", ',', []row{cells("a", "b, c", "d")}},
		{"empty quoted", `"",""`, ',', []row{cells("", "")}},
		{"quote inside a cell", "Ann \"the boss\" Rao,1\n", ',', []row{cells(`Ann "the boss" Rao`, "1")}},
		{"semicolon", "a;b,c\n", ';', []row{cells("a", "b,c")}},
		{"tab", "a\tb\n", '\t', []row{cells("a", "b")}},
		{"stray quote costs its line", "a,\"b\"c\nd,e\n", ',', []row{{Problem: StrayQuote}, cells("d", "e")}},
		{"open quote at the end costs its line", "a,b\nc,\"d\ne,f\n", ',', []row{cells("a", "b"), {Problem: OpenQuote}, cells("e", "f")}},
		{"open quote in a long file", "a,\"b\nc,d\n" + strings.Repeat("e,f\n", MaxRecord/4), ',',
			append([]row{{Problem: OpenQuote}, cells("c", "d")}, repeat(cells("e", "f"), MaxRecord/4)...)},
		{"too long", long + ",b\nc,d\n", ',', []row{{Problem: TooLong}, cells("c", "d")}},
		{"far too long", strings.Repeat(long, 9) + "\r\nc,d\n", ',', []row{{Problem: TooLong}, cells("c", "d")}},
		{"too long at the end", "a\n" + strings.Repeat(long, 9), ',', []row{cells("a"), {Problem: TooLong}}},
		{"nothing", "", ',', nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, readAll(t, strings.NewReader(c.in), c.delimiter)); diff != "" {
				t.Error(diff)
			}
			slow := iotest.OneByteReader(strings.NewReader(c.in))
			if len(c.in) < 1000 {
				if diff := cmp.Diff(c.want, readAll(t, slow, c.delimiter)); diff != "" {
					t.Error("one byte at a time:", diff)
				}
			}
		})
	}
}

func repeat(r row, n int) []row {
	rows := make([]row, n)
	for i := range rows {
		rows[i] = r
	}
	return rows
}

func TestReaderReturnsTheError(t *testing.T) {
	t.Parallel()
	torn := errors.New("disk gone")
	reader := NewReader(io.MultiReader(strings.NewReader("a,b\nc"), iotest.ErrReader(torn)), ',', 0)
	if _, err := reader.Next(); err != nil {
		t.Fatal(err)
	}
	if _, err := reader.Next(); !errors.Is(err, torn) {
		t.Errorf("got %v", err)
	}
}

func TestResumeAtEveryRecord(t *testing.T) {
	t.Parallel()
	text := "a,\"b\nb\"\nc,\"x\ny,\"z\nd,e\r\n\n\"q\"q\nf"
	all, ends := readFrom(t, strings.NewReader(text), ',', 0)
	for i, end := range ends {
		rest, _ := readFrom(t, strings.NewReader(text[end:]), ',', end)
		if diff := cmp.Diff(all[i+1:], rest, cmp.Transformer("empty", func(r []row) string { return fmt.Sprint(r) })); diff != "" {
			t.Errorf("from %d: %s", end, diff)
		}
	}
}

// FuzzReader checks that no bytes are lost or read twice, that chunked and whole reading agree,
// and that what encoding/csv accepts is read alike.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{"a,b\nc,d", "\"a\"\"b\",c\r\n", "\"open\nx,y\n", "a,\"b\"c\n", "\xff,\x00\n", "\r\r\n\n", " \"a\" ,b", "नाम,फ़ोन\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, ends := readFrom(t, bytes.NewReader(data), ',', 0)
		if len(data) > 0 && (len(ends) == 0 || ends[len(ends)-1] != int64(len(data))) {
			t.Fatalf("%d bytes, ended at %v", len(data), ends)
		}
		slow, _ := readFrom(t, iotest.HalfReader(bytes.NewReader(data)), ',', 0)
		if diff := cmp.Diff(rows, slow); diff != "" {
			t.Fatal(diff)
		}
		sameAsStandard(t, data, rows)
	})
}

// sameAsStandard leaves out what the standard library reads differently on purpose: blanks
// before quotes, lone carriage returns, blank lines.
func sameAsStandard(t *testing.T, data []byte, rows []row) {
	t.Helper()
	if bytes.ContainsAny(data, "\r ") || bytes.Contains(data, []byte("\n\n")) || bytes.HasPrefix(data, []byte("\n")) || len(data) > MaxRecord {
		return
	}
	want, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return
	}
	var got [][]string
	for _, r := range rows {
		got = append(got, r.Cells)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
}

func BenchmarkReader(b *testing.B) {
	text := strings.Repeat("आशा देवी,+919876543210,asha@example.com,Pune\n", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		reader := NewReader(strings.NewReader(text), ',', 0)
		for {
			if _, err := reader.Next(); err != nil {
				break
			}
		}
	}
}

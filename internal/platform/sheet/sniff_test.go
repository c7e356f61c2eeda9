package sheet

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"
	"testing"
	"unicode/utf16"
)

func utf16Bytes(s string, bigEndian bool) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if bigEndian {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}

func TestSniffEncoding(t *testing.T) {
	t.Parallel()
	text := "name,phone\r\nआशा 🌸,9876543210\r\nAnn,9876543211\r\n"
	latin := "name,phone\nJos\xe9,9876543210\nZo\xeb,9876543211\n"
	cases := []struct {
		name string
		in   []byte
		want Encoding
		bom  int
		text string
	}{
		{"plain", []byte(text), UTF8, 0, text},
		{"byte order mark", []byte(BOM + text), UTF8, 3, text},
		{"UTF-16 little endian", append([]byte{0xFF, 0xFE}, utf16Bytes(text, false)...), UTF16LE, 2, text},
		{"UTF-16 big endian", append([]byte{0xFE, 0xFF}, utf16Bytes(text, true)...), UTF16BE, 2, text},
		{"UTF-16 without a mark", utf16Bytes(text, false), UTF16LE, 0, text},
		{"UTF-16 big endian without a mark", utf16Bytes(text, true), UTF16BE, 0, text},
		{"Windows-1252", []byte(latin), Windows1252, 0, "name,phone\nJosé,9876543210\nZoë,9876543211\n"},
		{"one bad byte in Hindi", []byte(text + "x\xff\n"), UTF8, 0, text + "x\xff\n"},
		{"character cut by the sample", []byte("नाम")[:8], UTF8, 0, string([]byte("नाम")[:8])},
		{"nothing", nil, UTF8, 0, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			encoding, bom := SniffEncoding(c.in)
			if encoding != c.want || bom != c.bom {
				t.Fatalf("got %s with a mark of %d", encoding, bom)
			}
			got, err := io.ReadAll(Decode(bytes.NewReader(c.in[bom:]), encoding))
			if err != nil || string(got) != c.text {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestSniffDelimiter(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, in string
		want     byte
		skip     int
	}{
		{"comma", "name,phone\nAnn,1\nBob,2\n", ',', 0},
		{"semicolon, commas in names", "name;phone\nRao, Ann;1\nRao, Bob;2\n", ';', 0},
		{"tab", "name\tphone\nAnn\t1\n", '\t', 0},
		{"bar", "name|phone\nAnn|1\n", '|', 0},
		{"one column", "9876543210\n9876543211\n", ',', 0},
		{"quoted commas", "name;city\n\"a,b,c\";x\n\"d,e,f\";y\n", ';', 0},
		{"named by Excel", "sep=;\r\nname;phone\r\n", ';', 7},
		{"nothing", "", ',', 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, skip := SniffDelimiter([]byte(c.in))
			if got != c.want || skip != c.skip {
				t.Errorf("got %q, skip %d", got, skip)
			}
		})
	}
}

func TestAppendRowIsSafeAndReadable(t *testing.T) {
	t.Parallel()
	in := []string{"=1+1", "+919876543210", "-5", "@SUM(A1)", "\tx", "a \"b\", c", "आशा", "two\nlines", "bad\xffbyte", ""}
	want := []string{"'=1+1", "'+919876543210", "'-5", "'@SUM(A1)", "'\tx", "a \"b\", c", "आशा", "two\nlines", "bad\uFFFDbyte", ""}
	var cells [][]byte
	for _, s := range in {
		cells = append(cells, []byte(s))
	}
	got, err := csv.NewReader(bytes.NewReader(AppendRow(nil, cells...))).Read()
	if err != nil || strings.Join(got, "¦") != strings.Join(want, "¦") {
		t.Errorf("got %q, %v", got, err)
	}
}

package sheet

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// SniffSize is how much of a file Sniff wants to see.
const SniffSize = 64 << 10

// Encoding is how a file's text is stored.
type Encoding string

// The encodings spreadsheet programs write.
const (
	UTF8        Encoding = "utf-8"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	Windows1252 Encoding = "windows-1252"
	// XLSX is no text: a Workbook gives its sheet as UTF-8.
	XLSX Encoding = "xlsx"
)

// SniffEncoding guesses the encoding from the first bytes of a file, and how many of them are a
// byte order mark.
func SniffEncoding(head []byte) (Encoding, int) {
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		return UTF8, 3
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return UTF16LE, 2
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return UTF16BE, 2
	}
	even, odd := zeros(head)
	switch {
	case odd > len(head)/8 && even < odd/4:
		return UTF16LE, 0
	case even > len(head)/8 && odd < even/4:
		return UTF16BE, 0
	case mostlyUTF8(head):
		return UTF8, 0
	}
	return Windows1252, 0
}

func zeros(head []byte) (even, odd int) {
	for i, b := range head {
		if b == 0 && i%2 == 0 {
			even++
		} else if b == 0 {
			odd++
		}
	}
	return even, odd
}

// mostlyUTF8 lets a damaged row in a UTF-8 file be a damaged row: the file counts as
// Windows-1252 only when its odd bytes do not form characters more often than not.
func mostlyUTF8(head []byte) bool {
	good, bad := 0, 0
	for len(head) > 0 {
		r, size := utf8.DecodeRune(head)
		if r == utf8.RuneError && size == 1 {
			if !utf8.FullRune(head) {
				break // cut by the end of the sample
			}
			bad++
		} else if size > 1 {
			good++
		}
		head = head[size:]
	}
	return bad == 0 || good > bad
}

// Decode turns text in an encoding into UTF-8 as it is read. The byte order mark must be gone.
func Decode(src io.Reader, encoding Encoding) io.Reader {
	switch encoding {
	case UTF16LE:
		return transform.NewReader(src, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder())
	case UTF16BE:
		return transform.NewReader(src, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder())
	case Windows1252:
		return transform.NewReader(src, charmap.Windows1252.NewDecoder())
	}
	return src
}

// SniffDelimiter guesses what separates the cells of UTF-8 text: the candidate that cuts most of
// the first rows into the same number of cells, more cells being better. skip is the length of a
// leading "sep=;" line, by which Excel names it.
func SniffDelimiter(head []byte) (delimiter byte, skip int) {
	if bytes.HasPrefix(head, []byte("sep=")) && len(head) > 5 {
		if end := bytes.IndexByte(head, '\n'); end == 5 || end == 6 {
			return head[4], end + 1
		}
	}
	best, bestScore := byte(','), 0
	for _, candidate := range []byte{',', ';', '\t', '|'} {
		if score := evenness(head, candidate); score > bestScore {
			best, bestScore = candidate, score
		}
	}
	return best, 0
}

func evenness(head []byte, delimiter byte) int {
	reader := NewReader(bytes.NewReader(head), delimiter, 0)
	rows := map[int]int{}
	for range 50 {
		record, err := reader.Next()
		if err != nil || int(record.End) == len(head) && len(rows) > 0 {
			break // the last row of a sample may be half a row
		}
		if !record.Blank() {
			rows[len(record.Fields)]++
		}
	}
	score := 0
	for cells, count := range rows {
		if cells > 1 {
			score = max(score, count*100+cells)
		}
	}
	return score
}

// Package sheet reads workbooks and reads and writes delimited text, as people's spreadsheet
// programs make them.
//
// It owns guessing a file's encoding and delimiter, turning an XLSX sheet into delimited text,
// cutting that into records that know their byte offset, carrying on after a malformed record, and
// writing cells that no spreadsheet takes for a formula. It does not own what the columns mean. A Reader is made per file and
// place, used by one goroutine, and needs no closing; memory is one buffer, whatever the file.
package sheet

// MaxRecord is the length in bytes a record may have.
const MaxRecord = 64 << 10

// Problem is why a record could not be cut into fields; empty when it could.
type Problem string

// The problems of a record.
const (
	OpenQuote  Problem = "open_quote"  // a quoted cell is never closed
	StrayQuote Problem = "stray_quote" // text follows the quote that closes a cell
	TooLong    Problem = "too_long"    // the record exceeds MaxRecord
)

// Record is one row of a file. Its slices are valid until the next call to Next.
type Record struct {
	Fields  [][]byte // nil when Problem is set
	Raw     []byte   // the record as it stands, without its line end; cut when TooLong
	Start   int64    // offset of its first byte
	End     int64    // offset of the record after it
	Problem Problem
}

// Blank reports a line without content, as spreadsheets leave at the end of a file.
func (r Record) Blank() bool {
	if r.Problem != "" {
		return false
	}
	for _, field := range r.Fields {
		if len(field) > 0 {
			return false
		}
	}
	return true
}

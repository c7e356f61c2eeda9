package sheet

import (
	"bytes"
	"errors"
	"io"
)

const (
	// All that is ever looked at for one record: what is cut does not depend on how reads fall.
	window = MaxRecord + len("\r\n")
	// Several records fit, so little is looked at twice.
	bufferSize = 4 * window
)

// Reader cuts UTF-8 delimited text into records. A malformed record costs itself only: reading
// goes on at the next line.
type Reader struct {
	src       io.Reader
	delimiter byte
	buf       []byte
	start     int // of the next record in buf
	end       int // of what was read into buf
	offset    int64
	eof       bool
	whole     bool // the window looked at reaches the end of the file
	err       error
	fields    [][]byte
	unquoted  []byte // cells with doubled quotes, undoubled
}

// NewReader reads from src, whose first byte is at offset of the file.
func NewReader(src io.Reader, delimiter byte, offset int64) *Reader {
	return &Reader{src: src, delimiter: delimiter, offset: offset, buf: make([]byte, bufferSize)}
}

// Next returns the next record, io.EOF after the last, or the source's error.
func (r *Reader) Next() (Record, error) {
	for {
		cut := r.cut()
		switch {
		case !cut.needMore:
			return r.take(cut), nil
		case r.end-r.start >= window:
			return r.skipLong(cut)
		case r.err != nil:
			return Record{}, r.err
		case r.eof && r.start == r.end:
			return Record{}, io.EOF
		}
		r.fill()
	}
}

// cutting is one attempt at the record that begins at start: its parts end at length and, with
// the line end, at next, both relative to start.
type cutting struct {
	length, next int
	problem      Problem
	needMore     bool
	inQuotes     bool
}

func (r *Reader) cut() cutting {
	r.fields, r.unquoted = r.fields[:0], r.unquoted[:0]
	data := r.window()
	if len(data) == 0 {
		return cutting{needMore: true}
	}
	pos := 0
	for {
		c := r.cell(data, pos)
		if c.needMore || c.problem != "" {
			return r.broken(data, c)
		}
		if c.next < len(data) && data[c.next] == r.delimiter {
			pos = c.next + 1
			continue
		}
		return r.lineEnd(data, c.next)
	}
}

func (r *Reader) window() []byte {
	end := min(r.end, r.start+window)
	r.whole = r.eof && end == r.end
	return r.buf[r.start:end]
}

// broken is a record that cannot be cut. At the end of the file an open quote has no more to
// wait for.
func (r *Reader) broken(data []byte, c cutting) cutting {
	if c.needMore && c.inQuotes && r.whole {
		c = cutting{problem: OpenQuote}
	}
	if c.needMore {
		return c
	}
	return r.firstLine(data, c.problem)
}

// cell reads one cell from pos; next is the index of the delimiter or line end that follows.
func (r *Reader) cell(data []byte, pos int) cutting {
	begin := pos
	for begin < len(data) && data[begin] == ' ' {
		begin++
	}
	if begin < len(data) && data[begin] == '"' {
		return r.quoted(data, begin+1)
	}
	for i := begin; i < len(data); i++ {
		if b := data[i]; b == r.delimiter || b == '\n' || b == '\r' {
			r.fields = append(r.fields, data[pos:i:i])
			return cutting{next: i}
		}
	}
	if !r.whole {
		return cutting{needMore: true}
	}
	r.fields = append(r.fields, data[pos:len(data):len(data)])
	return cutting{next: len(data)}
}

func (r *Reader) quoted(data []byte, begin int) cutting {
	doubled := false
	for i := begin; ; {
		quote := bytes.IndexByte(data[i:], '"')
		if quote < 0 || (i+quote+1 == len(data) && !r.whole) {
			return cutting{needMore: true, inQuotes: true}
		}
		i += quote + 1
		if i < len(data) && data[i] == '"' {
			doubled = true
			i++
			continue
		}
		r.addQuoted(data[begin:i-1], doubled)
		return r.afterQuote(data, i)
	}
}

func (r *Reader) addQuoted(cell []byte, doubled bool) {
	if !doubled {
		r.fields = append(r.fields, cell[:len(cell):len(cell)])
		return
	}
	from := len(r.unquoted)
	for i := 0; i < len(cell); i++ {
		r.unquoted = append(r.unquoted, cell[i])
		if cell[i] == '"' {
			i++
		}
	}
	r.fields = append(r.fields, r.unquoted[from:len(r.unquoted):len(r.unquoted)])
}

// afterQuote tolerates blanks between the closing quote and what must follow it.
func (r *Reader) afterQuote(data []byte, i int) cutting {
	for i < len(data) && data[i] == ' ' {
		i++
	}
	switch {
	case i == len(data) && !r.whole:
		return cutting{needMore: true, inQuotes: true}
	case i == len(data), data[i] == r.delimiter, data[i] == '\n', data[i] == '\r':
		return cutting{next: i}
	}
	return cutting{problem: StrayQuote}
}

func (r *Reader) lineEnd(data []byte, at int) cutting {
	switch {
	case at == len(data):
		return cutting{length: at, next: at}
	case data[at] == '\r' && at+1 == len(data) && !r.whole:
		return cutting{needMore: true}
	case data[at] == '\r' && at+1 < len(data) && data[at+1] == '\n':
		return cutting{length: at, next: at + 2}
	}
	return cutting{length: at, next: at + 1}
}

// firstLine gives up the line a malformed record starts on, and no more.
func (r *Reader) firstLine(data []byte, problem Problem) cutting {
	at := bytes.IndexAny(data, "\r\n")
	if at < 0 && !r.whole {
		return cutting{needMore: true}
	}
	if at < 0 {
		at = len(data)
	}
	c := r.lineEnd(data, at)
	c.problem = problem
	return c
}

// take hands out the record and moves on.
func (r *Reader) take(c cutting) Record {
	record := Record{Raw: r.buf[r.start : r.start+c.length], Start: r.offset, End: r.offset + int64(c.next), Problem: c.problem}
	if c.problem == "" {
		record.Fields = r.fields
	}
	r.start += c.next
	r.offset = record.End
	return record
}

// skipLong gives up a record that does not end within MaxRecord: the first line when a quote was
// left open, otherwise all up to the next line end, however far.
func (r *Reader) skipLong(c cutting) (Record, error) {
	if c.inQuotes {
		first := r.firstLine(r.window(), OpenQuote)
		if !first.needMore {
			return r.take(first), nil
		}
	}
	record := Record{Raw: bytes.Clone(r.buf[r.start : r.start+1024]), Start: r.offset, Problem: TooLong}
	for {
		r.whole = r.eof
		c := r.firstLine(r.buf[r.start:r.end], TooLong)
		if !c.needMore {
			record.End = r.take(c).End
			return record, nil
		}
		if r.err != nil {
			return Record{}, r.err
		}
		// A carriage return at the very end stays: it may be half of a line end.
		kept := r.end - r.start
		if r.buf[r.end-1] == '\r' {
			kept--
		}
		r.start, r.offset = r.start+kept, r.offset+int64(kept)
		r.fill()
	}
}

func (r *Reader) fill() {
	if r.start > 0 {
		copy(r.buf, r.buf[r.start:r.end])
		r.start, r.end = 0, r.end-r.start
	}
	for tries := 0; tries < 100; tries++ {
		n, err := r.src.Read(r.buf[r.end:])
		r.end += n
		if errors.Is(err, io.EOF) {
			r.eof = true
			return
		}
		if err != nil {
			r.err = err
			return
		}
		if n > 0 {
			return
		}
	}
	r.err = io.ErrNoProgress
}

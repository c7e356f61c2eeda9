package contact

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"

	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/sheet"
)

// A chunk is one transaction. Bounding its bytes bounds memory for files with long rows.
const (
	chunkRows  = 5000
	chunkBytes = 4 << 20
)

// chunk is a stretch of a file: the people in it, and what cannot be imported.
type chunk struct {
	start, end       int64 // byte offsets
	first, next      int64 // row numbers
	rows             int64 // that are not blank
	people           []person
	byPhone, byBSUID map[string]int // indexes of people
	arena            []byte         // what people's raw points into
	errors           []errorRow
	duplicate        int64
	invalid          int64
	last             bool // the file ends with it
}

type errorRow struct {
	row  int64
	line []byte // of the error file
}

// chunker cuts a file into chunks.
type chunker struct {
	reader *sheet.Reader
	parser *rowParser
	next   int64 // number of the next row
	offset int64
}

// read returns the next chunk.
func (c *chunker) read() (*chunk, error) {
	k := &chunk{start: c.offset, end: c.offset, first: c.next, next: c.next,
		people: make([]person, 0, chunkRows), byPhone: make(map[string]int, chunkRows), byBSUID: map[string]int{}}
	for k.next-k.first < chunkRows && k.end-k.start < chunkBytes {
		record, err := c.reader.Next()
		if errors.Is(err, io.EOF) {
			k.last = true
			break
		}
		if err != nil {
			return nil, err
		}
		k.take(c.parser, record)
	}
	c.next, c.offset = k.next, k.end
	return k, nil
}

func (k *chunk) take(p *rowParser, record sheet.Record) {
	row := k.next
	k.next, k.end = row+1, record.End
	if record.Blank() {
		return
	}
	k.rows++
	who, problem := p.parse(record)
	if problem == "" && k.repeated(who) {
		problem = problemRepeated
	}
	if problem != "" {
		k.refuse(row, problem, record)
		return
	}
	who.id, who.row, who.raw = ident.New(), row, k.keep(record.Raw)
	k.people = append(k.people, who)
	if who.phone != "" {
		k.byPhone[who.phone] = len(k.people) - 1
	}
	if who.bsuid != "" {
		k.byBSUID[who.bsuid] = len(k.people) - 1
	}
}

func (k *chunk) repeated(who person) bool {
	_, phone := k.byPhone[who.phone]
	_, bsuid := k.byBSUID[who.bsuid]
	return who.phone != "" && phone || who.bsuid != "" && bsuid
}

// keep copies into the arena; a new one is begun when it is full, so old slices stay valid.
func (k *chunk) keep(raw []byte) []byte {
	if cap(k.arena)-len(k.arena) < len(raw) {
		k.arena = make([]byte, 0, max(256<<10, len(raw)))
	}
	from := len(k.arena)
	k.arena = append(k.arena, raw...)
	return k.arena[from:len(k.arena):len(k.arena)]
}

// refuse counts the row and writes it for the error file.
func (k *chunk) refuse(row int64, problem string, record sheet.Record) {
	if problem == problemRepeated {
		k.duplicate++
	} else {
		k.invalid++
	}
	cells := record.Fields
	if record.Problem != "" {
		cells = [][]byte{bytes.TrimRight(record.Raw, "\r\n")}
	}
	head := [][]byte{[]byte(strconv.FormatInt(row, 10)), []byte(problemSentence(problem))}
	k.errors = append(k.errors, errorRow{row, sheet.AppendRow(nil, append(head, cells...)...)})
}

// refuseLater does the same for people found impossible by the database: index → problem.
func (k *chunk) refuseLater(problems map[int]string, delimiter byte) error {
	if len(problems) == 0 {
		return nil
	}
	var indexes []int
	var text bytes.Buffer
	for index := range problems {
		indexes = append(indexes, index)
	}
	slices.Sort(indexes)
	for _, index := range indexes {
		text.Write(k.people[index].raw)
		text.WriteByte('\n')
	}
	reader := sheet.NewReader(&text, delimiter, 0)
	for _, index := range indexes {
		record, err := reader.Next()
		if err != nil {
			return err
		}
		k.refuse(k.people[index].row, problems[index], record)
	}
	return nil
}

// errorPart is the chunk's piece of the error file, nil when it has none.
func (k *chunk) errorPart() []byte {
	slices.SortFunc(k.errors, func(a, b errorRow) int { return int(a.row - b.row) })
	var part []byte
	for _, e := range k.errors {
		part = append(part, e.line...)
	}
	return part
}

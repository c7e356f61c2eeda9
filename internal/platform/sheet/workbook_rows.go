package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// rowReader takes the rows out of a worksheet.
type rowReader struct {
	xml   *xml.Decoder
	book  *Workbook
	cells [][]byte
	cell  cell
	text  []byte
	deep  int // of a phonetic run, whose text is no part of the cell
}

// cell is one being read.
type cell struct {
	column int
	kind   string
	style  int
	inText bool
}

func newRowReader(src io.Reader, book *Workbook) *rowReader {
	return &rowReader{xml: xml.NewDecoder(src), book: book}
}

// next returns the next row with its number, 0 when the file does not say; io.EOF after the last.
func (r *rowReader) next() (number int, cells [][]byte, err error) {
	inRow := false
	for {
		t, err := token(r.xml)
		if errors.Is(err, io.EOF) {
			err = ErrDamaged // the file ends amid the rows
		}
		if err != nil {
			return 0, nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "row" {
				inRow = true
				r.cells, r.cell = r.cells[:0], cell{column: -1}
				if number, err = rowNumber(attr(t, "r")); err != nil {
					return 0, nil, err
				}
				continue
			}
			if err := r.start(t); err != nil {
				return 0, nil, err
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "row":
				return number, r.cells, nil
			case "sheetData":
				if inRow {
					return 0, nil, ErrDamaged
				}
				return 0, nil, io.EOF
			}
			if err := r.end(t.Name.Local); err != nil {
				return 0, nil, err
			}
		case xml.CharData:
			if r.cell.inText && r.deep == 0 {
				r.text = append(r.text, t...)
			}
		}
	}
}

func rowNumber(r string) (int, error) {
	if r == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(r)
	if err != nil || n < 1 {
		return 0, ErrDamaged
	}
	return n, nil
}

func (r *rowReader) start(t xml.StartElement) error {
	switch t.Name.Local {
	case "c":
		column, err := columnOf(attr(t, "r"), r.cell.column)
		if err != nil {
			return err
		}
		style, _ := strconv.Atoi(attr(t, "s")) // without one it is the first
		r.cell = cell{column: column, kind: attr(t, "t"), style: style}
		r.text = r.text[:0]
	case "v", "t":
		r.cell.inText = true
	case "rPh":
		r.deep++
	}
	return nil
}

func (r *rowReader) end(name string) error {
	switch name {
	case "v", "t":
		r.cell.inText = false
	case "rPh":
		r.deep--
	case "c":
		return r.put()
	}
	return nil
}

// columnOf reads "AB12"; without a reference a cell follows the one before.
func columnOf(ref string, before int) (int, error) {
	column := 0
	for i := 0; i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		if column = column*26 + int(ref[i]-'A') + 1; column > maxColumn {
			return 0, ErrDamaged
		}
	}
	column--
	if ref == "" {
		column = before + 1
	}
	if column <= before || column >= maxColumn {
		return 0, ErrDamaged
	}
	return column, nil
}

// put writes the cell that ended into its column.
func (r *rowReader) put() error {
	value, err := r.value()
	if err != nil {
		return err
	}
	for len(r.cells) <= r.cell.column {
		if len(r.cells) < cap(r.cells) {
			r.cells = r.cells[:len(r.cells)+1]
			r.cells[len(r.cells)-1] = r.cells[len(r.cells)-1][:0]
			continue
		}
		r.cells = append(r.cells, nil)
	}
	at := &r.cells[r.cell.column]
	*at = append((*at)[:0], value...)
	return nil
}

func (r *rowReader) value() ([]byte, error) {
	text := string(r.text)
	switch r.cell.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			return nil, ErrDamaged
		}
		return r.book.strings.get(n)
	case "inlineStr", "str":
		return []byte(unescape(text)), nil
	case "b":
		return []byte(map[bool]string{true: "true", false: "false"}[isTrue(text)]), nil
	case "e": // #N/A: there is no value
		return nil, nil
	case "d":
		return []byte(strings.Replace(strings.TrimSuffix(strings.TrimSuffix(text, "Z"), "T00:00:00"), "T", " ", 1)), nil
	}
	if text = strings.TrimSpace(text); text == "" {
		return nil, nil
	}
	return []byte(r.format().number(text, r.book.old)), nil
}

func (r *rowReader) format() cellFormat {
	if r.cell.style < 0 || r.cell.style >= len(r.book.formats) {
		return cellFormat{}
	}
	return r.book.formats[r.cell.style]
}

// unescape reads _x000D_, by which workbooks write characters that XML has not.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if i+7 <= len(s) && s[i:i+2] == "_x" && s[i+6] == '_' {
			if code, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil && code != 0 && (code < 0xD800 || code > 0xDFFF) {
				b.WriteRune(rune(code))
				i += 7
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

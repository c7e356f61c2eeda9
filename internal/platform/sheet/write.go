package sheet

import "bytes"

// BOM is what Excel needs at the start of a UTF-8 file to read it as such.
const BOM = "\uFEFF"

// AppendRow appends the cells as one comma-separated record. A cell that a spreadsheet would
// take for a formula (it begins with = + - @, a tab or a carriage return) gets an apostrophe in
// front; a byte that is not UTF-8 becomes the replacement character.
func AppendRow(dst []byte, cells ...[]byte) []byte {
	for i, cell := range cells {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendCell(dst, cell, isFormula(cell))
	}
	return append(dst, '\r', '\n')
}

// appendPlainRow appends cells as they are: the text is for a Reader, not for a spreadsheet.
func appendPlainRow(dst []byte, cells [][]byte) []byte {
	for i, cell := range cells {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendCell(dst, cell, false)
	}
	return append(dst, '\r', '\n')
}

func isFormula(cell []byte) bool {
	return len(cell) > 0 && bytes.IndexByte([]byte("=+-@\t\r"), cell[0]) >= 0
}

func appendCell(dst, cell []byte, formula bool) []byte {
	cell = bytes.ToValidUTF8(cell, []byte("\uFFFD"))
	quote := bytes.ContainsAny(cell, ",;|\t\"\r\n") || bytes.HasPrefix(cell, []byte(" "))
	if quote {
		dst = append(dst, '"')
	}
	if formula {
		dst = append(dst, '\'')
	}
	for _, b := range cell {
		if b == '"' {
			dst = append(dst, '"')
		}
		dst = append(dst, b)
	}
	if quote {
		dst = append(dst, '"')
	}
	return dst
}

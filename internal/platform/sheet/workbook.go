package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path"
	"strings"
)

// What a workbook may unpack to. Sheets of spreadsheet programs pack to a tenth or a twentieth; a
// file made to fill a disk packs far better, and is refused at these bounds however small it is.
const (
	maxUnpacked  = 4 << 30
	maxPacking   = 200      // unpacked bytes per packed byte …
	freeUnpacked = 64 << 20 // … beyond so many
	maxRow       = 1 << 20  // as Excel has them
	maxColumn    = 16384
)

// Why a workbook cannot be read.
var (
	ErrNotWorkbook = errors.New("sheet: no XLSX workbook")
	ErrDamaged     = errors.New("sheet: the workbook is damaged")
	ErrUnpacked    = errors.New("sheet: the workbook unpacks to too much")
	ErrNoSheet     = errors.New("sheet: the workbook has no visible sheet")
)

// Workbook reads the first visible sheet of an XLSX file as comma-separated UTF-8 text: one record
// per row, rows that the file leaves out as blank records, so that row numbers are those of the
// spreadsheet. Dates are written as 2006-01-02 (with 15:04:05 when there is a time), numbers in
// full, never as 9.2E+11. Memory does not grow with rows: texts that many cells share go to a
// temporary file when there are many. Close it after use.
type Workbook struct {
	zip     *zip.Reader
	budget  int64 // bytes that may still be unpacked
	strings *stringTable
	formats []cellFormat
	old     bool // dates count from 1904
	rows    *rowReader
	part    io.ReadCloser
	row     int    // number of the last row written
	buf     []byte // of the row being read out
	out     []byte // what is left of it
	err     error
}

// OpenWorkbook reads all but the rows. scratch is the folder of temporary files; "" is the
// system's.
func OpenWorkbook(file io.ReaderAt, size int64, scratch string) (*Workbook, error) {
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, ErrNotWorkbook
	}
	w := &Workbook{zip: archive, budget: min(maxUnpacked, freeUnpacked+maxPacking*size), strings: &stringTable{scratch: scratch}}
	if err := w.open(); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

func (w *Workbook) open() error {
	book, err := w.readBook()
	if err != nil {
		return err
	}
	w.old = book.old
	if err := w.optional(book.styles, w.readStyles); err != nil {
		return err
	}
	if err := w.optional(book.strings, w.strings.read); err != nil {
		return err
	}
	if w.part, err = w.openPart(book.sheet); err != nil {
		return err
	}
	w.rows = newRowReader(w.part, w)
	return nil
}

// optional reads a part that a workbook need not have.
func (w *Workbook) optional(name string, read func(io.Reader) error) error {
	if name == "" {
		return nil
	}
	part, err := w.openPart(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer part.Close()
	return read(part)
}

// openPart opens a file of the archive; what it unpacks to counts against the budget.
func (w *Workbook) openPart(name string) (io.ReadCloser, error) {
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	for _, file := range w.zip.File {
		if strings.EqualFold(strings.TrimPrefix(strings.ReplaceAll(file.Name, `\`, "/"), "/"), name) {
			part, err := file.Open()
			if err != nil {
				return nil, ErrDamaged
			}
			return &budgeted{ReadCloser: part, left: &w.budget}, nil
		}
	}
	return nil, os.ErrNotExist
}

// maxText is how many bytes of a part may lie between two tags; Excel's longest cell is a tenth.
// Such a stretch is in memory whole while it is read.
const maxText = 1 << 20

// budgeted is a part of the archive being unpacked within bounds.
type budgeted struct {
	io.ReadCloser
	left *int64
	text int // bytes since the last tag began
}

func (b *budgeted) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if at := bytes.LastIndexByte(p[:n], '<'); at >= 0 {
		b.text = n - at
	} else {
		b.text += n
	}
	if *b.left -= int64(n); *b.left < 0 || b.text > maxText {
		return 0, ErrUnpacked
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = ErrDamaged
	}
	return n, err
}

// Read gives the sheet's text.
func (w *Workbook) Read(p []byte) (int, error) {
	for len(w.out) == 0 {
		if w.err != nil {
			return 0, w.err
		}
		w.err = w.next()
	}
	n := copy(p, w.out)
	w.out = w.out[n:]
	return n, nil
}

// next writes the next row, after as many blank ones as the file leaves out.
func (w *Workbook) next() error {
	number, cells, err := w.rows.next()
	if err != nil {
		return err
	}
	w.buf = w.buf[:0]
	if number == 0 {
		number = w.row + 1
	}
	if number <= w.row || number > maxRow {
		return ErrDamaged
	}
	for w.row++; w.row < number; w.row++ {
		w.buf = append(w.buf, '\r', '\n')
	}
	w.buf = appendPlainRow(w.buf, cells)
	w.out = w.buf
	return nil
}

// Close gives up the temporary file.
func (w *Workbook) Close() error {
	if w.part != nil {
		_ = w.part.Close() // it was read only
	}
	return w.strings.close()
}

package contact

import (
	"errors"
	"io"
	"os"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/sheet"
)

// workbook is an uploaded XLSX being read. Its parts lie anywhere in the file, so it is stored
// for as long as it is read.
type workbook struct {
	io.Reader
	book *sheet.Workbook
	file *os.File
}

func openWorkbook(upload io.Reader) (io.ReadCloser, error) {
	file, err := os.CreateTemp("", "aerostic-upload-*")
	if err != nil {
		return nil, err
	}
	w := &workbook{file: file}
	size, err := io.Copy(file, upload)
	if err == nil {
		w.book, err = sheet.OpenWorkbook(file, size, "")
	}
	if err != nil {
		return nil, errors.Join(workbookFault(err), w.Close())
	}
	w.Reader = &limited{src: w.book, left: MaxUpload}
	return w, nil
}

// Close forgets the file.
func (w *workbook) Close() error {
	var err error
	if w.book != nil {
		err = w.book.Close()
	}
	return errors.Join(err, w.file.Close(), os.Remove(w.file.Name()))
}

// workbookFault says what is wrong with a workbook; other errors stay as they are.
func workbookFault(err error) error {
	sentence := ""
	switch {
	case errors.Is(err, sheet.ErrNotWorkbook):
		sentence = "This is no Excel workbook that can be read. Open it in your spreadsheet program and save it as XLSX or CSV."
	case errors.Is(err, sheet.ErrDamaged):
		sentence = "This workbook is damaged. Open it in your spreadsheet program, save it again and upload that."
	case errors.Is(err, sheet.ErrNoSheet):
		sentence = "This workbook has no sheet that is shown. Unhide the sheet with the people and save it again."
	case errors.Is(err, sheet.ErrUnpacked):
		return fault.TooLarge("This workbook unpacks to far more than its size. Save the sheet with the people as CSV.").Wrap(err)
	default:
		return err
	}
	return fault.Invalid(sentence).At("body.file", "An XLSX or CSV file is needed.").WithCode("not_workbook").Wrap(err)
}

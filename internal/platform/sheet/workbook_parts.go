package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path"
	"strconv"
	"strings"
)

// book is where the parts of a workbook are.
type book struct {
	sheet, styles, strings string
	old                    bool
}

// readBook finds the first sheet that is not hidden.
func (w *Workbook) readBook() (book, error) {
	b := book{}
	id := ""
	err := w.each("xl/workbook.xml", func(t xml.StartElement) {
		switch t.Name.Local {
		case "workbookPr":
			b.old = isTrue(attr(t, "date1904"))
		case "sheet":
			if state := attr(t, "state"); id == "" && (state == "" || state == "visible") {
				id = attrOf(t, "id")
			}
		}
	})
	if errors.Is(err, os.ErrNotExist) {
		return b, ErrNotWorkbook
	}
	if err != nil {
		return b, err
	}
	if id == "" {
		return b, ErrNoSheet
	}
	return b, w.readRelations(&b, id)
}

func (w *Workbook) readRelations(b *book, sheet string) error {
	err := w.each("xl/_rels/workbook.xml.rels", func(t xml.StartElement) {
		if t.Name.Local != "Relationship" || attr(t, "TargetMode") == "External" {
			return
		}
		target := attr(t, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("xl", target)
		}
		switch kind := path.Base(attr(t, "Type")); {
		case attr(t, "Id") == sheet && kind == "worksheet":
			b.sheet = target
		case kind == "styles":
			b.styles = target
		case kind == "sharedStrings":
			b.strings = target
		}
	})
	switch {
	case errors.Is(err, os.ErrNotExist):
		return ErrDamaged
	case err == nil && b.sheet == "":
		return ErrNoSheet
	}
	return err
}

// each shows every element of a part.
func (w *Workbook) each(name string, show func(xml.StartElement)) error {
	part, err := w.openPart(name)
	if err != nil {
		return err
	}
	defer part.Close()
	return elements(part, show)
}

func elements(src io.Reader, show func(xml.StartElement)) error {
	d := xml.NewDecoder(src)
	for {
		t, err := token(d)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if start, ok := t.(xml.StartElement); ok {
			show(start)
		}
	}
}

// token returns the next; an error is io.EOF, ErrUnpacked or ErrDamaged. No entity but the five of
// XML is known, so none can expand.
func token(d *xml.Decoder) (xml.Token, error) {
	t, err := d.RawToken()
	switch {
	case err == nil, errors.Is(err, io.EOF), errors.Is(err, ErrUnpacked):
		return t, err
	}
	return nil, ErrDamaged
}

// attr returns an attribute without a namespace.
func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// attrOf returns an attribute of some namespace, as r:id is.
func attrOf(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name && a.Name.Space != "" && a.Name.Space != "xmlns" {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || s == "true" }

// readStyles learns which cells hold dates.
func (w *Workbook) readStyles(src io.Reader) error {
	codes := map[int]string{}
	inCells := false
	err := elements(src, func(t xml.StartElement) {
		switch t.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(t, "numFmtId")); err == nil {
				codes[id] = attr(t, "formatCode")
			}
		case "cellXfs":
			inCells = true
		case "cellStyleXfs", "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if id, err := strconv.Atoi(attr(t, "numFmtId")); inCells && err == nil {
				w.formats = append(w.formats, formatOf(id, codes[id]))
			} else if inCells {
				w.formats = append(w.formats, cellFormat{})
			}
		}
	})
	return err
}

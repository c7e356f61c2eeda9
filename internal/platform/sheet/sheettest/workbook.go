// Package sheettest makes XLSX workbooks for tests, laid out as spreadsheet programs lay them out.
package sheettest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"strconv"
	"testing"
)

// Number is a cell's number as the file stores it; Date one with a date's format, and Padded one
// with the format 0000000000. A string is a shared text, nil no cell at all, a bool a truth.
type (
	Number string
	Date   string
	Padded string
	Inline string
)

// Styles is a styles part with the formats of Date (1) and Padded (2).
const Styles = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<numFmts count="2"><numFmt numFmtId="164" formatCode="[$-409]dd\-mmm\-yyyy;@"/><numFmt numFmtId="165" formatCode="0000000000"/></numFmts>` +
	`<cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>` +
	`<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`

// Workbook is a file with a hidden first sheet and the rows in the second.
func Workbook(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	var texts []string
	var body bytes.Buffer
	for i, row := range rows {
		if len(row) == 0 {
			continue // spreadsheet programs leave blank rows out
		}
		fmt.Fprintf(&body, `<row r="%d">`, i+1)
		for column, value := range row {
			writeCell(&body, column, i+1, value, &texts)
		}
		body.WriteString(`</row>`)
	}
	var shared bytes.Buffer
	for _, text := range texts {
		fmt.Fprintf(&shared, `<si><t xml:space="preserve">%s</t></si>`, html.EscapeString(text))
	}
	return Archive(t, body.String(), shared.String(), Styles)
}

func writeCell(to *bytes.Buffer, column, row int, value any, texts *[]string) {
	ref := string(rune('A'+column)) + strconv.Itoa(row)
	switch v := value.(type) {
	case nil:
	case string:
		fmt.Fprintf(to, `<c r="%s" t="s"><v>%d</v></c>`, ref, len(*texts))
		*texts = append(*texts, v)
	case Inline:
		fmt.Fprintf(to, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, ref, html.EscapeString(string(v)))
	case Number:
		fmt.Fprintf(to, `<c r="%s"><v>%s</v></c>`, ref, v)
	case Date:
		fmt.Fprintf(to, `<c r="%s" s="1"><v>%s</v></c>`, ref, v)
	case Padded:
		fmt.Fprintf(to, `<c r="%s" s="2"><v>%s</v></c>`, ref, v)
	case bool:
		fmt.Fprintf(to, `<c r="%s" t="b"><v>%d</v></c>`, ref, map[bool]int{true: 1}[v])
	default:
		panic(fmt.Sprintf("no cell of %T", value))
	}
}

// Archive is a workbook of these rows, shared texts and styles, as XML.
func Archive(t testing.TB, rows, texts, styles string) []byte {
	t.Helper()
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	const rel = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	return Zip(t, map[string]string{
		"xl/workbook.xml": `<workbook ` + ns + `><sheets><sheet name="Old" sheetId="1" state="hidden" r:id="rId1"/><sheet name="ग्राहक" sheetId="2" r:id="rId2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + rel + `worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + rel + `worksheet" Target="/xl/worksheets/sheet2.xml"/>` +
			`<Relationship Id="rId3" Type="` + rel + `styles" Target="styles.xml"/>` +
			`<Relationship Id="rId4" Type="` + rel + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": `<worksheet ` + ns + `><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`,
		"xl/worksheets/sheet2.xml": `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet ` + ns + `><sheetData>` + rows + `</sheetData></worksheet>`,
		"xl/styles.xml":            styles,
		"xl/sharedStrings.xml":     `<sst ` + ns + `>` + texts + `</sst>`,
	})
}

// Zip is an archive of files by name.
func Zip(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for name, text := range files {
		file, err := archive.Create(name)
		if err == nil {
			_, err = file.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

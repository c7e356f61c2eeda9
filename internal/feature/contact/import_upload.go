package contact

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/blob"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/sheet"
)

// MaxUpload is the size in bytes of a file that is imported.
const MaxUpload = 200 << 20

const previewRows = 20

// Upload stores a delimited file or a workbook's first sheet as UTF-8 text, and says what it seems to
// contain. Nothing is imported before Start.
func (s *Service) Upload(ctx context.Context, fileName string, file io.Reader) (Import, error) {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return Import{}, err
	}
	imp := Import{ID: ident.New(), FileName: cleanFileName(fileName), State: ImportUploaded, Sample: []ImportChange{}, CreatedAt: s.clock.Now()}
	text, err := imp.text(&limited{src: file, left: MaxUpload})
	if err != nil {
		return Import{}, err
	}
	defer text.Close()
	stored := &counter{src: text}
	if err := s.blobs.Put(ctx, fileKey(tenant, imp.ID), stored, blob.Unknown, "text/csv"); err != nil {
		return Import{}, fmt.Errorf("store upload: %w", workbookFault(err))
	}
	imp.Size = stored.n
	if imp.Size == 0 {
		s.forgetFile(ctx, tenant, imp.ID)
		return Import{}, fault.Invalid("The file is empty.").At("body.file", "Choose a file with contacts.")
	}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if err := s.look(ctx, tx, tenant, &imp, View{}); err != nil {
			return err
		}
		a, _ := actor.From(ctx)
		var by *uuid.UUID
		if a.UserID != uuid.Nil {
			by = &a.UserID
		}
		_, err := tx.Exec(ctx, sqlInsertImport, tenant, imp.ID, imp.FileName, imp.Size, imp.Encoding, imp.Delimiter,
			imp.HasHeader, imp.Columns, imp.State, by, imp.CreatedAt)
		return err
	})
	if err != nil {
		s.forgetFile(ctx, tenant, imp.ID)
	}
	return imp, err
}

// text is the file as UTF-8 without what precedes the first row. The caller closes it.
func (i *Import) text(file io.Reader) (io.ReadCloser, error) {
	raw := bufio.NewReaderSize(file, sheet.SniffSize)
	head, err := raw.Peek(sheet.SniffSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		i.Encoding, i.Delimiter = sheet.XLSX, ","
		return openWorkbook(raw)
	}
	if kind := notText(head); kind != "" {
		return nil, fault.Invalid("This is "+kind+", not a table of people. Open it in your spreadsheet program and save it as XLSX or CSV.").
			At("body.file", "An XLSX or CSV file is needed.").WithCode("not_csv")
	}
	text, err := i.sniff(raw, head)
	return io.NopCloser(text), err
}

// sniff finds out encoding and delimiter of delimited text.
func (i *Import) sniff(raw *bufio.Reader, head []byte) (io.Reader, error) {
	var mark int
	i.Encoding, mark = sheet.SniffEncoding(head)
	if _, err := raw.Discard(mark); err != nil {
		return nil, err
	}
	text := bufio.NewReaderSize(sheet.Decode(raw, i.Encoding), sheet.SniffSize)
	head, err := text.Peek(sheet.SniffSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	delimiter, skip := sheet.SniffDelimiter(head)
	i.Delimiter = string(rune(delimiter))
	_, err = text.Discard(skip)
	return text, err
}

// notText recognises what people upload instead.
func notText(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		return "an old Excel workbook, or one with a password"
	case bytes.HasPrefix(head, []byte("%PDF")):
		return "a PDF"
	}
	return ""
}

func cleanFileName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(name, "?"), "\x00", ""))
	if name == "" {
		return "contacts.csv"
	}
	return firstRunes(name, 200)
}

// View is how a person wants the preview read; zero fields are guessed.
type View struct {
	Country     string
	PhoneColumn *int
	HasHeader   *bool
}

// look reads the first rows of the stored file into columns and a preview.
func (s *Service) look(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, imp *Import, v View) error {
	region := v.Country
	if region == "" {
		var err error
		if region, err = country(ctx, tx, tenant); err != nil {
			return err
		}
	}
	file, _, err := s.blobs.Open(ctx, fileKey(tenant, imp.ID))
	if err != nil {
		return err
	}
	defer file.Close()
	rows, err := firstRows(sheet.NewReader(file, imp.Delimiter[0], 0))
	if err != nil {
		return err
	}
	fields, err := allFields(ctx, tx, tenant)
	if err != nil {
		return err
	}
	imp.preview(rows, region, v, byKey(fields))
	return nil
}

type rawRow struct {
	number  int64
	cells   []string
	record  sheet.Record
	problem sheet.Problem
}

func firstRows(reader *sheet.Reader) ([]rawRow, error) {
	var rows []rawRow
	for number := int64(1); len(rows) <= previewRows; number++ {
		record, err := reader.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if record.Blank() {
			continue
		}
		row := rawRow{number: number, problem: record.Problem, record: sheet.Record{Raw: bytes.Clone(record.Raw), Problem: record.Problem}}
		if record.Problem != "" {
			row.cells = []string{strings.ToValidUTF8(firstRunes(string(record.Raw), maxField), "\uFFFD")}
		}
		for _, field := range record.Fields {
			row.cells = append(row.cells, strings.ToValidUTF8(string(bytes.TrimSpace(field)), "\uFFFD"))
			row.record.Fields = append(row.record.Fields, bytes.Clone(field))
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func (i *Import) preview(rows []rawRow, region string, v View, fields map[string]Field) {
	if len(rows) == 0 {
		i.Preview = &Preview{Problems: []string{"The file has no rows."}}
		return
	}
	i.HasHeader = isHeader(rows[0].cells, region) && rows[0].problem == ""
	if v.HasHeader != nil {
		i.HasHeader = *v.HasHeader
	}
	titles := numbered(len(rows[0].cells))
	if i.HasHeader {
		titles, rows = rows[0].cells, rows[1:]
	}
	i.Columns = guessColumns(titles, allCells(rows), region)
	i.choosePhone(v.PhoneColumn)
	i.Preview = i.previewRows(rows[:min(previewRows, len(rows))], region, fields)
}

func allCells(rows []rawRow) [][]string {
	cells := make([][]string, len(rows))
	for i, row := range rows {
		cells[i] = row.cells
	}
	return cells
}

func (i *Import) choosePhone(column *int) {
	if column == nil || *column < 0 || *column >= len(i.Columns) {
		return
	}
	for at := range i.Columns {
		if i.Columns[at].Target == ToPhone {
			i.Columns[at].Target = ToIgnore
		}
	}
	i.Columns[*column].Target = ToPhone
}

func (i *Import) previewRows(rows []rawRow, region string, fields map[string]Field) *Preview {
	targets := make([]Target, len(i.Columns))
	for at, column := range i.Columns {
		targets[at] = column.Target
	}
	parser := newRowParser(Options{Mapping: targets}, region, fields)
	p := &Preview{Rows: make([]PreviewRow, 0, len(rows))}
	broken := 0
	for _, row := range rows {
		shown := PreviewRow{Row: row.number, Cells: row.cells}
		who, problem := parser.parse(row.record)
		shown.Phone = who.phone
		if problem != "" {
			shown.Problem = problemSentence(problem)
			broken++
		}
		p.Rows = append(p.Rows, shown)
	}
	p.Problems = i.problems(parser.phoneAt, len(rows), broken)
	return p
}

func (i *Import) problems(hasPhone bool, rows, broken int) []string {
	found := []string{}
	if rows == 0 {
		found = append(found, "The file has no rows below its titles.")
	}
	if !hasPhone && rows > 0 {
		found = append(found, "No column looks like phone numbers. Choose the column that holds them.")
	}
	if hasPhone && rows > 0 && broken*2 > rows {
		found = append(found, "More than half of the first rows cannot be imported. Check the columns and the country.")
	}
	if i.Encoding == sheet.Windows1252 {
		found = append(found, "The file was not saved as UTF-8. Check that names with accents or other scripts look right.")
	}
	return found
}

// limited is a reader that ends in a fault once more than left bytes were read.
type limited struct {
	src  io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.src.Read(p)
	l.left -= int64(n)
	if l.left < 0 {
		return 0, fault.TooLarge("The file is larger than 200 MB. Split it and import the parts.")
	}
	return n, err
}

type counter struct {
	src io.Reader
	n   int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.src.Read(p)
	c.n += int64(n)
	return n, err
}

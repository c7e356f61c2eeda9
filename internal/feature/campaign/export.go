package campaign

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/platform/sheet"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// exportPage is how many people are read, and held in memory, at once.
const exportPage = 2000

// fileHead names the columns of the file.
var fileHead = []string{"Contact", "Name", "Phone", "Version", "Outcome", "Why", "Attempts", "Next attempt",
	"Accepted", "Delivered", "Read", "Replied", "Charged"}

// Export writes a campaign's people as a CSV file, page by page: a million take no more memory
// than a page. Each page is a transaction of its own, so counts may move while it is written.
func (s *Service) Export(ctx context.Context, id uuid.UUID, p People, w io.Writer) error {
	page, err := s.Recipients(ctx, id, p, uuid.UUID{}, exportPage)
	if err != nil {
		return err
	}
	buf := appendText([]byte(sheet.BOM), fileHead)
	for {
		for _, r := range page {
			buf = appendText(buf, r.cells())
		}
		if _, err := w.Write(buf); err != nil {
			return err
		}
		if len(page) < exportPage {
			return nil
		}
		if page, err = s.Recipients(ctx, id, p, page[len(page)-1].ContactID, exportPage); err != nil {
			return err
		}
		buf = buf[:0]
	}
}

func appendText(dst []byte, cells []string) []byte {
	row := make([][]byte, len(cells))
	for i, c := range cells {
		row[i] = []byte(c)
	}
	return sheet.AppendRow(dst, row...)
}

func (r Recipient) cells() []string {
	why := ""
	if r.Explanation != nil {
		why = r.Explanation.Title
	}
	return []string{r.ContactID.String(), r.Name, r.Phone, r.Variant, r.Outcome, why, strconv.Itoa(r.Attempts), stamp(r.RetryAt),
		stamp(r.AcceptedAt), stamp(r.DeliveredAt), stamp(r.ReadAt), stamp(r.RepliedAt), decimal(r.Charged)}
}

// stamp is a time in the file; empty for none.
func stamp(at *time.Time) string {
	if at == nil {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

// decimal writes an amount as a spreadsheet reads it: 8631 is 0.8631.
func decimal(a money.Amount) string {
	sign := ""
	if a < 0 {
		sign, a = "-", -a
	}
	return fmt.Sprintf("%s%d.%04d", sign, a/money.Unit, a%money.Unit)
}

func (s *Service) getRecipientsFile(api *web.API) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := uuid.Parse(r.PathValue("id"))
		if err != nil {
			api.WriteError(w, r, fault.NotFound("There is no campaign with this id."))
			return
		}
		q := r.URL.Query()
		variant, _ := strconv.ParseInt(q.Get("variant"), 10, 16)
		out := &fileWriter{w: w}
		err = s.Export(r.Context(), id, People{Outcome: q.Get("outcome"), Reason: q.Get("reason"), Variant: int16(variant)}, out)
		switch {
		case err != nil && out.begun:
			panic(http.ErrAbortHandler) // a cut file must not look whole
		case err != nil:
			api.WriteError(w, r, err)
		}
	}
}

// fileWriter sends the headers with the first bytes, so that what fails before may still say why.
type fileWriter struct {
	w     http.ResponseWriter
	begun bool
}

func (f *fileWriter) Write(p []byte) (int, error) {
	if !f.begun {
		f.begun = true
		f.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		f.w.Header().Set("Content-Disposition", `attachment; filename="campaign-people.csv"`)
	}
	return f.w.Write(p)
}

package support

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/sheet"
	"github.com/aerostic/aerostic/internal/platform/web"
)

const mayManage actor.Permission = "inbox.manage"

// Routes registers the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Register(api, web.Op{Method: http.MethodGet, Path: "/api/support/report", ID: "getSupportReport", Tag: "support",
		Summary: "How the inbox did, by day, person, team or number", Permission: mayManage}, s.getReport)
	api.Raw(http.MethodGet, "/api/support/report.csv", mayManage, s.getFile(api))
}

type reportInput struct {
	From    string    `query:"from" format:"date" required:"true" doc:"The first day, of the workspace's"`
	To      string    `query:"to" format:"date" required:"true" doc:"The last day"`
	By      string    `query:"by" enum:"day,person,team,channel" default:"day"`
	Channel uuid.UUID `query:"channel"`
	Team    uuid.UUID `query:"team"`
}

func (in reportInput) query() (q Query, err error) {
	if q.From, err = time.Parse(time.DateOnly, in.From); err != nil {
		return q, noDay("query.from")
	}
	if q.To, err = time.Parse(time.DateOnly, in.To); err != nil {
		return q, noDay("query.to")
	}
	q.By = in.By
	if in.Channel != uuid.Nil {
		q.Channel = &in.Channel
	}
	if in.Team != uuid.Nil {
		q.Team = &in.Team
	}
	return q, nil
}

func noDay(place string) error {
	return fault.Invalid("Enter days as 2026-11-08.").At(place, "Enter a day as 2026-11-08.")
}

type reportReply struct{ Body Report }

func (s *Service) getReport(ctx context.Context, in *reportInput) (*reportReply, error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	r, err := s.Report(ctx, q)
	if err != nil {
		return nil, err
	}
	return &reportReply{r}, nil
}

// fileHead names the columns of the file.
var fileHead = []string{"Day", "Name", "Cases opened", "Cases resolved", "Messages in", "Messages out", "First responses",
	"First response, median (s)", "First response, 90% (s)", "First response, median (business s)", "First response, 90% (business s)",
	"Resolution, median (s)", "Resolution, 90% (s)", "Resolution, median (business s)", "Resolution, 90% (business s)",
	"Ratings", "Sum of ratings", "Ratings of 4 and 5", "SLA kept", "SLA missed", "Open at the end"}

// getFile answers with the report as CSV, the total last.
func (s *Service) getFile(api *web.API) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		in := fromURL(r)
		q, err := in.query()
		var report Report
		if err == nil {
			report, err = s.Report(r.Context(), q)
		}
		if err != nil {
			api.WriteError(w, r, err)
			return
		}
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="inbox-%s-%s.csv"`, in.From, in.To))
		if _, err := w.Write(report.file()); err != nil {
			panic(http.ErrAbortHandler) // a cut file must not look whole
		}
	}
}

// fromURL reads what getReport gets read; what it cannot read is refused there.
func fromURL(r *http.Request) reportInput {
	v := r.URL.Query()
	in := reportInput{From: v.Get("from"), To: v.Get("to"), By: "day"}
	if by := v.Get("by"); by == "person" || by == "team" || by == "channel" {
		in.By = by
	}
	for name, into := range map[string]*uuid.UUID{"channel": &in.Channel, "team": &in.Team} {
		if found, err := uuid.Parse(v.Get(name)); err == nil {
			*into = found
		}
	}
	return in
}

func (r Report) file() []byte {
	out := appendText([]byte(sheet.BOM), fileHead)
	for _, row := range r.Items {
		out = appendText(out, row.cells())
	}
	total := r.Total.cells()
	total[0] = "Total"
	return appendText(out, total)
}

func appendText(dst []byte, cells []string) []byte {
	row := make([][]byte, len(cells))
	for i, c := range cells {
		row[i] = []byte(c)
	}
	return sheet.AppendRow(dst, row...)
}

func (r Row) cells() []string {
	cells := []string{r.Day, r.Name}
	f, s := r.First, r.Resolution
	for _, n := range []int{r.Opened, r.Resolved, r.In, r.Out, f.N, f.Median, f.P90, f.MedianBusiness, f.P90Business,
		s.Median, s.P90, s.MedianBusiness, s.P90Business, r.Ratings, r.RatingSum, r.Satisfied, r.SLAKept, r.SLAMissed, r.Backlog} {
		cells = append(cells, strconv.Itoa(n))
	}
	return cells
}

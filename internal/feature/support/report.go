package support

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/hours"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Deps is what the service works with.
type Deps struct {
	DB        *db.DB
	Clock     clock.Clock
	Calendars *hours.Service
}

// Service is the use cases of reports.
type Service struct {
	Deps
	// Names are what people, teams or numbers are called; nil, or one that is missing: their id. Set once by
	// the wiring.
	Names func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, by string) (map[uuid.UUID]string, error)
}

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// Query is what a report is about. Days are the workspace's, both included.
type Query struct {
	From, To      time.Time // dates, at midnight UTC
	By            string    // day, person, team, channel
	Channel, Team *uuid.UUID
}

const longestRange = 366

func (q Query) check() error {
	switch days := int(q.To.Sub(q.From).Hours()/24) + 1; {
	case days < 1:
		return fault.Invalid("The report ends before it begins.").At("query.to", "Choose a day not before the first.")
	case days > longestRange:
		return fault.Invalid("A report covers at most a year.").At("query.from", "Choose a later day.")
	}
	return nil
}

// Times are how long something took, in seconds.
type Times struct {
	N              int `json:"n" doc:"Of how many"`
	Median         int `json:"median" doc:"Seconds on the wall"`
	P90            int `json:"p90"`
	MedianBusiness int `json:"medianBusiness" doc:"Seconds of business time"`
	P90Business    int `json:"p90Business"`
}

// Row is what happened on a day, or to a person's, a team's or a number's conversations.
type Row struct {
	Day        string     `json:"day,omitempty" format:"date"`
	ID         *uuid.UUID `json:"id,omitempty" doc:"Of the person, team or number; absent: of nobody"`
	Name       string     `json:"name,omitempty"`
	Opened     int        `json:"opened" doc:"Cases"`
	Resolved   int        `json:"resolved"`
	In         int        `json:"in" doc:"Messages of customers"`
	Out        int        `json:"out" doc:"Messages of the workspace; a person's are those they wrote"`
	First      Times      `json:"first" doc:"To the first response"`
	Resolution Times      `json:"resolution"`
	Ratings    int        `json:"ratings"`
	RatingSum  int        `json:"ratingSum" doc:"Of all ratings, each 1 to 5"`
	Satisfied  int        `json:"satisfied" doc:"Ratings of 4 and 5"`
	SLAKept    int        `json:"slaKept"`
	SLAMissed  int        `json:"slaMissed"`
	Backlog    int        `json:"backlog" doc:"Cases that were open at the end"`
}

// Report is rows and what they come to.
type Report struct {
	Items []Row `json:"items"`
	Total Row   `json:"total"`
}

// sqlReport reads along the primary key: one stretch of days per kind of count. Rows of a report by day are
// told apart by their day, others by whose they are.
const sqlReport = `
select case when $5 = 'day' then c.day end, case $5 when 'person' then c.user_id when 'team' then c.team_id when 'channel' then c.channel_id end,
    c.what, c.value, sum(c.n)::bigint
from support_counts c
where c.tenant_id = $1 and c.what = any($2) and c.day between $3 and $4
    and ($6::uuid is null or c.channel_id = $6) and ($7::uuid is null or c.team_id = $7)
group by 1, 2, 3, 4`

// counted is a sum of the report.
type counted struct {
	Day   *time.Time
	ID    *uuid.UUID
	What  What
	Value int
	N     int
}

func (q Query) whats() []string {
	return []string{string(Opened), string(ResolvedCases), string(In), string(Out), string(FirstWall), string(FirstBusiness),
		string(ResolutionWall), string(ResolutionBusiness), string(Rated), string(SLAKept), string(SLAMissed)}
}

// Report tells how the inbox did.
func (s *Service) Report(ctx context.Context, q Query) (r Report, err error) {
	if err := q.check(); err != nil {
		return r, err
	}
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return r, err
	}
	return r, s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		sums, err := q.read(ctx, tx, tenant, q.whats(), q.From)
		if err != nil {
			return err
		}
		// What is left on a day is all that came until then, so that is read from the first day on.
		left, err := q.read(ctx, tx, tenant, []string{string(Backlog)}, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))
		if err != nil {
			return err
		}
		b := builder{q: q, rows: map[key]*tallied{}}
		b.addAll(sums)
		b.leave(left)
		r = b.report()
		return s.name(ctx, tx, tenant, q.By, r.Items)
	})
}

func (q Query) read(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, whats []string, from time.Time) ([]counted, error) {
	rows, err := tx.Query(ctx, sqlReport, tenant, whats, from, q.To, q.By, q.Channel, q.Team)
	if err != nil {
		return nil, fmt.Errorf("read counts of the inbox: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[counted])
}

func (s *Service) name(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, by string, rows []Row) error {
	if by == "day" || s.Names == nil {
		return nil
	}
	names, err := s.Names(ctx, tx, tenant, by)
	if err != nil {
		return fmt.Errorf("name the rows of a report: %w", err)
	}
	for i := range rows {
		rows[i].Name = names[id(rows[i].ID)]
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.Resolved, a.Resolved), cmp.Compare(b.Out, a.Out), cmp.Compare(a.Name, b.Name))
	})
	return nil
}

// key is what tells rows of a report apart.
type key struct {
	day time.Time
	id  uuid.UUID
}

// tallied is a row in the making, with its times by how often each was taken.
type tallied struct {
	Row
	times map[What]map[int]int
}

type builder struct {
	q     Query
	rows  map[key]*tallied
	total tallied
}

func (b *builder) row(k key) *tallied {
	if b.rows[k] == nil {
		b.rows[k] = &tallied{}
	}
	return b.rows[k]
}

func keyOf(c counted) (k key) {
	if c.Day != nil {
		k.day = *c.Day
	}
	k.id = id(c.ID)
	return k
}

func (b *builder) addAll(list []counted) {
	if b.q.By == "day" {
		for day := b.q.From; !day.After(b.q.To); day = day.AddDate(0, 0, 1) {
			b.row(key{day: day})
		}
	}
	for _, c := range list {
		b.row(keyOf(c)).add(c)
		b.total.add(c)
	}
}

func (s *tallied) add(c counted) {
	switch c.What {
	case Opened:
		s.Opened += c.N
	case ResolvedCases:
		s.Resolved += c.N
	case In:
		s.In += c.N
	case Out:
		s.Out += c.N
	case Rated:
		s.Ratings, s.RatingSum = s.Ratings+c.N, s.RatingSum+c.Value*c.N
		if c.Value >= 4 {
			s.Satisfied += c.N
		}
	case SLAKept:
		s.SLAKept += c.N
	case SLAMissed:
		s.SLAMissed += c.N
	default:
		s.took(c)
	}
}

func (s *tallied) took(c counted) {
	if s.times == nil {
		s.times = map[What]map[int]int{}
	}
	if s.times[c.What] == nil {
		s.times[c.What] = map[int]int{}
	}
	s.times[c.What][c.Value] += c.N
}

// leave sets what was left at the end of each row: of a day, all that came and went until then.
func (b *builder) leave(list []counted) {
	slices.SortFunc(list, func(x, y counted) int { return keyOf(x).day.Compare(keyOf(y).day) })
	i, running := 0, 0
	if b.q.By == "day" {
		for day := b.q.From; !day.After(b.q.To); day = day.AddDate(0, 0, 1) {
			for ; i < len(list) && !keyOf(list[i]).day.After(day); i++ {
				running += list[i].N
			}
			b.row(key{day: day}).Backlog = running
		}
		b.total.Backlog = running
		return
	}
	for _, c := range list {
		b.total.Backlog += c.N
		if c.N != 0 {
			b.row(keyOf(c)).Backlog += c.N
		}
	}
}

func (b *builder) report() Report {
	r := Report{Items: []Row{}, Total: b.total.done()}
	for k, s := range b.rows {
		row := s.done()
		if b.q.By == "day" {
			row.Day = k.day.Format(time.DateOnly)
		} else if k.id != uuid.Nil {
			row.ID = &k.id
		}
		r.Items = append(r.Items, row)
	}
	slices.SortFunc(r.Items, func(x, y Row) int {
		return cmp.Or(cmp.Compare(x.Day, y.Day), cmp.Compare(id(x.ID).String(), id(y.ID).String()))
	})
	return r
}

func (s *tallied) done() Row {
	s.First = timesOf(s.times[FirstWall], s.times[FirstBusiness])
	s.Resolution = timesOf(s.times[ResolutionWall], s.times[ResolutionBusiness])
	return s.Row
}

func timesOf(wall, business map[int]int) (t Times) {
	t.N, t.Median, t.P90 = percentiles(wall)
	_, t.MedianBusiness, t.P90Business = percentiles(business)
	return t
}

// percentiles are the values that half and nine tenths do not exceed.
func percentiles(taken map[int]int) (n, median, p90 int) {
	values := make([]int, 0, len(taken))
	for v, count := range taken {
		values, n = append(values, v), n+count
	}
	slices.Sort(values)
	below := 0
	for _, v := range values {
		if before := below; before*2 < n {
			median = v
		}
		if before := below; before*10 < n*9 {
			p90 = v
		}
		below += taken[v]
	}
	return n, median, p90
}

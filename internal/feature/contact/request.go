package contact

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/realtime"
)

// RequestKind is what a person may ask of a business that keeps something about them.
type RequestKind string

// The kinds: a copy of everything, and its erasure.
const (
	ExportRequest  RequestKind = "export"
	ErasureRequest RequestKind = "erasure"
)

// exportKept is how long an export can be fetched; it is a person's data in one file.
const exportKept = 7 * 24 * time.Hour

// Request is such a demand and how far it is met. It stays as the record that it was.
type Request struct {
	ID         uuid.UUID   `json:"id"`
	ContactID  uuid.UUID   `json:"contactId"`
	Kind       RequestKind `json:"kind" enum:"export,erasure"`
	State      string      `json:"state" enum:"running,done,failed"`
	Reason     string      `json:"reason,omitempty" doc:"Why it failed"`
	Done       int64       `json:"done" doc:"Steps done so far, of total"`
	Total      int64       `json:"total"`
	MadeBy     string      `json:"madeBy,omitempty"`
	CreatedAt  time.Time   `json:"createdAt"`
	FinishedAt *time.Time  `json:"finishedAt,omitempty"`

	place requestPlace
}

// requestPlace is where a request goes on.
type requestPlace struct {
	Lives []uuid.UUID `json:"lives,omitempty"` // the contact and those merged into it
	Step  string      `json:"step,omitempty"`
	After uuid.UUID   `json:"after,omitzero"`
	Next  int         `json:"next,omitempty"` // of the tables that name contacts
	// Hashes of the addresses of a person being erased, by which rows of error files are found.
	Hashes [][]byte `json:"hashes,omitempty"`
}

const (
	requestColumns = `r.id, r.contact_id, r.kind, r.state, r.reason, r.done, r.total, r.made_by, r.created_at, r.finished_at, r.place`
	sqlRequest     = `select ` + requestColumns + ` from contact_requests r where r.tenant_id = $1 and r.id = $2`
	sqlRequestHeld = sqlRequest + ` for update`
	sqlRequestsOf  = `select ` + requestColumns + ` from contact_requests r
where r.tenant_id = $1 and r.contact_id = $2 order by r.id desc limit 20`
	// Living, deleted or erased.
	sqlKnown         = `select exists (select 1 from contacts where tenant_id = $1 and id = $2)`
	sqlInsertRequest = `
insert into contact_requests (tenant_id, id, contact_id, kind, state, total, place, made_by, created_at)
values ($1, $2, $3, $4, 'running', $5, $6, $7, $8)`
	sqlAdvanceRequest = `update contact_requests set done = $3, total = $4, place = $5 where tenant_id = $1 and id = $2`
	sqlEndRequest     = `
update contact_requests set state = $3, reason = $4, done = total, place = '{}', finished_at = $5 where tenant_id = $1 and id = $2`
)

func scanRequest(row pgx.CollectableRow) (Request, error) {
	var r Request
	err := row.Scan(&r.ID, &r.ContactID, &r.Kind, &r.State, &r.Reason, &r.Done, &r.Total, &r.MadeBy, &r.CreatedAt, &r.FinishedAt, &r.place)
	return r, err
}

func requestRow(ctx context.Context, tx pgx.Tx, sql string, tenant, id uuid.UUID) (Request, error) {
	rows, err := tx.Query(ctx, sql, tenant, id)
	if err != nil {
		return Request{}, err
	}
	r, err := pgx.CollectExactlyOneRow(rows, scanRequest)
	if errors.Is(err, pgx.ErrNoRows) {
		return r, fault.NotFound("This request does not exist.").WithCode("request_not_found")
	}
	return r, err
}

// Requests lists what was asked about a contact, the latest first.
func (s *Service) Requests(ctx context.Context, contact uuid.UUID) (found []Request, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		var known bool
		if err := tx.QueryRow(ctx, sqlKnown, tenant, contact).Scan(&known); err != nil || !known {
			return errOr(err, errNoContact())
		}
		rows, err := tx.Query(ctx, sqlRequestsOf, tenant, contact)
		if err != nil {
			return err
		}
		found, err = pgx.CollectRows(rows, scanRequest)
		return err
	})
	return found, err
}

// GetRequest returns one.
func (s *Service) GetRequest(ctx context.Context, id uuid.UUID) (r Request, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		r, err = requestRow(ctx, tx, sqlRequest, tenant, id)
		return err
	})
	return r, err
}

// Export begins to collect everything kept about a contact into one file.
func (s *Service) Export(ctx context.Context, contact uuid.UUID) (Request, error) {
	return s.request(ctx, contact, ExportRequest, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, r *Request) error {
		return Append(ctx, tx, tenant, r.CreatedAt, Event{Contact: contact, Kind: EventExported, Subject: r.ID})
	})
}

// Erase removes a person: the contact and its timeline at once, what was written to and by them
// and their rows in error files by a job. What it cost, and that somebody was there, stays.
func (s *Service) Erase(ctx context.Context, contact uuid.UUID) (Request, error) {
	return s.request(ctx, contact, ErasureRequest, s.erasePerson)
}

func (s *Service) request(ctx context.Context, contact uuid.UUID, kind RequestKind, begin func(context.Context, pgx.Tx, uuid.UUID, *Request) error) (r Request, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := tx.Exec(ctx, sqlBeginMerge, tenant); err != nil {
			return err
		}
		of, err := livesOf(ctx, tx, tenant, contact)
		if err != nil {
			return err
		}
		r = Request{ID: ident.New(), ContactID: contact, Kind: kind, State: "running", Total: 1, MadeBy: who(ctx), CreatedAt: s.clock.Now(),
			place: requestPlace{Lives: of.ids}}
		if err := begin(ctx, tx, tenant, &r); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlInsertRequest, tenant, r.ID, contact, kind, r.Total, r.place, r.MadeBy, r.CreatedAt); err != nil {
			return err
		}
		return s.queue.Insert(ctx, tx, requestArgs{Tenant: tenant, Request: r.ID}, nil)
	})
	return r, err
}

type requestArgs struct {
	Tenant  uuid.UUID `json:"tenant"`
	Request uuid.UUID `json:"request"`
}

func (requestArgs) Kind() string { return "contact_request" }
func (requestArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Metrics}
}

type requestWorker struct {
	river.WorkerDefaults[requestArgs]
	s *Service
}

// Work meets a request. It goes on where it was; what fails for good is said on the request.
func (w *requestWorker) Work(ctx context.Context, job *river.Job[requestArgs]) error {
	err := w.s.RunRequest(ctx, job.Args.Tenant, job.Args.Request)
	if err != nil && job.Attempt >= job.MaxAttempts {
		sentence := "Something went wrong on our side. Ask again; what is done already is not lost."
		return errors.Join(err, w.s.endRequest(actor.With(ctx, actor.ForTenant(job.Args.Tenant)), job.Args.Request, "failed", sentence))
	}
	return err
}

// RunRequest works a request to its end; one that has ended is left alone.
func (s *Service) RunRequest(ctx context.Context, tenant, id uuid.UUID) error {
	ctx = actor.With(ctx, actor.ForTenant(tenant))
	r, err := s.GetRequest(ctx, id)
	if err != nil || r.State != "running" {
		return err
	}
	work := s.export
	if r.Kind == ErasureRequest {
		work = s.forget
	}
	if err := work(ctx, tenant, r); err != nil {
		return fmt.Errorf("%s of contact %s: %w", r.Kind, r.ContactID, err)
	}
	return s.endRequest(ctx, id, "done", "")
}

// advance notes how far a request is, for the screen and for a worker that goes on.
func (s *Service) advance(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, r *Request) error {
	if _, err := tx.Exec(ctx, sqlAdvanceRequest, tenant, r.ID, r.Done, r.Total, r.place); err != nil {
		return err
	}
	return realtime.Publish(ctx, tx, tenant, "contacts", map[string]uuid.UUID{"request": r.ID})
}

func (s *Service) endRequest(ctx context.Context, id uuid.UUID, state, reason string) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := requestRow(ctx, tx, sqlRequestHeld, tenant, id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlEndRequest, tenant, id, state, reason, s.clock.Now()); err != nil {
			return err
		}
		return realtime.Publish(ctx, tx, tenant, "contacts", map[string]uuid.UUID{"request": id})
	})
}

func exportKey(tenant, id uuid.UUID) string {
	return tenant.String() + "/requests/" + id.String() + "/export.zip"
}

// ExportFile opens the file of an export that is done. The caller closes it.
func (s *Service) ExportFile(ctx context.Context, id uuid.UUID) (io.ReadCloser, error) {
	r, err := s.GetRequest(ctx, id)
	if err != nil {
		return nil, err
	}
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return nil, err
	}
	if r.Kind != ExportRequest || r.State != "done" {
		return nil, fault.Conflict("This export is not ready.").WithCode("export_not_ready")
	}
	file, _, err := s.blobs.Open(ctx, exportKey(tenant, id))
	if fault.KindOf(err) == fault.KindNotFound {
		return nil, fault.NotFound("Exports are kept for seven days. Export again.").WithCode("export_gone")
	}
	return file, err
}

const sqlSystemOldExports = `
select tenant_id, id from contact_requests
where kind = 'export' and state = 'done' and finished_at > $1 and finished_at <= $2 limit 1000`

// sweepExports deletes the files of exports that were done a week ago; it looks back two days, so
// that a day without a sweep does no harm.
func (s *Service) sweepExports(ctx context.Context) error {
	until := s.clock.Now().Add(-exportKept)
	var old []requestArgs
	err := s.db.AsSystem(ctx, "find exports of contacts that were kept long enough", func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlSystemOldExports, until.Add(-48*time.Hour), until)
		if err != nil {
			return err
		}
		old, err = pgx.CollectRows(rows, pgx.RowToStructByPos[requestArgs])
		return err
	})
	for _, args := range old {
		err = errors.Join(err, s.blobs.Delete(ctx, exportKey(args.Tenant, args.Request)))
	}
	return err
}

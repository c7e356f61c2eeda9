package contact

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/platform/sheet"
)

const (
	// A worker silent for so long has lost its import; a chunk takes a fraction of a second.
	importLease = time.Minute
	// How often progress is published, at most.
	progressEvery = 500 * time.Millisecond
)

// errLost: somebody else has the import now, or it was cancelled.
var errLost = errors.New("import is no longer held")

// RunImport works an import in this goroutine until it ends; finished reports that it did, and
// did not end early because slice ran out (0: no limit) or another worker has it. It may be
// called again at any time, in any process: each chunk's transaction writes where the next one
// starts, so a killed run continues exactly there.
func (s *Service) RunImport(ctx context.Context, tenant, id uuid.UUID, slice time.Duration) (finished bool, err error) {
	run := &importRun{s: s, tenant: tenant, claim: ident.New(), started: s.clock.Now()}
	held, err := run.take(ctx, id)
	if err != nil || !held {
		return false, err
	}
	err = run.work(ctx, slice)
	if errors.Is(err, errLost) {
		return false, nil
	}
	if run.imp.State == ImportRunning {
		if released := run.release(context.WithoutCancel(ctx)); err == nil {
			err = released
		}
	}
	if run.imp.State == ImportDone {
		s.forgetFile(ctx, tenant, id)
	}
	if err == nil && run.imp.State == ImportTried {
		err = s.forgetAddresses(ctx, tenant, id)
	}
	if err != nil {
		return false, fmt.Errorf("import %s: %w", id, err)
	}
	return run.imp.State == ImportDone || run.imp.State == ImportTried, nil
}

type importRun struct {
	s       *Service
	tenant  uuid.UUID
	claim   uuid.UUID
	imp     Import
	base    Import // imp as it stood when no chunk was on its way
	country string
	fields  map[string]Field // that the file fills, as its rows are checked against
	started time.Time
	told    time.Time // when progress was last published
	known   int64     // rows when the planner's statistics were last renewed
}

func (r *importRun) take(ctx context.Context, id uuid.UUID) (held bool, err error) {
	err = r.s.db.InTenant(ctx, r.tenant, func(ctx context.Context, tx pgx.Tx) error {
		claimed, err := tx.Exec(ctx, sqlClaimImport, r.tenant, id, r.claim, r.started, r.started.Add(importLease), ImportRunning)
		if err != nil || claimed.RowsAffected() == 0 {
			return err
		}
		held = true
		if r.imp, err = importRow(ctx, tx, sqlImport, r.tenant, id); err != nil {
			return err
		}
		r.country = r.imp.Options.Country
		if r.country == "" {
			if r.country, err = country(ctx, tx, r.tenant); err != nil {
				return err
			}
		}
		r.fields, err = holdFields(ctx, tx, r.tenant, r.imp.Options.fieldKeys())
		return err
	})
	return held, err
}

// options leaves out the columns of fields that were deleted since the start. A dry run makes no
// fields, so there a field that does not exist is a new one.
func (r *importRun) options() Options {
	o := r.imp.Options
	o.Mapping = slices.Clone(o.Mapping)
	for i, target := range o.Mapping {
		key, isField := strings.CutPrefix(string(target), fieldTarget)
		if _, known := r.fields[key]; isField && !known && !r.imp.DryRun {
			o.Mapping[i] = ToIgnore
		}
	}
	return o
}

// sameFields keeps the fields' definitions until the transaction ends. When one has changed since
// the rows were checked, the run ends here and the next one checks them again.
func (r *importRun) sameFields(ctx context.Context, tx pgx.Tx) error {
	if len(r.fields) == 0 {
		return nil
	}
	held, err := holdFields(ctx, tx, r.tenant, r.imp.Options.fieldKeys())
	if err == nil && !reflect.DeepEqual(held, r.fields) {
		return errSliceOver
	}
	return err
}

// work reads and parses chunks while those before are written.
func (r *importRun) work(ctx context.Context, slice time.Duration) error {
	file, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer file.Close()
	chunks := make(chan *chunk, 1)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(chunks)
		return r.cut(ctx, file, chunks)
	})
	group.Go(func() error { return r.writeAll(ctx, group, chunks, slice) })
	if err := group.Wait(); !errors.Is(err, errSliceOver) {
		return err
	}
	return nil
}

var errSliceOver = errors.New("time slice over")

func (r *importRun) cut(ctx context.Context, file io.Reader, chunks chan<- *chunk) error {
	cutter := &chunker{reader: sheet.NewReader(file, r.imp.Delimiter[0], r.imp.Read),
		parser: newRowParser(r.options(), r.country, r.fields), next: r.imp.nextRow, offset: r.imp.Read}
	if r.imp.Read == 0 && r.imp.HasHeader {
		if err := cutter.skipHeader(); err != nil {
			return err
		}
	}
	for {
		k, err := cutter.read()
		if err != nil {
			return err
		}
		select {
		case chunks <- k:
		case <-ctx.Done():
			return ctx.Err()
		}
		if k.last {
			return nil
		}
	}
}

func (c *chunker) skipHeader() error {
	record, err := c.reader.Next()
	if errors.Is(err, io.EOF) {
		return nil
	}
	c.next, c.offset = c.next+1, record.End
	return err
}

// open is the stored file from where the import stands.
func (r *importRun) open(ctx context.Context) (io.ReadCloser, error) {
	file, _, err := r.s.blobs.Open(ctx, fileKey(r.tenant, r.imp.ID))
	if err != nil {
		return nil, err
	}
	if seeker, ok := file.(io.Seeker); ok {
		_, err = seeker.Seek(r.imp.Read, io.SeekStart)
	} else {
		_, err = io.CopyN(io.Discard, file, r.imp.Read)
	}
	if err != nil {
		file.Close()
	}
	return file, err
}

const sqlSystemAnalyze = `select analyze_contacts()`

// renewStatistics lets the planner know of the new rows whenever there are five times as many as
// it was told of, and at the end.
func (r *importRun) renewStatistics(ctx context.Context) {
	rows := r.imp.Rows
	if r.imp.DryRun || rows < 2*chunkRows || rows < 5*r.known && (r.imp.State == ImportRunning || rows == r.known) {
		return
	}
	r.known = rows
	r.s.analyze(ctx)
}

// analyze lets the planner know of rows that an import or a bulk has written. Failing costs speed
// alone.
func (s *Service) analyze(ctx context.Context) {
	err := s.db.AsSystem(ctx, "renew planner statistics of contacts after many were written", func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlSystemAnalyze)
		return err
	})
	if err != nil {
		s.log.WarnContext(ctx, "analyze contacts", "error", err)
	}
}

func (i *Import) advance(k *chunk, w *writing) {
	i.Read, i.nextRow = k.end, k.next
	i.Rows += k.rows
	i.Created += w.created
	i.Updated += w.updated
	i.Duplicate += k.duplicate + w.known
	i.Invalid += k.invalid
	i.Sample = append(i.Sample, w.sample...)
	if k.last {
		i.State, i.FinishedAt = ImportDone, &w.now
	}
	if k.last && i.DryRun {
		i.State = ImportTried
	}
}

func (r *importRun) storePart(ctx context.Context, k *chunk) ([]int64, error) {
	part := k.errorPart()
	if len(part) == 0 {
		return []int64{}, nil
	}
	err := r.s.blobs.Put(ctx, r.imp.partKey(r.tenant, k.first), bytes.NewReader(part), int64(len(part)), "text/csv")
	return []int64{k.first}, err
}

func (r *importRun) checkpoint(ctx context.Context, tx pgx.Tx, next *Import, k *chunk, w *writing, part []int64) error {
	_, err := tx.Exec(ctx, sqlAdvanceImport, r.tenant, r.imp.ID, k.end, k.next, k.rows, w.created, w.updated,
		k.duplicate+w.known, k.invalid, part, w.now.Add(importLease), next.State, next.FinishedAt, notNil(next.Sample))
	return err
}

func (r *importRun) tell(ctx context.Context, tx pgx.Tx, next Import, now time.Time) error {
	if next.State == ImportRunning && now.Sub(r.told) < progressEvery {
		return nil
	}
	r.told = now
	return realtime.Publish(ctx, tx, r.tenant, "imports", next.progress())
}

// release lets another worker go on at once.
func (r *importRun) release(ctx context.Context) error {
	return r.s.db.InTenant(ctx, r.tenant, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlReleaseImport, r.tenant, r.imp.ID, r.claim)
		return err
	})
}

func fileKey(tenant, id uuid.UUID) string {
	return tenant.String() + "/imports/" + id.String() + "/file"
}

// partKey is where a chunk's piece of the error file is.
func (i Import) partKey(tenant uuid.UUID, first int64) string {
	if i.DryRun {
		return triedKey(tenant, i.ID, first)
	}
	return tenant.String() + "/imports/" + i.ID.String() + "/errors/" + strconv.FormatInt(first, 10)
}

func triedKey(tenant, id uuid.UUID, first int64) string {
	return tenant.String() + "/imports/" + id.String() + "/tried/" + strconv.FormatInt(first, 10)
}

// forgetFile deletes the uploaded file: it is people's data and has served.
func (s *Service) forgetFile(ctx context.Context, tenant, id uuid.UUID) {
	if err := s.blobs.Delete(context.WithoutCancel(ctx), fileKey(tenant, id)); err != nil {
		s.log.WarnContext(ctx, "delete imported file", "import_id", id, "error", err)
	}
}

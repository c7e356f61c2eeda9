package contact

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/platform/sheet"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// Start begins the import of an uploaded file. Fields, list and tags it needs are made in the
// same transaction as the job.
func (s *Service) Start(ctx context.Context, id uuid.UUID, o Options) (Import, error) {
	var imp Import
	var old []int64
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		if imp, err = importRow(ctx, tx, sqlImportLocked, tenant, id); err != nil {
			return err
		}
		if !imp.State.MayBecome(ImportRunning) {
			return fault.Conflict("This import was started before.").WithCode("import_started")
		}
		now := s.clock.Now()
		old = imp.errorParts
		if err := imp.prepareOrTry(ctx, tx, tenant, o, now); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlStartImport, tenant, id, imp.State, imp.Options, imp.Columns, imp.tagIDs, imp.HasHeader, now,
			imp.DryRun, imp.madeList); err != nil {
			return err
		}
		if imp, err = importRow(ctx, tx, sqlImport, tenant, id); err != nil {
			return err
		}
		return s.queue.Insert(ctx, tx, importArgs{Tenant: tenant, Import: id}, nil)
	})
	if err == nil {
		s.forgetParts(ctx, id, old)
	}
	return imp, err
}

// prepareOrTry does for a dry run what prepare does, and takes it back: what is wrong is said, and
// nothing is made.
func (i *Import) prepareOrTry(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, o Options, now time.Time) error {
	if i.DryRun = o.DryRun; !i.DryRun {
		return i.prepare(ctx, tx, tenant, o, now)
	}
	trial, err := tx.Begin(ctx)
	if err != nil {
		return err
	}
	err = i.prepare(ctx, trial, tenant, o, now)
	i.tagIDs, i.madeList = []uuid.UUID{}, nil
	return errors.Join(err, trial.Rollback(ctx))
}

// forgetParts deletes the error file of a dry run, which is people's data.
func (s *Service) forgetParts(ctx context.Context, id uuid.UUID, parts []int64) {
	tenant, _ := actor.Tenant(ctx)
	for _, first := range parts {
		if err := s.blobs.Delete(context.WithoutCancel(ctx), triedKey(tenant, id, first)); err != nil {
			s.log.WarnContext(ctx, "delete the error file of a dry run", "import_id", id, "error", err)
		}
	}
}

// prepare checks the options and makes what they name.
func (i *Import) prepare(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, o Options, now time.Time) error {
	if o.OnDuplicate == "" {
		o.OnDuplicate = UpdateExisting
	}
	if err := i.setMapping(&o); err != nil {
		return err
	}
	labels := map[string]string{}
	for _, column := range i.Columns {
		if key, ok := strings.CutPrefix(string(column.Target), fieldTarget); ok {
			labels[key] = column.Label
		}
	}
	if _, err := fieldsFor(ctx, tx, tenant, labels, now); err != nil {
		return err
	}
	i.tagIDs = sortedIDs(o.Tags)
	if err := holdTags(ctx, tx, tenant, i.tagIDs); err != nil {
		return err
	}
	if strings.TrimSpace(o.List) != "" {
		name, err := tagName(o.List)
		if err != nil {
			return err
		}
		list, made, err := ensureTag(ctx, tx, tenant, name, ListTag, now)
		if err != nil {
			return err
		}
		if made {
			i.madeList = &list.ID
		}
		i.tagIDs = sortedIDs(append(i.tagIDs, list.ID))
	}
	if o.HasHeader != nil {
		i.HasHeader = *o.HasHeader
	}
	i.Options, i.State, i.StartedAt = o, ImportRunning, &now
	return nil
}

// setMapping completes a short mapping with "ignore" and refuses an impossible one.
func (i *Import) setMapping(o *Options) error {
	bad := fault.Invalid("The columns cannot be imported like this.")
	if len(o.Mapping) > len(i.Columns) {
		bad = bad.At("body.mapping", "The file has fewer columns.")
	}
	seen := map[Target]bool{}
	mapping := make([]Target, len(i.Columns))
	for at := range mapping {
		mapping[at] = ToIgnore
		if at < len(o.Mapping) && o.Mapping[at] != "" {
			mapping[at] = o.Mapping[at]
		}
		target := mapping[at]
		switch {
		case !target.known():
			bad = bad.At("body.mapping", "Unknown target: "+firstRunes(string(target), 60))
		case target != ToIgnore && seen[target]:
			bad = bad.At("body.mapping", "Two columns are mapped to "+string(target)+".")
		}
		seen[target] = true
		i.setTarget(at, target, o.Labels)
	}
	if !seen[ToPhone] && !seen[ToBSUID] {
		bad = bad.At("body.mapping", "Say which column holds the phone numbers.")
	}
	o.Mapping, o.Labels = mapping, nil
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

func (i *Import) setTarget(at int, target Target, labels []string) {
	column := &i.Columns[at]
	key, isField := strings.CutPrefix(string(target), fieldTarget)
	switch {
	case !isField:
		column.Label = ""
	case at < len(labels) && strings.TrimSpace(labels[at]) != "":
		column.Label = strings.TrimSpace(labels[at])
	case column.Target != target || column.Label == "":
		column.Label = labelOf(key)
	}
	column.Target = target
}

func (t Target) known() bool {
	switch t {
	case ToIgnore, ToPhone, ToName, ToEmail, ToBSUID, ToLocale, ToOptIn, ToTags:
		return true
	}
	key, isField := strings.CutPrefix(string(t), fieldTarget)
	return isField && fieldKeyShape().MatchString(key)
}

// Imports lists those that were started, newest first.
func (s *Service) Imports(ctx context.Context, p web.PageQuery) (web.Page[Import], error) {
	before := uuid.Max
	if err := web.DecodeCursor(p.After, &before); err != nil {
		return web.Page[Import]{}, err
	}
	var page web.Page[Import]
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		rows, err := tx.Query(ctx, sqlImports, tenant, before, p.Limit+1)
		if err != nil {
			return err
		}
		found, err := pgx.CollectRows(rows, scanImport)
		page = web.PageOf(found, p.Limit, func(i Import) any { return i.ID })
		return err
	})
	return page, err
}

// GetImport returns one import; an uploaded file with a preview read as v says.
func (s *Service) GetImport(ctx context.Context, id uuid.UUID, v View) (Import, error) {
	var imp Import
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		if imp, err = importRow(ctx, tx, sqlImport, tenant, id); err != nil || imp.State != ImportUploaded {
			return err
		}
		return s.look(ctx, tx, tenant, &imp, v)
	})
	return imp, err
}

// CancelImport stops an import after the chunk being written. What was imported stays.
func (s *Service) CancelImport(ctx context.Context, id uuid.UUID) (Import, error) {
	var imp Import
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		if imp, err = importRow(ctx, tx, sqlImportLocked, tenant, id); err != nil {
			return err
		}
		if !imp.State.MayBecome(ImportCancelled) {
			return fault.Conflict("This import has ended already.").WithCode("import_ended")
		}
		now := s.clock.Now()
		imp.State, imp.FinishedAt = ImportCancelled, &now
		if err := endImport(ctx, tx, tenant, id, ImportCancelled, "", now); err != nil {
			return err
		}
		return realtime.Publish(ctx, tx, tenant, "imports", imp.progress())
	})
	if err == nil {
		tenant, _ := actor.Tenant(ctx)
		s.forgetFile(ctx, tenant, id)
	}
	return imp, err
}

// ErrorFile opens the rows that were not imported: row number, reason, the row. The caller
// closes it. An import without such rows has a file with titles alone.
func (s *Service) ErrorFile(ctx context.Context, id uuid.UUID) (io.ReadCloser, error) {
	return s.parts(ctx, id, func(imp Import, tenant uuid.UUID) (titles [][]byte, keys []string) {
		titles = [][]byte{[]byte("row"), []byte("reason")}
		for _, column := range imp.Columns {
			titles = append(titles, []byte(column.Name))
		}
		for _, first := range imp.errorParts {
			keys = append(keys, imp.partKey(tenant, first))
		}
		return titles, keys
	})
}

// parts streams titles and the stored pieces below them.
func (s *Service) parts(ctx context.Context, id uuid.UUID, of func(Import, uuid.UUID) ([][]byte, []string)) (io.ReadCloser, error) {
	var head []byte
	var keys []string
	if err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		imp, err := importRow(ctx, tx, sqlImport, tenant, id)
		titles, found := of(imp, tenant)
		head, keys = sheet.AppendRow([]byte(sheet.BOM), titles...), found
		return err
	}); err != nil {
		return nil, err
	}
	read, write := io.Pipe()
	go func() {
		out := bufio.NewWriterSize(write, 64<<10)
		_, err := out.Write(head)
		for _, key := range keys {
			if err == nil {
				err = s.copyPart(ctx, out, key)
			}
		}
		if err == nil {
			err = out.Flush()
		}
		write.CloseWithError(err)
	}()
	return read, nil
}

func (s *Service) copyPart(ctx context.Context, to io.Writer, key string) error {
	part, _, err := s.blobs.Open(ctx, key)
	if err != nil {
		return err
	}
	defer part.Close()
	_, err = io.Copy(to, part)
	return err
}

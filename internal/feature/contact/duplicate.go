package contact

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// Duplicate is two contacts that may be one person.
type Duplicate struct {
	Contact Contact   `json:"contact"`
	Other   Contact   `json:"other"`
	Source  string    `json:"source" enum:"whatsapp,email,phone" doc:"What speaks for it: WhatsApp or a file named both together, the same e-mail, the same number written in two ways"`
	SeenAt  time.Time `json:"seenAt"`
}

type duplicateKey struct {
	At    time.Time `json:"t"`
	ID    uuid.UUID `json:"i"`
	Other uuid.UUID `json:"o"`
}

type duplicatePair struct {
	ID, Other uuid.UUID
	Source    string
	SeenAt    time.Time
}

const sqlDuplicates = `
select d.contact_id, d.other_id, d.source, d.seen_at from contact_duplicates d
join contacts a on a.tenant_id = $1 and a.id = d.contact_id and a.deleted_at is null
join contacts b on b.tenant_id = $1 and b.id = d.other_id and b.deleted_at is null
where d.tenant_id = $1 and d.dismissed_at is null and (d.seen_at, d.contact_id, d.other_id) < ($2, $3, $4)
order by d.seen_at desc, d.contact_id desc, d.other_id desc limit $5`

// Duplicates lists pairs that nobody has decided about, the latest first.
func (s *Service) Duplicates(ctx context.Context, p web.PageQuery) (web.Page[Duplicate], error) {
	key := duplicateKey{At: s.clock.Now().Add(time.Hour), ID: uuid.Max, Other: uuid.Max}
	if err := web.DecodeCursor(p.After, &key); err != nil {
		return web.Page[Duplicate]{}, err
	}
	var page web.Page[Duplicate]
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		rows, err := tx.Query(ctx, sqlDuplicates, tenant, key.At, key.ID, key.Other, p.Limit+1)
		if err != nil {
			return err
		}
		pairs, err := pgx.CollectRows(rows, pgx.RowToStructByPos[duplicatePair])
		if err != nil {
			return err
		}
		found, err := fillPairs(ctx, tx, tenant, pairs)
		page = web.PageOf(found, p.Limit, func(d Duplicate) any { return duplicateKey{d.SeenAt, d.Contact.ID, d.Other.ID} })
		return err
	})
	return page, err
}

func fillPairs(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, pairs []duplicatePair) ([]Duplicate, error) {
	var ids []uuid.UUID
	for _, p := range pairs {
		ids = append(ids, p.ID, p.Other)
	}
	people, err := ByIDs(ctx, tx, tenant, sortedIDs(ids))
	if err != nil {
		return nil, err
	}
	if err := addTags(ctx, tx, tenant, people); err != nil {
		return nil, err
	}
	by := map[uuid.UUID]Contact{}
	for _, c := range people {
		by[c.ID] = c
	}
	found := make([]Duplicate, len(pairs))
	for i, p := range pairs {
		found[i] = Duplicate{by[p.ID], by[p.Other], p.Source, p.SeenAt}
	}
	return found, nil
}

const sqlDismiss = `
update contact_duplicates set dismissed_at = $4
where tenant_id = $1 and (contact_id = $2 and other_id = $3 or contact_id = $3 and other_id = $2) and dismissed_at is null`

// Dismiss says that two contacts are two people; they are not shown again.
func (s *Service) Dismiss(ctx context.Context, id, other uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		done, err := tx.Exec(ctx, sqlDismiss, tenant, id, other, s.clock.Now())
		if err == nil && done.RowsAffected() == 0 {
			return errNoContact()
		}
		return err
	})
}

// FindDuplicates begins to look for people who are two contacts, in the background.
func (s *Service) FindDuplicates(ctx context.Context) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		return s.queue.Insert(ctx, tx, findDuplicatesArgs{Tenant: tenant}, nil)
	})
}

// findDuplicatesArgs asks for a search: by e-mail, then by numbers written in two ways.
type findDuplicatesArgs struct {
	Tenant uuid.UUID `json:"tenant"`
}

func (findDuplicatesArgs) Kind() string { return "contact_duplicates_find" }
func (findDuplicatesArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queue.Metrics}
}

type findDuplicatesWorker struct {
	river.WorkerDefaults[findDuplicatesArgs]
	s *Service
}

// Work reads the indexes from end to end in pages; pairs that are known already stay as they are.
func (w *findDuplicatesWorker) Work(ctx context.Context, job *river.Job[findDuplicatesArgs]) error {
	tenant := job.Args.Tenant
	ctx = actor.With(ctx, actor.ForTenant(tenant))
	if err := w.s.findByEmail(ctx, tenant); err != nil {
		return err
	}
	if err := w.s.findByPhone(ctx, tenant); err != nil {
		return err
	}
	return w.s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		return realtime.Publish(ctx, tx, tenant, "contacts", map[string]string{"duplicates": "found"})
	})
}

const findPage = 20_000

const (
	sqlEmails = `
select email, id from contacts where tenant_id = $1 and email is not null and (email, id) > ($2, $3)
order by email, id limit $4`
	sqlAddDuplicates = `
insert into contact_duplicates (tenant_id, contact_id, other_id, source, seen_at)
select $1, u.contact_id, u.other_id, $4, $5 from unnest($2::uuid[], $3::uuid[]) as u(contact_id, other_id)
where not exists (select 1 from contact_duplicates d
    where d.tenant_id = $1 and d.contact_id = u.other_id and d.other_id = u.contact_id)
on conflict do nothing`
	// A mobile of Mexico with the 1 it had until 2019, of Brazil without the 9 it has since: the
	// same person is in the file of another year with the other number.
	sqlOldNumbers = `
select b.id, a.id, a.phone from contacts a
cross join lateral (select x.id from contacts x where x.tenant_id = $1 and x.deleted_at is null
    and x.phone = case when a.phone like '+521%' then '+52' || substr(a.phone, 5)
        else substr(a.phone, 1, 5) || '9' || substr(a.phone, 6) end) b
where a.tenant_id = $1 and a.phone > $2 and a.phone < $3 and a.deleted_at is null
    and length(a.phone) = $4 order by a.phone limit $5`
)

type emailRow struct {
	Email string
	ID    uuid.UUID
}

// findByEmail compares neighbours in the order of the index.
func (s *Service) findByEmail(ctx context.Context, tenant uuid.UUID) error {
	last := emailRow{}
	for more := true; more; {
		err := s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
			rows, err := tx.Query(ctx, sqlEmails, tenant, last.Email, last.ID, findPage)
			if err != nil {
				return err
			}
			page, err := pgx.CollectRows(rows, pgx.RowToStructByPos[emailRow])
			if err != nil {
				return err
			}
			var ids, others []uuid.UUID
			for _, row := range page {
				if row.Email == last.Email {
					ids, others = append(ids, last.ID), append(others, row.ID)
				}
				last = row
			}
			more = len(page) == findPage
			return s.addDuplicates(ctx, tx, tenant, "email", ids, others)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) findByPhone(ctx context.Context, tenant uuid.UUID) error {
	for _, country := range []struct {
		after, before string
		length        int
	}{{"+521", "+522", 14}, {"+55", "+56", 13}} {
		for after := country.after; after != ""; {
			err := s.db.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
				rows, err := tx.Query(ctx, sqlOldNumbers, tenant, after, country.before, country.length, findPage)
				if err != nil {
					return err
				}
				after = ""
				var ids, others []uuid.UUID
				var id, other uuid.UUID
				var phone string
				if _, err := pgx.ForEachRow(rows, []any{&id, &other, &phone}, func() error {
					ids, others = append(ids, id), append(others, other)
					return nil
				}); err != nil {
					return err
				}
				if len(ids) == findPage {
					after = phone
				}
				return s.addDuplicates(ctx, tx, tenant, "phone", ids, others)
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) addDuplicates(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, source string, ids, others []uuid.UUID) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, sqlAddDuplicates, tenant, ids, others, source, s.clock.Now())
	return err
}

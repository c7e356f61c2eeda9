package contact

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent"
)

// writing is a chunk on its way into the contacts, inside one transaction.
type writing struct {
	tx       pgx.Tx
	tenant   uuid.UUID
	imp      Import
	now      time.Time
	chunk    *chunk
	ids      []uuid.UUID    // per person: the contact they are, Nil when refused
	problems map[int]string // people refused by what the database holds
	created  int64
	updated  int64
	known    int64 // living contacts left as they are
	tally    tally
	before   map[uuid.UUID]Contact // known contacts as they were
	fresh    map[uuid.UUID]bool    // contacts the chunk made
	journal  journal
	events   []Event
	sample   []ImportChange // of a dry run
	keys     erasureKeys
	said     map[OptIn][]uuid.UUID // whose consent the file gave or took
}

// write puts the chunk's people into the contacts and gives them their tags.
func (w *writing) write(ctx context.Context) error {
	w.ids, w.problems, w.tally = make([]uuid.UUID, len(w.chunk.people)), map[int]string{}, tally{}
	w.before, w.fresh = map[uuid.UUID]Contact{}, make(map[uuid.UUID]bool, len(w.chunk.people))
	if err := w.refuseErased(ctx); err != nil {
		return err
	}
	w.said = map[OptIn][]uuid.UUID{}
	tagIDs, err := w.rowTags(ctx)
	if err != nil {
		return err
	}
	byPhone, byBSUID, err := w.sort(ctx)
	if err != nil {
		return err
	}
	if err := w.upsert(ctx, "phone", byPhone); err != nil {
		return err
	}
	if err := w.upsert(ctx, "bsuid", byBSUID); err != nil {
		return err
	}
	if err := w.record(ctx); err != nil {
		return err
	}
	w.tally[everyone()] += w.created
	if err := w.mark(ctx, tagIDs); err != nil {
		return err
	}
	if err := w.writeJournal(ctx); err != nil {
		return err
	}
	return w.tally.write(ctx, w.tx, w.tenant)
}

// sort decides by which address each person is found, in the order of that address. Only people
// with both need a look at the database.
func (w *writing) sort(ctx context.Context) (byPhone, byBSUID []int, err error) {
	var both []int
	for i, who := range w.chunk.people {
		switch {
		case w.problems[i] != "":
		case who.bsuid == "":
			byPhone = append(byPhone, i)
		case who.phone == "":
			byBSUID = append(byBSUID, i)
		default:
			both = append(both, i)
		}
	}
	if len(both) > 0 {
		if byPhone, byBSUID, err = w.sortBoth(ctx, both, byPhone, byBSUID); err != nil {
			return nil, nil, err
		}
	}
	people := w.chunk.people
	slices.SortFunc(byPhone, func(a, b int) int { return strings.Compare(people[a].phone, people[b].phone) })
	slices.SortFunc(byBSUID, func(a, b int) int { return strings.Compare(people[a].bsuid, people[b].bsuid) })
	return byPhone, byBSUID, nil
}

func (w *writing) sortBoth(ctx context.Context, both, byPhone, byBSUID []int) ([]int, []int, error) {
	phones, bsuids := w.addresses(both)
	rows, err := w.tx.Query(ctx, sqlHolders, w.tenant, phones, bsuids)
	if err != nil {
		return nil, nil, err
	}
	ofPhone, ofBSUID := map[string]uuid.UUID{}, map[string]uuid.UUID{}
	var id uuid.UUID
	var phone, bsuid string
	if _, err := pgx.ForEachRow(rows, []any{&id, &phone, &bsuid}, func() error {
		ofPhone[phone], ofBSUID[bsuid] = id, id
		return nil
	}); err != nil {
		return nil, nil, err
	}
	for _, i := range both {
		who := w.chunk.people[i]
		a, b := ofPhone[who.phone], ofBSUID[who.bsuid]
		switch {
		case a != uuid.Nil && b != uuid.Nil && a != b:
			w.problems[i] = problemTwoPeople
			if err := recordDuplicate(ctx, w.tx, w.tenant, b, a, w.now); err != nil {
				return nil, nil, err
			}
		case b != uuid.Nil:
			byBSUID = append(byBSUID, i)
		default:
			byPhone = append(byPhone, i)
		}
	}
	return byPhone, byBSUID, nil
}

func (w *writing) addresses(people []int) (phones, bsuids []string) {
	phones, bsuids = []string{}, []string{}
	for _, i := range people {
		if who := w.chunk.people[i]; who.phone != "" {
			phones = append(phones, who.phone)
		}
		if who := w.chunk.people[i]; who.bsuid != "" {
			bsuids = append(bsuids, who.bsuid)
		}
	}
	return phones, bsuids
}

// upsert writes the people and notes who is new, changed, or left alone.
func (w *writing) upsert(ctx context.Context, address string, people []int) error {
	if len(people) == 0 {
		return nil
	}
	if err := w.remember(ctx, address, people); err != nil {
		return err
	}
	rows, err := w.tx.Query(ctx, w.statement(address), w.columns(people)...)
	if err != nil {
		return err
	}
	if err := w.collect(rows, address, func(i int, id uuid.UUID, isNew bool, said OptIn) {
		w.ids[i] = id
		w.note(i, id, isNew)
		if said != "" {
			w.said[said] = append(w.said[said], id)
		}
		if isNew {
			w.created++
		} else {
			w.updated++
		}
	}); err != nil {
		return err
	}
	return w.leftAlone(ctx, address, people)
}

func (w *writing) statement(address string) string {
	skip := w.imp.Options.OnDuplicate == SkipExisting
	switch {
	case address == "phone" && skip:
		return sqlSkipByPhone
	case address == "phone":
		return sqlUpdateByPhone
	case skip:
		return sqlSkipByBSUID
	}
	return sqlUpdateByBSUID
}

// leftAlone finds the contacts of people whom the upsert did not touch: repeated in the file, or
// known and to be skipped. The latter still get the file's tags.
func (w *writing) leftAlone(ctx context.Context, address string, people []int) error {
	people = slices.DeleteFunc(slices.Clone(people), func(i int) bool { return w.ids[i] != uuid.Nil })
	if len(people) == 0 {
		return nil
	}
	phones, bsuids := w.addresses(people)
	rows, err := w.tx.Query(ctx, sqlLeftAlone, w.tenant, phones, bsuids, w.imp.ID)
	if err != nil {
		return err
	}
	return w.collect(rows, address, func(i int, id uuid.UUID, ours bool, _ OptIn) {
		switch {
		case w.ids[i] != uuid.Nil || w.problems[i] != "":
		case ours:
			w.problems[i] = problemRepeated
		default:
			w.ids[i] = id
			w.known++
		}
	})
}

// collect matches rows of (id, phone, bsuid, flag, consent) with people by the address they were found by.
func (w *writing) collect(rows pgx.Rows, address string, found func(person int, id uuid.UUID, flag bool, said OptIn)) error {
	var id uuid.UUID
	var phone, bsuid string
	var flag bool
	var said OptIn
	_, err := pgx.ForEachRow(rows, []any{&id, &phone, &bsuid, &flag, &said}, func() error {
		i, ok := w.chunk.byPhone[phone]
		if address == "bsuid" {
			i, ok = w.chunk.byBSUID[bsuid]
		}
		if ok {
			found(i, id, flag, said)
		}
		return nil
	})
	return err
}

// columns are the arguments of statement.
func (w *writing) columns(people []int) []any {
	n := len(people)
	ids := make([]uuid.UUID, n)
	phones, bsuids, fields := make([]*string, n), make([]*string, n), make([]*string, n)
	names, keys, emails := make([]string, n), make([]string, n), make([]string, n)
	locales, markets, optIns := make([]string, n), make([]string, n), make([]string, n)
	for at, i := range people {
		who := &w.chunk.people[i]
		ids[at], phones[at], bsuids[at] = who.id, orNull(who.phone), orNull(who.bsuid)
		names[at], keys[at], emails[at], locales[at] = who.name, nameKey(who.name), who.email, who.locale
		markets[at], optIns[at] = who.market(), string(who.optIn)
		if who.fields != nil {
			fields[at] = orNull(string(who.fields))
		}
	}
	w.journal.span(ids)
	source, evidence := w.consent()
	return []any{w.tenant, ids, phones, bsuids, names, keys, emails, locales, markets, fields, optIns,
		source, evidence, w.now, w.imp.ID}
}

// consent is what the file's consents stand on: what was declared for it, or the file itself.
func (w *writing) consent() (source, evidence string) {
	if o := w.imp.Options.OptIn; o != nil {
		return o.Source, o.Evidence
	}
	return "import", w.imp.FileName
}

// record appends the consents that the chunk gave or took to their record.
func (w *writing) record(ctx context.Context) error {
	source, evidence := w.consent()
	for _, state := range []OptIn{OptInPending, OptInGiven, OptInRefused} {
		err := consent.Append(ctx, w.tx, w.tenant, w.said[state], consent.Change{Purpose: consent.Marketing, State: consent.State(state),
			Via: consent.ViaImport, Source: source, Evidence: evidence, BatchID: w.imp.ID, At: w.now})
		if err != nil {
			return err
		}
	}
	return nil
}

// rowTags makes the tags named in the rows and returns their ids by name key.
func (w *writing) rowTags(ctx context.Context) (map[string]uuid.UUID, error) {
	ids := map[string]uuid.UUID{}
	full := map[string]bool{}
	for i, who := range w.chunk.people {
		for _, name := range who.tags {
			key := nameKey(name)
			if ids[key] == uuid.Nil && !full[key] {
				tag, _, err := ensureTag(ctx, w.tx, w.tenant, name, PlainTag, w.now)
				if isTooManyTags(err) {
					full[key] = true
				} else if err != nil {
					return nil, err
				}
				ids[key] = tag.ID
			}
			if full[key] {
				w.problems[i] = problemTooMany
			}
		}
	}
	return ids, nil
}

// mark gives everybody the file's tags, and each person those of their row.
func (w *writing) mark(ctx context.Context, tagIDs map[string]uuid.UUID) error {
	fresh, known := make([]uuid.UUID, 0, len(w.ids)), []uuid.UUID{}
	var pairTags, pairContacts []uuid.UUID
	for i, id := range w.ids {
		if id == uuid.Nil || w.problems[i] != "" {
			continue
		}
		if w.fresh[id] {
			fresh = append(fresh, id)
		} else {
			known = append(known, id)
		}
		for _, name := range w.chunk.people[i].tags {
			pairTags, pairContacts = append(pairTags, tagIDs[nameKey(name)]), append(pairContacts, id)
		}
	}
	tags, err := w.fileTags(ctx)
	if err != nil {
		return err
	}
	if err := mark(ctx, w.tx, w.tenant, tags, sortedIDs(fresh), w.tally); err != nil {
		return err
	}
	if err := w.markNoted(ctx, sqlMarkNoted, tags, sortedIDs(known)); err != nil {
		return err
	}
	return w.markNoted(ctx, sqlMarkPairs, pairTags, pairContacts)
}

// fileTags are the file's tags that still exist.
func (w *writing) fileTags(ctx context.Context) ([]uuid.UUID, error) {
	if len(w.imp.tagIDs) == 0 {
		return nil, nil
	}
	rows, err := w.tx.Query(ctx, sqlHoldTags, w.tenant, w.imp.tagIDs)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

package contact

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/nyaruka/phonenumbers"

	"github.com/aerostic/aerostic/internal/feature/segment"
)

// Filter narrows a list of contacts; zero fields narrow nothing.
type Filter struct {
	// Q is the beginning of a name, the beginning of a phone number, or a whole e-mail address:
	// whichever it looks like.
	Q          string    `json:"q,omitempty" maxLength:"200"`
	Tag        uuid.UUID `json:"tag,omitzero"`
	OptIn      OptIn     `json:"optIn,omitempty" enum:"unknown,pending,in,out"`
	Suppressed *bool     `json:"suppressed,omitempty"`
	// The id of a stage, and the user id of an owner; "none" for contacts without.
	Stage string `json:"stage,omitempty" pattern:"^(none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"`
	Owner string `json:"owner,omitempty" pattern:"^(none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"`
	// A saved segment, and conditions of this list alone.
	Segment uuid.UUID      `json:"segment,omitzero"`
	Where   *segment.Query `json:"where,omitempty"`
}

// query is the part of the filter that the compiler of segments reads.
func (f Filter) query() segment.Query {
	var parts []segment.Query
	if f.Segment != uuid.Nil {
		parts = oneOf("segment", []uuid.UUID{f.Segment})
	}
	if f.Where != nil {
		parts = append(parts, *f.Where)
	}
	return segment.Query{All: parts}
}

// none is what a filter says for contacts without a stage, or without an owner.
const none = "none"

// Sort is the order of a list. Searching by name or phone orders by what was searched, and one
// stage alone by who came into it last.
type Sort string

// The orders.
const (
	Newest Sort = "newest"
	ByName Sort = "name"
)

// listing is a filter turned into one ordered read of one index: newest (by id, descending), name,
// phone or stage (who came last first). Every order ends in the id, so cursors are exact.
type listing struct {
	filter   Filter
	order    string   // "id", "name", "phone", "stage"
	prefix   string   // of the name key
	prefixes []string // of the phone; none contains another
	email    string
	locked   bool             // rows are locked as they are read
	only     segment.Compiled // conditions of a segment; nothing when there are none
}

// position is the cursor: the key of the last row shown.
type position struct {
	Key string    `json:"k,omitempty"`
	ID  uuid.UUID `json:"i"`
}

func (l listing) position(c Contact) any {
	switch l.order {
	case "name":
		return position{nameKey(c.Name), c.ID}
	case "phone":
		return position{c.Phone, c.ID}
	case "stage":
		return position{c.StageAt.UTC().Format(time.RFC3339Nano), c.ID}
	}
	return position{ID: c.ID}
}

func newListing(f Filter, sort Sort, country string) listing {
	l := listing{filter: f, order: "id"}
	switch {
	case sort == ByName:
		l.order = "name"
	case f.Stage != "" && f.Stage != none && f.Tag == uuid.Nil:
		l.order = "stage"
	}
	q := strings.TrimSpace(f.Q)
	switch {
	case q == "":
	case strings.Contains(q, "@"):
		l.email = strings.ToLower(q)
	case looksLikePhone(q):
		l.order, l.prefixes = "phone", phonePrefixes(q, country)
	default:
		l.order, l.prefix = "name", nameKey(q)
	}
	return l
}

func looksLikePhone(q string) bool {
	plain := plainDigits(q)
	return countDigits(plain) > 0 && strings.Trim(plain, "+0123456789 -().") == ""
}

// phonePrefixes reads typed digits both as the start of an international number and as the start
// of one of the tenant's country.
func phonePrefixes(q, country string) []string {
	plain := plainDigits(q)
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, plain)
	switch {
	case strings.HasPrefix(plain, "+"):
		return []string{"+" + digits}
	case strings.HasPrefix(digits, "00"):
		return []string{"+" + digits[2:]}
	}
	code := phonenumbers.GetCountryCodeForRegion(country)
	national := "+" + strconv.Itoa(code) + strings.TrimPrefix(digits, "0")
	international := "+" + digits
	if code == 0 || strings.HasPrefix(national, international) {
		return []string{international}
	}
	if strings.HasPrefix(digits, "0") {
		return []string{national}
	}
	return []string{international, national}
}

func list(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, l listing, after position, limit int) ([]Contact, error) {
	if len(l.prefixes) == 0 {
		q := l.rows(tenant, "")
		l.page(q, after, limit)
		return collect(ctx, tx, q.String(), q.arguments()...)
	}
	var found []Contact
	for _, prefix := range l.prefixes {
		q := l.rows(tenant, prefix)
		l.page(q, after, limit)
		some, err := collect(ctx, tx, q.String(), q.arguments()...)
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	slices.SortFunc(found, func(a, b Contact) int { return strings.Compare(a.Phone, b.Phone) })
	return found[:min(limit, len(found))], nil
}

// rows selects what the filter lets through, without order or limit. A tag drives the read
// unless a prefix does: both are index ranges.
func (l listing) rows(tenant uuid.UUID, phonePrefix string) *query {
	q := newQuery(tenant)
	q.add(`select ` + columns)
	l.conditions(q, phonePrefix)
	return q
}

func (l listing) conditions(q *query, phonePrefix string) {
	q.only(l.only)
	q.once = q.once || l.filter.Tag != uuid.Nil && !l.byTag() // few have some tags, and most have others
	if l.byTag() {
		q.add(` from contact_tags t join contacts c on c.tenant_id = $1 and c.id = t.contact_id`)
		q.add(l.only.Joins.Text, l.only.Joins.Args...)
		q.add(` where t.tenant_id = $1 and t.tag_id = ? and c.deleted_at is null`, l.filter.Tag)
	} else {
		q.add(` from contacts c`)
		q.add(l.only.Joins.Text, l.only.Joins.Args...)
		q.add(` where c.tenant_id = $1 and c.deleted_at is null`)
		if l.filter.Tag != uuid.Nil {
			q.add(` and exists (select 1 from contact_tags t
    where t.tenant_id = $1 and t.contact_id = c.id and t.tag_id = ?)`, l.filter.Tag)
		}
	}
	switch {
	case l.prefix != "":
		q.add(` and c.name_key >= ? and c.name_key < ?`, l.prefix, afterPrefix(l.prefix))
	case phonePrefix != "":
		q.add(` and c.phone >= ? and c.phone < ?`, phonePrefix, afterPrefix(phonePrefix))
	case l.email != "":
		q.add(` and c.email = ?`, l.email)
	}
	if l.filter.OptIn != "" {
		q.add(` and c.opt_in = ?`, l.filter.OptIn)
	}
	if s := l.filter.Suppressed; s != nil && *s {
		q.add(` and c.suppressed_at is not null`)
	} else if s != nil {
		q.add(` and c.suppressed_at is null`)
	}
	if l.only.Where.Text != "" {
		q.add(` and `+l.only.Where.Text, l.only.Where.Args...)
	}
	equals(q, "c.stage_id", l.filter.Stage)
	equals(q, "c.owner_id", l.filter.Owner)
}

// equals narrows a column to an id, or to none.
func equals(q *query, column, id string) {
	switch id {
	case "":
	case none:
		q.add(` and ` + column + ` is null`)
	default:
		q.add(` and `+column+` = ?::uuid`, id)
	}
}

func (l listing) byTag() bool { return l.filter.Tag != uuid.Nil && l.order == "id" }

func (l listing) page(q *query, after position, limit int) {
	id := "c.id"
	if l.byTag() {
		id = "t.contact_id"
	}
	l.from(q, id, after)
	l.ordered(q, id, limit)
	if l.locked {
		q.add(` for no key update of c`)
	}
}

// from leaves out what stands before a position and at it.
func (l listing) from(q *query, id string, after position) {
	if after.ID == uuid.Nil {
		return
	}
	switch l.order {
	case "name":
		q.add(` and (c.name_key, c.id) > (?, ?)`, after.Key, after.ID)
	case "phone":
		q.add(` and c.phone > ?`, after.Key)
	case "stage":
		q.add(` and (c.stage_at, c.id) < (?::timestamptz, ?)`, after.Key, after.ID)
	default:
		q.add(` and `+id+` < ?`, after.ID)
	}
}

func (l listing) ordered(q *query, id string, limit int) {
	by := map[string]string{"name": "c.name_key, c.id", "phone": "c.phone", "stage": "c.stage_at desc, c.id desc"}[l.order]
	if by == "" {
		by = id + " desc"
	}
	q.add(` order by `+by+` limit ?`, limit)
}

// countedUpTo is where counting what has no tally stops: a list says "more than".
const countedUpTo = 10_000

// total is the length of the list: exact and free without a filter and with a tag, a stage or an
// owner alone; otherwise counted up to most (0: to the end), and nil beyond.
func (l listing) total(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, most int) (*int64, error) {
	if id, ok := l.filter.tallied(); ok {
		n, err := counted(ctx, tx, tenant, id)
		return &n, err
	}
	prefixes := l.prefixes
	if len(prefixes) == 0 {
		prefixes = []string{""}
	}
	var total int64
	for _, prefix := range prefixes {
		q := newQuery(tenant).add(`select count(*)`).add(` from (select 1`)
		l.conditions(q, prefix)
		if most > 0 {
			q.add(` limit ?`, most+1)
		}
		q.add(`) x`)
		var n int64
		if err := tx.QueryRow(ctx, q.String(), q.arguments()...).Scan(&n); err != nil {
			return nil, err
		}
		total += n
	}
	if most > 0 && total > int64(most) {
		return nil, nil
	}
	return &total, nil
}

// tallied is what the filter's list is counted under, if it is counted at all.
func (f Filter) tallied() (uuid.UUID, bool) {
	if strings.TrimSpace(f.Q) != "" || f.OptIn != "" || f.Suppressed != nil || f.Stage == none || f.Owner == none || !f.query().Everybody() {
		return uuid.Nil, false
	}
	id := f.Tag
	for _, other := range []string{f.Stage, f.Owner} {
		if other == "" {
			continue
		}
		parsed, err := uuid.Parse(other)
		if err != nil || id != uuid.Nil {
			return uuid.Nil, false
		}
		id = parsed
	}
	return id, true
}

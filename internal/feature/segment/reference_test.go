package segment

import (
	"encoding/binary"
	"math/big"
	"math/bits"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// holds says, in Go alone, whether a query lets a person through.
func (w *world) holds(q Query, p person) bool {
	switch {
	case q.Everybody():
		return true
	case q.Not != nil:
		return !w.holds(*q.Not, p)
	case len(q.All) > 0:
		return !slices.ContainsFunc(q.All, func(one Query) bool { return !w.holds(one, p) })
	case len(q.Any) > 0:
		return slices.ContainsFunc(q.Any, func(one Query) bool { return w.holds(one, p) })
	}
	for negative, positive := range map[string]string{"isnt": "is", "unset": "set", "unsent": "sent", "silent": "wrote", "unwritten": "written",
		"unclicked": "clicked", "unheld": "held", "unreached": "reached"} {
		if q.Op == negative {
			q.Op = positive
			return !w.holds(q, p)
		}
	}
	return w.leafHolds(q, p)
}

func (w *world) leafHolds(q Query, p person) bool {
	if key, isField := strings.CutPrefix(q.On, "field:"); isField {
		at := slices.IndexFunc(w.fields, func(f field) bool { return f.Key == key })
		value, has := p.fields[key]
		return has && w.valueHolds(q, w.fields[at].Type, value)
	}
	isOneOf := func(id uuid.UUID) bool { return slices.Contains(q.Values, id.String()) }
	switch q.On {
	case "name":
		return p.name != "" && w.valueHolds(q, "text", p.name)
	case "phone":
		return w.valueHolds(q, "text", p.phone)
	case "email":
		return p.email != "" && w.valueHolds(q, "text", p.email)
	case "market":
		return p.market != "" && (q.Op == "set" || slices.Contains(q.Values, p.market))
	case "locale":
		return p.locale != "" && w.valueHolds(q, "text", p.locale)
	case "created":
		return w.dayHolds(q, p.created)
	case "tag":
		return slices.ContainsFunc(q.ids("tag"), func(id uuid.UUID) bool { return p.tags[id] })
	case "stage":
		return p.stage != uuid.Nil && (q.Op == "set" || isOneOf(p.stage))
	case "owner":
		return p.owner != uuid.Nil && (q.Op == "set" || isOneOf(p.owner))
	case "optin":
		return slices.Contains(q.Values, p.optIn)
	case "suppressed":
		return p.suppressed == (q.Op == "yes")
	case "reachable":
		return p.unreachable == (q.Op == "no")
	case "window":
		return (p.windowUntil != nil && p.windowUntil.After(w.now)) == (q.Op == "yes")
	case "segment":
		return slices.ContainsFunc(q.ids("segment"), func(id uuid.UUID) bool { return w.holds(w.segments[id], p) })
	case "random":
		percent, _ := strconv.ParseFloat(q.Values[0], 64)
		return float64(hashUUID(p.id, uint64(q.Seed))&(1<<20-1)) < float64(int64(percent*(1<<20)/100))
	}
	return w.activityHolds(q, p)
}

func (w *world) valueHolds(q Query, fieldType, value string) bool {
	low := strings.ToLower
	switch {
	case q.Op == "set":
		return true
	case fieldType == "number":
		return numberHolds(q, value)
	case fieldType == "date":
		return dateHolds(q, value, w.now)
	case fieldType == "boolean":
		return value == map[string]string{"yes": "true", "no": "false"}[q.Op]
	case q.Op == "contains":
		return strings.Contains(low(value), low(q.Values[0]))
	case q.Op == "starts":
		return strings.HasPrefix(low(value), low(q.Values[0]))
	case fieldType == "choice":
		return slices.Contains(q.Values, value)
	}
	return slices.ContainsFunc(q.Values, func(v string) bool { return low(v) == low(value) })
}

func numberHolds(q Query, value string) bool {
	if !regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`).MatchString(value) {
		return false
	}
	n, _ := new(big.Rat).SetString(value)
	against := func(i int) int {
		other, _ := new(big.Rat).SetString(q.Values[i])
		return n.Cmp(other)
	}
	switch q.Op {
	case "less":
		return against(0) < 0
	case "most":
		return against(0) <= 0
	case "more":
		return against(0) > 0
	case "least":
		return against(0) >= 0
	case "between":
		return against(0) >= 0 && against(1) <= 0
	}
	for i := range q.Values {
		if against(i) == 0 {
			return true
		}
	}
	return false
}

func kolkata(at time.Time) time.Time {
	zone, _ := time.LoadLocation("Asia/Kolkata")
	return at.In(zone)
}

func dateHolds(q Query, value string, now time.Time) bool {
	day := func(n int) string { return kolkata(now).AddDate(0, 0, n).Format(time.DateOnly) }
	switch q.Op {
	case "on":
		return value == q.Values[0]
	case "before":
		return value < q.Values[0]
	case "after":
		return value > q.Values[0]
	case "between":
		return value >= q.Values[0] && value <= q.Values[1]
	case "past":
		return value >= day(-q.Days) && value <= day(0)
	}
	return value >= day(0) && value <= day(q.Days)
}

func (w *world) dayHolds(q Query, at time.Time) bool {
	if q.Op == "past" {
		return !at.Before(w.now.AddDate(0, 0, -q.Days))
	}
	return dateHolds(q, kolkata(at).Format(time.DateOnly), w.now)
}

// activityHolds judges campaigns and messages.
func (w *world) activityHolds(q Query, p person) bool {
	since := func(at *time.Time) bool {
		return at != nil && (q.Days == 0 || !at.Before(w.now.AddDate(0, 0, -q.Days)))
	}
	var wrote *time.Time
	if p.windowUntil != nil {
		at := p.windowUntil.Add(-24 * time.Hour)
		wrote = &at
	}
	if q.On == "goal" {
		return anyOf(p.reached, q.ids("goal"), since)
	}
	if q.Op == "clicked" {
		return anyOf(p.clicked, q.ids("campaign"), since)
	}
	if len(q.Values) > 0 {
		return slices.ContainsFunc(q.ids("campaign"), func(id uuid.UUID) bool {
			if q.Op == "converted" {
				return p.converted[id]
			}
			got, has := p.got[id]
			return has && got.holds(q.Op, since)
		})
	}
	switch q.Op {
	case "wrote":
		return since(wrote)
	case "written":
		return since(p.writtenAt)
	case "sent":
		return since(p.sentAt)
	case "delivered":
		return since(p.deliveredAt)
	case "read":
		return since(p.readAt)
	case "failed":
		return since(p.failedAt)
	case "unread":
		return since(p.deliveredAt) && !since(p.readAt)
	}
	return p.deliveredAt != nil && since(wrote) && !wrote.Before(*p.deliveredAt)
}

// anyOf looks for a moment of the ids, or of any when there are none.
func anyOf(happened map[uuid.UUID][]time.Time, ids []uuid.UUID, since func(*time.Time) bool) bool {
	for id, moments := range happened {
		if len(ids) > 0 && !slices.Contains(ids, id) {
			continue
		}
		if slices.ContainsFunc(moments, func(at time.Time) bool { return since(&at) }) {
			return true
		}
	}
	return false
}

func (got receipt) holds(op string, since func(*time.Time) bool) bool {
	switch op {
	case "sent":
		return slices.Contains([]string{"accepted", "sent", "expired", "delivered", "read"}, got.state) && since(got.sentAt)
	case "read":
		return got.state == "read" && since(got.readAt)
	case "failed":
		return got.state == "failed" && since(got.endedAt)
	case "unread":
		return got.state == "delivered" && since(got.deliveredAt)
	case "replied":
		return since(got.repliedAt)
	case "held":
		return got.state == "held_out"
	}
	return got.deliveredAt != nil && since(got.deliveredAt)
}

// hashUUID is PostgreSQL's uuid_hash_extended: Bob Jenkins' lookup3 as common/hashfn.c has it.
func hashUUID(id uuid.UUID, seed uint64) uint64 {
	a := uint32(0x9e3779b9 + 16 + 3923095)
	b, c := a, a
	if seed != 0 {
		a += uint32(seed >> 32)
		b += uint32(seed)
		a, b, c = mixHash(a, b, c)
	}
	a += binary.LittleEndian.Uint32(id[0:])
	b += binary.LittleEndian.Uint32(id[4:])
	c += binary.LittleEndian.Uint32(id[8:])
	a, b, c = mixHash(a, b, c)
	a += binary.LittleEndian.Uint32(id[12:])
	b, c = finalHash(a, b, c)
	return uint64(b)<<32 | uint64(c)
}

func mixHash(a, b, c uint32) (uint32, uint32, uint32) {
	a -= c
	a ^= bits.RotateLeft32(c, 4)
	c += b
	b -= a
	b ^= bits.RotateLeft32(a, 6)
	a += c
	c -= b
	c ^= bits.RotateLeft32(b, 8)
	b += a
	a -= c
	a ^= bits.RotateLeft32(c, 16)
	c += b
	b -= a
	b ^= bits.RotateLeft32(a, 19)
	a += c
	c -= b
	c ^= bits.RotateLeft32(b, 4)
	b += a
	return a, b, c
}

func finalHash(a, b, c uint32) (uint32, uint32) {
	c ^= b
	c -= bits.RotateLeft32(b, 14)
	a ^= c
	a -= bits.RotateLeft32(c, 11)
	b ^= a
	b -= bits.RotateLeft32(a, 25)
	c ^= b
	c -= bits.RotateLeft32(b, 16)
	a ^= c
	a -= bits.RotateLeft32(c, 4)
	b ^= a
	b -= bits.RotateLeft32(a, 14)
	c ^= b
	c -= bits.RotateLeft32(b, 24)
	return b, c
}

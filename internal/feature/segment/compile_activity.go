package segment

import (
	"strings"
	"time"

	"github.com/google/uuid"
)

// within is true of a moment in the last days, or of any moment when days is 0.
func (b *builder) within(column string, days int) Fragment {
	if days == 0 {
		return write(column + " is not null")
	}
	return write(column+" >= ?", b.ago(days))
}

// happened is the contacts to whom something happened with any campaign or message, where that is
// all that was asked. The condition stands inside, so that no more than these are ever joined.
func (b *builder) happened(q Query) (found source, isKept bool) {
	if q.On != "campaign" && q.On != "message" {
		return found, false
	}
	var f Fragment
	switch q.Op {
	case "wrote", "replied":
		return found, false
	case "written":
		f = b.within("a.written_at", q.Days)
	case "unread":
		f = b.unread(q.Days)
	default:
		f = b.within("a."+q.Op+"_at", q.Days)
	}
	return activity("", f), true
}

// unread is true of a contact whose last message arrived and was not looked at since.
func (b *builder) unread(days int) Fragment {
	if days == 0 {
		return write("a.delivered_at is not null and a.read_at is null")
	}
	return write("a.delivered_at >= ? and (a.read_at is null or a.read_at < ?)", b.ago(days), b.ago(days))
}

// answered compiles what a person wrote. They wrote when their service window began, 24 hours before
// its end.
func (b *builder) answered(q Query) Fragment {
	recently := write("c.window_open_until is not null")
	if q.Days > 0 {
		recently = write("c.window_open_until >= ?", b.ago(q.Days).Add(24*time.Hour))
	}
	if q.Op == "wrote" {
		return recently
	}
	a := b.join(activity(", a.delivered_at", write("a.delivered_at is not null")))
	return combine("and", []Fragment{write("c.window_open_until - interval '24 hours' >= " + a + ".delivered_at"), recently})
}

// activity is when each contact was last sent, delivered, read and so on, of those for whom f is true.
func activity(more string, f Fragment) source {
	return source{column: "a.contact_id", more: more, from: "contact_activity a where a.tenant_id = $1 and " + f.Text, unique: true, args: f.Args}
}

// apart is how many ids are joined one by one, each by the primary key; more are joined as one.
const apart = 3

// isMembership says that a condition, in its positive form, is true of whoever is in some rows.
// What happened with any campaign is read from activity instead, clicks excepted.
func isMembership(q Query) bool {
	return q.On == "tag" || q.On == "goal" || q.On == "campaign" && (len(q.Values) > 0 || q.Op == "clicked")
}

// membership compiles "is one of these"; of no ids, "is any".
func (b *builder) membership(q Query, negated bool) Fragment {
	word, is := "or", isThere(negated)
	if negated {
		word = "and"
	}
	join := b.joinOf(q)
	ids := q.ids(q.On)
	if len(ids) == 0 || len(ids) > apart {
		return write(join(ids) + is)
	}
	var parts []Fragment
	for i := range ids {
		parts = append(parts, write(join(ids[i:i+1])+is))
	}
	return combine(word, parts)
}

// joinOf is how the rows of a membership are joined.
func (b *builder) joinOf(q Query) func(ids []uuid.UUID) string {
	join := map[string]func(Query, []uuid.UUID) string{
		"reached": b.reached, "clicked": b.clickers, "replied": b.repliers, "held": b.heldOut, "converted": b.converted,
	}[q.Op]
	switch {
	case q.On == "tag":
		return b.tagged
	case join == nil:
		join = b.recipients
	}
	return func(ids []uuid.UUID) string { return join(q, ids) }
}

func (b *builder) tagged(ids []uuid.UUID) string {
	if len(ids) == 1 {
		return b.join(source{column: "t.contact_id", from: "contact_tags t where t.tenant_id = $1 and t.tag_id = ?", unique: true, args: []any{ids[0]}})
	}
	return b.join(source{column: "t.contact_id", from: "contact_tags t where t.tenant_id = $1 and t.tag_id = any(?)", args: []any{ids}})
}

// results are the states of a message in which a campaign's condition holds.
func results(op string) []string {
	return map[string][]string{
		"sent": {"accepted", "sent", "expired", "delivered", "read"}, "delivered": {"delivered", "read"}, "read": {"read"},
		"unread": {"delivered"}, "failed": {"failed"},
	}[op]
}

// recipients joins those of campaigns to whom it happened. A message's id tells when it was made,
// so messages older than the campaigns are not looked at.
func (b *builder) recipients(q Query, campaigns []uuid.UUID) string {
	text := `campaign_recipients r
    join messages m on m.tenant_id = $1 and m.id = r.message_id`
	var campaign any = campaigns
	text += "\n    where r.tenant_id = $1 and r.campaign_id = any(?) and m.id >= ? and m.state = any(?)"
	if len(campaigns) == 1 {
		text, campaign = strings.Replace(text, "any(?)", "?", 1), campaigns[0]
	}
	args := []any{campaign, floor(b.earliest(campaigns).Add(-time.Hour)), results(q.Op)}
	if q.Days > 0 {
		text += " and " + moment(q.Op) + " >= ?"
		args = append(args, b.ago(q.Days))
	}
	return b.join(source{column: "r.contact_id", from: text, unique: len(campaigns) == 1, args: args})
}

// moment is the column that says when.
func moment(op string) string {
	columns := map[string]string{"sent": "coalesce(m.sent_at, m.accepted_at)", "read": "m.read_at", "failed": "m.ended_at"}
	if column, own := columns[op]; own {
		return column
	}
	return "m.delivered_at"
}

// earliest is when the first of campaigns started; one that has not has no recipients.
func (b *builder) earliest(campaigns []uuid.UUID) time.Time {
	first := b.now
	for _, id := range campaigns {
		if at, has := b.started[id]; has && at.Before(first) {
			first = at
		}
	}
	return first
}

// floor is the lowest id of that moment or later.
func floor(at time.Time) uuid.UUID {
	var id uuid.UUID
	ms := max(at.UnixMilli(), 0)
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	return id
}

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

// behaviour compiles what happened with any campaign, and with messages at all. A person wrote
// when their service window began, 24 hours before its end.
func (b *builder) behaviour(q Query) Fragment {
	if q.Op == "wrote" {
		if q.Days == 0 {
			return write("c.window_open_until is not null")
		}
		return write("c.window_open_until >= ?", b.ago(q.Days).Add(24*time.Hour))
	}
	a := b.activity()
	switch q.Op {
	case "written":
		return b.within(a+".written_at", q.Days)
	case "unread":
		unread := a + ".read_at is null"
		if q.Days == 0 {
			return write("(" + a + ".delivered_at is not null and " + unread + ")")
		}
		return write("("+a+".delivered_at >= ? and ("+unread+" or "+a+".read_at < ?))", b.ago(q.Days), b.ago(q.Days))
	case "replied":
		wrote := a + ".delivered_at is not null and c.window_open_until - interval '24 hours' >= " + a + ".delivered_at"
		if q.Days == 0 {
			return write("(" + wrote + ")")
		}
		return write("("+wrote+" and c.window_open_until >= ?)", b.ago(q.Days).Add(24*time.Hour))
	}
	return b.within(a+"."+q.Op+"_at", q.Days)
}

// activity joins when each contact was last sent, delivered, read and so on.
func (b *builder) activity() string {
	return b.join("a.contact_id", "contact_activity a where a.tenant_id = $1")
}

// membership compiles "is one of these": each is a join of its own, by the primary key.
func (b *builder) membership(q Query, negated bool) Fragment {
	word, is := "or", " is not null"
	if negated {
		word, is = "and", " is null"
	}
	var parts []Fragment
	for _, id := range q.ids(q.On) {
		alias := ""
		if q.On == "tag" {
			alias = b.join("t.contact_id", "contact_tags t where t.tenant_id = $1 and t.tag_id = ?", id)
		} else {
			alias = b.recipients(q, id)
		}
		parts = append(parts, write(alias+".contact_id"+is))
	}
	return combine(word, parts)
}

// results are the states of a message in which a campaign's condition holds.
func results(op string) []string {
	return map[string][]string{
		"sent": {"accepted", "sent", "expired", "delivered", "read"}, "delivered": {"delivered", "read"}, "read": {"read"},
		"unread": {"delivered"}, "replied": {"delivered", "read"}, "failed": {"failed"},
	}[op]
}

// recipients joins those of one campaign to whom it happened. A message's id tells when it was
// made, so messages older than the campaign are not looked at.
func (b *builder) recipients(q Query, campaign uuid.UUID) string {
	from := `campaign_recipients r
    join messages m on m.tenant_id = $1 and m.id = r.message_id`
	if q.Op == "replied" {
		from += " join contacts w on w.tenant_id = $1 and w.id = r.contact_id and w.window_open_until - interval '24 hours' >= m.delivered_at"
	}
	text := strings.TrimSpace(from) + `
    where r.tenant_id = $1 and r.campaign_id = ? and m.id >= ? and m.state = any(?)`
	args := []any{campaign, floor(b.started[campaign].Add(-time.Hour)), results(q.Op)}
	if q.Days > 0 {
		column := map[string]string{"sent": "coalesce(m.sent_at, m.accepted_at)", "read": "m.read_at", "failed": "m.ended_at"}[q.Op]
		if column == "" {
			column = "m.delivered_at"
		}
		text += " and " + column + " >= ?"
		args = append(args, b.ago(q.Days))
	}
	return b.join("r.contact_id", text, args...)
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

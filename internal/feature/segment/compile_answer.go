package segment

import "github.com/google/uuid"

// What people answered a campaign with: a reply, a click, an order. Each source is read from an index
// that bounds it to those who did, or, contact by contact, to what one of them did.

// clickers joins those who clicked a tracked link of the campaigns, or of any. Who clicked a campaign
// at all has one row; when is asked of the clicks themselves.
func (b *builder) clickers(q Query, campaigns []uuid.UUID) string {
	s := source{column: "k.contact_id", from: "link_clicks k where k.tenant_id = $1"}
	if q.Days == 0 && len(campaigns) > 0 {
		s.from, s.unique = "link_clickers k where k.tenant_id = $1 and k.number = 0", len(campaigns) == 1
	}
	s.among("k.campaign_id", campaigns)
	b.since(&s, "k.at", q.Days)
	return b.join(s)
}

// repliers joins those whose reply counts for the campaigns, as their reports have it.
func (b *builder) repliers(q Query, campaigns []uuid.UUID) string {
	s := source{column: "r.contact_id", from: "campaign_recipients r where r.tenant_id = $1 and r.replied_at is not null", unique: len(campaigns) == 1}
	s.among("r.campaign_id", campaigns)
	b.since(&s, "r.replied_at", q.Days)
	return b.join(s)
}

// heldOut joins those whom the campaigns held out.
func (b *builder) heldOut(_ Query, campaigns []uuid.UUID) string {
	s := source{column: "r.contact_id", from: "campaign_recipients r where r.tenant_id = $1 and r.outcome = 'held_out'", unique: len(campaigns) == 1}
	s.among("r.campaign_id", campaigns)
	return b.join(s)
}

// converted joins those whose conversions count for the campaigns.
func (b *builder) converted(_ Query, campaigns []uuid.UUID) string {
	s := source{column: "e.contact_id", from: "conversions e where e.tenant_id = $1 and e.contact_id is not null"}
	s.among("e.campaign_id", campaigns)
	return b.join(s)
}

// reached joins those who reached the goals, or any.
func (b *builder) reached(q Query, goals []uuid.UUID) string {
	s := source{column: "e.contact_id", from: "conversions e where e.tenant_id = $1 and e.contact_id is not null"}
	s.among("e.goal_id", goals)
	b.since(&s, "e.at", q.Days)
	return b.join(s)
}

// among keeps the rows of ids; of none, all rows.
func (s *source) among(column string, ids []uuid.UUID) {
	switch len(ids) {
	case 0:
	case 1:
		s.from, s.args = s.from+" and "+column+" = ?", append(s.args, ids[0])
	default:
		s.from, s.args = s.from+" and "+column+" = any(?)", append(s.args, ids)
	}
}

// since keeps the rows of the last days; of 0, all rows.
func (b *builder) since(s *source, column string, days int) {
	if days > 0 {
		s.from, s.args = s.from+" and "+column+" >= ?", append(s.args, b.ago(days))
	}
}

package bench

import (
	"context"
	"encoding/base64"
	"fmt"

	"github.com/google/uuid"
)

// decks say what the places in calls are filled with.
var decks = map[string]string{
	"contact":       `select p.id from bench.people p where p.n % greatest((select count(*) from bench.people) / 50, 1) = 0 order by n`,
	"busy":          `select id from bench.people where n <= 5`,
	"tag":           `select id from tags where tenant_id = $1 and name like 'Tag %' order by name`,
	"stage":         `select id from contact_stages where tenant_id = $1 order by position`,
	"owner":         `select distinct owner_id from contacts where tenant_id = $1 and owner_id is not null`,
	"segment":       `select id from segments where tenant_id = $1 order by name_key limit 20`,
	"bulk":          `select id from contact_bulks where tenant_id = $1 order by id limit 20`,
	"import":        `select id from imports where tenant_id = $1 order by id limit 20`,
	"request":       `select id from contact_requests where tenant_id = $1 order by id limit 20`,
	"sent":          `select id from bench.campaigns where people <> 0 order by people, n desc limit 2`,
	"small":         `select id from bench.campaigns where people > 0 order by n limit 20`,
	"test":          `select id from bench.campaigns where people <> 0 order by people, n limit 10`,
	"running":       `select distinct r.campaign_id from campaign_recipients r where r.tenant_id = $1 and r.due_at is not null`,
	"recategorised": `select id from campaigns where tenant_id = $1 and pause_reason = 'category' order by started_at desc limit 2`,
	"series":        `select id from bench.campaigns where status = 'repeating' order by n limit 20`,
	"draft":         `select id from bench.campaigns where status = 'draft' order by n desc limit 4`,
	"message":       `select message_id from campaign_recipients where tenant_id = $1 and state = 'fed' limit 50`,
	"template":      `select id from templates where tenant_id = $1 and language = 'hi' and status = 'APPROVED' order by name limit 20`,
	"channel":       `select id from channels where tenant_id = $1`,
	"transaction":   `select id from wallet_transactions where tenant_id = $1 order by id desc limit 50`,
}

// words are what people type and choose.
func words() deck {
	return deck{
		"name": {"Asha", "रवि", "Meera K", "zoya", "Imran Patel", "nobody"}, "phone": {"70000", "+9170001", "9170009", "+44"},
		"email": {"person300@example.com", "nobody@example.com"}, "optin": {"in", "out", "unknown"}, "waba": {"waba1", "waba2"},
		"title": {"diwali", "sale 7", "ईद", "दिवाली 9", "42"}, "prefix": {"offer", "order_4", "x"}, "kind": {"message", "campaign", "note", "change", "click", "consent", "import"},
		"money": {"topup", "hold", "charge", "release", "adjustment"},
		"where": {`{"on":"field:city","op":"is","values":["Pune"]}`, `{"on":"optin","op":"is","values":["in"]}`, `{"on":"campaign","op":"unread","days":14}`,
			`{"any":[{"on":"field:spent","op":"more","values":["3000"]},{"on":"message","op":"wrote","days":7}]}`},
		"rare": {`{"on":"field:city","op":"is","values":["Nowhere"]}`, `{"all":[{"on":"field:spent","op":"more","values":["99999"]},{"on":"campaign","op":"read","days":1}]}`},
	}
}

// pagesDeck reads what was seeded.
func (w *world) pagesDeck(ctx context.Context, t uuid.UUID) (deck, error) {
	d := words()
	for place, sql := range decks {
		var ids []string
		if err := w.super.QueryRow(ctx, `select array(select x.id::text from (`+sql+`) x(id)) where $1::uuid is not null`, t).Scan(&ids); err != nil {
			return nil, fmt.Errorf("choose {%s}: %w", place, err)
		}
		d[place] = ids
	}
	for _, id := range d["contact"] {
		d["preferences"] = append(d["preferences"], w.core.Consents.Token(t, uuid.MustParse(id)))
	}
	for i := range 20 {
		d["invitation"] = append(d["invitation"], base64.RawURLEncoding.EncodeToString(t[:])+fmt.Sprintf(".invitation%d", i+1))
	}
	return d, nil
}

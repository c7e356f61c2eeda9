package contact

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
)

func (b *bundle) timeline(id uuid.UUID, kinds ...EntryKind) (told []string) {
	b.t.Helper()
	for _, e := range must(b.Timeline(b.ctx, id, kinds, web.PageQuery{Limit: 100}))(b.t).Items {
		line := string(e.Kind) + ": " + e.Title
		for _, c := range e.Changes {
			line += fmt.Sprintf(" [%s %s→%s]", c.Field, c.From, c.To)
		}
		if e.Text != "" {
			line += " | " + e.Text
		}
		told = append(told, line)
	}
	return told
}

// exec runs SQL as the tenant, for rows that other features write.
func (b *bundle) exec(sql string, args ...any) {
	b.t.Helper()
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, append([]any{b.acme}, args...)...)
		return err
	})
}

// campaignTo is a started campaign with a message to each contact.
func (b *bundle) campaignTo(name string, contacts ...uuid.UUID) (campaign uuid.UUID, messages []uuid.UUID) {
	b.t.Helper()
	campaign = ident.New()
	now := b.clock.Now()
	b.exec(`insert into campaigns (tenant_id, id, name, status, started_at, created_at, updated_at) values ($1, $2, $3, 'running', $4, $4, $4)`, campaign, name, now)
	for _, c := range contacts {
		id := ident.New()
		messages = append(messages, id)
		b.exec(`insert into campaign_recipients (tenant_id, campaign_id, contact_id, message_id, state) values ($1, $2, $3, $4, 'fed')`, campaign, c, id)
		b.exec(`insert into messages (tenant_id, id, channel_id, contact_id, campaign_id, origin, kind, state, created_at) values ($1, $2, $3, $4, $5, 'campaign', 'template', 'delivered', $6)`,
			id, ident.New(), c, campaign, now)
	}
	return campaign, messages
}

func (b *bundle) wrote(contact uuid.UUID, text string) uuid.UUID {
	b.t.Helper()
	id := ident.New()
	b.exec(`insert into messages (tenant_id, id, channel_id, contact_id, direction, origin, kind, body, state, created_at)
values ($1, $2, $3, $4, 'in', 'customer', 'text', jsonb_build_object('text', jsonb_build_object('body', $5::text)), 'received', $6)`, id, ident.New(), contact, text, b.clock.Now())
	b.exec(`insert into contact_messages (tenant_id, contact_id, message_id) values ($1, $2, $3)`, contact, id)
	return id
}

func TestTimelineTellsAll(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann := b.person("आशा", "9876543210")
	must(b.Edit(b.ctx, ann.ID, Change{Name: ptr("आशा देवी"), Fields: map[string]string{"city": "पुणे"}}))(t)
	must(b.Edit(b.ctx, ann.ID, Change{}))(t)
	must(b.Edit(b.ctx, ann.ID, Change{OptIn: &Consent{State: OptInGiven, Source: "shop"}}))(t)
	b.campaignTo("Diwali", ann.ID)
	b.wrote(ann.ID, "कितने का है? 🌸")
	must(b.AddNote(b.ctx, ann.ID, "Prefers calls after 6"))(t)
	must(b.SuppressOne(b.ctx, ann.ID, "asked twice"))(t)
	equal(t, "all", b.timeline(ann.ID), []string{
		"consent: Blocked: nothing is sent any more | asked twice",
		"note: Note | Prefers calls after 6",
		"message: Wrote | कितने का है? 🌸",
		"campaign: Campaign Diwali",
		"consent: Marketing consent changed [optIn unknown→in] [optIn.source →shop]",
		"change: Changed [field:city →पुणे] [name आशा→आशा देवी]",
		"change: Added by hand",
	})
	equal(t, "filtered", b.timeline(ann.ID, EntryNote, EntryCampaign), []string{"note: Note | Prefers calls after 6", "campaign: Campaign Diwali"})
	first := must(b.Timeline(b.ctx, ann.ID, nil, web.PageQuery{Limit: 3}))(t)
	if first.Items[0].By.Name != "ann@acme.test" {
		t.Errorf("by %+v", first.Items[0].By)
	}
	if err := b.Delete(b.ctx, ann.ID); err != nil {
		t.Fatal(err)
	}
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		var left int
		err := tx.QueryRow(ctx, `select (select count(*) from contact_events where tenant_id = $1) + (select count(*) from contact_notes where tenant_id = $1)`, b.acme).Scan(&left)
		equal(t, "left after deleting", left, 0)
		return err
	})
}

func TestTimelinePages(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann := b.person("Ann", "9876543210")
	var want []string
	for i := range 12 {
		switch i % 3 {
		case 0:
			b.campaignTo(fmt.Sprint("C", i), ann.ID)
			want = append(want, fmt.Sprint("Campaign C", i))
		case 1:
			must(b.AddNote(b.ctx, ann.ID, fmt.Sprint("N", i)))(t)
			want = append(want, "Note")
		default:
			b.wrote(ann.ID, fmt.Sprint("M", i))
			want = append(want, "Wrote")
		}
	}
	want = append([]string{"Added by hand"}, want...)
	for _, limit := range []int{1, 2, 5, 50} {
		var got []string
		q := web.PageQuery{Limit: limit}
		for {
			page := must(b.Timeline(b.ctx, ann.ID, nil, q))(t)
			for _, e := range page.Items {
				got = append([]string{e.Title}, got...)
			}
			if page.Next == "" {
				break
			}
			q.After = page.Next
		}
		equal(t, fmt.Sprint("by ", limit), got, want)
	}
}

func TestNotes(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann := b.person("Ann", "9876543210")
	note := must(b.AddNote(b.ctx, ann.ID, "  कल फ़ोन करें  "))(t)
	equal(t, "trimmed", note.Body, "कल फ़ोन करें")
	b.clock.Advance(time.Minute)
	edited := must(b.EditNote(b.ctx, ann.ID, note.ID, "परसों"))(t)
	equal(t, "edited", []any{edited.Body, edited.EditedAt != nil}, []any{"परसों", true})
	bob := as(t.Context(), b.acme, "agent", "bob@acme.test")
	if _, err := b.Service.EditNote(bob, ann.ID, note.ID, "mine"); fault.KindOf(err) != fault.KindForbidden {
		t.Errorf("somebody else's note was changed: %v", err)
	}
	if err := b.Service.DeleteNote(bob, ann.ID, note.ID); fault.KindOf(err) != fault.KindForbidden {
		t.Errorf("an agent deleted another's note: %v", err)
	}
	for _, body := range []string{" ", strings.Repeat("ग", maxNote+1), "\x00"} {
		if _, err := b.AddNote(b.ctx, ann.ID, body); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%.10q was taken: %v", body, err)
		}
	}
	chief := as(t.Context(), b.acme, "admin", "chief@acme.test")
	if err := b.Service.DeleteNote(chief, ann.ID, note.ID); err != nil {
		t.Fatal(err)
	}
	equal(t, "gone", b.timeline(ann.ID, EntryNote), []string(nil))
}

// What an import changed is told, and a million new contacts cost no event.
func TestTimelineOfImports(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.importAll("name,phone,city\nAsha,9876543210,Pune\n", nil)
	asha := b.everybody()[0]
	equal(t, "added", b.timeline(asha.ID), []string{"import: Added by the import of people.csv"})
}

func TestTimelineSaysWhyAMessageDidNotArrive(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Hooks.Why = func(reason string, code int) string { return fmt.Sprintf("because of %s%d", reason, code) }
	ann := b.person("आशा", "9876543210")
	for _, end := range []struct {
		state, reason string
		code          int
	}{{"refused", "opted_out", 0}, {"failed", "", 131026}, {"read", "", 0}} {
		id := ident.New()
		b.exec(`insert into messages (tenant_id, id, channel_id, contact_id, origin, kind, state, reason, error_code, created_at)
values ($1, $2, $3, $4, 'reply', 'text', $5, nullif($6, ''), nullif($7, 0), $8)`, id, ident.New(), ann.ID, end.state, end.reason, end.code, b.clock.Now())
		b.exec(`insert into contact_messages (tenant_id, contact_id, message_id) values ($1, $2, $3)`, ann.ID, id)
	}
	var told []string
	for _, e := range must(b.Timeline(b.ctx, ann.ID, []EntryKind{EntryMessage}, web.PageQuery{Limit: 10}))(t).Items {
		told = append(told, e.State+" "+e.Why)
	}
	equal(t, "why", told, []string{"read ", "failed because of 131026", "refused because of opted_out0"})
}

package hours

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

func shop(name string) Calendar {
	return Calendar{Name: name, Zone: "Asia/Kolkata", Week: week([]Span{{"10:00", "13:00"}, {"14:00", "19:00"}}, nil),
		Away: Away{On: true, Texts: []AwayText{
			{"en", "Hello {{name}}, we are back {{opens}}."}, {"hi", "नमस्ते {{name}}, हम {{opens}} मिलेंगे।"}}}}
}

func TestTeamBeatsNumberBeatsWorkspace(t *testing.T) {
	t.Parallel()
	b := setup(t)
	number, team, other := uuid.New(), uuid.New(), uuid.New()
	b.exec(`insert into channels (tenant_id, id, phone_number_id, waba_id, portfolio_id, status, throughput, created_at, updated_at)
		values ($1, $2, 'p1', 'w1', 'w1', 'connected', 80, $3, $3)`, number, b.clock.Now())
	give := func(name string, from string, uses ...Use) Calendar {
		c := shop(name)
		c.Week = every(Span{from, "23:00"})
		c.Uses = uses
		made, err := b.s.Create(b.ann(), c)
		b.must(err)
		return made
	}
	all := give("All", "09:00", Use{Kind: ForWorkspace})
	give("Number", "10:00", Use{Kind: ForChannel, ID: &number})
	give("Team", "11:00", Use{Kind: ForTeam, ID: &team})
	opens := func(channel, team uuid.UUID) (clock string) {
		b.tx(func(ctx context.Context, tx pgx.Tx) error {
			book, err := b.s.Read(ctx, tx, b.acme)
			b.must(err)
			at, _ := book.For(channel, team).NextOpen(time.Date(2026, 11, 2, 18, 30, 0, 0, time.UTC))
			clock = at.In(in(t, "Asia/Kolkata")).Format("15:04")
			return nil
		})
		return clock
	}
	for _, tc := range []struct {
		channel, team uuid.UUID
		want          string
	}{{number, team, "11:00"}, {number, other, "10:00"}, {number, uuid.Nil, "10:00"}, {other, other, "09:00"}, {uuid.Nil, uuid.Nil, "09:00"}} {
		if got := opens(tc.channel, tc.team); got != tc.want {
			t.Errorf("%v opens %s, not %s", tc, got, tc.want)
		}
	}
	// What gets another calendar loses the one it had.
	give("Later", "12:00", Use{Kind: ForTeam, ID: &team})
	if got := opens(number, team); got != "12:00" {
		t.Errorf("after a new one: %s", got)
	}
	b.must(b.s.Remove(b.ann(), all.ID))
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		book, err := b.s.Read(ctx, tx, b.acme)
		if book.For(other, other) != nil {
			t.Error("hours without a calendar")
		}
		return err
	})
	if b.told != 5 {
		t.Errorf("told %d times", b.told)
	}
	_, err := b.s.Create(b.ann(), Calendar{Name: "Elsewhere", Week: every(Span{"09:00", "17:00"}), Uses: []Use{{Kind: ForChannel, ID: &other}}})
	if fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a number of nobody: %v", err)
	}
	if _, err := b.s.Create(b.ann(), shop("Later")); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("a name twice: %v", err)
	}
}

func TestNow(t *testing.T) {
	t.Parallel()
	b := setup(t)
	check := func(open bool, until string) {
		t.Helper()
		now, err := b.s.Now(b.ann(), uuid.Nil, uuid.Nil)
		b.must(err)
		got := ""
		if now.Until != nil {
			got = now.Until.In(in(t, "Asia/Kolkata")).Format(stamp)
		}
		if now.Open != open || got != until {
			t.Errorf("open %v until %s", now.Open, got)
		}
	}
	check(true, "")
	c := shop("Shop")
	c.Uses, c.Holidays = []Use{{Kind: ForWorkspace}}, true
	_, err := b.s.Create(b.ann(), c)
	b.must(err)
	b.exec(`insert into holidays (tenant_id, id, name, on_date, created_at) values ($1, $2, 'दिवाली', '2026-11-09', $3)`, uuid.New(), b.clock.Now())
	check(true, "2026-11-02 13:00")
	b.at("2026-11-02 13:00")
	check(false, "2026-11-02 14:00")
	b.at("2026-11-06 19:30")
	check(false, "2026-11-10 10:00") // the weekend, then Diwali
}

func TestAwayMessages(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asha, bob := b.person("आशा", "hi_IN"), b.person("", "en")
	c := shop("Shop")
	c.Uses = []Use{{Kind: ForWorkspace}}
	made, err := b.s.Create(b.ann(), c)
	b.must(err)
	one, two, three := uuid.New(), uuid.New(), uuid.New()
	said := func(want ...string) {
		t.Helper()
		got := map[string]int{}
		for _, a := range b.said {
			got[a.Text]++
		}
		for _, text := range want {
			if got[text] != 1 {
				t.Errorf("%q was said %d times; said: %v", text, got[text], got)
			}
		}
		if len(b.said) != len(want) {
			t.Errorf("said %v", got)
		}
		b.said = nil
	}
	b.greet(Waiting{Case: one, Contact: asha}) // Monday noon: somebody is there
	said()
	b.at("2026-11-02 13:10")
	b.greet(Waiting{Case: one, Contact: asha}, Waiting{Case: two, Contact: bob}, Waiting{Case: one, Contact: asha})
	said("नमस्ते आशा, हम 14:00 बजे मिलेंगे।", "Hello there, we are back 2:00 PM.")
	b.greet(Waiting{Case: one, Contact: asha}) // once in a case
	said()
	b.at("2026-11-06 20:00")
	b.greet(Waiting{Case: three, Contact: bob})
	said("Hello there, we are back Monday, 10:00 AM.")
	// Neither long after it was written, nor to whom free text may not go.
	late := Waiting{Case: uuid.New(), Contact: bob, At: b.clock.Now().Add(-2 * time.Hour), Window: b.clock.Now().Add(time.Hour)}
	shut := Waiting{Case: uuid.New(), Contact: bob, At: b.clock.Now(), Window: b.clock.Now()}
	b.tx(func(ctx context.Context, tx pgx.Tx) error { return b.s.Greet(ctx, tx, b.acme, []Waiting{late, shut}) })
	said()
	made.Away.On = false
	_, err = b.s.Edit(b.ann(), made.ID, made)
	b.must(err)
	b.greet(Waiting{Case: uuid.New(), Contact: bob})
	said()
}

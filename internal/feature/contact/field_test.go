package contact

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

func TestValuesAreWrittenInOneForm(t *testing.T) {
	t.Parallel()
	choice := FieldForm{Type: ChoiceField, Options: []string{"Gold", "चाँदी", "فضة"}, Renamed: map[string]string{"Bronze": "Gold"}}
	cases := []struct {
		form     FieldForm
		text     string
		want     string
		problems string
	}{
		{FieldForm{Type: NumberField}, "1,20,000", "120000", ""},
		{FieldForm{Type: NumberField}, "1,234,567.50", "1234567.5", ""},
		{FieldForm{Type: NumberField}, "₹ 1,20,000/-", "120000", ""},
		{FieldForm{Type: NumberField}, "Rs. 99", "99", ""},
		{FieldForm{Type: NumberField}, "१२३.५०", "123.5", ""},
		{FieldForm{Type: NumberField}, "١٬٢٣٤٫٥", "1234.5", ""},
		{FieldForm{Type: NumberField}, "−007", "-7", ""},
		{FieldForm{Type: NumberField}, "-₹5", "-5", ""},
		{FieldForm{Type: NumberField}, "-0.0", "0", ""},
		{FieldForm{Type: NumberField}, ".5", "0.5", ""},
		{FieldForm{Type: NumberField}, "1,5", "", problemNumber},
		{FieldForm{Type: NumberField}, "1.234,56", "", problemNumber},
		{FieldForm{Type: NumberField}, "1.2E+05", "", problemNumber},
		{FieldForm{Type: NumberField}, "12 kg", "", problemNumber},
		{FieldForm{Type: NumberField}, "--5", "", problemNumber},
		{FieldForm{Type: NumberField}, ".", "", problemNumber},
		{FieldForm{Type: NumberField}, strings.Repeat("9", 19), "", problemNumber},
		{FieldForm{Type: DateField}, "25/12/2026", "2026-12-25", ""},
		{FieldForm{Type: DateField}, "5-1-26", "2026-01-05", ""},
		{FieldForm{Type: DateField}, "5.1.85", "1985-01-05", ""},
		{FieldForm{Type: DateField}, "२५/१२/२०२६", "2026-12-25", ""},
		{FieldForm{Type: DateField}, "2026-12-25", "2026-12-25", ""},
		{FieldForm{Type: DateField}, "2026-12-25T23:30:00Z", "2026-12-25", ""},
		{FieldForm{Type: DateField}, "25/12/2026 10:30", "2026-12-25", ""},
		{FieldForm{Type: DateField}, "25 Dec 2026", "2026-12-25", ""},
		{FieldForm{Type: DateField}, "25-December-2026", "2026-12-25", ""},
		{FieldForm{Type: DateField}, "Dec 25, 2026", "2026-12-25", ""},
		{FieldForm{Type: DateField}, "2nd Sept 2026", "2026-09-02", ""},
		{FieldForm{Type: DateField}, "२५ दिसम्बर २०२६", "2026-12-25", ""},
		{FieldForm{Type: DateField}, "29/02/2024", "2024-02-29", ""},
		{FieldForm{Type: DateField}, "29/02/2026", "", problemDate},
		{FieldForm{Type: DateField}, "12/25/2026", "", problemDate},
		{FieldForm{Type: DateField}, "tomorrow", "", problemDate},
		{FieldForm{Type: DateField}, "46382", "", problemDate},
		{FieldForm{Type: DateField}, "0/1/2026", "", problemDate},
		{FieldForm{Type: BooleanField}, "YES", "true", ""},
		{FieldForm{Type: BooleanField}, "हाँ", "true", ""},
		{FieldForm{Type: BooleanField}, "nahi", "false", ""},
		{FieldForm{Type: BooleanField}, "०", "false", ""},
		{FieldForm{Type: BooleanField}, "maybe", "", problemBoolean},
		{choice, "gold", "Gold", ""},
		{choice, " चाँदी ", "चाँदी", ""},
		{choice, "فضة", "فضة", ""},
		{choice, "bronze", "Gold", ""},
		{choice, "Platinum 🌟", "", problemOption},
		{FieldForm{Type: TextField}, "  any 🌸 text ", "any 🌸 text", ""},
		{FieldForm{Type: TextField}, strings.Repeat("न", 1001), "", problemTooLong},
		{FieldForm{Type: DateField}, "  ", "", ""},
	}
	for _, c := range cases {
		value, problem := c.form.canonical(c.text)
		equal(t, fmt.Sprintf("%s %.30q", c.form.Type, c.text), []string{value, problem}, []string{c.want, c.problems})
		if problem == "" {
			again, _ := c.form.canonical(value)
			equal(t, "written twice", again, value)
		}
	}
}

// FuzzCanonical: whatever is accepted is storable and stays what it is.
func FuzzCanonical(f *testing.F) {
	for _, seed := range []string{"1,20,000.50", "₹ -5/-", "२५/१२/२०२६", "Dec 25, 2026", "2026-12-25T10:00:00Z", "हाँ", ",", "-", "::", "1-1-1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, kind := range []FieldType{NumberField, DateField, BooleanField} {
			form := FieldForm{Type: kind}
			value, problem := form.canonical(text)
			if again, odd := form.canonical(value); problem == "" && (odd != "" || again != value || !storable(value)) {
				t.Errorf("%s %q is %q, then %q (%s)", kind, text, value, again, odd)
			}
		}
	})
}

// drain works all bulks that wait.
func (b *bundle) drain() {
	b.t.Helper()
	for _, args := range take[bulkArgs](b.jobs) {
		if !must(b.RunBulk(b.t.Context(), args.Tenant, args.Bulk, 0))(b.t) {
			b.t.Error("a bulk did not finish")
		}
	}
}

func (b *bundle) field(label string, kind FieldType, options ...string) Field {
	b.t.Helper()
	return must(b.CreateField(b.ctx, NewField{Label: label, Type: kind, Options: options}))(b.t)
}

func (b *bundle) with(name, phone, key, value string) Contact {
	b.t.Helper()
	return must(b.Create(b.ctx, Change{Name: &name, Phone: &phone, Fields: map[string]string{key: value}}, nil))(b.t)
}

func TestAFieldsTypeChangesWithItsValues(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann := b.with("Ann", "9876543210", "spent", "₹ 1,20,000")
	bob := b.with("Bob", "9876543211", "spent", "a lot")
	equal(t, "tried", must(b.TryForm(b.ctx, "spent", FieldForm{Type: NumberField}))(t),
		Tried{Values: 2, Rewritten: 1, Misfits: 1, Examples: []string{"a lot"}})
	_, err := b.EditField(b.ctx, "spent", FieldEdit{Form: &FieldForm{Type: NumberField}})
	if f, _ := fault.As(err); f == nil || f.Code != "values_misfit" || !strings.Contains(f.Fields[0].Sentence, "1 of 2 values do not fit, such as “a lot”") {
		t.Fatalf("changed although a value does not fit: %v", err)
	}
	must(b.Edit(b.ctx, bob.ID, Change{Fields: map[string]string{"spent": "५००"}}))(t)
	changing := must(b.EditField(b.ctx, "spent", FieldEdit{Form: &FieldForm{Type: NumberField}}))(t)
	equal(t, "becomes", changing.Becomes.Type, NumberField)
	if _, err := b.EditField(b.ctx, "spent", FieldEdit{Form: &FieldForm{Type: DateField}}); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("changed twice at once: %v", err)
	}
	// What is written meanwhile is a number already.
	if _, err := b.Edit(b.ctx, bob.ID, Change{Fields: map[string]string{"spent": "lots"}}); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a text was taken while the field becomes a number: %v", err)
	}
	b.drain()
	equal(t, "Ann's", must(b.Get(b.ctx, ann.ID))(t).Fields["spent"], "120000")
	equal(t, "Bob's", must(b.Get(b.ctx, bob.ID))(t).Fields["spent"], "500")
	equal(t, "type", must(b.Fields(b.ctx))(t)[0], Field{Key: "spent", Label: "Spent", Type: NumberField, Options: []string{}})
	text := must(b.EditField(b.ctx, "spent", FieldEdit{Form: &FieldForm{Type: TextField}}))(t)
	equal(t, "every value is a text", []any{text.Type, text.Becomes}, []any{TextField, (*FieldForm)(nil)})
}

func TestOptionsOfAChoice(t *testing.T) {
	t.Parallel()
	b := setup(t)
	tier := b.field("Tier ⭐", ChoiceField, "Gold", " Silver ", "")
	equal(t, "made", tier, Field{Key: "tier", Label: "Tier ⭐", Type: ChoiceField, Options: []string{"Gold", "Silver"}})
	ann := b.with("Ann", "9876543210", "tier", "gold")
	equal(t, "as offered", ann.Fields["tier"], "Gold")
	form := func(renamed map[string]string, options ...string) FieldEdit {
		return FieldEdit{Form: &FieldForm{Type: ChoiceField, Options: options, Renamed: renamed}}
	}
	equal(t, "one more", must(b.EditField(b.ctx, "tier", form(nil, "Gold", "Silver", "प्लैटिनम")))(t).Options, []string{"Gold", "Silver", "प्लैटिनम"})
	if _, err := b.EditField(b.ctx, "tier", form(nil, "Silver")); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("an option that somebody has was dropped: %v", err)
	}
	equal(t, "one that nobody has", must(b.EditField(b.ctx, "tier", form(nil, "Gold", "Silver")))(t).Options, []string{"Gold", "Silver"})
	must(b.EditField(b.ctx, "tier", form(map[string]string{"Gold": "सोना"}, "सोना", "Silver")))(t)
	b.drain()
	equal(t, "renamed", must(b.Get(b.ctx, ann.ID))(t).Fields["tier"], "सोना")
	equal(t, "options", must(b.Fields(b.ctx))(t)[0].Options, []string{"सोना", "Silver"})
}

func TestADeletedFieldTakesItsValuesAlong(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann := b.with("Ann", "9876543210", "city", "पुणे")
	if err := b.DeleteField(b.ctx, "city"); err != nil {
		t.Fatal(err)
	}
	equal(t, "gone at once", len(must(b.Fields(b.ctx))(t)), 0)
	if _, err := b.Edit(b.ctx, ann.ID, Change{Fields: map[string]string{"city": "Goa"}}); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("written while it is deleted: %v", err)
	}
	b.drain()
	equal(t, "value", must(b.Get(b.ctx, ann.ID))(t).Fields, map[string]string{})
	b.field("City", NumberField)
}

func TestImportChecksTypedFields(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.field("Birthday", DateField)
	b.field("Spent", NumberField)
	b.field("Tier", ChoiceField, "Gold")
	imp := b.importAll("phone,Birthday,Spent,Tier\n9876543210,05/11/1990,\"₹1,20,000\",gold\n9876543211,31/02/1990,1,\n9876543212,,बहुत,\n9876543213,,,Tin\n", nil)
	equal(t, "counts", []int64{imp.Created, imp.Invalid}, []int64{1, 3})
	for _, want := range []string{
		"Birthday: This is not a date. Write it day first, like 25/12/2026, or like 2026-12-25.",
		"Spent: This is not a number.", "Tier: This is none of the field's options.",
	} {
		if file := b.errorsOf(imp); !strings.Contains(file, want) {
			t.Errorf("the error file lacks %q:\n%s", want, file)
		}
	}
	list := must(b.List(b.ctx, Filter{}, Newest, page(10)))(t)
	equal(t, "fields", list.Items[0].Fields, map[string]string{"birthday": "1990-11-05", "spent": "120000", "tier": "Gold"})
}

// A message says "25 Dec 2026", not 2026-12-25.
func TestMessagesGetValuesAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.field("Due", DateField)
	b.field("Member", BooleanField)
	b.field("Since", NumberField)
	b.importAll("name,phone,Due,Member,Since,City\nआशा,9876543210,25/12/2026,हाँ,2019,2026-01-02\nBob,9876543211,,,,\n", nil)
	want := map[string]string{"due": "25 Dec 2026", "member": "Yes", "since": "2019", "city": "2026-01-02"}
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		page, err := AudiencePage(ctx, tx, b.acme, Audience{All: true}, uuid.Nil, 10)
		equal(t, "people", len(page), 2)
		one, errOne := ByIDs(ctx, tx, b.acme, []uuid.UUID{page[0].ID, page[1].ID})
		for i := range page {
			if page[i].Name == "आशा" {
				equal(t, "page", page[i].Fields, want)
				equal(t, "one", one[i].Fields, want)
			}
		}
		return firstOf(err, errOne)
	})
}

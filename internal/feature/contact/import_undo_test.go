package contact

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/sheet"
)

// undo takes an import back to its end.
func (b *bundle) undo(id uuid.UUID) Import {
	b.t.Helper()
	must(b.UndoImport(b.ctx, id))(b.t)
	if finished := must(b.RunUndo(b.ctx, b.acme, id, 0))(b.t); !finished {
		b.t.Fatal("the undo did not finish")
	}
	for _, args := range take[dropTagArgs](b.jobs) {
		if err := b.dropTag(b.ctx, args); err != nil {
			b.t.Fatal(err)
		}
	}
	return must(b.GetImport(b.ctx, id, View{}))(b.t)
}

func (b *bundle) keptOf(imp Import) (lines []string) {
	b.t.Helper()
	file := must(b.KeptFile(b.ctx, imp.ID))(b.t)
	defer file.Close()
	var text strings.Builder
	buf := make([]byte, 1024)
	for {
		n, err := file.Read(buf)
		text.Write(buf[:n])
		if err != nil {
			break
		}
	}
	for _, row := range must(readCSV(strings.TrimPrefix(text.String(), sheet.BOM)))(b.t)[1:] {
		lines = append(lines, strings.Join(row, "|"))
	}
	slices.Sort(lines)
	return lines
}

func (b *bundle) byName() map[string]Contact {
	b.t.Helper()
	people := map[string]Contact{}
	for _, c := range b.everybody() {
		people[c.Name] = c
	}
	return people
}

func TestUndoTakesBackAllThatNobodyTouched(t *testing.T) {
	t.Parallel()
	b := setup(t)
	vip := b.tagNamed("VIP", PlainTag)
	ann := b.person("Ann", "9876543210", vip.ID)
	must(b.Edit(b.ctx, ann.ID, Change{Fields: map[string]string{"city": "पुणे"}}))(t)
	gone := b.person("Gone", "9876543219")
	if err := b.Delete(b.ctx, gone.ID); err != nil {
		t.Fatal(err)
	}
	before := must(b.Get(b.ctx, ann.ID))(t)
	b.clock.Advance(time.Minute)
	imp := b.importAll("name,phone,email,city,tags,shoe\nAnne,9876543210,ann@example.com,Delhi,VIP;new,38\nBob,9876543211,,,,\nBack,9876543219,,,,\n", func(o *Options) {
		o.List, o.OptIn = "Diwali", &OptInOption{Source: "shop", Evidence: "I agree."}
	})
	equal(t, "imported", countsOf(imp), counts{rows: 3, created: 2, updated: 1})
	equal(t, "told", b.timeline(ann.ID, EntryImport), []string{
		"import: Changed by the import of people.csv [email →ann@example.com] [field:city पुणे→Delhi] [field:shoe →38] [name Ann→Anne] [optIn unknown→in] [optIn.evidence →I agree.] [optIn.source →shop]",
	})
	b.clock.Advance(time.Minute)
	imp = b.undo(imp.ID)
	equal(t, "state", imp.State, ImportUndone)
	equal(t, "undone", []any{imp.Undo.Removed, imp.Undo.Restored, imp.Undo.Kept, imp.Undo.HasKept}, []any{int64(1), int64(2), int64(0), false})
	after := must(b.Get(b.ctx, ann.ID))(t)
	equal(t, "as before", []any{after.Name, after.Email, after.Fields, after.OptIn, after.Tags}, []any{before.Name, before.Email, before.Fields, before.OptIn, before.Tags})
	equal(t, "people", len(b.everybody()), 1)
	for _, tag := range must(b.Tags(b.ctx))(t) {
		if tag.Kind == ListTag {
			t.Errorf("the list %s is still there", tag.Name)
		}
	}
	if _, err := b.UndoImport(b.ctx, imp.ID); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("undone twice: %v", err)
	}
	b.honest()
}

func TestUndoKeepsWhatWasUsedSince(t *testing.T) {
	t.Parallel()
	b := setup(t)
	must(b.Create(b.ctx, Change{Name: ptr("Old"), Phone: ptr("9876543200"), Fields: map[string]string{"city": "Goa"}}, nil))(t)
	imp := b.importAll("name,phone,city\nAsha,9876543210,Pune\nBob,9876543211,Pune\nCid,9876543212,Pune\nDev,9876543213,Pune\nEve,9876543214,Pune\nOlder,9876543200,Pune\n",
		func(o *Options) { o.List = "All" })
	people := b.byName()
	b.clock.Advance(time.Minute)
	must(b.Edit(b.ctx, people["Asha"].ID, Change{Email: ptr("asha@example.com")}))(t)
	b.campaignTo("Diwali", people["Bob"].ID)
	b.wrote(people["Cid"].ID, "नमस्ते")
	must(b.AddNote(b.ctx, people["Dev"].ID, "VIP"))(t)
	must(b.Edit(b.ctx, people["Older"].ID, Change{Fields: map[string]string{"city": "Kochi"}}))(t)
	imp = b.undo(imp.ID)
	equal(t, "undone", []any{imp.Undo.Removed, imp.Undo.Restored, imp.Undo.Kept, imp.Undo.HasKept}, []any{int64(1), int64(1), int64(5), true})
	equal(t, "why", b.keptOf(imp), []string{
		"Asha|'+919876543210||" + keptChanged, "Bob|'+919876543211||" + keptUsed, "Cid|'+919876543212||" + keptUsed,
		"Dev|'+919876543213||" + keptNoted, "Older|'+919876543200|city|" + keptChanged,
	})
	people = b.byName()
	equal(t, "the name, not the city", people["Old"].Fields["city"], "Kochi")
	equal(t, "people", len(people), 5)
	b.honest()
}

// An undo that is killed at any chunk goes on there; nothing is taken back twice.
func TestUndoResumes(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var file strings.Builder
	file.WriteString("name,phone\n")
	for i := range 3*chunkRows - 100 {
		fmt.Fprintf(&file, "P%d,98%08d\n", i, i)
	}
	imp := b.importAll(file.String(), func(o *Options) { o.List = "Many" })
	must(b.UndoImport(b.ctx, imp.ID))(t)
	runs := 0
	for finished := false; !finished; runs++ {
		u := &undoing{s: b.Service, tenant: b.acme, claim: uuid.New(), started: b.clock.Now()}
		if held := must(u.take(b.ctx, imp.ID))(t); !held {
			t.Fatal("nobody has it, and it cannot be taken")
		}
		finished = must(u.next(b.ctx))(t) // and is killed
		b.clock.Advance(2 * importLease)
	}
	imp = must(b.GetImport(b.ctx, imp.ID, View{}))(t)
	equal(t, "undone", []any{imp.State, imp.Undo.Removed}, []any{ImportUndone, int64(3*chunkRows - 100)})
	if runs < 3 {
		t.Errorf("it took %d runs", runs)
	}
	equal(t, "people", len(b.everybody()), 0)
	b.honest()
}

// Two imports of the same people: undoing the first leaves what the second wrote.
func TestUndoOfAnEarlierImport(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.person("Ann", "9876543210")
	first := b.importAll("name,phone,city\nAnne,9876543210,Pune\n", nil)
	b.clock.Advance(time.Minute)
	second := b.importAll("name,phone,city\n,9876543210,Delhi\n", nil)
	first = b.undo(first.ID)
	equal(t, "kept", b.keptOf(first), []string{"Anne|'+919876543210|city|" + keptChanged})
	ann := b.everybody()[0]
	equal(t, "Ann", []string{ann.Name, ann.Fields["city"]}, []string{"Ann", "Delhi"})
	b.undo(second.ID)
	equal(t, "then the second", b.everybody()[0].Fields["city"], "Pune")
	b.honest()
}

func TestDryRunWritesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann := b.person("Ann", "9876543210")
	gone := b.person("Gone", "9876543219")
	if err := b.Delete(b.ctx, gone.ID); err != nil {
		t.Fatal(err)
	}
	text := "name,phone,city,tags\nAnne,9876543210,पुणे,new\nBob,9876543211,,\nBad,12,,\nBob again,09876543211,,\nBack,9876543219,,\n"
	imp := b.upload("people.csv", text)
	o := guessed(imp)
	o.List, o.DryRun = "Diwali", true
	must(b.Start(b.ctx, imp.ID, o))(t)
	must(b.RunImport(b.ctx, b.acme, imp.ID, 0))(t)
	imp = must(b.GetImport(b.ctx, imp.ID, View{}))(t)
	equal(t, "state", imp.State, ImportTried)
	equal(t, "counts", countsOf(imp), counts{rows: 5, created: 2, updated: 1, duplicate: 1, invalid: 1})
	equal(t, "sample", imp.Sample, []ImportChange{{Row: 2, Name: "Ann", Phone: "+919876543210", Changes: []FieldChange{{"field:city", "", "पुणे"}, {"name", "Ann", "Anne"}}}})
	if file := b.errorsOf(imp); !strings.Contains(file, problemSentence(problemPhone)) || !strings.Contains(file, problemSentence(problemRepeated)) {
		t.Errorf("the error file: %s", file)
	}
	equal(t, "nobody new", len(b.everybody()), 1)
	equal(t, "Ann", must(b.Get(b.ctx, ann.ID))(t).Name, "Ann")
	equal(t, "no tags, no fields", []int{len(must(b.Tags(b.ctx))(t)), len(must(b.Fields(b.ctx))(t))}, []int{0, 0})
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		var left int
		err := tx.QueryRow(ctx, `select (select count(*) from import_addresses where tenant_id = $1) + (select count(*) from import_changes where tenant_id = $1)`, b.acme).Scan(&left)
		equal(t, "left behind", left, 0)
		return err
	})
	if _, err := b.UndoImport(b.ctx, imp.ID); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("a dry run was undone: %v", err)
	}

	real := imp.Options
	real.DryRun = false
	must(b.Start(b.ctx, imp.ID, real))(t)
	must(b.RunImport(b.ctx, b.acme, imp.ID, 0))(t)
	imp = must(b.GetImport(b.ctx, imp.ID, View{}))(t)
	equal(t, "for real", []any{imp.State, imp.DryRun, countsOf(imp)}, []any{ImportDone, false, counts{rows: 5, created: 2, updated: 1, duplicate: 1, invalid: 1}})
	equal(t, "people", len(b.everybody()), 3)
	b.honest()
}

// A dry run knows a person whom an earlier chunk had, and says the same as the import, whatever
// the file.
func TestDryRunAgreesWithTheImport(t *testing.T) {
	t.Parallel()
	for _, duplicates := range []Duplicates{UpdateExisting, SkipExisting} {
		b := setup(t)
		b.person("Ann", "9800000007")
		must(b.Create(b.ctx, Change{BSUID: ptr("IN.1"), Name: ptr("Zoya")}, nil))(t)
		var file strings.Builder
		file.WriteString("name,phone,bsuid\n")
		for i := range chunkRows + 200 {
			fmt.Fprintf(&file, "P%d,98%08d,\n", i, i%(chunkRows+50))
		}
		file.WriteString("Two,9800000007,IN.1\nZoya,,IN.1\nNew,9811111111,IN.2\nNew,9811111112,IN.2\n,,\nBad,1,\n")
		imp := b.upload("people.csv", file.String())
		o := guessed(imp)
		o.OnDuplicate, o.DryRun = duplicates, true
		must(b.Start(b.ctx, imp.ID, o))(t)
		must(b.RunImport(b.ctx, b.acme, imp.ID, 0))(t)
		tried := countsOf(must(b.GetImport(b.ctx, imp.ID, View{}))(t))
		o.DryRun = false
		must(b.Start(b.ctx, imp.ID, o))(t)
		must(b.RunImport(b.ctx, b.acme, imp.ID, 0))(t)
		equal(t, string(duplicates), tried, countsOf(must(b.GetImport(b.ctx, imp.ID, View{}))(t)))
		b.honest()
	}
}

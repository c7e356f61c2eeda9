package contact

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/blob"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/sheet"
	"github.com/aerostic/aerostic/internal/platform/sheet/sheettest"
	"github.com/aerostic/aerostic/internal/platform/web"
)

type counts struct{ rows, created, updated, duplicate, invalid int64 }

func countsOf(i Import) counts {
	return counts{i.Rows, i.Created, i.Updated, i.Duplicate, i.Invalid}
}

func (b *bundle) everybody() []Contact {
	b.t.Helper()
	return must(b.List(b.ctx, Filter{}, ByName, web.PageQuery{Limit: 200}))(b.t).Items
}

func TestImportReadsWhatPeopleSend(t *testing.T) {
	t.Parallel()
	plain := "नाम,फ़ोन,ईमेल,शहर\r\nआशा देवी 🌸,९८७६५४३२१०,Asha@Example.com,पुणे\r\n\"Rao, Bob\",+91 98765 43211,,Delhi\r\nمحمد,098765 43212,,\r\n"
	wide := append([]byte{0xFF, 0xFE}, utf16le(plain)...)
	semicolons := strings.NewReplacer(",", ";", "\"Rao; Bob\"", "\"Rao, Bob\"").Replace(strings.Replace(plain, "\"Rao, Bob\"", "\"Rao; Bob\"", 1))
	for name, text := range map[string]string{
		"UTF-8": plain, "byte order mark": sheet.BOM + plain, "UTF-16": string(wide), "tabs": strings.ReplaceAll(strings.ReplaceAll(plain, "\"Rao, Bob\"", "Rao¸ Bob"), ",", "\t"),
		"semicolons": semicolons, "named by Excel": "sep=,\r\n" + plain, "LF": strings.ReplaceAll(plain, "\r\n", "\n"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			imp := b.importAll(text, nil)
			equal(t, "counts", countsOf(imp), counts{rows: 3, created: 3})
			equal(t, "state", imp.State, ImportDone)
			people := map[string]Contact{}
			for _, c := range b.everybody() {
				people[c.Phone] = c
			}
			asha := people["+919876543210"]
			equal(t, "name", asha.Name, "आशा देवी 🌸")
			equal(t, "email", asha.Email, "asha@example.com")
			equal(t, "market", asha.Market, "India")
			equal(t, "digits", asha.WAID, "919876543210")
			equal(t, "city", asha.Fields, map[string]string{"column_4": "पुणे"})
			equal(t, "Bob", strings.Replace(people["+919876543211"].Name, "¸", ",", 1), "Rao, Bob")
			equal(t, "Muhammad", people["+919876543212"].Name, "محمد")
			b.honest()
		})
	}
}

func utf16le(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

func TestPreview(t *testing.T) {
	t.Parallel()
	b := setup(t)
	imp := b.upload(`C:\Users\ann\Customers.csv`, "Customer Name,WhatsApp No.,E-mail ID,Order ID,Order ID,,Opt-in\nआशा,9876543210,asha@example.com,7,8,,yes\nBob,12,,,,,\nकेसर,9.19877E+11,,,,,\n\nAnn,9876543211,x\"y,,,,\n")
	equal(t, "file name", imp.FileName, "Customers.csv")
	var targets []Target
	for _, c := range imp.Columns {
		targets = append(targets, c.Target)
	}
	equal(t, "targets", targets, []Target{ToName, ToPhone, ToEmail, "field:order_id", ToIgnore, ToIgnore, ToOptIn})
	equal(t, "label", imp.Columns[3].Label, "Order ID")
	var rows []string
	for _, r := range imp.Preview.Rows {
		rows = append(rows, fmt.Sprintf("%d %s %s", r.Row, r.Phone, r.Problem))
	}
	equal(t, "rows", rows, []string{"2 +919876543210 ", "3  " + problemSentence(problemPhone), "4  " + problemSentence(problemPhoneScientific), "6  " + problemSentence(problemEmail)})
	equal(t, "problems", len(imp.Preview.Problems), 1)
	two := 1
	again := must(b.GetImport(b.ctx, imp.ID, View{PhoneColumn: &two, Country: "GB"}))(t)
	equal(t, "as British", again.Preview.Rows[0].Phone, "")
}

func TestPreviewWithoutTitles(t *testing.T) {
	t.Parallel()
	b := setup(t)
	imp := b.upload("x.csv", "Asha,9876543210\nBob,9876543211\n")
	equal(t, "header", imp.HasHeader, false)
	equal(t, "phone column", imp.Columns[1].Target, ToPhone)
	equal(t, "first row", imp.Preview.Rows[0].Row, int64(1))
	imp = b.importAll("Asha,9876543210\nBob,9876543211\n", func(o *Options) { o.Mapping[0] = ToName })
	equal(t, "counts", countsOf(imp), counts{rows: 2, created: 2})
}

func TestUploadRefuses(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for name, in := range map[string]io.Reader{
		"empty": strings.NewReader(""), "broken workbook": strings.NewReader("PK\x03\x04xxxx"),
		"another archive": bytes.NewReader(sheettest.Zip(t, map[string]string{"word/document.xml": "<x/>"})),
		"old workbook":    strings.NewReader("\xD0\xCF\x11\xE0xxxx"), "PDF": strings.NewReader("%PDF-1.7"),
		"too large": io.LimitReader(endless{}, MaxUpload+2),
	} {
		_, err := b.Upload(b.ctx, name, in)
		if kind := fault.KindOf(err); kind != fault.KindInvalid && kind != fault.KindTooLarge {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = "9876543210\n"[i%11]
	}
	return len(p), nil
}

func TestImportErrorFile(t *testing.T) {
	t.Parallel()
	b := setup(t)
	text := "name,phone,note\n" +
		"Asha,9876543210,fine\n" + // 2
		"Bob,,no phone\n" + // 3
		"Cid,12345,short\n" + // 4
		"\"Dev\" x,9876543211,stray\n" + // 5
		"Eve,9876543212,a,b\n" + // 6
		"Fay,9876543213,\xff\xfe\n" + // 7
		strings.Repeat("ग", 201) + ",9876543214,\n" + // 8
		"=cmd|'/c calc'!A1,+91,@x\n" + // 9
		"\n" + // 10, blank: not counted
		"Asha again,+91 98765 43210,dup\n" + // 11
		"Gus,9876543215,\"two\nlines\"\n" + // 12
		"Nul,9876543216,\x00\n" + // 13
		"Hal,9876543217,\"never closed\n" // 14
	imp := b.importAll(text, nil)
	equal(t, "counts", countsOf(imp), counts{rows: 12, created: 2, duplicate: 1, invalid: 9})
	file := b.errorsOf(imp)
	if !strings.HasPrefix(file, sheet.BOM) {
		t.Error("Excel would not read this as UTF-8")
	}
	rows := must(readCSV(strings.TrimPrefix(file, sheet.BOM)))(t)
	equal(t, "titles", rows[0], []string{"row", "reason", "name", "phone", "note"})
	var got []string
	for _, row := range rows[1:] {
		got = append(got, row[0]+" "+row[1])
	}
	equal(t, "rows", got, []string{
		"3 " + problemSentence(problemNoPhone), "4 " + problemSentence(problemPhone), "5 " + problemSentence("stray_quote"),
		"6 " + problemSentence(problemColumns), "7 " + problemSentence(problemUTF8), "8 " + problemSentence(problemTooLong),
		"9 " + problemSentence(problemPhone), "11 " + problemSentence(problemRepeated), "13 " + problemSentence(problemNUL),
		"14 " + problemSentence("open_quote"),
	})
	equal(t, "formula", rows[7][2:], []string{"'=cmd|'/c calc'!A1", "'+91", "'@x"})
	equal(t, "row as it was", rows[3][2], "\"Dev\" x,9876543211,stray")
	equal(t, "two lines", b.everybody()[1].Fields["note"], "two\nlines")
}

func readCSV(text string) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	return r.ReadAll()
}

func TestImportMeetsKnownPeople(t *testing.T) {
	t.Parallel()
	b := setup(t)
	vip := b.tagNamed("VIP", PlainTag)
	ann := b.person("Ann", "9876543210")
	bob := b.person("Bob", "9876543211")
	must(b.Edit(b.ctx, ann.ID, Change{Fields: map[string]string{"city": "Pune", "shoe": "38"}}))(t)
	must(b.Edit(b.ctx, bob.ID, Change{OptIn: &Consent{State: OptInRefused, Source: "phone call"}}))(t)
	cid := b.person("Cid", "9876543212")
	must(b.SuppressOne(b.ctx, cid.ID, "asked twice"))(t)
	if err := b.Delete(b.ctx, cid.ID); err != nil {
		t.Fatal(err)
	}
	text := "name,phone,city,tags\n,9876543210,Delhi,new; VIP\nBobby,9876543211,,\nCid,9876543212,Goa,\nDev,9876543213,,NEW\n"
	consent := &OptInOption{Source: "shop counter", Evidence: "I agree to offers on WhatsApp."}

	imp := b.importAll(text, func(o *Options) {
		o.List, o.Tags, o.OptIn, o.OnDuplicate = "Diwali", []uuid.UUID{vip.ID}, consent, SkipExisting
	})
	equal(t, "skip", countsOf(imp), counts{rows: 4, created: 2, duplicate: 2})
	equal(t, "no error file", imp.HasErrors, false)
	ann = must(b.Get(b.ctx, ann.ID))(t)
	equal(t, "skipped", ann.Fields, map[string]string{"city": "Pune", "shoe": "38"})
	equal(t, "tags all the same", len(ann.Tags), 3)
	equal(t, "consent untouched", ann.OptIn.State, OptInUnknown)
	b.honest()

	imp = b.importAll(text, func(o *Options) { o.List, o.OptIn = "Diwali", consent })
	equal(t, "update", countsOf(imp), counts{rows: 4, updated: 4})
	ann = must(b.Get(b.ctx, ann.ID))(t)
	equal(t, "name kept, city changed, rest kept", []string{ann.Name, ann.Fields["city"], ann.Fields["shoe"]}, []string{"Ann", "Delhi", "38"})
	equal(t, "consent", []string{string(ann.OptIn.State), ann.OptIn.Source, ann.OptIn.Evidence}, []string{"in", consent.Source, consent.Evidence})
	bob = must(b.Get(b.ctx, bob.ID))(t)
	equal(t, "an opt-out stays", []string{bob.Name, string(bob.OptIn.State), bob.OptIn.Source}, []string{"Bobby", "out", "phone call"})
	cid = must(b.Get(b.ctx, cid.ID))(t)
	equal(t, "back, and still suppressed", cid.Suppressed != nil && cid.Name == "Cid", true)
	for _, tag := range must(b.Tags(b.ctx))(t) {
		equal(t, tag.Name, tag.Contacts, map[string]int64{"VIP": 4, "Diwali": 4, "new": 2}[tag.Name])
	}
	b.honest()
}

func TestImportByUserID(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ann := b.person("Ann", "9876543210")
	zoya := must(b.Create(b.ctx, Change{BSUID: ptr("IN.2"), Name: ptr("Zoya")}, nil))(t)
	text := "name,phone,bsuid\n" +
		"Ann,9876543210,IN.1\n" + // learns Ann's user id
		"Zoya,,IN.2\n" + // known by user id alone
		"Dev,,IN.3\n" + // new
		"Eve,9876543213,IN.4\n" + // new, both
		"Mix,9876543213,IN.5\n" + // Eve's phone again
		"Two,9876543210,IN.2\n" // Ann's phone with Zoya's id: repeats both
	imp := b.importAll(text, nil)
	equal(t, "counts", countsOf(imp), counts{rows: 6, created: 2, updated: 2, duplicate: 2})
	equal(t, "Ann", must(b.Get(b.ctx, ann.ID))(t).BSUID, "IN.1")
	imp = b.importAll("name,phone,bsuid\nTwo,9876543210,IN.2\n", nil)
	equal(t, "two people", countsOf(imp), counts{rows: 1, invalid: 1})
	imp = b.importAll("name,phone,bsuid\nZoya,9876543299,IN.2\n", nil)
	equal(t, "learns a phone", countsOf(imp), counts{rows: 1, updated: 1})
	equal(t, "Zoya's phone", must(b.Get(b.ctx, zoya.ID))(t).Phone, "+919876543299")
	b.honest()
}

func ptr[T any](v T) *T { return &v }

func TestStartRefuses(t *testing.T) {
	t.Parallel()
	b := setup(t)
	imp := b.upload("x.csv", "name,phone\nAnn,9876543210\n")
	for name, o := range map[string]Options{
		"no phone":       {Mapping: []Target{ToName}},
		"unknown target": {Mapping: []Target{"shoe", ToPhone}},
		"bad field":      {Mapping: []Target{"field:Shoe Size", ToPhone}},
		"twice":          {Mapping: []Target{ToPhone, ToPhone}},
		"too many":       {Mapping: []Target{ToName, ToPhone, ToEmail}},
	} {
		if _, err := b.Start(b.ctx, imp.ID, o); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := b.Start(b.ctx, imp.ID, Options{Mapping: []Target{ToName, ToPhone}, Tags: []uuid.UUID{uuid.New()}}); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("unknown tag: %v", err)
	}
	equal(t, "jobs", len(take[importArgs](b.jobs)), 0)
	must(b.Start(b.ctx, imp.ID, Options{Mapping: []Target{ToName, ToPhone}}))(t)
	equal(t, "jobs", len(take[importArgs](b.jobs)), 1)
	if _, err := b.Start(b.ctx, imp.ID, Options{Mapping: []Target{ToName, ToPhone}}); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("second start: %v", err)
	}
}

// bigFile has 12,000 rows: three chunks, one row in 100 invalid, one in 200 a repetition of the
// row before.
func bigFile() string {
	var text strings.Builder
	text.WriteString("name,phone\n")
	for i := range 12_000 {
		switch {
		case i%100 == 50:
			text.WriteString("Nobody,123\n")
		case i%200 == 7:
			fmt.Fprintf(&text, "Again,%d\n", 9_000_000_000+i-1)
		default:
			fmt.Fprintf(&text, "व्यक्ति %d,%d\n", i, 9_000_000_000+i)
		}
	}
	return text.String()
}

var errKilled = errors.New("killed")

// killer is a store that dies when the error part of a chunk is stored: after the chunk's rows
// were written, before they are committed.
type killer struct {
	blob.Store
	at    int // parts until death
	dying func()
}

func (k *killer) Put(ctx context.Context, key string, r io.Reader, size int64, contentType string) error {
	if k.at--; k.at < 0 {
		k.dying()
		return errKilled
	}
	return k.Store.Put(ctx, key, r, size, contentType)
}

func TestImportGoesOnWhereItWasKilled(t *testing.T) {
	t.Parallel()
	whole := setup(t)
	want := whole.importAll(bigFile(), func(o *Options) { o.List = "Everybody" })
	equal(t, "whole", countsOf(want), counts{rows: 12_000, created: 11_820, duplicate: 60, invalid: 120})

	b := setup(t)
	imp := b.upload("people.csv", bigFile())
	o := guessed(imp)
	o.List = "Everybody"
	must(b.Start(b.ctx, imp.ID, o))(t)
	for deaths := 0; ; deaths++ {
		ctx, cancel := context.WithCancel(b.ctx)
		// Every run gets one chunk further and dies in the next.
		mortal := New(Deps{DB: b.db, Clock: b.clock, Queue: b.jobs, Blobs: &killer{b.blobs, 1, cancel}})
		finished, err := mortal.RunImport(ctx, b.acme, imp.ID, 0)
		cancel()
		if finished {
			equal(t, "deaths", deaths, 2)
			break
		}
		if err == nil || deaths > 5 {
			t.Fatalf("run %d: finished %v, %v", deaths, finished, err)
		}
	}
	got := must(b.GetImport(b.ctx, imp.ID, View{}))(t)
	equal(t, "counts", countsOf(got), countsOf(want))
	equal(t, "errors", b.errorsOf(got), whole.errorsOf(want))
	equal(t, "audience", b.count(Audience{All: true}), int64(11_820))
	b.honest()
}

func TestImportOfADeadWorkerIsTakenOver(t *testing.T) {
	t.Parallel()
	b := setup(t)
	imp := b.upload("people.csv", "phone\n9876543210\n")
	must(b.Start(b.ctx, imp.ID, guessed(imp)))(t)
	take[importArgs](b.jobs)
	// A worker claims it and is never heard of again.
	b.tx(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlClaimImport, b.acme, imp.ID, uuid.New(), b.clock.Now(), b.clock.Now().Add(importLease), ImportRunning)
		return err
	})
	if finished := must(b.RunImport(b.ctx, b.acme, imp.ID, 0))(t); finished {
		t.Fatal("two workers on one import")
	}
	if err := b.SweepImports(t.Context()); err != nil || len(take[importArgs](b.jobs)) != 0 {
		t.Fatalf("rung too early, %v", err)
	}
	b.clock.Advance(importLease + time.Second)
	if err := b.SweepImports(t.Context()); err != nil {
		t.Fatal(err)
	}
	equal(t, "jobs", take[importArgs](b.jobs), []importArgs{{b.acme, imp.ID}})
	if finished := must(b.RunImport(b.ctx, b.acme, imp.ID, 0))(t); !finished {
		t.Fatal("not taken over")
	}
}

type slow struct{ *clock.Fake }

func (s slow) Now() time.Time {
	s.Advance(time.Second)
	return s.Fake.Now()
}

func TestImportInSlices(t *testing.T) {
	t.Parallel()
	b := setup(t)
	imp := b.upload("people.csv", bigFile())
	must(b.Start(b.ctx, imp.ID, guessed(imp)))(t)
	// Every look at the clock takes longer than the slice: a run merges one chunk, and the next
	// one where that was parsed by then.
	b.Service.clock = slow{b.clock}
	runs := 1
	for !must(b.RunImport(b.ctx, b.acme, imp.ID, time.Second))(t) {
		if runs++; runs > 3 {
			t.Fatal("does not end")
		}
	}
	equal(t, "goes on in another run", runs > 1, true)
	equal(t, "counts", countsOf(must(b.GetImport(b.ctx, imp.ID, View{}))(t)), counts{rows: 12_000, created: 11_820, duplicate: 60, invalid: 120})
}

func TestCancelImport(t *testing.T) {
	t.Parallel()
	b := setup(t)
	imp := b.upload("people.csv", bigFile())
	must(b.Start(b.ctx, imp.ID, guessed(imp)))(t)
	// Cancelled while the second chunk is being parsed: the run finds out by itself.
	stopped := make(chan struct{})
	b.Service.blobs = &killer{b.blobs, 1, func() {
		go func() {
			defer close(stopped)
			_, _ = b.CancelImport(b.ctx, imp.ID)
		}()
	}}
	if finished, err := b.RunImport(b.ctx, b.acme, imp.ID, 0); finished || !errors.Is(err, errKilled) {
		t.Fatalf("finished %v, %v", finished, err)
	}
	<-stopped
	got := must(b.GetImport(b.ctx, imp.ID, View{}))(t)
	equal(t, "state", got.State, ImportCancelled)
	equal(t, "rows", got.Rows, int64(chunkRows))
	if finished := must(b.RunImport(b.ctx, b.acme, imp.ID, 0))(t); finished {
		t.Error("a cancelled import went on")
	}
	if _, err := b.CancelImport(b.ctx, imp.ID); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("second cancel: %v", err)
	}
	b.honest()
}

func TestImportStateMoves(t *testing.T) {
	t.Parallel()
	states := []ImportState{ImportUploaded, ImportRunning, ImportDone, ImportCancelled, ImportFailed}
	allowed := ""
	for _, from := range states {
		for _, to := range states {
			if from.MayBecome(to) {
				allowed += string(from) + ">" + string(to) + " "
			}
		}
	}
	equal(t, "moves", allowed, "uploaded>running uploaded>cancelled running>done running>cancelled running>failed ")
}

// A workbook takes the same way as a CSV: mapping, row numbers, error file.
func TestImportWorkbook(t *testing.T) {
	t.Parallel()
	b := setup(t)
	file := sheettest.Workbook(t,
		[]any{"नाम", "मोबाइल", "Joined", "Opt-in", "Order ID"},
		[]any{"आशा देवी 🌸", sheettest.Number("919876543210"), sheettest.Date("45992"), true, sheettest.Number("7")},
		nil,
		[]any{"محمد", sheettest.Number("9.876543211E+9"), sheettest.Date("45992.5"), false},
		[]any{"Cid", "9.19877E+11"},
		[]any{"Dev", sheettest.Padded("9876543212"), nil, "maybe"},
		[]any{"Eve", sheettest.Number("9876543210")},
	)
	imp := must(b.Upload(b.ctx, "ग्राहक.xlsx", bytes.NewReader(file)))(t)
	equal(t, "encoding", imp.Encoding, sheet.XLSX)
	equal(t, "preview", []any{imp.Preview.Rows[0].Row, imp.Preview.Rows[0].Phone, imp.Preview.Rows[1].Row}, []any{int64(2), "+919876543210", int64(4)})
	must(b.Start(b.ctx, imp.ID, guessed(imp)))(t)
	must(b.RunImport(b.ctx, b.acme, imp.ID, 0))(t)
	imp = must(b.GetImport(b.ctx, imp.ID, View{}))(t)
	equal(t, "counts", countsOf(imp), counts{rows: 5, created: 2, duplicate: 1, invalid: 2})
	rows := must(readCSV(strings.TrimPrefix(b.errorsOf(imp), sheet.BOM)))(t)
	var got []string
	for _, row := range rows[1:] {
		got = append(got, row[0]+" "+row[1])
	}
	equal(t, "rows", got, []string{"5 " + problemSentence(problemPhoneScientific), "6 " + problemSentence(problemOptIn), "7 " + problemSentence(problemRepeated)})
	asha := b.everybody()[1]
	equal(t, "Asha", []string{asha.Name, asha.Phone, asha.Fields["joined"], asha.Fields["order_id"], string(asha.OptIn.State)}, []string{"आशा देवी 🌸", "+919876543210", "2025-12-01", "7", "in"})
}

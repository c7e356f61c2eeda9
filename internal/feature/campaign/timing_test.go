package campaign

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/message"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// moment is a time of Kolkata's clock in the week of the tests: 30 November 2026 is a Monday.
func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation(wallLayout, text, location(t, "Asia/Kolkata"))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// hands is a bundle whose clock moves by hand; no worker runs.
type hands struct {
	*bundle
	t     *testing.T
	clock *clock.Fake
}

func byHand(t *testing.T, at string) *hands {
	t.Helper()
	b := setup(t, messagetest.Options{})
	fake := clock.NewFake(moment(t, at))
	b.s.Clock, b.Messages.Clock = fake, fake
	return &hands{b, t, fake}
}

// until moves the clock.
func (h *hands) until(at string) {
	h.t.Helper()
	h.clock.Advance(moment(h.t, at).Sub(h.clock.Now()))
}

// rules changes the workspace's.
func (h *hands) rules(set string) {
	h.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update tenants set `+set+` where tenant_id = $1`, h.Acme)
		return err
	})
}

// person adds somebody with a number of their own, and perhaps a zone in the field zone.
func (h *hands) person(name, phone, zone string) contact.Contact {
	h.t.Helper()
	change := contact.Change{Name: &name, Phone: &phone}
	if zone != "" {
		change.Fields = map[string]string{"zone": zone}
	}
	c, err := h.Contacts.Create(h.ann(), change, nil)
	h.Must(err)
	return c
}

func (h *hands) begin(c Campaign, sc Schedule) Campaign {
	h.t.Helper()
	begun, err := h.s.Begin(h.ann(), c.ID, sc)
	h.Must(err)
	return begun
}

// due starts what is due, freezes it and feeds what may be; it says how many of a campaign are queued.
func (h *hands) due(c Campaign) int64 {
	h.t.Helper()
	h.Must(h.s.StartDue(h.t.Context()))
	if h.get(c).Status == Running {
		_, err := h.s.freezeSome(h.t.Context(), h.Acme, c.ID)
		h.Must(err)
	}
	for range 3 {
		_, err := h.s.Refill(h.t.Context(), h.Acme, h.Channel.ID)
		h.Must(err)
	}
	return h.get(c).Counts.Queued
}

// takeable says how many a claim may feed and take.
func (h *hands) takeable() (n int) {
	h.t.Helper()
	h.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		list, err := h.s.Pending(ctx, tx, h.Acme, h.Channel.ID, message.Room{Free: 100, All: 100})
		n = len(list)
		return err
	})
	return n
}

func (h *hands) waits(c Campaign) []Wait {
	h.t.Helper()
	waits, err := h.s.Waits(h.ann(), c.ID)
	h.Must(err)
	return waits
}

func TestEverybodyGetsItWhenTheirOwnClockShowsTheTime(t *testing.T) {
	t.Parallel()
	h := byHand(t, "2026-11-29T12:00")
	h.rules(`zone_field = 'zone'`)
	h.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into contact_fields (tenant_id, key, label, type, created_at) values ($1, 'zone', 'Zone', 'text', now())`, h.Acme)
		return err
	})
	h.person("आशा", "+919845001001", "")
	h.person("Asha of Dubai", "+919845001002", "Asia/Dubai") // an Indian number, a clock of her own
	h.person("مريم", "+971501234567", "")
	h.person("Bob 🙂", "+12125550100", "")
	h.person("Kiri", "+919845001003", "Pacific/Kiritimati")
	h.person("Odd", "+919845001004", "IST")
	c := h.begin(h.draft(), Schedule{LocalAt: "2026-12-01T10:00"})
	if c.Status != Scheduled || !c.ScheduledAt.Equal(moment(t, "2026-12-01T01:30")) {
		t.Fatalf("%s for %s", c.Status, c.ScheduledAt)
	}
	for _, step := range []struct {
		at     string
		queued int64
	}{
		{"2026-12-01T01:29", 0}, {"2026-12-01T01:30", 1}, {"2026-12-01T09:59", 1}, {"2026-12-01T10:00", 3},
		{"2026-12-01T11:29", 3}, {"2026-12-01T11:30", 5}, {"2026-12-01T20:29", 5}, {"2026-12-01T20:30", 6},
	} {
		h.until(step.at)
		if got := h.due(c); got != step.queued {
			t.Errorf("at %s %d are queued, not %d", step.at, got, step.queued)
		}
		if step.at == "2026-12-01T01:30" {
			waits := h.waits(c)
			if len(waits) != 3 || waits[0] != (Wait{waits[0].Until, 2}) || !waits[0].Until.Equal(moment(t, "2026-12-01T10:00")) {
				t.Errorf("who waits: %+v", waits)
			}
		}
	}
	if k := h.get(c).Counts; k.Total != 6 || k.Pending != 0 {
		t.Errorf("counts: %+v", k)
	}
}

func TestWhileEverybodyWaitsTheLaneIsLeftAlone(t *testing.T) {
	t.Parallel()
	h := byHand(t, "2026-12-01T08:00")
	h.person("आशा", "+919845001001", "")
	c := h.begin(h.draft(), Schedule{LocalAt: "2026-12-01T10:00"})
	waiting := func() (channels []uuid.UUID) {
		h.InAcme(func(ctx context.Context, tx pgx.Tx) (err error) {
			channels, err = h.s.Waiting(ctx, tx, h.Acme)
			return err
		})
		return channels
	}
	if len(waiting()) != 1 {
		t.Error("a campaign that was not looked at is not fed")
	}
	h.due(c)
	if len(waiting()) != 0 {
		t.Error("a lane is woken for somebody who waits two hours")
	}
	h.until("2026-12-01T08:10")
	if len(waiting()) != 1 {
		t.Error("a campaign that waits is never looked at again")
	}
	h.until("2026-12-01T10:00")
	if len(waiting()) != 1 || h.due(c) != 1 {
		t.Error("when the time comes, nobody is fed")
	}
}

func TestNobodyIsFedInTheWorkspacesQuietHours(t *testing.T) {
	t.Parallel()
	h := byHand(t, "2026-11-30T22:00")
	h.rules(`quiet_from = 1260, quiet_to = 540`)
	h.people(5)
	c := h.begin(h.draft(), Schedule{})
	if n := h.due(c); n != 0 || h.takeable() != 0 {
		t.Errorf("%d are queued and %d may be taken at night", n, h.takeable())
	}
	waits := h.waits(c)
	if len(waits) != 1 || waits[0].People != 5 || !waits[0].Until.Equal(moment(t, "2026-12-01T09:00")) {
		t.Errorf("who waits: %+v", waits)
	}
	h.until("2026-12-01T00:00")
	if n := h.due(c); n != 0 || h.takeable() != 0 {
		t.Errorf("%d are queued and %d may be taken at midnight", n, h.takeable())
	}
	h.until("2026-12-01T09:00")
	if n := h.due(c); n != 0 || h.takeable() != 5 {
		t.Errorf("%d are queued and %d may be taken in the morning", n, h.takeable())
	}
	if len(h.waits(c)) != 0 {
		t.Errorf("who waits by day: %+v", h.waits(c))
	}
}

func TestQuietHoursOfEachPersonsClock(t *testing.T) {
	t.Parallel()
	h := byHand(t, "2026-11-30T22:00")
	h.rules(`quiet_from = 1260, quiet_to = 540, quiet_by_recipient = true`)
	h.people(4)
	h.person("Bob 🙂", "+12125550100", "") // 11:30 in New York
	c := h.begin(h.draft(), Schedule{})
	if n := h.due(c); n != 1 {
		t.Errorf("%d are queued, not Bob alone", n)
	}
	waits := h.waits(c)
	if len(waits) != 1 || waits[0].People != 4 || !waits[0].Until.Equal(moment(t, "2026-12-01T09:00")) {
		t.Errorf("who waits: %+v", waits)
	}
	h.until("2026-12-01T09:00")
	if n := h.due(c); n != 5 {
		t.Errorf("%d are queued in the morning", n)
	}
}

func TestACampaignOnOwnClocksReallySends(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.work()
	b.people(30)
	c := b.draft()
	now := time.Now().In(location(t, "Asia/Kolkata"))
	_, err := b.s.Begin(b.ann(), c.ID, Schedule{LocalAt: now.Format(wallLayout)})
	b.Must(err)
	b.awaitRead(c, 30)
	b.awaitStatus(c, Completed)
	b.OnceEach(30)
	b.adds(c, 30)
}

func TestCancellingEndsThoseWhoWait(t *testing.T) {
	t.Parallel()
	h := byHand(t, "2026-12-01T08:00")
	h.people(7)
	c := h.begin(h.draft(), Schedule{LocalAt: "2026-12-01T10:00"})
	h.due(c)
	_, err := h.s.Cancel(h.ann(), c.ID)
	h.Must(err)
	n, err := h.s.closeChunk(t.Context(), h.Acme, c.ID)
	h.Must(err)
	if n != 7 {
		t.Errorf("%d are cancelled", n)
	}
	h.adds(c, 7)
}

// another is the service of a second process, or of one that was restarted.
func (h *hands) another() *Service {
	other := New(h.s.Deps)
	other.Clock = h.clock
	return other
}

// together calls both services at one moment.
func together(t *testing.T, a, b *Service, do func(*Service) error) {
	t.Helper()
	var both sync.WaitGroup
	for _, s := range []*Service{a, b, a, b} {
		both.Go(func() {
			if err := do(s); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
}

func TestAScheduledCampaignStartsOnceHoweverManyLook(t *testing.T) {
	t.Parallel()
	h := byHand(t, "2026-11-30T22:00")
	h.people(3)
	at := moment(t, "2026-12-01T00:00")
	c := h.begin(h.draft(), Schedule{At: &at})
	start := func(s *Service) error { return s.StartDue(t.Context()) }
	h.until("2026-11-30T23:59")
	together(t, h.s, h.another(), start)
	if got := h.get(c).Status; got != Scheduled {
		t.Fatalf("a minute early it is %s", got)
	}
	h.until("2026-12-01T00:00")
	together(t, h.s, h.another(), start)
	together(t, h.another(), h.another(), start)
	if got := h.get(c); got.Status != Running || !got.StartedAt.Equal(at) {
		t.Errorf("at midnight it is %s since %v", got.Status, got.StartedAt)
	}
	if n := h.jobs("campaign_freeze"); n != 1 {
		t.Errorf("it was started %d times", n)
	}
}

// jobs counts those of a kind that were queued.
func (h *hands) jobs(kind string) (n int) {
	h.Must(h.DB.AsSystem(h.t.Context(), "count jobs", func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from river.river_job where kind = $1`, kind).Scan(&n)
	}))
	return n
}

func daily(at, holidays string, late int) Schedule {
	return Schedule{Repeat: &Repeat{Rule: "FREQ=DAILY", StartsOn: "2026-11-30", Time: at, Holidays: holidays, LateHours: late}}
}

func (h *hands) occurrences(c Campaign) []Occurrence {
	h.t.Helper()
	list, err := h.s.Occurrences(h.ann(), c.ID, time.Time{}, 50)
	h.Must(err)
	return list
}

func TestASeriesRunsOnceADateHoweverManyLook(t *testing.T) {
	t.Parallel()
	h := byHand(t, "2026-11-30T09:00")
	h.people(3)
	c := h.begin(h.draft(), daily("10:00", holidayRun, 6))
	if c.Status != Repeating {
		t.Fatalf("it is %s", c.Status)
	}
	for i, at := range []string{"2026-11-30T10:00", "2026-12-01T10:00", "2026-12-02T10:00"} {
		h.until(at)
		together(t, h.s, h.another(), func(s *Service) error { return s.StartDue(t.Context()) })
		if list := h.occurrences(c); len(list) != i+1 || list[0].CampaignID == nil {
			t.Fatalf("at %s: %+v", at, list)
		}
	}
	if n := h.jobs("campaign_freeze"); n != 3 {
		t.Errorf("three runs were started %d times", n)
	}
	run, err := h.s.Get(h.ann(), *h.occurrences(c)[0].CampaignID)
	h.Must(err)
	if run.Name != "Diwali दिवाली 🪔 · 2 Dec 2026" || *run.SeriesID != c.ID || run.Status != Running {
		t.Errorf("the run: %+v", run)
	}
	sr, err := h.s.Series(h.ann(), c.ID)
	h.Must(err)
	if sr.Sentence != "Every day at 10:00" || sr.Next[0].On != "2026-12-03" {
		t.Errorf("the series: %+v", sr)
	}
}

func TestWhatASeriesMissed(t *testing.T) {
	t.Parallel()
	h := byHand(t, "2026-11-30T09:00")
	h.people(3)
	c := h.begin(h.draft(), daily("10:00", holidayRun, 6))
	h.until("2026-12-03T15:59") // three days down, back just within six hours
	for range 6 {
		h.Must(h.another().StartDue(t.Context()))
	}
	list := h.occurrences(c)
	if len(list) != 4 || list[0].On != "2026-12-03" || list[0].CampaignID == nil {
		t.Fatalf("what became of them: %+v", list)
	}
	for _, missed := range list[1:] {
		if missed.CampaignID != nil || missed.Reason == "" {
			t.Errorf("missed: %+v", missed)
		}
	}
	h.until("2026-12-04T16:01") // a minute too late
	h.Must(h.s.StartDue(t.Context()))
	if last := h.occurrences(c)[0]; last.CampaignID != nil || last.Reason != "It could not start in time: it was 6h1m0s late." {
		t.Errorf("a minute too late: %+v", last)
	}
}

func TestASeriesOnHolidaysPausedAndStopped(t *testing.T) {
	t.Parallel()
	h := byHand(t, "2026-11-30T11:00")
	h.people(3)
	c := h.begin(h.draft(), daily("10:00", holidaySkip, 6))
	h.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `insert into holidays (tenant_id, id, name, on_date, created_at) values ($1, $1, 'Fest त्योहार', '2026-12-01', now())`, h.Acme); err != nil {
			return err
		}
		return h.s.HolidaysChanged(ctx, tx, h.Acme)
	})
	h.until("2026-12-01T10:00")
	h.Must(h.s.StartDue(t.Context()))
	if last := h.occurrences(c)[0]; last.CampaignID != nil || last.Reason != "Holiday: Fest त्योहार." {
		t.Errorf("on a holiday: %+v", last)
	}
	_, err := h.s.PauseSeries(h.ann(), c.ID)
	h.Must(err)
	h.until("2026-12-04T11:00")
	h.Must(h.s.StartDue(t.Context()))
	if list := h.occurrences(c); len(list) != 1 {
		t.Errorf("while paused: %+v", list)
	}
	sr, err := h.s.ResumeSeries(h.ann(), c.ID)
	h.Must(err)
	if sr.Next[0].On != "2026-12-05" {
		t.Errorf("it goes on with %s", sr.Next[0].On)
	}
	_, err = h.s.Cancel(h.ann(), c.ID)
	h.Must(err)
	h.until("2026-12-06T11:00")
	h.Must(h.s.StartDue(t.Context()))
	if list := h.occurrences(c); len(list) != 1 {
		t.Errorf("after it was stopped: %+v", list)
	}
	if _, err := h.s.ResumeSeries(h.ann(), c.ID); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("a stopped series resumed: %v", err)
	}
}

func TestARunThatCannotStartIsShown(t *testing.T) {
	t.Parallel()
	h := byHand(t, "2026-11-30T09:00")
	h.people(1)
	c := h.begin(h.draft(), daily("10:00", holidayRun, 6))
	h.InAcme(func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `update templates set status = 'PAUSED' where tenant_id = $1`, h.Acme)
		return err
	})
	h.until("2026-11-30T10:00")
	h.Must(h.s.StartDue(t.Context()))
	if last := h.occurrences(c)[0]; last.CampaignID != nil || last.Reason != "The template is not approved at WhatsApp, so nothing can be sent with it." {
		t.Errorf("without its template: %+v", last)
	}
	if sr, err := h.s.Series(h.ann(), c.ID); err != nil || sr.Next[0].On != "2026-12-01" {
		t.Errorf("it goes on with %+v, %v", sr.Next, err)
	}
}

package notification

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/outbound"
)

func TestPeopleAreToldOfOthersDeedsOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	talk, first, second := ident.New(), ident.New(), ident.New()
	b.tell(News{Event: Assigned, To: []uuid.UUID{b.ann, b.bob, b.lina}, Subject: talk, Actor: b.bob})
	wrote := News{Event: Message, To: []uuid.UUID{b.ann}, Subject: talk, Item: first}
	b.tell(wrote)
	b.tell(wrote) // told again: the same
	wrote.Item = second
	b.clock.Advance(time.Second)
	b.tell(wrote)
	got := b.listed(b.ann)
	if len(got) != 2 || got[0].Title != "आशा शर्मा wrote 2 messages" || got[1].Title != "Bob assigned आशा शर्मा to you" || got[0].N != 2 {
		t.Errorf("Ann was told %+v", got)
	}
	if n := b.unread(b.ann); n != 2 {
		t.Errorf("%d unread", n)
	}
	if len(b.listed(b.bob)) != 0 {
		t.Error("Bob was told what he did")
	}
	if len(b.listed(b.lina)) != 0 {
		t.Error("somebody of another workspace was told")
	}
}

func TestReadingAConversationReadsWhatWasToldOfIt(t *testing.T) {
	t.Parallel()
	b := setup(t)
	talk, other := ident.New(), ident.New()
	for _, subject := range []uuid.UUID{talk, other} {
		b.tell(News{Event: Message, To: []uuid.UUID{b.ann, b.bob}, Subject: subject, Item: ident.New()}, News{Event: Mention, To: []uuid.UUID{b.ann}, Subject: subject, Actor: b.bob})
	}
	b.tx(b.acme, func(ctx context.Context, tx pgx.Tx) error { return b.s.SubjectRead(ctx, tx, b.acme, b.ann, talk) })
	if n := b.unread(b.ann); n != 2 {
		t.Errorf("Ann has %d unread", n)
	}
	if n := b.unread(b.bob); n != 2 {
		t.Errorf("Bob has %d unread", n)
	}
	b.must(b.s.Read(b.as(b.ann), nil))
	if n := b.unread(b.ann); n != 0 {
		t.Errorf("Ann has %d unread after reading all", n)
	}
	b.tell(News{Event: Message, To: []uuid.UUID{b.ann}, Subject: talk, Item: ident.New()})
	if got := b.listed(b.ann); len(got) != 5 || got[0].N != 1 || got[0].ReadAt != nil {
		t.Errorf("after reading, what happens again is news: %+v", got)
	}
}

func TestListsArePaged(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for range 7 {
		b.tell(News{Event: Assigned, To: []uuid.UUID{b.ann}, Subject: ident.New()})
	}
	seen := map[uuid.UUID]bool{}
	var after page
	for range 4 {
		list, err := b.s.list(b.as(b.ann), after, 2)
		b.must(err)
		for _, n := range list[:min(2, len(list))] {
			seen[n.ID] = true
			after = page{n.At, n.ID}
		}
	}
	if len(seen) != 7 {
		t.Errorf("read %d of 7", len(seen))
	}
}

func TestAPushOpensInTheBrowser(t *testing.T) {
	t.Parallel()
	b := setup(t)
	phone, laptop := b.subscribe(b.ann, "/phone"), b.subscribe(b.ann, "/laptop")
	bobs := b.subscribe(b.bob, "/bob")
	talk := ident.New()
	b.tell(News{Event: SLABreached, To: []uuid.UUID{b.ann}, Subject: talk})
	if n := b.jobs("notification_push"); n != 1 {
		t.Fatalf("%d jobs", n)
	}
	b.must(b.s.push(t.Context(), b.acme, b.ann))
	b.must(b.s.push(t.Context(), b.acme, b.ann)) // nothing is due any more
	for _, br := range []*browser{phone, laptop} {
		got := br.received()
		if len(got) != 1 {
			t.Fatalf("%s got %d pushes", br.path, len(got))
		}
		want := parcel{Title: "आशा शर्मा has waited too long", Path: "/inbox/" + talk.String(), Tag: talk.String()}
		if got[0].parcel != want {
			t.Errorf("%s got %+v", br.path, got[0].parcel)
		}
		h := got[0].header
		if h.Get("Urgency") != "high" || h.Get("TTL") != "43200" || len(h.Get("Topic")) != topicLength || h.Get("Content-Encoding") != "aes128gcm" {
			t.Errorf("headers %v", h)
		}
		b.vouched(h.Get("Authorization"))
	}
	if len(bobs.received()) != 0 {
		t.Error("Bob got Ann's push")
	}
}

// vouched checks the VAPID token as a push service does.
func (b *bundle) vouched(authorization string) {
	b.t.Helper()
	key, err := b.s.PushKey(b.t.Context())
	b.must(err)
	token, given, ok := strings.Cut(strings.TrimPrefix(authorization, "vapid t="), ", k=")
	if !ok || given != key {
		b.t.Fatalf("authorization %q", authorization)
	}
	var claims jwt.RegisteredClaims
	if _, _, err := jwt.NewParser().ParseUnverified(token, &claims); err != nil {
		b.t.Fatal(err)
	}
	if claims.Subject != "mailto:ops@example.com" || len(claims.Audience) != 1 || claims.Audience[0] != b.service.server.URL {
		b.t.Errorf("claims %+v", claims)
	}
}

func TestPreviewsAreAChoice(t *testing.T) {
	t.Parallel()
	b := setup(t)
	phone := b.subscribe(b.ann, "/phone")
	b.prefer(b.ann, func(p *Preferences) { p.Preview = true })
	b.tell(News{Event: Message, To: []uuid.UUID{b.ann}, Subject: ident.New(), Item: ident.New()})
	b.must(b.s.push(t.Context(), b.acme, b.ann))
	if got := phone.received(); len(got) != 1 || got[0].Body != "कल मिलते हैं?" {
		t.Errorf("with previews: %+v", got)
	}
	b.prefer(b.ann, func(p *Preferences) { p.Preview = false })
	b.tell(News{Event: Message, To: []uuid.UUID{b.ann}, Subject: ident.New(), Item: ident.New()})
	b.must(b.s.push(t.Context(), b.acme, b.ann))
	if got := phone.received(); len(got) != 2 || got[1].Body != "" {
		t.Errorf("without: %+v", got)
	}
}

func TestBrowsersThatAreGoneAreForgotten(t *testing.T) {
	t.Parallel()
	b := setup(t)
	gone, busy := b.subscribe(b.ann, "/gone"), b.subscribe(b.ann, "/busy")
	gone.answers(410)
	busy.answers(503)
	b.tell(News{Event: Assigned, To: []uuid.UUID{b.ann}, Subject: ident.New()})
	if err := b.s.push(t.Context(), b.acme, b.ann); err == nil || strings.Contains(err.Error(), b.service.server.URL) {
		t.Errorf("nobody took it: %v", err)
	}
	devices, err := b.s.Devices(b.as(b.ann))
	b.must(err)
	if len(devices) != 1 {
		t.Fatalf("%d devices are left", len(devices))
	}
	busy.answers(201)
	b.must(b.s.push(t.Context(), b.acme, b.ann))
	if len(busy.received()) != 1 {
		t.Error("the second attempt did not push")
	}
}

func TestQuietHoursHoldBackAndBundle(t *testing.T) {
	t.Parallel()
	b := setup(t)
	phone := b.subscribe(b.ann, "/phone")
	b.prefer(b.ann, func(p *Preferences) {
		p.Quiet = &Quiet{Days: []int{1}, From: 9 * 60, To: 14 * 60, Urgent: true} // Monday, in India
	})
	for range 5 {
		b.tell(News{Event: Assigned, To: []uuid.UUID{b.ann}, Subject: ident.New()})
	}
	if n := b.jobs("notification_push"); n != 0 {
		t.Errorf("%d pushes are queued in quiet hours", n)
	}
	b.tell(News{Event: SLABreached, To: []uuid.UUID{b.ann}, Subject: ident.New()})
	b.must(b.s.push(t.Context(), b.acme, b.ann))
	if got := phone.received(); len(got) != 1 || !strings.Contains(got[0].Title, "too long") {
		t.Fatalf("in quiet hours: %+v", got)
	}
	b.clock.Advance(2 * time.Hour) // 14:00 in India
	b.must(b.s.Sweep(t.Context()))
	if n := b.jobs("notification_push"); n != 1 {
		t.Errorf("%d pushes after quiet hours", n)
	}
	b.must(b.s.push(t.Context(), b.acme, b.ann))
	if got := phone.received(); len(got) != 2 || got[1].Title != "5 things wait for you" {
		t.Errorf("after quiet hours: %+v", got)
	}
}

func TestWhatStaysUnreadIsMailedInOneMail(t *testing.T) {
	t.Parallel()
	b := setup(t)
	read := ident.New()
	for _, talk := range []uuid.UUID{read, ident.New(), ident.New()} {
		b.tell(News{Event: Assigned, To: []uuid.UUID{b.ann}, Subject: talk, Actor: b.bob})
	}
	b.tx(b.acme, func(ctx context.Context, tx pgx.Tx) error { return b.s.SubjectRead(ctx, tx, b.acme, b.ann, read) })
	b.clock.Advance(14 * time.Minute)
	b.must(b.s.Sweep(t.Context()))
	if n := b.jobs("notification_mail"); n != 0 {
		t.Errorf("%d mails too early", n)
	}
	b.clock.Advance(time.Minute)
	b.must(b.s.Sweep(t.Context()))
	if n := b.jobs("notification_mail"); n != 1 {
		t.Errorf("%d mails are queued", n)
	}
	b.must(b.s.mailDue(t.Context(), b.acme, b.ann))
	b.must(b.s.mailDue(t.Context(), b.acme, b.ann))
	if len(b.box.mails) != 1 {
		t.Fatalf("%d mails", len(b.box.mails))
	}
	m := b.box.mails[0]
	if m.Subject != "2 things wait for you on Aerostic" || strings.Contains(m.Text, "कल मिलते हैं?") || strings.Contains(m.Text, read.String()) {
		t.Errorf("mail %+v", m)
	}
}

func TestOnlyRealBrowsersSubscribe(t *testing.T) {
	t.Parallel()
	b := setup(t)
	good := b.subscribe(b.ann, "/phone")
	sub := func(change func(*Subscription)) Subscription {
		s := Subscription{Endpoint: "https://push.example/x", Name: "Phone", Auth: "MDEyMzQ1Njc4OWFiY2RlZg", P256dh: encode(good.key.PublicKey().Bytes())}
		change(&s)
		return s
	}
	b.s.Reachable = func(_ context.Context, url string) error {
		if strings.Contains(url, "inside") {
			return outbound.ErrPrivate
		}
		return nil
	}
	for name, s := range map[string]Subscription{
		"inside": sub(func(s *Subscription) { s.Endpoint = "https://inside.example/" }), "scheme": sub(func(s *Subscription) { s.Endpoint = "file:///etc" }),
		"auth": sub(func(s *Subscription) { s.Auth = "short" }), "point": sub(func(s *Subscription) { s.P256dh = "AAAA" }), "name": sub(func(s *Subscription) { s.Name = "" }),
	} {
		if _, err := b.s.Subscribe(b.as(b.ann), s); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The same browser in Bob's hands is no longer Ann's.
	b.s.Reachable = nil
	b.service.mu.Lock()
	url := b.service.server.URL
	b.service.mu.Unlock()
	_, err := b.s.Subscribe(b.as(b.bob), sub(func(s *Subscription) { s.Endpoint = url + "/phone" }))
	b.must(err)
	if list, err := b.s.Devices(b.as(b.ann)); err != nil || len(list) != 0 {
		t.Errorf("Ann still has %d devices, %v", len(list), err)
	}
}

func TestWhereBrowsersAreReachedIsSealed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.subscribe(b.ann, "/phone")
	_, err := b.s.PushKey(t.Context())
	b.must(err)
	var all string
	b.must(b.s.DB.AsSystem(t.Context(), "look for secrets", func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select (select string_agg(d::text, ' ') from push_devices d) || (select string_agg(k::text, ' ') from push_keys k)`).Scan(&all)
	}))
	if strings.Contains(all, "/phone") || strings.Contains(all, b.s.keys.private) {
		t.Error("a secret lies open in the database")
	}
	fresh := New(b.s.Deps) // another process reads the same pair
	key, err := fresh.PushKey(t.Context())
	b.must(err)
	if key != b.s.keys.public || fresh.keys.private != b.s.keys.private {
		t.Error("two processes have two pairs")
	}
}

func TestMembersWhoLeaveAreForgotten(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.subscribe(b.ann, "/phone")
	b.prefer(b.ann, func(*Preferences) {})
	b.tell(News{Event: Assigned, To: []uuid.UUID{b.ann}, Subject: ident.New()})
	b.tx(b.acme, func(ctx context.Context, tx pgx.Tx) error { return b.s.MemberLeft(ctx, tx, b.acme, b.ann) })
	if n := len(b.listed(b.ann)); n != 0 {
		t.Errorf("%d notifications are left", n)
	}
	if list, err := b.s.Devices(b.as(b.ann)); err != nil || len(list) != 0 {
		t.Errorf("%d devices are left, %v", len(list), err)
	}
}

func TestOldNotificationsGo(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.tell(News{Event: Assigned, To: []uuid.UUID{b.ann}, Subject: ident.New()})
	b.clock.Advance(kept + time.Hour)
	b.tell(News{Event: Assigned, To: []uuid.UUID{b.ann}, Subject: ident.New()})
	b.must(b.s.forgetOld(t.Context()))
	if n := len(b.listed(b.ann)); n != 1 {
		t.Errorf("%d are left", n)
	}
}

func TestQuietHoursOnTheWallClock(t *testing.T) {
	t.Parallel()
	india, err := time.LoadLocation("Asia/Kolkata")
	if err != nil {
		t.Fatal(err)
	}
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	night := &Quiet{Days: []int{1, 2, 3, 4, 5}, From: 21 * 60, To: 8 * 60}
	for _, c := range []struct {
		name     string
		zone     *time.Location
		quiet    *Quiet
		event    Event
		at, want string
	}{
		{"by day", india, night, Message, "2026-11-09T12:00", "2026-11-09T12:00"},
		{"at night", india, night, Message, "2026-11-09T23:10", "2026-11-10T08:00"},
		{"after midnight", india, night, Message, "2026-11-10T07:59", "2026-11-10T08:00"},
		{"its end", india, night, Message, "2026-11-10T08:00", "2026-11-10T08:00"},
		{"a night that begins on Friday", india, night, Message, "2026-11-14T03:00", "2026-11-14T08:00"},
		{"a night that begins on Saturday", india, night, Message, "2026-11-15T03:00", "2026-11-15T03:00"},
		{"urgent, not allowed", india, night, SLABreached, "2026-11-09T23:00", "2026-11-10T08:00"},
		{"urgent, allowed", india, &Quiet{Days: []int{1}, From: 21 * 60, To: 8 * 60, Urgent: true}, SLABreached, "2026-11-09T23:00", "2026-11-09T23:00"},
		{"the clocks change", berlin, &Quiet{Days: []int{6}, From: 22 * 60, To: 7 * 60}, Message, "2026-03-28T23:00", "2026-03-29T07:00"},
		{"none", india, nil, Message, "2026-11-09T23:00", "2026-11-09T23:00"},
	} {
		at, _ := time.ParseInLocation("2006-01-02T15:04", c.at, c.zone)
		got := Preferences{Quiet: c.quiet}.from(at, c.event, c.zone)
		if got.Format("2006-01-02T15:04") != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestPreferencesThatCannotBe(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{
		"event": `{"ways":{"birthday":["app"]},"mailAfter":5}`, "way": `{"ways":{"message":["fax"]},"mailAfter":5}`, "mail": `{"mailAfter":0}`,
		"zone": `{"mailAfter":5,"zone":"IST"}`, "quiet": `{"mailAfter":5,"quiet":{"from":60,"to":60}}`, "day": `{"mailAfter":5,"quiet":{"from":60,"to":90,"days":[7]}}`,
	} {
		var p Preferences
		if err := json.Unmarshal([]byte(raw), &p); err != nil {
			t.Fatal(err)
		}
		if fault.KindOf(p.Check()) != fault.KindInvalid {
			t.Errorf("%s passes", name)
		}
	}
	if err := usual().Check(); err != nil {
		t.Error(err)
	}
	for _, e := range Events() {
		if _, known := usual().Ways[e]; !known {
			t.Errorf("%s has no usual ways", e)
		}
	}
}

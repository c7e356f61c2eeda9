package channel

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/secret"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

func TestSendableOpensTheTokenOnlyWhenConnected(t *testing.T) {
	t.Parallel()
	b := setup(t)
	c := b.connectAcme()
	sender := b.sendable(c.ID)
	if !sender.Ready() || sender.Token != acmeToken || sender.PhoneNumberID != acmeNumber ||
		sender.PortfolioID != "300000" || sender.Throughput != 80 || sender.DailyLimit == nil || *sender.DailyLimit != 2000 {
		t.Fatalf("sender: %+v", sender.Channel)
	}
	if _, err := b.Pause(b.as(b.acme), c.ID, "stock-taking"); err != nil {
		t.Fatal(err)
	}
	if paused := b.sendable(c.ID); paused.Ready() || paused.Token != "" {
		t.Fatal("a paused number still gives its token")
	}
	err := b.db.InTenant(t.Context(), b.lotus, func(ctx context.Context, tx pgx.Tx) error {
		_, err := b.Sendable(ctx, tx, b.lotus, c.ID)
		return err
	})
	if !errors.Is(err, pgx.ErrNoRows) {
		t.Fatalf("another workspace's number: %v", err)
	}
}

func (b *bench) sendable(id uuid.UUID) (sender Sender) {
	b.t.Helper()
	b.must(b.inAcme(func(ctx context.Context, tx pgx.Tx) (err error) {
		sender, err = b.Sendable(ctx, tx, b.acme, id)
		return err
	}))
	return sender
}

func TestTheTokenIsSealedInTheRow(t *testing.T) {
	t.Parallel()
	b := setup(t)
	c := b.connectAcme()
	sealed := b.sealed(c.ID)
	if len(sealed) == 0 || strings.Contains(string(sealed), acmeToken) {
		t.Fatalf("the row holds %q", sealed)
	}
	if _, err := b.Keys.Open(b.lotus, tokenPlace, c.ID, sealed); err == nil {
		t.Error("it opens for another tenant")
	}
	if _, err := b.Keys.Open(b.acme, "channels.other", c.ID, sealed); err == nil {
		t.Error("it opens for another column")
	}
	b.must(b.Remove(b.as(b.acme), c.ID))
	if b.sealed(c.ID) != nil {
		t.Error("removing the number kept its token")
	}
}

func (b *bench) sealed(id uuid.UUID) (sealed []byte) {
	b.t.Helper()
	b.must(b.inAcme(func(ctx context.Context, tx pgx.Tx) (err error) {
		sealed, err = sealedToken(ctx, tx, b.acme, id)
		return err
	}))
	return sealed
}

func TestARefreshMovesTheTokenToTheNewestKey(t *testing.T) {
	t.Parallel()
	b := setup(t)
	oldKey := secret.NewKey("k1")
	b.Keys = ring(t, oldKey)
	c := b.connectAcme()
	b.Keys = ring(t, secret.NewKey("k2")+","+oldKey)
	if !b.Keys.Stale(b.sealed(c.ID)) {
		t.Fatal("the token is not under the old key")
	}
	if _, err := b.Refresh(b.as(b.acme), c.ID); err != nil {
		t.Fatal(err)
	}
	if b.Keys.Stale(b.sealed(c.ID)) || b.sendable(c.ID).Token != acmeToken {
		t.Fatal("the token was not sealed anew")
	}
}

func ring(t *testing.T, spec string) *secret.Keyring {
	t.Helper()
	keys, err := secret.ParseKeys(spec)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestOneOfTwoWorkspacesGetsTheNumber(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var wg sync.WaitGroup
	results := make([]error, 8)
	for i := range results {
		tenant := []uuid.UUID{b.acme, b.lotus}[i%2]
		wg.Go(func() {
			_, _, results[i] = b.Connect(b.as(tenant), Connection{WABAID: acmeWABA, AccessToken: acmeToken})
		})
	}
	wg.Wait()
	connected := 0
	for _, err := range results {
		switch {
		case err == nil:
			connected++
		case fault.KindOf(err) != fault.KindConflict:
			t.Errorf("refused otherwise: %v", err)
		}
	}
	if connected != 1 {
		t.Fatalf("%d of %d got the number", connected, len(results))
	}
}

func TestTheHookRunsInTheSameTransaction(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Created = func(context.Context, pgx.Tx, Channel) error { return errors.New("no lane today") }
	if _, _, err := b.Connect(b.as(b.acme), Connection{WABAID: acmeWABA, AccessToken: acmeToken}); err == nil {
		t.Fatal("the hook's error is lost")
	}
	var seen []Channel
	b.Created = func(_ context.Context, _ pgx.Tx, c Channel) error { seen = append(seen, c); return nil }
	c := b.connectAcme()
	if len(seen) != 1 || seen[0].ID != c.ID {
		t.Fatalf("the hook saw %+v", seen)
	}
}

func TestARemovedNumberComesBackAsItself(t *testing.T) {
	t.Parallel()
	b := setup(t)
	first := b.connectAcme()
	b.must(b.Remove(b.as(b.acme), first.ID))
	list, err := b.List(b.as(b.acme))
	if err != nil || len(list) != 0 {
		t.Fatalf("after removing: %v %v", list, err)
	}
	if again := b.connectAcme(); again.ID != first.ID {
		t.Fatalf("it has the new id %s, its messages name %s", again.ID, first.ID)
	}
	if got := b.read(first.ID); got.Status != Connected || got.RemovedAt != nil || got.StatusNote != "" {
		t.Fatalf("revived: %s %v %q", got.Status, got.RemovedAt, got.StatusNote)
	}
}

func TestSubscribeSwitchesWebhooksOn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	c := b.connectAcme()
	if a := Advise(c); a == nil || !strings.Contains(a.Reason, "Delivery reports") {
		t.Fatalf("before: %+v", a)
	}
	b.must(b.subscribe(t.Context(), SubscribeArgs{b.acme, c.ID}))
	if got := b.read(c.ID); got.SubscribedAt == nil || Advise(got) != nil {
		t.Fatalf("after: %v %+v", got.SubscribedAt, Advise(got))
	}
	b.must(b.Remove(b.as(b.acme), c.ID))
	b.must(b.subscribe(t.Context(), SubscribeArgs{b.acme, c.ID}))
}

func TestARefusedTokenIsNoticedAndRenewed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	c := b.connectAcme()
	b.must(b.inAcme(func(ctx context.Context, tx pgx.Tx) error {
		sealed, err := b.Keys.Seal(b.acme, tokenPlace, c.ID, []byte("EAA-expired"))
		if err != nil {
			return err
		}
		return saveToken(ctx, tx, b.acme, c.ID, sealed)
	}))
	b.must(b.refreshJob(t.Context(), RefreshArgs{b.acme, c.ID, causeSweep}))
	if got := b.read(c.ID); got.Status != NeedsReauth || Advise(got) == nil {
		t.Fatalf("after the refusal: %s", got.Status)
	}
	if _, err := b.RenewToken(b.as(b.acme), c.ID, acmeToken); err != nil {
		t.Fatal(err)
	}
	if got := b.sendable(c.ID); !got.Ready() || got.StatusNote != "" {
		t.Fatalf("after renewing: %s %q", got.Status, got.StatusNote)
	}
}

func TestHoldBackDoesWhatMetaAsks(t *testing.T) {
	t.Parallel()
	cases := []struct {
		code   int
		want   Status
		reason Reason
	}{
		{131048, Paused, ReasonSpam}, {131042, Paused, ReasonPayment}, {368, Paused, ReasonPolicy},
		{133010, Paused, ReasonSetup}, {190, NeedsReauth, ""}, {131026, Connected, ""},
	}
	for _, c := range cases {
		t.Run(whatsapp.Lookup(c.code).Sentence, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			number := b.connectAcme()
			b.must(b.inAcme(func(ctx context.Context, tx pgx.Tx) error {
				return b.HoldBack(ctx, tx, b.acme, number.ID, whatsapp.Lookup(c.code))
			}))
			if got := b.read(number.ID); got.Status != c.want || got.PauseReason != c.reason {
				t.Errorf("%d: %s %q, want %s %q", c.code, got.Status, got.PauseReason, c.want, c.reason)
			}
		})
	}
}

func TestASpamPauseEndsByItself(t *testing.T) {
	t.Parallel()
	b := setup(t)
	c := b.connectAcme()
	b.jobs()
	b.must(b.inAcme(func(ctx context.Context, tx pgx.Tx) error {
		return b.HoldBack(ctx, tx, b.acme, c.ID, whatsapp.Lookup(131048))
	}))
	if queued := b.jobs(); len(queued) != 1 || queued[0].Kind != "channel_resume" {
		t.Fatalf("queued %+v", queued)
	}
	b.must(b.resumeJob(t.Context(), ResumeArgs{b.acme, c.ID}))
	if got := b.read(c.ID); got.Status != Paused {
		t.Fatal("it resumed before its time")
	}
	b.clock.Advance(24 * time.Hour)
	b.must(b.resumeJob(t.Context(), ResumeArgs{b.acme, c.ID}))
	if got := b.read(c.ID); got.Status != Connected || got.PauseReason != "" {
		t.Fatalf("a day later: %s %s", got.Status, got.PauseReason)
	}
}

func TestSweepGivesEveryNumberARefresh(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.connectAcme()
	if _, _, err := b.Connect(b.as(b.lotus), Connection{lotusWABA, "100001", lotusToken}); err != nil {
		t.Fatal(err)
	}
	b.jobs()
	b.must(b.sweep(t.Context()))
	b.must(b.sweep(t.Context()))
	if queued := b.jobs(); len(queued) != 2 || queued[0].Kind != "channel_refresh" {
		t.Fatalf("queued %+v", queued)
	}
}

func TestRoutingFindsTheOwner(t *testing.T) {
	t.Parallel()
	b := setup(t)
	c := b.connectAcme()
	var owners map[string]Owner
	var accounts map[string][]uuid.UUID
	b.must(b.db.Global(t.Context(), func(ctx context.Context, tx pgx.Tx) (err error) {
		if owners, err = b.Owners(ctx, tx, []string{acmeNumber, "999"}); err != nil {
			return err
		}
		accounts, err = b.WABAOwners(ctx, tx, []string{acmeWABA, lotusWABA})
		return err
	}))
	if len(owners) != 1 || owners[acmeNumber] != (Owner{acmeNumber, b.acme, c.ID}) {
		t.Errorf("owners %+v", owners)
	}
	if len(accounts) != 1 || len(accounts[acmeWABA]) != 1 || accounts[acmeWABA][0] != b.acme {
		t.Errorf("accounts %+v", accounts)
	}
	b.must(b.Remove(b.as(b.acme), c.ID))
	b.must(b.db.Global(t.Context(), func(ctx context.Context, tx pgx.Tx) (err error) {
		owners, err = b.Owners(ctx, tx, []string{acmeNumber})
		return err
	}))
	if len(owners) != 0 {
		t.Error("a removed number still has an owner")
	}
}

package channel

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// deliver decodes a webhook as the receiving side does and applies its events.
func (b *bench) deliver(body string) error {
	b.t.Helper()
	hook, err := whatsapp.ParseWebhook([]byte(body))
	b.must(err)
	return b.inAcme(func(ctx context.Context, tx pgx.Tx) error {
		for _, e := range hook.PhoneQualities {
			err = errors.Join(err, b.ApplyQuality(ctx, tx, b.acme, e))
		}
		for _, e := range hook.PhoneNames {
			err = errors.Join(err, b.ApplyName(ctx, tx, b.acme, e))
		}
		for _, e := range hook.Capabilities {
			err = errors.Join(err, b.ApplyCapability(ctx, tx, b.acme, e))
		}
		for _, e := range hook.Accounts {
			err = errors.Join(err, b.ApplyAccount(ctx, tx, b.acme, e))
		}
		return err
	})
}

func webhook(waba, field, value string) string {
	return `{"object":"whatsapp_business_account","entry":[{"id":"` + waba + `","time":1763900000,
		"changes":[{"field":"` + field + `","value":` + value + `}]}]}`
}

func TestNumberEvents(t *testing.T) {
	t.Parallel()
	b := setup(t)
	c := b.connectAcme()
	b.jobs()
	b.must(b.deliver(webhook(acmeWABA, "phone_number_quality_update",
		`{"display_phone_number":"918000000000","event":"THROUGHPUT_UPGRADE","max_daily_conversations_per_business":"TIER_UNLIMITED"}`)))
	got := b.read(c.ID)
	if got.Throughput != 1000 || got.DailyLimit != nil || got.LimitTier != "TIER_UNLIMITED" {
		t.Errorf("upgraded: %d/s, limit %v %s", got.Throughput, got.DailyLimit, got.LimitTier)
	}
	if queued := b.jobs(); len(queued) != 1 || queued[0].Kind != "channel_refresh" {
		t.Errorf("an event asks Meta for the rest, queued %+v", queued)
	}
	b.must(b.deliver(webhook(acmeWABA, "phone_number_name_update",
		`{"display_phone_number":"+91 80000 00000","decision":"APPROVED","requested_verified_name":"Acme दुकान 🪔"}`)))
	if got := b.read(c.ID); got.VerifiedName != "Acme दुकान 🪔" || got.NameStatus != "APPROVED" {
		t.Errorf("renamed: %q %s", got.VerifiedName, got.NameStatus)
	}
	b.must(b.deliver(webhook(acmeWABA, "business_capability_update", `{"max_daily_conversations_per_business":"TIER_10K"}`)))
	if got := b.read(c.ID); got.DailyLimit == nil || *got.DailyLimit != 10000 {
		t.Errorf("new limit: %v", got.DailyLimit)
	}
}

func TestAccountEvents(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, value string
		want        Status
	}{
		{"banned", `{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE","waba_ban_date":"April 17, 2026"}}`, Banned},
		{"a ban is coming", `{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"SCHEDULE_FOR_DISABLE"}}`, Connected},
		{"restricted", `{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1764590400}]}`, Paused},
		{"restricted elsewhere", `{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_ADD_PHONE_NUMBER_ACTION"}]}`, Connected},
		{"offboarded", `{"event":"ACCOUNT_OFFBOARDED"}`, Disconnected},
		{"deleted", `{"event":"ACCOUNT_DELETED"}`, Disconnected},
		{"violation", `{"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"ADULT"}}`, Connected},
		{"something new", `{"event":"MM_LITE_TERMS_SIGNED"}`, Connected},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			number := b.connectAcme()
			b.must(b.deliver(webhook(acmeWABA, "account_update", c.value)))
			if got := b.read(number.ID); got.Status != c.want {
				t.Errorf("%s, want %s", got.Status, c.want)
			}
		})
	}
}

func TestPartnersEventNamesTheCustomersAccount(t *testing.T) {
	t.Parallel()
	b := setup(t)
	c := b.connectAcme()
	value := `{"event":"PARTNER_REMOVED","waba_info":{"waba_id":"` + acmeWABA + `","owner_business_id":"300000"}}`
	b.must(b.deliver(webhook("777777", "account_update", value)))
	if got := b.read(c.ID); got.Status != Disconnected {
		t.Fatalf("after the partner was removed: %s", got.Status)
	}
	b.must(b.deliver(webhook(acmeWABA, "account_update", `{"event":"ACCOUNT_RECONNECTED"}`)))
	if got := b.read(c.ID); got.Status != Connected {
		t.Fatalf("after coming back: %s", got.Status)
	}
}

func TestEventsOfUnknownNumbersAreToldApart(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.connectAcme()
	err := b.deliver(webhook(acmeWABA, "phone_number_quality_update", `{"display_phone_number":"4915100000000","event":"FLAGGED"}`))
	if !errors.Is(err, ErrUnknown) {
		t.Errorf("an unknown number: %v", err)
	}
	err = b.deliver(webhook("999999", "account_update", `{"event":"ACCOUNT_DELETED"}`))
	if !errors.Is(err, ErrUnknown) {
		t.Errorf("an unknown account: %v", err)
	}
}

func TestARestrictedNumberResumesByItselfOnly(t *testing.T) {
	t.Parallel()
	b := setup(t)
	c := b.connectAcme()
	b.must(b.deliver(webhook(acmeWABA, "account_update",
		`{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1795521600}]}`)))
	if _, err := b.Resume(b.as(b.acme), c.ID); err == nil {
		t.Fatal("a person resumed what Meta restricts")
	}
	b.clock.Advance(b.read(c.ID).PauseUntil.Sub(b.clock.Now()))
	b.must(b.resumeJob(t.Context(), ResumeArgs{b.acme, c.ID}))
	if got := b.read(c.ID); got.Status != Connected {
		t.Fatalf("after the restriction: %s", got.Status)
	}
}

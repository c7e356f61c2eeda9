package tenant

import (
	"strings"
	"testing"

	"github.com/aerostic/aerostic/internal/platform/actor"
)

func TestSlugs(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Acme Jewellers":          "acme-jewellers",
		"  Ann's  Café & Co. ":    "anns-caf-co",
		"मुंबई Traders":           "traders",
		"मुंबई व्यापार":           "",
		"Admin":                   "",
		"xn--evil":                "xn-evil",
		strings.Repeat("ab ", 40): strings.TrimRight(strings.Repeat("ab-", 14)[:40], "-"),
	} {
		got := slugs(name)
		if want != "" && got[0] != want {
			t.Errorf("slugs(%q) = %v, want %q first", name, got, want)
		}
		if want == "" && !strings.HasPrefix(got[0], "team-") {
			t.Errorf("slugs(%q) = %v, want a random label", name, got)
		}
		for _, slug := range got {
			if err := CheckSlug(slug); err != nil {
				t.Errorf("slugs(%q) gives %q: %v", name, slug, err)
			}
		}
	}
}

func TestCheckSlug(t *testing.T) {
	t.Parallel()
	for slug, want := range map[string]bool{
		"acme": true, "a-1": true, "ab": false, "Acme": false, "-acme": false, "acme-": false, "ac me": false,
		"www": false, "xn--p1ai": false, "acme.evil": false, "आभूषण": false, strings.Repeat("a", 41): false,
	} {
		if err := CheckSlug(slug); (err == nil) != want {
			t.Errorf("CheckSlug(%q) = %v, want ok %v", slug, err, want)
		}
	}
}

func TestCheckTimezone(t *testing.T) {
	t.Parallel()
	for zone, want := range map[string]bool{
		"Asia/Kolkata": true, "UTC": true, "America/Argentina/Buenos_Aires": true,
		"": false, "Local": false, "IST": false, "EST": false, "Asia/Atlantis": false, "../../etc/passwd": false,
	} {
		if err := CheckTimezone(zone); (err == nil) != want {
			t.Errorf("CheckTimezone(%q) = %v, want ok %v", zone, err, want)
		}
	}
}

// The table in words: who holds what. A new permission must be decided here for each role.
func TestPermissions(t *testing.T) {
	t.Parallel()
	const all = "overview.read contact.read contact.write contact.import contact.manage contact.privacy consent.export template.read template.write campaign.read campaign.write campaign.send campaign.approve goal.write conversion.write event.write inbox.read inbox.reply inbox.manage wallet.read channel.read channel.write team.read team.write settings.write"
	for who, want := range map[holderKey]string{
		{"owner", false}: strings.Replace(all, "campaign.approve", "campaign.approve campaign.override", 1),
		{"admin", false}: all,
		{"agent", false}: "overview.read contact.read contact.write template.read campaign.read inbox.read inbox.reply wallet.read channel.read team.read",
		{"", true}:       "wallet.topup platform",
		{"", false}:      "",
		{"king", false}:  "",
	} {
		var held []string
		for _, p := range Permissions(who.role, who.platform) {
			held = append(held, string(p))
		}
		if got := strings.Join(held, " "); got != want {
			t.Errorf("%+v holds %q, want %q", who, got, want)
		}
	}
	for _, p := range []actor.Permission{"", "public", "signed-in", "campaign.burn"} {
		if Allows("owner", true, p) {
			t.Errorf("%q is allowed although no role holds it", p)
		}
	}
}

type holderKey struct {
	role     string
	platform bool
}

func TestInvitationTokens(t *testing.T) {
	t.Parallel()
	for _, token := range []string{"", ".", "a.b", strings.Repeat("A", 22) + ".x", strings.Repeat("A", 300)} {
		if _, err := ParseInvitationToken(token); err == nil {
			t.Errorf("ParseInvitationToken(%q) passes", token)
		}
	}
}

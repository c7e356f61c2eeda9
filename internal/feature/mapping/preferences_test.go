package mapping

import (
	"testing"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/contact"
)

func TestASlotMayBeTheContactsOwnPage(t *testing.T) {
	t.Parallel()
	asha := contact.Contact{ID: uuid.New(), Name: "आशा"}
	r := &Renderer{Preferences: func(id uuid.UUID) string { return "https://acme.test/p/token-" + id.String() }}
	for slot, want := range map[string]string{"body.1": "https://acme.test/p/token-" + asha.ID.String(), "button.0": "token-" + asha.ID.String()} {
		s := Source{Slot: slot, Own: "preferences"}
		if got := r.own(s.Slot, asha); got != want || s.empty() {
			t.Errorf("%s: %q, not %q", slot, got, want)
		}
	}
	if got := (&Renderer{}).own("body.1", asha); got != "" {
		t.Errorf("without pages: %q", got)
	}
}

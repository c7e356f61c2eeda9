package whatsappsim

import (
	"fmt"
	"maps"
)

// notifyPreference tells that a person stopped or resumed marketing.
func (s *Sim) notifyPreference(to *number, who uint64, value string) {
	preference := map[string]any{"user_id": string(s.appendUserID(nil, who)), "category": "marketing_messages", "value": value,
		"detail": fmt.Sprintf("User requested to %s marketing messages", value), "timestamp": s.now().Unix()}
	maps.Copy(preference, s.shownPhone(who, "wa_id"))
	s.notify(to.waba, "user_preferences", map[string]any{
		"messaging_product": "whatsapp", "metadata": to.metadata(),
		"contacts": []any{s.contactOf(who, "")}, "user_preferences": []any{preference},
	})
}

// notifyUserID tells that a person's business-scoped id changed with their number.
func (s *Sim) notifyUserID(to *number, old, now uint64) {
	change := map[string]any{"detail": "User changed their phone number", "timestamp": s.now().Unix(),
		"user_id": map[string]string{"previous": string(s.appendUserID(nil, old)), "current": string(s.appendUserID(nil, now))}}
	maps.Copy(change, s.shownPhone(now, "wa_id"))
	s.notify(to.waba, "user_id_update", map[string]any{
		"messaging_product": "whatsapp", "metadata": to.metadata(), "user_id_update": []any{change},
	})
}

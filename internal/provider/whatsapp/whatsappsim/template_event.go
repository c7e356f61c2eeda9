package whatsappsim

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// notify queues one account-level webhook. It never blocks its caller.
func (s *Sim) notify(of *waba, field string, value any) {
	change, err := json.Marshal(map[string]any{"field": field, "value": value})
	if err != nil {
		return
	}
	s.dispatchItem(outgoing{change: change, waba: of})
}

// dispatchItem puts an item into the outbox without making the caller wait for room.
func (s *Sim) dispatchItem(item outgoing) {
	s.outbox.undone.Add(1)
	s.done.Add(1)
	go func() {
		defer s.done.Done()
		s.outbox.push(item, s.stop)
	}()
}

// templateValue is what every template webhook begins with. Ids are numbers there, and
// languages have a hyphen.
func templateValue(t whatsapp.Template) map[string]any {
	id, _ := strconv.ParseInt(t.ID, 10, 64)
	return map[string]any{"message_template_id": id, "message_template_name": t.Name, "message_template_language": hyphened(t.Language)}
}

func hyphened(language string) string {
	out := []byte(language)
	for i := range out {
		if out[i] == '_' {
			out[i] = '-'
		}
	}
	return string(out)
}

func (s *Sim) setStatus(t *template, status, reason, title string) {
	wire := t.change(func(wire *whatsapp.Template) {
		wire.Status = status
		if status == statusRejected {
			wire.RejectedReason = reason
		}
	})
	value := templateValue(wire)
	event := status
	if title == "UNPAUSED" {
		event = "REINSTATED"
	}
	value["event"], value["reason"], value["message_template_category"] = event, reason, wire.Category
	if title != "" {
		value["other_info"] = map[string]string{"title": title, "description": "Set in the simulator."}
	}
	if status == statusRejected {
		value["rejection_info"] = map[string]string{"reason": "The text breaks a rule.", "recommendation": "Change the text and submit it again."}
	}
	s.save()
	s.notify(t.waba, "message_template_status_update", value)
}

func (s *Sim) recategorise(t *template, category string) {
	previous := t.snapshot().Category
	wire := t.change(func(wire *whatsapp.Template) { wire.PreviousCategory, wire.Category = previous, category })
	value := templateValue(wire)
	value["previous_category"], value["new_category"] = previous, category
	s.save()
	s.notify(t.waba, "template_category_update", value)
}

// announce tells that Meta will move a template in 24 hours.
func (s *Sim) announce(t *template, category string) {
	wire := t.snapshot()
	value := templateValue(wire)
	value["new_category"], value["correct_category"] = wire.Category, category
	value["category_update_timestamp"] = s.now().Add(24 * time.Hour).Unix()
	s.notify(t.waba, "template_category_update", value)
}

func (s *Sim) setQuality(t *template, score string) {
	previous := "UNKNOWN"
	wire := t.change(func(wire *whatsapp.Template) {
		if wire.QualityScore != nil {
			previous = wire.QualityScore.Score
		}
		wire.QualityScore = &whatsapp.QualityScore{Score: score, Date: s.now().Unix()}
	})
	value := templateValue(wire)
	value["previous_quality_score"], value["new_quality_score"] = previous, score
	s.notify(t.waba, "message_template_quality_update", value)
}

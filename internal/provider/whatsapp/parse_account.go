package whatsapp

import (
	"bytes"
	"strings"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// account decodes the fields about templates, numbers and accounts; false for a field we
// do not know.
func (p *parser) account(o Origin, v jsonscan.Value) bool {
	if o.DisplayPhoneNumber == "" {
		o.DisplayPhoneNumber = textOf(v.Get("display_phone_number"))
	}
	switch o.Field {
	case "message_template_status_update", "message_template_quality_update",
		"message_template_components_update", "template_category_update":
		p.template(o, v)
	case "phone_number_quality_update":
		limit := firstOf(v, "max_daily_conversations_per_business", "current_limit")
		p.out.PhoneQualities = append(p.out.PhoneQualities, PhoneQualityEvent{o, textOf(v.Get("event")), textOf(limit), textOf(v.Get("old_limit"))})
	case "phone_number_name_update":
		p.out.PhoneNames = append(p.out.PhoneNames, PhoneNameEvent{o, textOf(v.Get("decision")),
			textOf(v.Get("requested_verified_name")), reasonOf(v.Get("rejection_reason"))})
	case "business_capability_update":
		p.capability(o, v)
	case "account_update", "account_review_update", "account_alerts", "security":
		p.accountUpdate(o, v)
	case "user_preferences":
		p.preferences(o, v)
	case "user_id_update":
		p.userIDs(o, v)
	default:
		return false
	}
	return true
}

func (p *parser) template(o Origin, v jsonscan.Value) {
	ref := TemplateRef{
		ID: textOf(v.Get("message_template_id")), Name: textOf(v.Get("message_template_name")),
		Language: strings.ReplaceAll(textOf(v.Get("message_template_language")), "-", "_"),
	}
	if ref.ID == "" && ref.Name == "" {
		p.bad(o, v, "the template event names no template")
		return
	}
	switch o.Field {
	case "message_template_status_update":
		p.templateStatus(o, ref, v)
	case "message_template_quality_update":
		p.out.TemplateQualities = append(p.out.TemplateQualities, TemplateQualityEvent{o, ref,
			textOf(v.Get("previous_quality_score")), textOf(v.Get("new_quality_score"))})
	case "message_template_components_update":
		p.out.TemplateTexts = append(p.out.TemplateTexts, TemplateComponentsEvent{o, ref, bytes.Clone(v)})
	case "template_category_update":
		correct := textOf(v.Get("correct_category"))
		p.out.TemplateMoves = append(p.out.TemplateMoves, TemplateCategoryEvent{Origin: o, TemplateRef: ref, Announced: correct != "",
			Previous: textOf(v.Get("previous_category")), Current: textOf(v.Get("new_category")), Correct: correct})
	}
}

func (p *parser) templateStatus(o Origin, ref TemplateRef, v jsonscan.Value) {
	event := TemplateStatusEvent{
		Origin: o, TemplateRef: ref, Status: textOf(v.Get("event")),
		Category: textOf(v.Get("message_template_category")), Reason: reasonOf(v.Get("reason")),
	}
	if event.Status == "" {
		p.bad(o, v, "the template event says no status")
		return
	}
	event.Title = textOf(v.Get("other_info").Get("title"))
	event.Description = textOf(v.Get("other_info").Get("description"))
	event.Recommendation = textOf(v.Get("rejection_info").Get("recommendation"))
	if event.Description == "" {
		event.Description = textOf(v.Get("rejection_info").Get("reason"))
	}
	p.out.TemplateStatuses = append(p.out.TemplateStatuses, event)
}

func reasonOf(v jsonscan.Value) string {
	if reason := textOf(v); reason != "NONE" {
		return reason
	}
	return ""
}

func (p *parser) capability(o Origin, v jsonscan.Value) {
	limit := firstOf(v, "max_daily_conversations_per_business", "max_daily_conversation_per_phone")
	numbers, _ := firstOf(v, "max_phone_numbers_per_business", "max_phone_numbers_per_waba").Int()
	p.out.Capabilities = append(p.out.Capabilities, CapabilityEvent{o, textOf(limit), numbers})
}

func (p *parser) accountUpdate(o Origin, v jsonscan.Value) {
	event := AccountEvent{
		Origin: o, Event: textOf(v.Get("event")), Decision: textOf(v.Get("decision")),
		BanState:       textOf(v.Get("ban_info").Get("waba_ban_state")),
		Violation:      textOf(v.Get("violation_info").Get("violation_type")),
		CustomerWABAID: textOf(v.Get("waba_info").Get("waba_id")), Raw: bytes.Clone(v),
	}
	for item := range v.Get("restriction_info").Items() {
		event.Restrictions = append(event.Restrictions, Restriction{textOf(item.Get("restriction_type")), timeOf(item.Get("expiration"))})
	}
	p.out.Accounts = append(p.out.Accounts, event)
}

func (p *parser) preferences(o Origin, v jsonscan.Value) {
	for item := range v.Get("user_preferences").Items() {
		event := PreferenceEvent{
			Origin: o, WAID: textOf(item.Get("wa_id")), UserID: textOf(item.Get("user_id")),
			Category: textOf(item.Get("category")), Detail: textOf(item.Get("detail")), At: timeOf(item.Get("timestamp")),
		}
		choice := textOf(item.Get("value"))
		event.Stop = choice == "stop"
		switch {
		case event.WAID == "" && event.UserID == "":
			p.bad(o, item, "the preference names nobody")
		case choice != "stop" && choice != "resume":
			p.bad(o, item, "the preference is neither stop nor resume")
		default:
			p.out.Preferences = append(p.out.Preferences, event)
		}
	}
}

func (p *parser) userIDs(o Origin, v jsonscan.Value) {
	for item := range v.Get("user_id_update").Items() {
		change := item.Get("user_id")
		event := UserIDEvent{Origin: o, WAID: textOf(item.Get("wa_id")), Previous: textOf(change.Get("previous")),
			Current: textOf(change.Get("current")), At: timeOf(item.Get("timestamp"))}
		if event.Previous == "" || event.Current == "" {
			p.bad(o, item, "the change of a user id lacks one of the ids")
			continue
		}
		p.out.UserIDs = append(p.out.UserIDs, event)
	}
}

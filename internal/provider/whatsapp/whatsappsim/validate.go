package whatsappsim

import (
	"strconv"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// validate checks a message as Meta does before it says 200.
func (s *Sim) validate(from *number, req *sendRequest) *metaError {
	if !req.byPhone {
		req.who = s.personOf(string(req.input.Bytes()))
	}
	if req.byPhone && from.digits == strconv.FormatUint(req.who, 10) {
		return errSelf
	}
	if !from.registered.Load() {
		return errUnregistered
	}
	if req.body == nil {
		return param("The parameter " + req.kind + " is required.")
	}
	if req.kind != "contacts" && req.body.Kind() != jsonscan.Object {
		return param("Param " + req.kind + " must be a JSON object.")
	}
	if req.kind == "template" {
		return s.validateTemplate(from, req)
	}
	if req.marketing {
		return errMarketingKind
	}
	req.category = categoryService
	return s.validateFreeForm(from, req)
}

var (
	errSelf         = fail(400, 131021, "Recipient cannot be sender", "Recipient cannot be sender")
	errUnregistered = fail(400, 133010, "Account not registered", "The account is not registered")
	errLocked       = fail(403, 131031, "Business Account locked", "Business Account has been locked")
	errWindow       = fail(400, codeWindow, "Re-engagement message", "Message failed to send because more than 24 hours have passed since the customer last replied to this number.")
	errLanguage     = param("The parameter template['language']['code'] is required.")
	errName         = param("The parameter template['name'] is required.")
	errTextBody     = param("The parameter text['body'] is required.")
	errTextLong     = param("Param text['body'] must be at most 4096 characters long.")
	errCaption      = param("Param caption must be at most 1024 characters long.")
	errMediaSource  = param("Exactly one of id and link is required.")
	errMediaID      = param("Param id is not a valid whatsapp business account media attachment ID")
)

func (s *Sim) validateTemplate(from *number, req *sendRequest) *metaError {
	var name, language, components jsonscan.Value
	for key, value := range req.body.Fields() {
		switch string(key) {
		case "name":
			name = value
		case "language":
			language = value.Get("code")
		case "components":
			components = value
		}
	}
	if len(name.Bytes()) == 0 {
		return errName
	}
	if len(language.Bytes()) == 0 {
		return errLanguage
	}
	found := from.waba.template(name.Bytes(), language.Bytes())
	if refused := sendable(found, name, language); refused != nil {
		return refused
	}
	shape := found.shape.Load()
	if shape.otp && !req.byPhone {
		return errNeedsPhone
	}
	req.template, req.category = found, found.categoryCode()
	if refused := req.route(from.waba, name); refused != nil {
		return refused
	}
	return s.checkComponents(from, shape, components)
}

var errNeedsPhone = fail(400, 131062, "Business-scoped user IDs are not supported for this message", "Authentication templates need a phone number")

func sendable(found *template, name, language jsonscan.Value) *metaError {
	if found == nil {
		return fail(404, 132001, "Template name does not exist in the translation",
			"template name ("+name.Text()+") does not exist in "+language.Text())
	}
	switch found.status() {
	case statusApproved:
		return nil
	case statusPaused:
		return fail(400, 132015, "Template is Paused", "Template "+name.Text()+" is paused because of low quality")
	case statusDisabled:
		return fail(400, 132016, "Template is Disabled", "Template "+name.Text()+" is disabled")
	default:
		return fail(404, 132001, "Template name does not exist in the translation",
			"template name ("+name.Text()+") is not approved in "+language.Text())
	}
}

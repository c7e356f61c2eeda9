package whatsappsim

import (
	"fmt"
	"strings"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// interactiveRule is what Meta takes around the action of one interactive type.
type interactiveRule struct {
	headers   string // header types, "" for none
	needsHead bool
	body      int  // the longest text
	bodyless  bool // the text may be missing
	action    func(from *number, action jsonscan.Value) *metaError
}

const anyHeader = "text image video document"

var interactiveRules = map[string]interactiveRule{
	"button":                   {headers: anyHeader, body: 1024, action: checkReplyButtons},
	"list":                     {headers: "text", body: 4096, action: checkList},
	"cta_url":                  {headers: anyHeader, body: 1024, action: checkLinkButton},
	"flow":                     {headers: anyHeader, body: 1024, action: checkFlow},
	"location_request_message": {body: 1024, action: named("send_location")},
	"product":                  {body: 1024, bodyless: true, action: checkProduct},
	"product_list":             {headers: "text", needsHead: true, body: 1024, action: checkProductList},
	"catalog_message":          {body: 1024, action: named("catalog_message")},
	"carousel":                 {body: 1024},
	"address_message":          {headers: anyHeader, body: 1024, action: checkAddress},
	"request_contact_info":     {body: 1024, action: named("request_contact_info")},
	"order_details":            {headers: "image", body: 1024},
}

func (s *Sim) checkInteractive(from *number, req *sendRequest) *metaError {
	body := req.body
	kind := string(body.Get("type").Bytes())
	rule, known := interactiveRules[kind]
	if !known {
		return param("Param interactive['type'] is not valid")
	}
	if refused := rule.checkTexts(body); refused != nil {
		return refused
	}
	if refused := s.checkInteractiveHeader(from, rule, body.Get("header")); refused != nil {
		return refused
	}
	action := body.Get("action")
	if action.Kind() != jsonscan.Object {
		return missing("Param interactive['action'] is required")
	}
	switch kind {
	case "carousel":
		return s.checkCarousel(from, action.Get("cards"))
	case "order_details":
		return s.checkBill(from, req, action)
	}
	return rule.action(from, action)
}

func (rule interactiveRule) checkTexts(body jsonscan.Value) *metaError {
	text, footer := body.Get("body").Get("text").Bytes(), body.Get("footer")
	switch {
	case len(text) == 0 && !rule.bodyless:
		return missing("Param interactive['body']['text'] is required")
	case longer(text, rule.body):
		return param(fmt.Sprintf("Param interactive['body']['text'] must be at most %d characters long.", rule.body))
	case footer != nil && len(footer.Get("text").Bytes()) == 0:
		return missing("Param interactive['footer']['text'] is required")
	case longer(footer.Get("text").Bytes(), 60):
		return param("Param interactive['footer']['text'] must be at most 60 characters long.")
	}
	return nil
}

func (s *Sim) checkInteractiveHeader(from *number, rule interactiveRule, header jsonscan.Value) *metaError {
	kind := string(header.Get("type").Bytes())
	switch {
	case header == nil && rule.needsHead:
		return missing("Param interactive['header'] is required")
	case header == nil:
		return nil
	case kind == "" || !oneOf(header.Get("type"), rule.headers):
		return invalid("Param interactive['header']['type'] " + kind + " is not supported for this interactive type.")
	case kind != "text":
		return s.checkMedia(from, header.Get(kind))
	}
	return length("Header text", header.Get("text"), 60)
}

// length wants a text of 1 to most characters.
func length(what string, text jsonscan.Value, most int) *metaError {
	if raw := text.Bytes(); len(raw) == 0 || longer(raw, most) {
		return invalid(fmt.Sprintf("%s length invalid. Min length: 1, Max length: %d", what, most))
	}
	return nil
}

// firstRefusal gives the first of several verdicts that is one.
func firstRefusal(verdicts ...*metaError) *metaError {
	for _, refused := range verdicts {
		if refused != nil {
			return refused
		}
	}
	return nil
}

// named wants an action that has nothing but its name.
func named(name string) func(*number, jsonscan.Value) *metaError {
	return func(_ *number, action jsonscan.Value) *metaError {
		if got := string(action.Get("name").Bytes()); got != name {
			return invalid("Param interactive['action']['name'] must be " + name)
		}
		return nil
	}
}

func checkReplyButtons(_ *number, action jsonscan.Value) *metaError {
	buttons := action.Get("buttons")
	if n := buttons.Len(); n < 1 || n > 3 {
		return invalid("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3")
	}
	seen := map[string]bool{}
	for button := range buttons.Items() {
		reply := button.Get("reply")
		if string(button.Get("type").Bytes()) != "reply" {
			return invalid("Button type must be reply")
		}
		if refused := firstRefusal(length("Button id", reply.Get("id"), 256), length("Button title", reply.Get("title"), 20),
			once(seen, "Duplicated button id", "i"+reply.Get("id").Text()), once(seen, "Duplicated button title", "t"+reply.Get("title").Text())); refused != nil {
			return refused
		}
	}
	return nil
}

func once(seen map[string]bool, complaint, value string) *metaError {
	if seen[value] {
		return invalid(complaint)
	}
	seen[value] = true
	return nil
}

func checkList(_ *number, action jsonscan.Value) *metaError {
	sections := action.Get("sections")
	if refused := length("Button text", action.Get("button"), 20); refused != nil {
		return refused
	}
	if n := sections.Len(); n < 1 || n > 10 {
		return invalid("Invalid sections count. Min allowed sections: 1, Max allowed sections: 10")
	}
	rows, ids := 0, map[string]bool{}
	for section := range sections.Items() {
		if refused := checkTitle(section, sections.Len() > 1); refused != nil {
			return refused
		}
		for row := range section.Get("rows").Items() {
			rows++
			if refused := checkRow(row, ids); refused != nil {
				return refused
			}
		}
	}
	if rows < 1 || rows > 10 {
		return invalid("Total row count exceed max allowed count: 10")
	}
	return nil
}

func checkRow(row jsonscan.Value, ids map[string]bool) *metaError {
	if longer(row.Get("description").Bytes(), 72) {
		return invalid("Row description is too long. Max length is 72")
	}
	return firstRefusal(length("Row id", row.Get("id"), 200), length("Row title", row.Get("title"), 24),
		once(ids, "Duplicated row id", row.Get("id").Text()))
}

func checkTitle(section jsonscan.Value, needed bool) *metaError {
	title := section.Get("title")
	if title == nil && !needed {
		return nil
	}
	return length("Section title", title, 24)
}

func checkLinkButton(from *number, action jsonscan.Value) *metaError {
	link := action.Get("parameters").Get("url").Text()
	if refused := firstRefusal(named("cta_url")(from, action), length("Button text", action.Get("parameters").Get("display_text"), 20)); refused != nil {
		return refused
	}
	if !isWebLink(link) {
		return invalid("Param interactive['action']['parameters']['url'] is not a valid URL")
	}
	return nil
}

func checkFlow(from *number, action jsonscan.Value) *metaError {
	set := action.Get("parameters")
	if refused := firstRefusal(named("flow")(from, action), length("flow_cta", set.Get("flow_cta"), 30)); refused != nil {
		return refused
	}
	switch {
	case (set.Get("flow_id") == nil) == (set.Get("flow_name") == nil):
		return missing("Exactly one of flow_id and flow_name is required")
	case set.Get("flow_message_version").Text() != "3":
		return invalid("Param flow_message_version must be 3")
	case hasEmoji(set.Get("flow_cta").Text()):
		return invalid("flow_cta must not have emojis")
	case !oneOf(set.Get("mode"), "published draft"):
		return invalid("Param mode must be one of {draft, published}")
	case !oneOf(set.Get("flow_action"), "navigate data_exchange"):
		return invalid("Param flow_action must be one of {navigate, data_exchange}")
	case set.Get("flow_action_payload") != nil && len(set.Get("flow_action_payload").Get("screen").Bytes()) == 0:
		return missing("Param flow_action_payload['screen'] is required")
	}
	return nil
}

// oneOf takes a member that is not there, too.
func oneOf(value jsonscan.Value, words string) bool {
	return value == nil || value.Text() != "" && strings.Contains(" "+words+" ", " "+value.Text()+" ")
}

func hasEmoji(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r >= 0x1F000 || r >= 0x2600 && r <= 0x27BF })
}

func checkProduct(_ *number, action jsonscan.Value) *metaError {
	return needs("interactive['action']", action, "catalog_id", "product_retailer_id")
}

func checkProductList(_ *number, action jsonscan.Value) *metaError {
	if refused := needs("interactive['action']", action, "catalog_id", "sections"); refused != nil {
		return refused
	}
	products, sections := 0, action.Get("sections")
	for section := range sections.Items() {
		if refused := checkTitle(section, sections.Len() > 1); refused != nil {
			return refused
		}
		for item := range section.Get("product_items").Items() {
			products++
			if refused := needs("product_items", item, "product_retailer_id"); refused != nil {
				return refused
			}
		}
	}
	if n := sections.Len(); n < 1 || n > 10 || products < 1 || products > 30 {
		return invalid("A list takes 1 to 30 products in 1 to 10 sections")
	}
	return nil
}

func checkAddress(from *number, action jsonscan.Value) *metaError {
	if refused := named("address_message")(from, action); refused != nil {
		return refused
	}
	if action.Get("parameters").Get("country").Text() != "IN" || country(parseDigits(from.digits)) != "IN" {
		return invalid("address_message is for businesses and people in India: country must be IN")
	}
	return nil
}

// parseDigits reads a number of ours.
func parseDigits(digits string) uint64 {
	who, _ := parsePhone([]byte(digits))
	return who
}

// checkCarousel checks the cards of a free-form carousel.
func (s *Sim) checkCarousel(from *number, cards jsonscan.Value) *metaError {
	if n := cards.Len(); n < 2 || n > 10 {
		return invalid("Invalid cards count. Min allowed cards: 2, Max allowed cards: 10")
	}
	seen := map[string]bool{}
	for card := range cards.Items() {
		index, ok := card.Get("card_index").Int()
		if !ok || index < 0 || index > 9 {
			return invalid("Param card_index must be from 0 to 9")
		}
		if refused := firstRefusal(once(seen, "Duplicated card_index", fmt.Sprint(index)), s.checkFreeCard(from, card)); refused != nil {
			return refused
		}
	}
	return nil
}

func (s *Sim) checkFreeCard(from *number, card jsonscan.Value) *metaError {
	if longer(card.Get("body").Get("text").Bytes(), 160) {
		return invalid("Card body is too long. Max length is 160")
	}
	switch card.Get("type").Text() {
	case "product":
		return checkProduct(from, card.Get("action"))
	case "cta_url":
		media := interactiveRule{headers: "image video", needsHead: true}
		return firstRefusal(s.checkInteractiveHeader(from, media, card.Get("header")), checkLinkButton(from, card.Get("action")))
	}
	return invalid("Card type must be cta_url or product")
}

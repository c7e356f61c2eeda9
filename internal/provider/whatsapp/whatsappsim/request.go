package whatsappsim

import (
	"unicode/utf8"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// sendRequest is what a send says, and what became of it.
type sendRequest struct {
	who      uint64
	byPhone  bool
	input    jsonscan.Value // the recipient as sent, quoted
	kind     string
	body     jsonscan.Value // the member named by kind
	callback string
	quoted   jsonscan.Value // the wamid this one answers
	markRead bool
	readID   jsonscan.Value // the wamid up to which all was read
	typing   bool           // the business is writing

	marketing bool           // by the Marketing Messages API
	policy    jsonscan.Value // of it

	scenario scenario
	template *template // nil for free-form messages
	bill     *bill     // of order_details
	category category
	held     bool
	seq      uint64
}

// maxCallback is the most biz_opaque_callback_data in bytes.
const maxCallback = 512

func (req *sendRequest) read(root jsonscan.Value) *metaError {
	var product, to, recipient, kind, recipientType, status, messageID, typing, context jsonscan.Value
	for key, value := range root.Fields() {
		switch string(key) {
		case "messaging_product":
			product = value
		case "to":
			to = value
		case "recipient":
			recipient = value
		case "type":
			kind = value
		case "recipient_type":
			recipientType = value
		case "biz_opaque_callback_data":
			req.callback = value.Text()
		case "status":
			status = value
		case "message_id":
			messageID = value
		case "typing_indicator":
			typing = value
		case "context":
			context = value
		case "product_policy":
			req.policy = value
		}
	}
	switch {
	case string(product.Bytes()) != "whatsapp":
		return errNoProduct
	case string(status.Bytes()) == "read":
		req.markRead, req.readID, req.typing = true, messageID, typing != nil
		return readReceipt(messageID, typing)
	case recipientType != nil && string(recipientType.Bytes()) != "individual":
		return errRecipientType
	case len(req.callback) > maxCallback:
		return errCallback
	}
	if req.kind = kindName(kind); req.kind == "" {
		return errType
	}
	if req.quoted = context.Get("message_id"); context != nil && len(req.quoted.Bytes()) == 0 {
		return errContext
	}
	req.body = root.Get(req.kind)
	return req.readRecipient(to, recipient)
}

var (
	errNoProduct     = param("The parameter messaging_product is required.")
	errRecipientType = param("Param recipient_type must be one of {INDIVIDUAL}")
	errCallback      = param("Param biz_opaque_callback_data must be at most 512 characters long.")
	errType          = param("Param type must be one of {AUDIO, CONTACTS, DOCUMENT, IMAGE, INTERACTIVE, LOCATION, REACTION, STICKER, TEMPLATE, TEXT, VIDEO}")
	errNoRecipient   = param("The parameter to is required.")
	errPhone         = fail(400, 131009, "Parameter value is not valid", "The recipient phone number is not a valid phone number.")
	errNoMessageID   = param("The parameter message_id is required.")
	errContext       = param("The parameter context['message_id'] is required.")
	errTyping        = param("Param typing_indicator['type'] must be one of {TEXT}")
)

func readReceipt(messageID, typing jsonscan.Value) *metaError {
	switch {
	case len(messageID.Bytes()) == 0:
		return errNoMessageID
	case typing != nil && string(typing.Get("type").Bytes()) != "text":
		return errTyping
	}
	return nil
}

// kindName gives a constant for a known type, so nothing of the body is kept.
func kindName(kind jsonscan.Value) string {
	if kind == nil {
		return "text"
	}
	for _, name := range [...]string{"template", "text", "image", "video", "audio", "document", "sticker",
		"location", "contacts", "reaction", "interactive"} {
		if string(kind.Bytes()) == name {
			return name
		}
	}
	return ""
}

func (req *sendRequest) readRecipient(to, recipient jsonscan.Value) *metaError {
	switch {
	case len(to.Bytes()) > 0:
		who, ok := parsePhone(to.Bytes())
		if !ok {
			return errPhone
		}
		req.who, req.byPhone, req.input = who, true, to
	case len(recipient.Bytes()) > 0:
		req.input = recipient
	default:
		return errNoRecipient
	}
	return nil
}

// longer tells whether a text has more than limit characters.
func longer(text []byte, limit int) bool {
	return len(text) > limit && utf8.RuneCount(text) > limit
}

package whatsapp

// InboundKinds names every kind of message that comes in, as its golden case in testdata/inbound is called
// (reference: Meta's webhook of field "messages", and the fields of numbers shared with the phone app).
func InboundKinds() []string {
	return []string{
		"text", "image", "video", "document", "audio", "audio.voice", "sticker", "sticker.animated", "location", "location.named",
		"contacts", "button", "interactive.button_reply", "interactive.list_reply", "interactive.nfm_reply",
		"interactive.address_message", "interactive.call_permission_reply", "reaction", "reaction.removed", "order",
		"system.user_changed_number", "system.user_changed_user_id", "unsupported", "edit", "revoke", "request_welcome",
		"unknown", "unknown.untyped", "context.quote", "context.forwarded", "context.frequently_forwarded",
		"context.referred_product", "referral", "hidden_phone", "echo", "echo.image", "echo.edit", "echo.revoke",
		"history", "history.media_placeholder", "history.media", "history.declined", "user_id_update",
	}
}

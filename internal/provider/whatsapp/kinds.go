package whatsapp

import (
	"slices"
	"strings"
)

// otpTypes are the ways a one-time password reaches its app.
var otpTypes = []string{"COPY_CODE", "ONE_TAP", "ZERO_TAP"}

// Kinds names every part that a template may have, as its golden case is called:
// "header.image", "button.flow", "carousel.product".
func Kinds() []string {
	kinds := []string{"header.text", "body.positional", "body.named", "footer", "limited_time_offer", "carousel.media", "carousel.product"}
	for format := range headerParams {
		kinds = append(kinds, "header."+strings.ToLower(format))
	}
	for button := range buttonParams {
		if button != "OTP" {
			kinds = append(kinds, "button."+strings.ToLower(button))
		}
	}
	for _, kind := range otpTypes {
		kinds = append(kinds, "button.otp."+strings.ToLower(kind))
	}
	slices.Sort(kinds)
	return kinds
}

package whatsapp

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"
)

// mostButtons is how many of each type a template may have.
var mostButtons = map[string]int{
	"QUICK_REPLY": 10, "URL": 2, "PHONE_NUMBER": 1, "COPY_CODE": 1, "FLOW": 1, "OTP": 1, "CATALOG": 1,
	"MPM": 1, "SPM": 1, "VOICE_CALL": 1, "REQUEST_CONTACT_INFO": 1,
}

func (l *linter) buttons(buttons []Button, prefix string) {
	most := 10
	if prefix != "" {
		most = 2
	}
	if len(buttons) > most {
		l.add("buttons.too-many", prefix+"buttons", "There may be %d buttons, not %d.", most, len(buttons))
	}
	if len(buttons) == 0 {
		l.add("buttons.empty", prefix+"buttons", "The list of buttons is empty.")
	}
	counts, texts := map[string]int{}, map[string]bool{}
	for i, button := range buttons {
		kind, place := strings.ToUpper(button.Type), fmt.Sprintf("%sbutton %d", prefix, i+1)
		if counts[kind]++; counts[kind] == mostButtons[kind]+1 && mostButtons[kind] > 0 {
			l.add("buttons.too-many-of-type", place, "There may be at most %d buttons of type %s.", mostButtons[kind], kind)
		}
		if texts[button.Text] && button.Text != "" {
			l.add("button.same-text", place, "Two buttons have the same text.")
		}
		texts[button.Text] = true
		l.button(button, kind, place)
	}
	l.grouping(buttons, prefix)
}

// grouping: all quick replies stand together, first or last.
func (l *linter) grouping(buttons []Button, prefix string) {
	changes := 0
	for i := 1; i < len(buttons); i++ {
		if strings.EqualFold(buttons[i].Type, "QUICK_REPLY") != strings.EqualFold(buttons[i-1].Type, "QUICK_REPLY") {
			changes++
		}
	}
	if changes > 1 {
		l.add("buttons.order", prefix+"buttons", "Quick replies stand together, before or after the other buttons.")
	}
}

func (l *linter) button(b Button, kind, place string) {
	if mostButtons[kind] == 0 {
		l.add("button.unknown", place, "WhatsApp knows no button %q.", b.Type)
		return
	}
	if utf8.RuneCountInString(b.Text) > maxButtonText {
		l.add("button.too-long", place, "The button's text has more than %d characters.", maxButtonText)
	}
	if b.Text == "" && kind != "OTP" && kind != "COPY_CODE" {
		l.add("button.no-text", place, "The button has no text.")
	}
	if strings.Contains(b.Text, "{{") || strings.ContainsAny(b.Text, "\n\r") {
		l.add("button.text-format", place, "A button's text has no variables and no line breaks.")
	}
	if check := buttonLints[kind]; check != nil {
		check(l, b, place)
	}
}

var buttonLints = map[string]func(*linter, Button, string){
	"URL": lintURL, "PHONE_NUMBER": lintPhone, "COPY_CODE": lintCopyCode, "FLOW": lintFlow, "OTP": lintOTP,
	"CATALOG": lintProducts, "MPM": lintProducts, "SPM": lintProducts, "REQUEST_CONTACT_INFO": lintContactInfo,
}

// lintProducts: what sells from a catalogue is marketing; a single product stands in the header.
func lintProducts(l *linter, b Button, place string) {
	if !strings.EqualFold(l.t.Category, "MARKETING") {
		l.add("button.products-category", place, "A button to products belongs to a marketing template.")
	}
	if strings.EqualFold(b.Type, "SPM") && !l.showsProduct(l.t.Components) {
		l.add("button.product-header", place, "The button shows the product of the header: choose a product as header.")
	}
}

func (l *linter) showsProduct(parts []Component) bool {
	for _, part := range parts {
		if strings.EqualFold(part.Type, "HEADER") && strings.EqualFold(part.Format, "PRODUCT") {
			return true
		}
		for _, card := range part.Cards {
			if l.showsProduct(card.Components) {
				return true
			}
		}
	}
	return false
}

func lintContactInfo(l *linter, _ Button, place string) {
	if strings.EqualFold(l.t.Category, "AUTHENTICATION") {
		l.add("button.contact-category", place, "A button that asks for the number belongs to a marketing or utility template.")
	}
}

func lintURL(l *linter, b Button, place string) {
	plain := fill(b.URL, func(string) string { return "x" })
	target, err := url.Parse(plain)
	if err != nil || target.Host == "" || (target.Scheme != "https" && target.Scheme != "http") {
		l.add("button.url-format", place, "The button needs a whole web address that begins with https://.")
	}
	if utf8.RuneCountInString(b.URL) > maxButtonURL {
		l.add("button.url-too-long", place, "The web address has more than %d characters.", maxButtonURL)
	}
	if !strings.Contains(b.URL, "{{") {
		return
	}
	if strings.Count(b.URL, "{{") > 1 || !strings.HasSuffix(b.URL, "}}") {
		l.add("button.url-variable", place, "A web address has one variable, at its end.")
	}
	if len(b.Example) == 0 && !strings.EqualFold(l.t.Category, "AUTHENTICATION") {
		l.add("button.no-example", place, "Give an example of the whole web address: the reviewers open it.")
	}
}

func lintPhone(l *linter, b Button, place string) {
	digits := strings.TrimPrefix(b.PhoneNumber, "+")
	if !isDigits(digits) || len(b.PhoneNumber) > maxPhoneDigits {
		l.add("button.phone", place, "The button needs a phone number with its country code, at most %d digits.", maxPhoneDigits)
	}
}

func lintCopyCode(l *linter, b Button, place string) {
	if len(b.Example) == 0 || b.Example[0] == "" {
		l.add("button.no-example", place, "Give an example of the code.")
	} else if utf8.RuneCountInString(b.Example[0]) > 20 {
		l.add("button.code-too-long", place, "A code has at most 20 characters.")
	}
}

func lintFlow(l *linter, b Button, place string) {
	if b.FlowID == "" && b.FlowName == "" && b.FlowJSON == "" {
		l.add("button.flow", place, "The button needs a WhatsApp Flow.")
	}
}

func lintOTP(l *linter, b Button, place string) {
	if !strings.EqualFold(l.t.Category, "AUTHENTICATION") {
		l.add("button.otp-category", place, "A one-time password button belongs to an authentication template.")
	}
	switch strings.ToUpper(b.OTPType) {
	case "COPY_CODE":
	case "ONE_TAP", "ZERO_TAP":
		l.otpApps(b, place)
	default:
		l.add("button.otp-type", place, "The code is copied, or read by one tap or zero taps.")
	}
}

func (l *linter) otpApps(b Button, place string) {
	if n := len(b.SupportedApps); n < 1 || n > 5 {
		l.add("button.otp-apps", place, "Name 1 to 5 apps that may read the code.")
	}
	for _, app := range b.SupportedApps {
		if app.PackageName == "" || app.SignatureHash == "" {
			l.add("button.otp-app", place, "Each app has its package name and its signing key's hash.")
			break
		}
	}
	if strings.EqualFold(b.OTPType, "ZERO_TAP") && !b.ZeroTapTerms {
		l.add("button.otp-terms", place, "Zero taps need your consent to Meta's terms for them.")
	}
}

func (l *linter) carousel(part Component) {
	l.carouselShape()
	if n := len(part.Cards); n < 2 || n > 10 {
		l.add("carousel.count", "carousel", "A carousel has 2 to 10 cards, not %d.", n)
	}
	for i, card := range part.Cards {
		prefix := fmt.Sprintf("card %d, ", i+1)
		for _, inner := range card.Components {
			l.part(inner, prefix)
		}
		l.card(card, prefix)
		if cardShape(card) != cardShape(part.Cards[0]) {
			l.add("carousel.shape", fmt.Sprintf("card %d", i+1), "All cards have the same parts and the same buttons as the first.")
		}
	}
}

// carouselShape: what else a template with a carousel may have.
func (l *linter) carouselShape() {
	if !strings.EqualFold(l.t.Category, "MARKETING") {
		l.add("carousel.category", "category", "A carousel is a marketing template.")
	}
	for _, kind := range []string{"HEADER", "FOOTER", "BUTTONS", "LIMITED_TIME_OFFER"} {
		if l.has(kind) {
			l.add("carousel.extra", strings.ToLower(kind), "Beside its cards a carousel has a text alone, no %s.", strings.ToLower(kind))
		}
	}
}

// card: a picture, video or product above, at most a text, and buttons.
func (l *linter) card(card Card, prefix string) {
	pictured := false
	for _, part := range card.Components {
		switch kind := strings.ToUpper(part.Type); kind {
		case "HEADER":
			format := strings.ToUpper(part.Format)
			pictured = format == "IMAGE" || format == "VIDEO" || format == "PRODUCT"
		case "BODY", "BUTTONS":
		default:
			l.add("carousel.card-part", prefix+strings.ToLower(kind), "A card has a header, a text and buttons, no %s.", strings.ToLower(kind))
		}
	}
	if !pictured {
		l.add("carousel.card-header", prefix+"header", "Each card begins with an image, a video or a product.")
	}
}

// cardShape writes down what must be alike: kinds of parts, header format, kinds of buttons.
func cardShape(card Card) string {
	var shape strings.Builder
	for _, part := range card.Components {
		fmt.Fprintf(&shape, "%s/%s(", strings.ToUpper(part.Type), strings.ToUpper(part.Format))
		for _, button := range part.Buttons {
			shape.WriteString(strings.ToUpper(button.Type) + ",")
		}
		shape.WriteString(")")
	}
	return shape.String()
}

func (l *linter) offer(part Component) {
	text := ""
	if part.LimitedTimeOffer != nil {
		text = part.LimitedTimeOffer.Text
	}
	if n := utf8.RuneCountInString(text); n == 0 || n > maxOfferText {
		l.add("offer.text", "offer", "The offer's text has 1 to %d characters.", maxOfferText)
	}
}

// offerShape: what else a limited-time offer may have.
func (l *linter) offerShape() {
	if !strings.EqualFold(l.t.Category, "MARKETING") {
		l.add("offer.category", "category", "A limited-time offer is a marketing template.")
	}
	if l.has("FOOTER") {
		l.add("offer.footer", "footer", "A limited-time offer has no footer.")
	}
	for _, part := range l.t.Components {
		if format := strings.ToUpper(part.Format); strings.EqualFold(part.Type, "HEADER") && format != "IMAGE" && format != "VIDEO" {
			l.add("offer.header", "header", "A limited-time offer has an image or a video above it, or nothing.")
		}
		for i, button := range part.Buttons {
			if kind := strings.ToUpper(button.Type); kind != "COPY_CODE" && kind != "URL" {
				l.add("offer.button", fmt.Sprintf("button %d", i+1), "A limited-time offer has a code to copy and a link, no other button.")
			}
		}
		if len(part.Buttons) > 1 && l.hasButton("COPY_CODE") && !strings.EqualFold(part.Buttons[0].Type, "COPY_CODE") {
			l.add("offer.button-order", "button 1", "In a limited-time offer the code to copy comes first.")
		}
	}
}

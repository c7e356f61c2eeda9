package whatsapp

import (
	"regexp"
	"strings"
)

// risk warns of a category that Meta's reviewers will not agree to. Since April 2025 a utility
// text that promotes is approved as marketing, or moved there later with its price; a business
// that repeats it loses its utility templates for a while.
func (l *linter) risk() {
	category := strings.ToUpper(l.t.Category)
	for _, found := range l.texts(l.t.Components, "") {
		if match := promotes.FindStringSubmatch(found.text); match != nil && category == "UTILITY" {
			l.warn("category.promotional", found.place, "“%s” reads as promotion: Meta will likely charge this template as marketing. Keep to what the customer did or asked for.", match[2])
		}
		if match := oneTimeCode.FindStringSubmatch(found.text); match != nil && category != "AUTHENTICATION" {
			l.warn("category.one-time-code", found.place, "“%s” reads as a one-time code: only an authentication template may send one.", match[2])
		}
	}
}

// placed is a text with where it stands.
type placed struct{ place, text string }

// texts are what people read, the buttons' labels included.
func (l *linter) texts(parts []Component, prefix string) (found []placed) {
	for _, part := range parts {
		if part.Text != "" {
			found = append(found, placed{prefix + strings.ToLower(part.Type), part.Text})
		}
		for _, button := range part.Buttons {
			if button.Text != "" {
				found = append(found, placed{prefix + "buttons", button.Text})
			}
		}
		for _, card := range part.Cards {
			found = append(found, l.texts(card.Components, prefix)...)
		}
	}
	return found
}

// promotes finds words that sell, in the languages our users write most: English, Hindi in both
// scripts, Arabic, Spanish and Portuguese. It is advice, so a word too many does no harm.
var promotes = regexp.MustCompile(`(?i)(^|[^\p{L}])(` +
	`discounts?|\d+ ?% ?off|off(er|ers)|sale|deals?|coupons?|promo(tion)?s?|cashback|free (gift|delivery|trial)|limited[- ]time|hurry|buy (now|one)|shop now|` +
	`new (arrivals?|collection)|exclusive|best prices?|upgrade now|refer (a|your) friend|chhoot|muft|sasta|kharid(o|ein)|` +
	`छूट|ऑफ़र|ऑफर|सेल|मुफ़्त|मुफ्त|खरीदें|ख़रीदें|कूपन|कैशबैक|नया संग्रह|` +
	`خصم|عرض|عروض|تخفيض|تخفيضات|مجانا|مجاناً|تسوق|` +
	`descuento|oferta|rebajas|cupón|gratis|desconto|promoção|liquidação|cupom|grátis)($|[^\p{L}])`)

// oneTimeCode finds words that announce a code to sign in with.
var oneTimeCode = regexp.MustCompile(`(?i)(^|[^\p{L}])(otp|one[- ]time (password|code|pin)|verification code|login code|ओटीपी|सत्यापन कोड|رمز التحقق|código de verificación|código de verificação)($|[^\p{L}])`)

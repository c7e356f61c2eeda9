package contact

import (
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// Why a phone number was refused; the words are in problemSentence.
const (
	problemNoPhone         = "phone_missing"
	problemPhone           = "phone_invalid"
	problemPhoneScientific = "phone_scientific"
)

// ParsePhone turns what a person typed into E.164 with the plus, such as "+919876543210".
// country (ISO 3166-1 alpha-2) says how a number without a country code is read. Accepted are
// blanks and punctuation, a leading 0 or 00, digits of any script, and whole international
// numbers without the plus. ok is false for anything that is no complete, valid number.
func ParsePhone(text, country string) (e164 string, ok bool) {
	e164, problem := parsePhone(text, country)
	return e164, problem == ""
}

// parsePhone takes the common Indian and plain E.164 forms itself, in well under a microsecond,
// and asks the number plans (some 20 times slower) about the rest.
func parsePhone(text, country string) (e164, problem string) {
	var buf [24]byte
	digits, international, plain := scanPhone(text, buf[:0])
	if plain {
		if e164 := indian(digits, international, country); e164 != "" {
			return e164, ""
		}
	}
	return parseByPlan(text, country)
}

// scanPhone collects the digits of a number written in ASCII digits and usual punctuation.
// plain is false when there is anything else.
func scanPhone(text string, digits []byte) (_ []byte, international, plain bool) {
	for i := range len(text) {
		switch b := text[i]; {
		case b >= '0' && b <= '9':
			if len(digits) == cap(digits) {
				return digits, international, false
			}
			digits = append(digits, b)
		case b == '+' && len(digits) == 0 && !international:
			international = true
		case b == ' ', b == '-', b == '(', b == ')', b == '.':
		default:
			return digits, international, false
		}
	}
	if !international && len(digits) > 11 && digits[0] == '0' && digits[1] == '0' {
		return digits[2:], true, true
	}
	return digits, international, true
}

// indian recognises mobile numbers of India: ten digits from 6 to 9, alone, after 0, or after 91.
func indian(digits []byte, international bool, country string) string {
	switch {
	case len(digits) == 12 && digits[0] == '9' && digits[1] == '1' && (international || country == "IN"):
		digits = digits[2:]
	case international || country != "IN":
		return ""
	case len(digits) == 11 && digits[0] == '0':
		digits = digits[1:]
	}
	if len(digits) != 10 || digits[0] < '6' {
		return ""
	}
	return "+91" + string(digits)
}

func parseByPlan(text, country string) (e164, problem string) {
	text = plainDigits(text)
	switch {
	case text == "":
		return "", problemNoPhone
	case scientific(text):
		return "", problemPhoneScientific
	case len(text) > 40 || strings.ContainsAny(text, ",;/"):
		return "", problemPhone
	}
	if strings.HasPrefix(text, "00") {
		text = "+" + text[2:]
	}
	if e164 := valid(text, country); e164 != "" {
		return e164, ""
	}
	// Digits that make no number here may be a whole number without its plus.
	if text[0] != '+' && text[0] != '0' && countDigits(text) >= 10 {
		if e164 := valid("+"+text, ""); e164 != "" {
			return e164, ""
		}
	}
	return "", problemPhone
}

func valid(text, country string) string {
	number, err := phonenumbers.Parse(text, country)
	if err != nil || number.GetExtension() != "" {
		return ""
	}
	e164 := phonenumbers.Format(number, phonenumbers.E164)
	if phonenumbers.IsValidNumber(number) || metaTestNumber(e164) {
		return e164
	}
	return ""
}

// metaTestNumber: Meta hands out numbers of the unassigned area code 555 for trying things out.
func metaTestNumber(e164 string) bool {
	return len(e164) == 12 && strings.HasPrefix(e164, "+1555")
}

// plainDigits writes digits of any script in ASCII and drops what copying from a chat or a
// spreadsheet brings along: direction marks, no-break blanks, a text mark.
func plainDigits(text string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case unicode.Is(unicode.Nd, r):
			return '0' + digitValue(r)
		case r == '＋':
			return '+'
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Pd, r):
			return '-'
		}
		return r
	}, text)
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(clean), "'"))
}

// digitValue counts down to the zero of r's script: Unicode lays out every script's ten digits
// side by side.
func digitValue(r rune) rune {
	for _, zero := range unicode.Nd.R16 {
		if r <= 0xFFFF && rune(zero.Lo) <= r && r <= rune(zero.Hi) {
			return (r - rune(zero.Lo)) % 10
		}
	}
	for _, zero := range unicode.Nd.R32 {
		if rune(zero.Lo) <= r && r <= rune(zero.Hi) {
			return (r - rune(zero.Lo)) % 10
		}
	}
	return 0
}

// scientific recognises what Excel makes of a long number: 9.19877E+11, its digits lost.
func scientific(text string) bool {
	mantissa, exponent, found := strings.Cut(strings.ToUpper(text), "E+")
	return found && mantissa != "" && strings.Trim(mantissa, "0123456789.,") == "" && strings.Trim(exponent, "0123456789") == ""
}

func countDigits(text string) int {
	n := 0
	for _, b := range []byte(text) {
		if b >= '0' && b <= '9' {
			n++
		}
	}
	return n
}

// validDigits reports a WhatsApp id: 7 to 15 digits (E.164 without the plus).
func validDigits(waID string) bool {
	return len(waID) >= 7 && len(waID) <= 15 && strings.Trim(waID, "0123456789") == ""
}

// phoneOfWA is the number people write for a WhatsApp id. WhatsApp keeps the mobile 1 that
// Mexico gave up, and drops the ninth digit of many Brazilian mobiles.
func phoneOfWA(waID string) string {
	switch {
	case len(waID) == 13 && strings.HasPrefix(waID, "521"):
		return "+52" + waID[3:]
	case len(waID) == 12 && strings.HasPrefix(waID, "55") && waID[4] >= '6':
		return "+" + waID[:4] + "9" + waID[4:]
	}
	return "+" + waID
}

// digitsOf is the WhatsApp id to try for a number nobody has heard from.
func digitsOf(phone string) string {
	return strings.TrimPrefix(phone, "+")
}

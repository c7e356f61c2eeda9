package money

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// number is digits, plain or grouped by commas (lakhs or thousands; the last group always
// has three), then at most four decimals. "1,23" is refused: elsewhere it means 1.23.
var number = regexp.MustCompile(`^(\d+|\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.(\d{1,4}))?$`)

// Parse reads what a person typed: "₹2,41,806.00", "1234.5", "- 12", "INR 5", "1,000 INR".
// It is a fault.Invalid when that is not an amount of c, has more than four decimals or
// is out of range.
func Parse(s string, c Currency) (Amount, error) {
	text, negative := strip(s, c)
	found := number.FindStringSubmatch(text)
	if found == nil {
		return 0, fault.Invalid("This is not an amount in " + string(c) + ". Write it like " +
			Format(123456*Unit/100, c) + ".")
	}
	part := (found[2] + "0000")[:4]
	size, err := strconv.ParseInt(strings.ReplaceAll(found[1], ",", "")+part, 10, 64)
	if err != nil {
		return 0, fault.Invalid("This amount is too large.").Wrap(err)
	}
	if negative {
		size = -size
	}
	return Amount(size), nil
}

// strip takes the sign, the symbol or code, and blanks off an amount.
func strip(s string, c Currency) (text string, negative bool) {
	text = strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
	for _, minus := range []string{"-", "−"} {
		if rest, ok := strings.CutPrefix(text, minus); ok {
			text, negative = strings.TrimSpace(rest), true
			break
		}
	}
	for _, mark := range []string{strings.TrimSpace(styleOf(c).symbol), string(c)} {
		if rest, ok := strings.CutPrefix(text, mark); ok {
			text = rest
			break
		}
	}
	text = strings.TrimSuffix(strings.TrimSpace(text), string(c))
	return strings.TrimSpace(text), negative
}

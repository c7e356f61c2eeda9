// Package money is exact amounts and how people write them.
//
// It owns the unit (ten-thousandths of the currency, because Meta's prices have four
// decimals: ₹0.8631 is 8631), parsing and formatting. It does not own who owes what:
// that is feature/billing. No float ever holds an amount.
package money

import (
	"strconv"
	"strings"
)

// Amount is a number of ten-thousandths of a currency unit. Its range is about
// ± 922 million million units.
type Amount int64

// Currency is an ISO 4217 code in capitals: "INR".
type Currency string

// Unit is one whole unit of a currency: one rupee, one dollar.
const Unit Amount = 10_000

// FromMinor converts hundredths (paise, cents), which is how payment providers count.
func FromMinor(minor int64) Amount { return Amount(minor * 100) }

// Format writes an amount as its readers do: "₹2,41,806.00", "-$1,234.56", "₹0.8631".
// The currency's usual decimals are always there; the others only when not zero, so that
// nothing is rounded away. A currency without a symbol here is written as its code.
func Format(a Amount, c Currency) string {
	sign, size := "", uint64(a)
	if a < 0 {
		sign, size = "-", -size
	}
	s := styleOf(c)
	whole := strconv.FormatUint(size/uint64(Unit), 10)
	part := strconv.FormatUint(size%uint64(Unit)+uint64(Unit), 10)[1:]
	for len(part) > s.decimals && part[len(part)-1] == '0' {
		part = part[:len(part)-1]
	}
	if part != "" {
		part = "." + part
	}
	return sign + s.symbol + group(whole, s.indian) + part
}

// style is how a currency is written.
type style struct {
	symbol   string
	decimals int  // always shown
	indian   bool // lakh and crore grouping
}

func styleOf(c Currency) style {
	switch c {
	case "INR":
		return style{"₹", 2, true}
	case "USD":
		return style{"$", 2, false}
	case "EUR":
		return style{"€", 2, false}
	case "GBP":
		return style{"£", 2, false}
	case "BRL":
		return style{"R$", 2, false}
	case "JPY":
		return style{"¥", 0, false}
	case "":
		return style{"", 2, false}
	default:
		return style{string(c) + "\u00a0", 2, false}
	}
}

// group sets commas after the last three digits, then every two (Indian) or three.
func group(digits string, indian bool) string {
	if len(digits) <= 3 {
		return digits
	}
	head, tail := digits[:len(digits)-3], digits[len(digits)-3:]
	size := 3
	if indian {
		size = 2
	}
	var parts []string
	for len(head) > size {
		parts = append([]string{head[len(head)-size:]}, parts...)
		head = head[:len(head)-size]
	}
	return strings.Join(append([]string{head}, append(parts, tail)...), ",")
}

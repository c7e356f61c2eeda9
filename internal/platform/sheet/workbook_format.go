package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// cellFormat is what a number format makes of a number, as far as it changes its meaning.
type cellFormat struct {
	date   bool
	digits int // padded with zeros to so many, as "00000" does
}

// formatOf reads a number format (ECMA-376 part 1, 18.8.30): those without a code are built in.
func formatOf(id int, code string) cellFormat {
	switch {
	case code != "":
		return formatOfCode(code)
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id >= 45 && id <= 47, id >= 50 && id <= 58:
		return cellFormat{date: true}
	}
	return cellFormat{}
}

func formatOfCode(code string) cellFormat {
	plain, elapsed := bareCode(code)
	switch {
	case plain != "" && strings.Trim(plain, "0") == "":
		return cellFormat{digits: len(plain)}
	case elapsed, strings.Contains(strings.ToLower(plain), "general"):
		return cellFormat{}
	}
	return cellFormat{date: strings.ContainsAny(plain, "yYmMdDhHsS")}
}

// bareCode drops what a code shows literally, its colours and conditions, and all but its first
// section. elapsed says that it counts hours, as [h]:mm does.
func bareCode(code string) (plain string, elapsed bool) {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"', '[':
			end := strings.IndexByte(code[i+1:], map[byte]byte{'"': '"', '[': ']'}[c])
			if end < 0 {
				return b.String(), elapsed
			}
			inside := strings.ToLower(code[i+1 : i+1+end])
			elapsed = elapsed || c == '[' && inside != "" && strings.Trim(inside, "hms") == ""
			i += end + 1
		case '\\', '_', '*':
			i++
		case ';':
			return b.String(), elapsed
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), elapsed
}

// exact is the number below which a spreadsheet keeps every digit.
const exact = 1e15

// number writes a stored number as people read it.
func (f cellFormat) number(stored string, old bool) string {
	v, err := strconv.ParseFloat(stored, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return stored
	}
	if f.date && v >= 0 && v < 2_958_466 { // the year 10000
		return dateOf(v, old)
	}
	if math.Abs(v) >= exact {
		return stored // digits are lost: a phone number of this kind is refused with that reason
	}
	// Spreadsheets calculate with 15 digits; 0.1+0.2 is stored as 0.30000000000000004.
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'e', 14, 64), 64); err == nil {
		v = rounded
	}
	text := strconv.FormatFloat(v, 'f', -1, 64)
	if short := f.digits - len(text); short > 0 && v >= 0 && v == math.Trunc(v) {
		text = strings.Repeat("0", short) + text
	}
	return text
}

// dateOf reads a serial day number. Day 60 of 1900 is the 29th of February that never was.
func dateOf(serial float64, old bool) string {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case old:
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case serial < 60:
		epoch = epoch.AddDate(0, 0, 1)
	}
	day, part := math.Modf(serial)
	at := epoch.AddDate(0, 0, int(day)).Add(time.Duration(math.Round(part*86400)) * time.Second)
	switch {
	case serial < 1 && !old:
		return at.Format("15:04:05")
	case at.Hour() == 0 && at.Minute() == 0 && at.Second() == 0:
		return at.Format(time.DateOnly)
	}
	return at.Format(time.DateTime)
}

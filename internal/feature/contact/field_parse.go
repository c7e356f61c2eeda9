package contact

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// parseBoolean knows yes and no as spreadsheets and people write them.
func parseBoolean(text string) (string, bool) {
	switch strings.ToLower(text) {
	case "true", "yes", "y", "1", "१", "on", "haan", "han", "हाँ", "हां", "हा", "نعم":
		return "true", true
	case "false", "no", "n", "0", "०", "off", "nahi", "nahin", "नहीं", "नही", "ना", "لا":
		return "false", true
	}
	return "", false
}

// parseNumber reads digits of any script, with Indian or western groups and a currency's sign, as
// a plain decimal: "₹ 1,20,000.50" is 120000.5. What a spreadsheet shortened (1.2E+05) is refused,
// and so is a comma that groups nothing (1,5).
func parseNumber(text string) (string, bool) {
	text = strings.ToLower(strings.ReplaceAll(plainDigits(text), " ", ""))
	if strings.ContainsAny(text, "٫٬−") {
		text = strings.NewReplacer("٫", ".", "٬", ",", "−", "-").Replace(text)
	}
	text, sign := cutSign(text)
	for _, currency := range []string{"₹", "rs.", "rs", "inr", "$", "€", "£"} {
		if rest, found := strings.CutPrefix(text, currency); found {
			text = rest
			break
		}
	}
	text = strings.TrimSuffix(text, "/-")
	if sign == "" {
		text, sign = cutSign(text) // ₹-5
	}
	whole, part, _ := strings.Cut(text, ".")
	whole, ok := ungroup(whole)
	if !ok || !allDigits(part) || whole+part == "" {
		return "", false
	}
	whole, part = strings.TrimLeft(whole, "0"), strings.TrimRight(part, "0")
	if len(whole) > 18 || len(part) > 9 {
		return "", false
	}
	return decimal(whole, part, sign == "-"), true
}

func decimal(whole, part string, below bool) string {
	if whole == "" {
		whole = "0"
	}
	if part != "" {
		whole += "." + part
	}
	if below && whole != "0" {
		return "-" + whole
	}
	return whole
}

func cutSign(text string) (rest, sign string) {
	if text != "" && (text[0] == '-' || text[0] == '+') {
		return text[1:], text[:1]
	}
	return text, ""
}

// ungroup drops commas where they group: by three from the right, or by three and then by two.
func ungroup(text string) (string, bool) {
	groups := strings.Split(text, ",")
	last := len(groups) - 1
	for i, group := range groups {
		size := len(group)
		switch {
		case !allDigits(group):
			return "", false
		case last == 0:
		case i == 0 && (size < 1 || size > 3), i == last && size != 3, i > 0 && i < last && size != 2 && size != 3:
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func allDigits(text string) bool {
	return strings.Trim(text, "0123456789") == ""
}

// parseDate reads a date as 2006-01-02. A day stands before its month, as India writes it; a year
// of four digits may come first, a month by its name too. A time of day behind it is dropped.
func parseDate(text string) (string, bool) {
	words := strings.FieldsFunc(dropTime(strings.ToLower(plainDigits(text))), func(r rune) bool {
		return r == '-' || r == '/' || r == '.' || r == ',' || r == ' '
	})
	if len(words) != 3 {
		return "", false
	}
	day, month, year := words[0], words[1], words[2]
	switch {
	case len(words[0]) == 4 && allDigits(words[0]):
		year, day = words[0], words[2]
	case monthNamed(words[0]) != 0:
		month, day = words[0], words[1]
	}
	return dateOf(yearOf(year), monthOf(month), dayOf(day))
}

func dateOf(year, month, day int) (string, bool) {
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	ok := year >= 1800 && year <= 2200 && at.Month() == time.Month(month) && at.Day() == day
	return at.Format(time.DateOnly), ok
}

// dropTime cuts " 10:30" and "t10:30:00z" off.
func dropTime(text string) string {
	colon := strings.IndexByte(text, ':')
	if colon < 0 {
		return text
	}
	before := strings.TrimRight(text[:colon], "0123456789")
	if cut, found := strings.CutSuffix(before, "t"); found {
		return cut
	}
	return strings.TrimSpace(before)
}

// yearOf takes two digits for the years from 1950 to 2049.
func yearOf(word string) int {
	n, err := strconv.Atoi(word)
	switch {
	case err != nil || len(word) != 2 && len(word) != 4:
		return 0
	case len(word) == 4:
		return n
	case n < 50:
		return 2000 + n
	}
	return 1900 + n
}

func monthOf(word string) int {
	if n, err := strconv.Atoi(word); err == nil && len(word) <= 2 {
		return n
	}
	return monthNamed(word)
}

func dayOf(word string) int {
	word = strings.TrimRightFunc(word, unicode.IsLetter) // 2nd
	if n, err := strconv.Atoi(word); err == nil && len(word) <= 2 {
		return n
	}
	return 0
}

// monthNamed knows the months in English and Hindi, whole or by their first three letters.
func monthNamed(word string) int {
	english := []string{"january", "february", "march", "april", "may", "june", "july", "august", "september",
		"october", "november", "december"}
	hindi := []string{"जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर"}
	if len(word) < 3 {
		return 0
	}
	if word[0] >= utf8.RuneSelf {
		word = oneSpelling(word)
	}
	for i := range english {
		if strings.HasPrefix(english[i], word) || word == "sept" && i == 8 || word == hindi[i] {
			return i + 1
		}
	}
	return 0
}

// oneSpelling writes Hindi months that are spelt in two ways in one.
func oneSpelling(word string) string {
	return strings.NewReplacer("फ़", "फ", "सितम्बर", "सितंबर", "अक्तूबर", "अक्टूबर", "नवम्बर", "नवंबर", "दिसम्बर", "दिसंबर").Replace(word)
}

package contact

import (
	"strconv"
	"strings"
	"unicode"
)

// headerWords are the titles people give to columns, folded by headerKey.
func headerWords() map[Target][]string {
	return map[Target][]string{
		ToPhone: {"phone", "phoneno", "phonenumber", "mobile", "mobileno", "mobilenumber", "mobilephone", "cell", "cellphone",
			"contact", "contactno", "contactnumber", "number", "tel", "telephone", "whatsapp", "whatsappno", "whatsappnumber",
			"waid", "msisdn", "phone1value", "फोन", "फोननंबर", "फोननम्बर", "मोबाइल", "मोबाईल", "मोबाइलनंबर", "मोबाइलनम्बर",
			"मोबाइलन", "दूरभाष", "नंबर", "संपर्क", "संपर्कनंबर", "व्हाट्सएप", "व्हाट्सएपनंबर", "व्हाट्सऐप"},
		ToName: {"name", "fullname", "customername", "contactname", "customer", "clientname", "displayname",
			"नाम", "पूरानाम", "ग्राहक", "ग्राहककानाम", "ग्राहकनाम"},
		ToEmail:  {"email", "emailid", "emailaddress", "mail", "mailid", "ईमेल", "ईमेलआईडी", "ईमेलपता"},
		ToBSUID:  {"bsuid", "userid", "whatsappuserid", "businessscopeduserid"},
		ToLocale: {"locale", "language", "lang", "preferredlanguage", "भाषा"},
		ToOptIn:  {"optin", "optedin", "consent", "subscribed", "marketingconsent", "whatsappoptin", "सहमति", "अनुमति"},
		ToTags:   {"tag", "tags", "label", "labels", "group", "groups", "segment", "टैग", "समूह", "लेबल"},
	}
}

// headerKey folds a title: lower case, letters, marks and digits only, nuktas dropped so that
// फ़ोन and फोन are one.
func headerKey(title string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u093C':
			return -1
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r):
			return r
		}
		return -1
	}, nameKey(title))
}

// guessColumns says what each column is, by its title, else by what its cells look like. Titles
// nobody knows become fields. Each target but fields is guessed once.
func guessColumns(titles []string, rows [][]string, region string) []Column {
	columns := make([]Column, len(titles))
	taken := map[Target]bool{}
	for i, title := range titles {
		columns[i] = Column{Name: title, Target: ToIgnore}
		if target := targetOf(title); target != "" && !taken[target] {
			columns[i].Target, taken[target] = target, true
		}
	}
	for _, target := range []Target{ToPhone, ToEmail} {
		if i := bestByContent(columns, rows, target, region); !taken[target] && i >= 0 {
			columns[i].Target, taken[target] = target, true
		}
	}
	keys := map[string]bool{}
	for i := range columns {
		if columns[i].Target == ToIgnore {
			columns[i].becomeField(i, keys)
		}
	}
	return columns
}

func targetOf(title string) Target {
	key := headerKey(title)
	for target, words := range headerWords() {
		for _, word := range words {
			if key == headerKey(word) {
				return target
			}
		}
	}
	return ""
}

func bestByContent(columns []Column, rows [][]string, target Target, region string) int {
	best, most := -1, len(rows)/2
	for i, column := range columns {
		if column.Target != ToIgnore {
			continue
		}
		hits := 0
		for _, row := range rows {
			if i < len(row) && looksLike(row[i], target, region) {
				hits++
			}
		}
		if hits > most {
			best, most = i, hits
		}
	}
	return best
}

func looksLike(cell string, target Target, region string) bool {
	if target == ToEmail {
		_, ok := cleanEmail(cell)
		return ok
	}
	_, ok := ParsePhone(cell, region)
	return ok
}

// becomeField makes a titled column a field; a title without Latin letters is kept as the label.
func (c *Column) becomeField(index int, keys map[string]bool) {
	if strings.TrimSpace(c.Name) == "" {
		return
	}
	key := fieldKey(c.Name)
	if key == "" {
		key = "column_" + strconv.Itoa(index+1)
	}
	if !keys[key] {
		keys[key] = true
		c.Target, c.Label = Target(fieldTarget+key), firstRunes(strings.TrimSpace(c.Name), 100)
	}
}

// isHeader tells titles from people: no cell is a phone number or an e-mail address, and one is
// a known title or none has a digit.
func isHeader(cells []string, region string) bool {
	known, digits := false, false
	for _, cell := range cells {
		if looksLike(cell, ToPhone, region) || looksLike(cell, ToEmail, region) {
			return false
		}
		known = known || targetOf(cell) != ""
		digits = digits || strings.ContainsFunc(cell, unicode.IsDigit)
	}
	return known || !digits && len(cells) > 0
}

// numbered are titles for a file without any.
func numbered(n int) []string {
	titles := make([]string, n)
	for i := range titles {
		titles[i] = "Column " + strconv.Itoa(i+1)
	}
	return titles
}

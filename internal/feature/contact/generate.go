package contact

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
)

// WriteSample writes a CSV of that many distinct people as businesses keep them: Indian mobile
// numbers in several notations, names in Latin and Devanagari, an e-mail for every third, a city,
// an order number. It is what `aerostic bench import` imports.
func WriteSample(w io.Writer, rows int) error {
	out := bufio.NewWriterSize(w, 64<<10)
	if _, err := out.WriteString("Name,Mobile,Email,City,Order ID\r\n"); err != nil {
		return err
	}
	for i := range rows {
		if _, err := out.WriteString(sampleRow(i)); err != nil {
			return err
		}
	}
	return out.Flush()
}

func sampleRow(i int) string {
	first := []string{"Asha", "आशा", "Ravi", "रवि", "Meera", "Imran", "Zoya", "अर्जुन", "Kavya", "Dev"}
	last := []string{"Sharma", "Patel", "देवी", "Khan", "Iyer", "Rao", "सिंह", "Das", "Nair"}
	cities := []string{"Pune", "Delhi", "Bengaluru", "जयपुर", "Kochi", "Surat", "Indore"}
	// Multiplying by an odd number visits every remainder once, so no number comes twice.
	n := (uint64(i)*2_654_435_761 + 12_345) % (1 << 30)
	digits := strconv.FormatUint(7_000_000_000+n, 10)
	phone := digits
	switch i % 4 {
	case 1:
		phone = "+91" + digits
	case 2:
		phone = "0" + digits
	case 3:
		phone = digits[:5] + " " + digits[5:]
	}
	email := ""
	if i%3 == 0 {
		email = "person" + strconv.Itoa(i) + "@example.com"
	}
	return fmt.Sprintf("%s %s,%s,%s,%s,A-%07d\r\n", first[i%len(first)], last[i%len(last)], phone, email, cities[i%len(cities)], i)
}

package billing

import (
	"strconv"
	"strings"
	"testing"
)

// marketCodes is section 9.2 of the reference, written out a second time and by market.
var marketCodes = map[string]string{
	"Argentina": "54", "Bangladesh": "880", "Brazil": "55", "Chile": "56", "Colombia": "57", "Egypt": "20",
	"France": "33", "Germany": "49", "Hong Kong": "852", "Hungary": "36", "India": "91", "Indonesia": "62",
	"Iraq": "964", "Israel": "972", "Italy": "39", "Kazakhstan": "76 77", "Kuwait": "965", "Malaysia": "60",
	"Mexico": "52", "Morocco": "212", "Nepal": "977", "Netherlands": "31", "Nigeria": "234", "Oman": "968",
	"Pakistan": "92", "Peru": "51", "Poland": "48", "Qatar": "974", "Romania": "40",
	"Russia": "70 71 72 73 74 75 78 79", "Saudi Arabia": "966", "Singapore": "65", "South Africa": "27",
	"Spain": "34", "Sri Lanka": "94", "Turkey": "90", "Ukraine": "380", "UAE": "971", "UK": "44",
	"North America": "1212 1416 1907 1808 1671",
	"Rest of Africa": "211 213 216 218 220-223 225-229 231-233 235 237 241 242 244 245 249-252 254-258 " +
		"260 261 263-268 291",
	"Rest of Asia Pacific":             "61 63 64 66 81 84 86 93 675 855 856 886 976 992 993 998",
	"Rest of Central & Eastern Europe": "30 355 359 370 371 373-375 381 385 386 389 420 421 994 995",
	"Rest of Western Europe":           "32 41 43 45 46 47 351 353 358",
	"Rest of Latin America":            "58 502-507 509 591 593 595 598 1809 1829 1849 1658 1876 1787 1939",
	"Rest of Middle East":              "961 962 967 973",
	"Other": "1242 1246 1264 1268 1284 1345 1441 1473 1649 1664 1721 1758 1767 1784 1868 1869 " +
		"224 230 236 238-240 243 246-248 253 262 269 82 95 98 350 352 354 356 357 372 376 377 378 382 383 " +
		"387 423 500 501 508 590 592 594 596 597 599 670 672 673 674 676-679 850 853 960 963 970 975 996",
}

func TestMarket(t *testing.T) {
	t.Parallel()
	for want, codes := range marketCodes {
		for _, code := range expand(t, codes) {
			for _, phone := range []string{code + "5550100", "+" + code + "9999999"} {
				if got := Market(phone); got != want {
					t.Errorf("Market(%s) = %s, want %s", phone, got, want)
				}
			}
		}
	}
}

func TestMarketOfOddInput(t *testing.T) {
	t.Parallel()
	for phone, want := range map[string]string{
		"": "Other", "+": "Other", "0": "Other", "9": "Other", "91": "India", "1": "North America",
		"नमस्ते": "Other", "IN.1349": "Other", "7": "Russia",
	} {
		if got := Market(phone); got != want {
			t.Errorf("Market(%q) = %s, want %s", phone, got, want)
		}
	}
}

// expand turns "220-223 235" into 220 221 222 223 235.
func expand(t *testing.T, codes string) []string {
	t.Helper()
	var all []string
	for _, field := range strings.Fields(codes) {
		from, to, isRange := strings.Cut(field, "-")
		if !isRange {
			to = from
		}
		low, err := strconv.Atoi(from)
		if err != nil {
			t.Fatal(err)
		}
		high, err := strconv.Atoi(to)
		if err != nil {
			t.Fatal(err)
		}
		for n := low; n <= high; n++ {
			all = append(all, strconv.Itoa(n))
		}
	}
	return all
}

func TestCategory(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"MARKETING": "marketing", "marketing_lite": "marketing", "group_marketing": "marketing",
		"UTILITY": "utility", "group_utility": "utility", "AUTHENTICATION": "authentication",
		"authentication-international": "authentication_international", "SERVICE": "service",
		"group_service": "service", "referral_conversion": "", "general_purpose_ai": "", "": "", "मार्केटिंग": "",
	} {
		if got := Category(name); got != want {
			t.Errorf("Category(%q) = %q, want %q", name, got, want)
		}
	}
}

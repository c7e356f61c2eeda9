package billing

import "strings"

// MarketOther is the market of every calling code without one of its own.
const MarketOther = "Other"

// Market returns the pricing market of a phone number by its longest calling-code prefix
// (reference/whatsapp-cloud-api.md section 9.2). phone is digits with the calling code first, a
// leading + is ignored. Its result is a market of the rate cards.
func Market(phone string) string {
	digits := strings.TrimPrefix(phone, "+")
	for n := min(len(digits), longestCode); n > 0; n-- {
		if market, known := marketOf(digits[:n]); known {
			return market
		}
	}
	return MarketOther
}

// longestCode is the length of the longest calling code below: 1809.
const longestCode = 4

// marketOf is the table of calling codes. A code listed under Other keeps its shorter prefix
// from matching: the islands that share +1 with North America.
func marketOf(code string) (string, bool) {
	switch code {
	case "54":
		return "Argentina", true
	case "880":
		return "Bangladesh", true
	case "55":
		return "Brazil", true
	case "56":
		return "Chile", true
	case "57":
		return "Colombia", true
	case "20":
		return "Egypt", true
	case "33":
		return "France", true
	case "49":
		return "Germany", true
	case "852":
		return "Hong Kong", true
	case "36":
		return "Hungary", true
	case "91":
		return "India", true
	case "62":
		return "Indonesia", true
	case "964":
		return "Iraq", true
	case "972":
		return "Israel", true
	case "39":
		return "Italy", true
	case "76", "77":
		return "Kazakhstan", true
	case "965":
		return "Kuwait", true
	case "60":
		return "Malaysia", true
	case "52":
		return "Mexico", true
	case "212":
		return "Morocco", true
	case "977":
		return "Nepal", true
	case "31":
		return "Netherlands", true
	case "234":
		return "Nigeria", true
	case "968":
		return "Oman", true
	case "92":
		return "Pakistan", true
	case "51":
		return "Peru", true
	case "48":
		return "Poland", true
	case "974":
		return "Qatar", true
	case "40":
		return "Romania", true
	case "7":
		return "Russia", true
	case "966":
		return "Saudi Arabia", true
	case "65":
		return "Singapore", true
	case "27":
		return "South Africa", true
	case "34":
		return "Spain", true
	case "94":
		return "Sri Lanka", true
	case "90":
		return "Turkey", true
	case "380":
		return "Ukraine", true
	case "971":
		return "UAE", true
	case "44":
		return "UK", true
	case "1":
		return "North America", true
	}
	return regionOf(code)
}

func regionOf(code string) (string, bool) {
	switch code {
	case "211", "213", "216", "218", "220", "221", "222", "223",
		"225", "226", "227", "228", "229", "231", "232", "233", "235", "237",
		"241", "242", "244", "245", "249", "250", "251", "252",
		"254", "255", "256", "257", "258", "260", "261",
		"263", "264", "265", "266", "267", "268", "291":
		return "Rest of Africa", true
	case "61", "63", "64", "66", "81", "84", "86", "93",
		"675", "855", "856", "886", "976", "992", "993", "998":
		return "Rest of Asia Pacific", true
	case "30", "355", "359", "370", "371", "373", "374", "375",
		"381", "385", "386", "389", "420", "421", "994", "995":
		return "Rest of Central & Eastern Europe", true
	case "32", "41", "43", "45", "46", "47", "351", "353", "358":
		return "Rest of Western Europe", true
	case "58", "502", "503", "504", "505", "506", "507", "509", "591", "593", "595", "598",
		"1809", "1829", "1849", // Dominican Republic
		"1658", "1876", // Jamaica
		"1787", "1939": // Puerto Rico
		return "Rest of Latin America", true
	case "961", "962", "967", "973":
		return "Rest of Middle East", true
	case "1242", "1246", "1264", "1268", "1284", "1345", "1441", "1473",
		"1649", "1664", "1721", "1758", "1767", "1784", "1868", "1869":
		return MarketOther, true
	}
	return "", false
}

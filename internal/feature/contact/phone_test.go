package contact

import "testing"

func TestParsePhone(t *testing.T) {
	t.Parallel()
	cases := []struct{ in, country, want string }{
		{"9876543210", "IN", "+919876543210"},
		{"09876543210", "IN", "+919876543210"},
		{"919876543210", "IN", "+919876543210"},
		{"+919876543210", "IN", "+919876543210"},
		{"+919876543210", "US", "+919876543210"},
		{"00919876543210", "IN", "+919876543210"},
		{"+91 98765-43210", "IN", "+919876543210"},
		{"(+91) 98765.43210", "IN", "+919876543210"},
		{"'+919876543210", "IN", "+919876543210"},
		{"９８７６５４３２１０", "IN", "+919876543210"},
		{"＋９１９８７６５４３２１０", "IN", "+919876543210"},
		{"९८७६५४३२१०", "IN", "+919876543210"},
		{"٩٨٧٦٥٤٣٢١٠", "IN", "+919876543210"},
		{"۹۸۷۶۵۴۳۲۱۰", "IN", "+919876543210"},
		{"౯౮౭౬౫౪౩౨౧౦", "IN", "+919876543210"},
		{"\u202a+91\u00a098765\u00a043210\u202c", "IN", "+919876543210"},
		{"98765–43210", "IN", "+919876543210"},
		{"022 2345 6789", "IN", "+912223456789"},
		{"9876543210", "US", ""},
		{"(201) 555-0123", "US", "+12015550123"},
		{"+1 555 012 3456", "IN", "+15550123456"},
		{"07911 123456", "GB", "+447911123456"},
		{"447911123456", "IN", "+447911123456"},
		{"+971501234567", "IN", "+971501234567"},
		{"0501234567", "AE", "+971501234567"},
		{"", "IN", ""},
		{"   ", "IN", ""},
		{"12345", "IN", ""},
		{"0000000000", "IN", ""},
		{"98765432101", "IN", ""},
		{"9.19877E+11", "IN", ""},
		{"9876543210, 9876543211", "IN", ""},
		{"9876543210/11", "IN", ""},
		{"Ann", "IN", ""},
		{"आशा", "IN", ""},
		{"📞", "IN", ""},
		{"+", "IN", ""},
		{"+91", "IN", ""},
		{"98765x43210", "IN", ""},
		{"000000000000000000000000000000000000000000000000", "IN", ""},
	}
	for _, c := range cases {
		got, ok := ParsePhone(c.in, c.country)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%q in %s: got %q, %v, want %q", c.in, c.country, got, ok, c.want)
		}
	}
}

func TestPhoneProblems(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": problemNoPhone, "9.19877E+11": problemPhoneScientific, "12": problemPhone} {
		if _, got := parsePhone(in, "IN"); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

func TestPhoneOfWA(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"919876543210":  "+919876543210",
		"5215512345678": "+525512345678",
		"551187654321":  "+5511987654321",
		"551123456789":  "+551123456789",
	} {
		if got := phoneOfWA(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

// FuzzParsePhone checks that whatever is accepted is E.164 and is read back as itself.
func FuzzParsePhone(f *testing.F) {
	for _, seed := range []string{"9876543210", "+91 98765 43210", "९८७६५४३२१०", "9.2E+11", "tel:+15550123456", "0044 7911 123456", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e164, ok := ParsePhone(text, "IN")
		if !ok {
			return
		}
		if e164[0] != '+' || !validDigits(e164[1:]) {
			t.Fatalf("%q became %q", text, e164)
		}
		if again, ok := ParsePhone(e164, "IN"); !ok || again != e164 {
			t.Fatalf("%q became %q, then %q", text, e164, again)
		}
	})
}

func BenchmarkParsePhone(b *testing.B) {
	for name, in := range map[string]string{"indian": "98765 43210", "e164": "+919876543210", "plan": "+44 7911 123456"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				ParsePhone(in, "IN")
			}
		})
	}
}

package money_test

import (
	"math"
	"testing"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

func TestFormat(t *testing.T) {
	t.Parallel()
	cases := []struct {
		amount   money.Amount
		currency money.Currency
		want     string
	}{
		{241_806 * money.Unit, "INR", "₹2,41,806.00"},
		{12_345_600, "INR", "₹1,234.56"},
		{8631, "INR", "₹0.8631"},
		{8630, "INR", "₹0.863"},
		{-5000, "INR", "-₹0.50"},
		{0, "INR", "₹0.00"},
		{999 * money.Unit, "INR", "₹999.00"},
		{1_00_00_000 * money.Unit, "INR", "₹1,00,00,000.00"},
		{math.MaxInt64, "INR", "₹92,23,37,20,36,85,477.5807"},
		{math.MinInt64, "INR", "-₹92,23,37,20,36,85,477.5808"},
		{1_234_567 * money.Unit, "USD", "$1,234,567.00"},
		{1_234_567 * money.Unit, "JPY", "¥1,234,567"},
		{12_300, "AED", "AED\u00a01.23"},
		{12_300, "", "1.23"},
	}
	for _, c := range cases {
		if got := money.Format(c.amount, c.currency); got != c.want {
			t.Errorf("Format(%d, %s) = %q, want %q", c.amount, c.currency, got, c.want)
		}
		if back, err := money.Parse(c.want, c.currency); c.amount != math.MinInt64 && (err != nil || back != c.amount) {
			t.Errorf("Parse(%q) = %d, %v", c.want, back, err)
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	cases := map[string]money.Amount{
		"5":            5 * money.Unit,
		" 1234.5 ":     12_345_000,
		"₹ 2,41,806":   241_806 * money.Unit,
		"241,806.00":   241_806 * money.Unit,
		"INR 0.8631":   8631,
		"1,000 INR":    1000 * money.Unit,
		"-₹12":         -12 * money.Unit,
		"− 12":         -12 * money.Unit,
		"007":          7 * money.Unit,
		"10,00,00,000": 10_00_00_000 * money.Unit,
	}
	for text, want := range cases {
		if got, err := money.Parse(text, "INR"); err != nil || got != want {
			t.Errorf("Parse(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "₹", "-", "abc", "1,23", "1,2345", "1.23456", "1.", ".5", "1.2.3", "--5", "5-",
		"$5", "१२", "1e5", "99999999999999999999", "₹₹5", "1 000", "NaN",
	} {
		got, err := money.Parse(text, "INR")
		if fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("Parse(%q) = %d, %v", text, got, err)
		}
	}
}

func TestFromMinor(t *testing.T) {
	t.Parallel()
	if got := money.Format(money.FromMinor(24_180_600), "INR"); got != "₹2,41,806.00" {
		t.Fatalf("24180600 paise are %s", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"₹2,41,806.00", "1,23", "-5", "0.0001", "1,000 INR"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		amount, err := money.Parse(text, "INR")
		if err != nil {
			return
		}
		if back, err := money.Parse(money.Format(amount, "INR"), "INR"); err != nil || back != amount {
			t.Fatalf("%q is %d, which formats and parses to %d, %v", text, amount, back, err)
		}
	})
}

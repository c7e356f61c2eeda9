package link

import (
	"strings"
	"testing"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

func TestTargetsAreWholeWebAddresses(t *testing.T) {
	t.Parallel()
	diwali := &UTM{Source: "whatsapp", Medium: " campaign ", Campaign: "दिवाली & सेल 🪔"}
	for _, c := range []struct {
		url  string
		utm  *UTM
		want string // empty: refused
	}{
		{url: "https://shop.example.com/diwali", want: "https://shop.example.com/diwali"},
		{url: "  http://shop.example.com  ", want: "http://shop.example.com"},
		{url: "https://shop.example.com/साड़ी?q=1#top", want: "https://shop.example.com/%E0%A4%B8%E0%A4%BE%E0%A4%A1%E0%A4%BC%E0%A5%80?q=1#top"},
		{url: "https://shop.example.com/?utm_source=old&b=2&a=1", utm: &UTM{Source: "new"}, want: "https://shop.example.com/?b=2&a=1&utm_source=new"},
		{url: "https://shop.example.com/x", utm: diwali, want: "https://shop.example.com/x?utm_source=whatsapp&utm_medium=campaign&utm_campaign=%E0%A4%A6%E0%A4%BF%E0%A4%B5%E0%A4%BE%E0%A4%B2%E0%A5%80+%26+%E0%A4%B8%E0%A5%87%E0%A4%B2+%F0%9F%AA%94"},
		{url: "https://shop.example.com/x", utm: &UTM{}, want: "https://shop.example.com/x"},
		{url: ""}, {url: "shop.example.com"}, {url: "//shop.example.com"}, {url: "/path"}, {url: "https://"}, {url: "https://:443/"},
		{url: "javascript:alert(1)"}, {url: "JaVaScRiPt://shop.example.com/%0aalert(1)"}, {url: "data:text/html,<script>"},
		{url: "file:///etc/passwd"}, {url: "intent://scan/#Intent;end"}, {url: "whatsapp://send"}, {url: "https://ann:pass@shop.example.com"},
		{url: "https://दुकान.example"}, {url: "https://shop.example.com\n.evil.test"}, {url: "https://shop.example.com/" + strings.Repeat("x", 2000)},
		{url: "https://shop.example.com/", utm: &UTM{Source: strings.Repeat("अ", 101)}},
	} {
		got, err := Target{URL: c.url, UTM: c.utm}.Address()
		if got != c.want || (c.want == "") != (fault.KindOf(err) == fault.KindInvalid) {
			t.Errorf("%.60q: %q, %v; want %q", c.url, got, err, c.want)
		}
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("https://shop.example.com/?a=1", "whatsapp")
	f.Add("javascript:alert(1)", "x")
	f.Add("https://a@b", "&#?\r\n")
	f.Fuzz(func(t *testing.T, url, source string) {
		address, err := Target{URL: url, UTM: &UTM{Source: source}}.Address()
		if err != nil {
			return
		}
		if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") || strings.ContainsAny(address, "\r\n \x00") {
			t.Fatalf("%q becomes %q", url, address)
		}
		again, err := Target{URL: address}.Address()
		if err != nil || again != address {
			t.Fatalf("%q is taken and becomes %q, %v", address, again, err)
		}
	})
}

package link

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

const (
	chrome = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"
	iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)

// opening is a request as a person's browser makes it.
func opening(agent string, more ...string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/l/x", nil)
	r.Header.Set("User-Agent", agent)
	r.Header.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
	r.Header.Set("Accept-Language", "hi-IN,hi;q=0.9")
	for i := 0; i+1 < len(more); i += 2 {
		r.Header.Set(more[i], more[i+1])
	}
	return r
}

func TestPeopleAreNoRobots(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*http.Request{
		"chrome":           opening(chrome, "Sec-Fetch-Dest", "document", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Site", "none"),
		"iphone":           opening(iphone),
		"inside facebook":  opening(iphone+" [FBAN/FBIOS;FBAV/500.0]", "Sec-Fetch-Dest", "document"),
		"a Cubot phone":    opening("Mozilla/5.0 (Linux; Android 10; CUBOT X19) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"),
		"samsung":          opening("Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 SamsungBrowser/24.0 Chrome/117 Mobile Safari/537.36"),
		"an old UC":        opening("Mozilla/5.0 (Linux; U; Android 6.0; en-US) AppleWebKit/534.30 UCBrowser/12.0 Mobile Safari/534.30"),
		"firefox, desktop": opening("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Sec-Fetch-Dest", "document"),
	} {
		if isRobot(r) {
			t.Errorf("%s passes for a robot", name)
		}
	}
}

func TestRobotsAreKnown(t *testing.T) {
	t.Parallel()
	head := opening(chrome)
	head.Method = http.MethodHead
	bare := httptest.NewRequest(http.MethodGet, "/l/x", nil)
	bare.Header.Set("User-Agent", chrome)
	cases := map[string]*http.Request{
		"HEAD": head, "no language, takes anything": bare, "no agent": opening(""),
		"whatsapp preview":  opening("WhatsApp/2.23.20.0 A"),
		"whatsapp, iphone":  opening("WhatsApp/2.24.1 i"),
		"facebook":          opening("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"),
		"twitter":           opening("Twitterbot/1.0"),
		"telegram":          opening("TelegramBot (like TwitterBot)"),
		"google":            opening("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
		"curl":              opening("curl/8.5.0"),
		"go":                opening("Go-http-client/2.0"),
		"headless":          opening("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/141.0.0.0 Safari/537.36"),
		"prefetch":          opening(chrome, "Sec-Purpose", "prefetch"),
		"prerender":         opening(chrome, "Sec-Purpose", "prefetch;prerender"),
		"safari's preview":  opening(iphone, "X-Purpose", "preview"),
		"old firefox":       opening(chrome, "X-Moz", "prefetch"),
		"old chrome":        opening(chrome, "Purpose", "prefetch"),
		"an image":          opening(chrome, "Sec-Fetch-Dest", "image"),
		"a script's fetch":  opening(chrome, "Sec-Fetch-Dest", "empty"),
		"no language":       opening(chrome, "Accept-Language", ""),
		"an API's Accept":   opening(chrome, "Accept", "*/*"),
		"a mail's scanner":  opening("Mozilla/5.0 SafeLinks Scanner"),
		"slack":             opening("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"),
		"python":            opening("python-requests/2.31"),
		"an app's library":  opening("okhttp/4.12.0"),
		"uptime monitoring": opening("Mozilla/5.0 (compatible; UptimeMonitor/2.0)"),
	}
	for name, r := range cases {
		if !isRobot(r) {
			t.Errorf("%s passes for a person", name)
		}
	}
}

package link

import (
	"net/http"
	"strings"
)

// programs are words in a User-Agent of what is no person's browser: the previews that chat apps
// fetch (Meta's from "WhatsApp/2…" and facebookexternalhit), crawlers, link scanners of mail and
// security products, libraries. Lower case.
func programs() []string {
	return []string{
		"whatsapp/", "facebookexternalhit", "facebookcatalog", "facebot", "meta-external", "twitterbot", "telegrambot", "slackbot",
		"slack-imgproxy", "linkedinbot", "discordbot", "skypeuripreview", "pinterest", "redditbot", "applebot", "google-inspectiontool",
		"googleother", "google-read-aloud", "bot", "crawl", "spider", "scanner", "preview", "prefetch", "monitor",
		"headless", "lighthouse", "phantomjs", "curl/", "wget/", "python", "go-http-client", "java/", "okhttp", "libwww", "axios",
		"node-fetch", "undici", "guzzle", "ruby", "perl", "apache-httpclient", "postman", "insomnia", "dalvik",
	}
}

// isRobot says that no person opened the link: it is asked for ahead of a click, for a preview,
// or by a program. It knows only what the request itself says; a program that says nothing about
// itself but all that a browser says passes for one.
func isRobot(r *http.Request) bool {
	return r.Method != http.MethodGet || isAhead(r.Header) || isProgram(r.UserAgent()) || !isNavigation(r.Header)
}

// isAhead recognises prefetching and prerendering: Sec-Purpose of today's browsers, Purpose and
// X-Moz of older ones.
func isAhead(h http.Header) bool {
	for _, name := range []string{"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"} {
		value := strings.ToLower(h.Get(name))
		if strings.Contains(value, "prefetch") || strings.Contains(value, "prerender") || strings.Contains(value, "preview") {
			return true
		}
	}
	return false
}

func isProgram(agent string) bool {
	agent = strings.ReplaceAll(strings.ToLower(agent), "cubot", "") // a maker of phones
	if agent == "" {
		return true
	}
	for _, word := range programs() {
		if strings.Contains(agent, word) {
			return true
		}
	}
	return false
}

// isNavigation wants what every browser sends when a person follows a link: that it takes pages,
// and in which language. Where the browser says what it fetches for, it must be a page.
func isNavigation(h http.Header) bool {
	kind := h.Get("Sec-Fetch-Dest")
	return strings.Contains(h.Get("Accept"), "text/html") && h.Get("Accept-Language") != "" && (kind == "" || kind == "document")
}

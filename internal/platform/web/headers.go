package web

import "net/http"

// pagePolicy is the content security policy of the web apps: everything from here, nothing
// evaluated. Styles may be inline because the overlay and toast libraries insert them.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; " +
	"worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// pagePermissions lets the inbox record voice messages and send where one is; nothing else is used.
const pagePermissions = "camera=(), geolocation=(self), microphone=(self), payment=()"

const apiPolicy = "default-src 'none'; frame-ancestors 'none'"

func apiHeaders(h http.Header, hsts bool) {
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", apiPolicy)
	commonHeaders(h, hsts)
}

func pageHeaders(h http.Header, hsts bool) {
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("Permissions-Policy", pagePermissions)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	commonHeaders(h, hsts)
}

func commonHeaders(h http.Header, hsts bool) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	if hsts {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
}

package web_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/aerostic/aerostic/internal/platform/web"
)

func app() fstest.MapFS {
	return fstest.MapFS{
		"index.html":           {Data: []byte("<html>app</html>")},
		"index.html.br":        {Data: []byte("BR(app)")},
		"index.html.gz":        {Data: []byte("GZ(app)")},
		"robots.txt":           {Data: []byte("User-agent: *")},
		"pricing/index.html":   {Data: []byte("<html>pricing</html>")},
		"assets/index-1a2b.js": {Data: []byte("console.log('नमस्ते')")},
		"manifest.webmanifest": {Data: []byte("{}")},
	}
}

func TestFilesServesTheApp(t *testing.T) {
	t.Parallel()
	h, err := web.Files(app(), web.FilesConfig{Prefix: "/app/", SPA: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path, accept string
		status       int
		body, cache  string
		encoding     string
	}{
		{"/app/", "", 200, "<html>app</html>", "no-cache", ""},
		{"/app", "", 200, "<html>app</html>", "no-cache", ""},
		{"/app/", "gzip, deflate, br", 200, "BR(app)", "no-cache", "br"},
		{"/app/", "gzip, br;q=0", 200, "GZ(app)", "no-cache", "gzip"},
		{"/app/campaigns/7", "", 200, "<html>app</html>", "no-cache", ""},
		{"/app/contacts/ann@acme.test", "", 200, "<html>app</html>", "no-cache", ""},
		{"/app/pricing", "", 200, "<html>pricing</html>", "no-cache", ""},
		{"/app/assets/index-1a2b.js", "", 200, "console.log('नमस्ते')", "public, max-age=31536000, immutable", ""},
		{"/app/assets/index-0000.js", "", 404, "There is nothing at this address.\n", "no-cache", ""},
		{"/app/robots.txt", "", 200, "User-agent: *", "no-cache", ""},
		{"/app/favicon.ico", "", 404, "There is nothing at this address.\n", "no-cache", ""},
		{"/app/index.html.br", "", 404, "There is nothing at this address.\n", "no-cache", ""},
		{"/app/../../etc/passwd", "", 200, "<html>app</html>", "no-cache", ""},
	} {
		w := call(h, "GET", c.path, "", "Accept-Encoding", c.accept)
		if w.Code != c.status || w.Body.String() != c.body {
			t.Errorf("%s (%s): %d %q, want %d %q", c.path, c.accept, w.Code, w.Body, c.status, c.body)
		}
		if w.Header().Get("Cache-Control") != c.cache || w.Header().Get("Content-Encoding") != c.encoding {
			t.Errorf("%s (%s): headers %v", c.path, c.accept, w.Header())
		}
		if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self';") || strings.Contains(csp, "unsafe-eval") {
			t.Errorf("%s: policy %q", c.path, csp)
		}
	}
}

func TestFilesAnswersNotModified(t *testing.T) {
	t.Parallel()
	h, err := web.Files(app(), web.FilesConfig{})
	if err != nil {
		t.Fatal(err)
	}
	first := call(h, "GET", "/", "")
	if w := call(h, "GET", "/", "", "If-None-Match", first.Header().Get("Etag")); w.Code != 304 || w.Body.Len() != 0 {
		t.Errorf("the same again: %d %s", w.Code, w.Body)
	}
	if w := call(h, "GET", "/", "", "If-None-Match", first.Header().Get("Etag"), "Accept-Encoding", "br"); w.Code != 200 {
		t.Errorf("another form of it: %d", w.Code)
	}
	if w := call(h, "GET", "/unknown", ""); w.Code != 404 {
		t.Errorf("without SPA an unknown page is %d", w.Code)
	}
	if w := call(h, "POST", "/", ""); w.Code != 405 {
		t.Errorf("POST is %d", w.Code)
	}
	if kind := call(h, "GET", "/manifest.webmanifest", "").Header().Get("Content-Type"); kind != "application/manifest+json" {
		t.Errorf("manifest is %q", kind)
	}
}

func TestFilesWantsABuild(t *testing.T) {
	t.Parallel()
	if _, err := web.Files(fstest.MapFS{".gitkeep": {}}, web.FilesConfig{Prefix: "/app/"}); err == nil || !strings.Contains(err.Error(), "build the web apps") {
		t.Fatalf("an empty build: %v", err)
	}
}

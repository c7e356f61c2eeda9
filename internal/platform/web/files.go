package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
)

// FilesConfig says how a built web app is served.
type FilesConfig struct {
	Prefix string // where it is mounted: "/app/"; "" or "/": the root
	SPA    bool   // unknown paths answer index.html instead of 404
	HSTS   bool
}

// Files serves a web app's build from memory: .br and .gz siblings to who takes them, assets/
// as immutable and never by fallback (a stale tab must not get HTML for a script), everything
// else to be asked for again each time. It reads all of fsys once and fails without index.html.
func Files(fsys fs.FS, cfg FilesConfig) (http.Handler, error) {
	site := &site{cfg: cfg, files: map[string]file{}}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		site.files[name] = newFile(name, body)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read web app at %q: %w", cfg.Prefix, err)
	}
	if _, ok := site.files["index.html"]; !ok {
		return nil, fmt.Errorf("read web app at %q: no index.html; build the web apps first", cfg.Prefix)
	}
	return site, nil
}

type site struct {
	cfg   FilesConfig
	files map[string]file
}

type file struct {
	body []byte
	etag string
	kind string
}

func newFile(name string, body []byte) file {
	sum := sha256.Sum256(body)
	return file{body: body, etag: `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`, kind: contentType(name)}
}

// contentType knows the few types that the system's table may lack.
func contentType(name string) string {
	switch ext := path.Ext(name); ext {
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json"
	case ".woff2":
		return "font/woff2"
	case ".map":
		return "application/json"
	default:
		if kind := mime.TypeByExtension(ext); kind != "" {
			return kind
		}
		return "application/octet-stream"
	}
}

// ServeHTTP implements http.Handler.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	pageHeaders(w.Header(), s.cfg.HSTS)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "This page only takes GET requests.", http.StatusMethodNotAllowed)
		return
	}
	name, ok := s.find(r.URL.Path)
	if !ok {
		s.missing(w, r)
		return
	}
	if strings.HasPrefix(name, "assets/") {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		w.Header().Set("Cache-Control", "no-cache")
	}
	s.send(w, r, name, http.StatusOK)
}

// find names the file for a path: itself, its index.html, its .html, or the app's index.
func (s *site) find(urlPath string) (string, bool) {
	rel := strings.TrimPrefix(path.Clean("/"+strings.TrimPrefix(urlPath, strings.TrimSuffix(s.cfg.Prefix, "/"))), "/")
	for _, name := range []string{rel, path.Join(rel, "index.html"), rel + ".html"} {
		if _, ok := s.files[name]; ok && !compressed(name) {
			return name, true
		}
	}
	if s.cfg.SPA && !strings.HasPrefix(rel, "assets/") && !static(rel) {
		return "index.html", true
	}
	return "", false
}

// static says that a path asks for a file and not for a screen: /robots.txt, but not
// /contacts/ann@acme.test.
func static(name string) bool {
	switch path.Ext(name) {
	case ".js", ".mjs", ".css", ".map", ".json", ".txt", ".xml", ".ico", ".png", ".svg", ".jpg", ".webp", ".woff2", ".webmanifest", ".html", ".br", ".gz":
		return true
	}
	return false
}

func compressed(name string) bool {
	return strings.HasSuffix(name, ".br") || strings.HasSuffix(name, ".gz")
}

func (s *site) missing(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-cache")
	if _, ok := s.files["404.html"]; ok {
		s.send(w, r, "404.html", http.StatusNotFound)
		return
	}
	http.Error(w, "There is nothing at this address.", http.StatusNotFound)
}

// send picks the smallest form the caller takes.
func (s *site) send(w http.ResponseWriter, r *http.Request, name string, status int) {
	plain := s.files[name]
	chosen := plain
	w.Header().Add("Vary", "Accept-Encoding")
	for _, form := range []struct{ suffix, encoding string }{{".br", "br"}, {".gz", "gzip"}} {
		if sibling, ok := s.files[name+form.suffix]; ok && accepts(r, form.encoding) {
			chosen = sibling
			w.Header().Set("Content-Encoding", form.encoding)
			break
		}
	}
	w.Header().Set("Content-Type", plain.kind)
	w.Header().Set("Etag", chosen.etag)
	if status != http.StatusOK {
		w.WriteHeader(status)
		_, _ = w.Write(chosen.body)
		return
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(chosen.body))
}

func accepts(r *http.Request, encoding string) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(name) == encoding {
			return strings.Trim(quality, " q=0.") != "" || quality == ""
		}
	}
	return false
}

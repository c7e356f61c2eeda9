package blob_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/aerostic/aerostic/internal/platform/blob"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

const acme = "0198c2f0-0000-7000-8000-000000000001"

func setup(t *testing.T, limit int64) (*blob.Dir, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "blobs")
	dir, err := blob.NewDir(path, limit)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = dir.Close() })
	return dir, path
}

func read(t *testing.T, dir *blob.Dir, key string) (string, blob.Info) {
	t.Helper()
	r, info, err := dir.Open(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(body), info
}

func TestBlobComesBackWithItsType(t *testing.T) {
	t.Parallel()
	dir, _ := setup(t, 0)
	key, body := acme+"/imports/1.csv", "name,phone\nसीता शर्मा 🎉,+919876543210\n"
	if err := dir.Put(t.Context(), key, strings.NewReader(body), int64(len(body)), "text/csv; charset=utf-8"); err != nil {
		t.Fatal(err)
	}
	got, info := read(t, dir, key)
	if got != body || info.Size != int64(len(body)) || info.ContentType != "text/csv; charset=utf-8" || info.ModifiedAt.IsZero() {
		t.Errorf("%q %+v", got, info)
	}
	if err := dir.Put(t.Context(), key, strings.NewReader("new"), blob.Unknown, "text/plain"); err != nil {
		t.Fatal(err)
	}
	if got, info := read(t, dir, key); got != "new" || info.ContentType != "text/plain" {
		t.Errorf("replaced: %q %+v", got, info)
	}
	for range 2 {
		if err := dir.Delete(t.Context(), key); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := dir.Open(t.Context(), key); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("deleted: %v", err)
	}
	if _, _, err := dir.Open(t.Context(), acme+"/imports"); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("a folder: %v", err)
	}
}

func TestFailedPutLeavesTheOldBlob(t *testing.T) {
	t.Parallel()
	dir, path := setup(t, 10)
	key := acme + "/x"
	if err := dir.Put(t.Context(), key, strings.NewReader("old"), 3, "text/plain"); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the line went dead")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for name, put := range map[string]func() error{
		"broken":          func() error { return dir.Put(t.Context(), key, iotest.ErrReader(broken), blob.Unknown, "a/b") },
		"short":           func() error { return dir.Put(t.Context(), key, strings.NewReader("new"), 9, "a/b") },
		"too large":       func() error { return dir.Put(t.Context(), key, strings.NewReader("12345678901"), blob.Unknown, "a/b") },
		"too large, said": func() error { return dir.Put(t.Context(), key, strings.NewReader(""), 11, "a/b") },
		"caller gone":     func() error { return dir.Put(gone, key, strings.NewReader("new"), 3, "a/b") },
	} {
		err := put()
		if err == nil || strings.HasPrefix(name, "too large") != (fault.KindOf(err) == fault.KindTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
		if got, _ := read(t, dir, key); got != "old" {
			t.Errorf("%s: the blob is now %q", name, got)
		}
	}
	entries, err := os.ReadDir(filepath.Join(path, acme))
	if err != nil || len(entries) != 2 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestKeysCannotLeaveTheFolder(t *testing.T) {
	t.Parallel()
	dir, path := setup(t, 0)
	if err := os.Symlink("/etc", filepath.Join(path, "link")); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"", "/etc/passwd", "../x", "a/../../x", "a//b", ".hidden", "a/.hidden", "a\\b", "a\x00b", "नाम", "a b", "x~type", strings.Repeat("k", 501), "link/passwd"} {
		if err := dir.Put(t.Context(), key, strings.NewReader("x"), 1, "text/plain"); err == nil {
			t.Errorf("put %q", key)
		}
		if _, _, err := dir.Open(t.Context(), key); err == nil {
			t.Errorf("opened %q", key)
		}
	}
}

func FuzzCheckKey(f *testing.F) {
	for _, seed := range []string{acme + "/imports/1.csv", "../x", "a/./b", "ａ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, key string) {
		if blob.CheckKey(key) == nil && !filepath.IsLocal(key) {
			t.Fatalf("%q leaves the folder", key)
		}
	})
}

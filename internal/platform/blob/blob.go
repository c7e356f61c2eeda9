// Package blob keeps files: imports, error lists, media.
//
// It owns keys, limits and how a file becomes visible (whole or not at all). It does not own
// who may read which file: keys begin with the tenant's id, and features check before opening.
// Blobs are written once; putting a key again replaces it.
package blob

import (
	"context"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Unknown is the size to Put of a stream whose length is not known beforehand.
const Unknown int64 = -1

// longestKey is in bytes.
const longestKey = 500

// Info describes a stored blob.
type Info struct {
	Size        int64 // bytes
	ContentType string
	ModifiedAt  time.Time
}

// Store keeps blobs by key. Dir is the one there is; an object store is the other to come.
type Store interface {
	// Put stores what r holds. A size other than Unknown must be met exactly. Over the store's
	// limit is a fault of kind too large.
	Put(ctx context.Context, key string, r io.Reader, size int64, contentType string) error
	// Open reads a blob; the caller closes it. A missing one is a fault of kind not found.
	Open(ctx context.Context, key string) (io.ReadCloser, Info, error)
	// Delete removes a blob; a missing one is no error.
	Delete(ctx context.Context, key string) error
}

// CheckKey refuses keys that are not relative paths of plain names: "<tenant>/imports/<id>.csv".
func CheckKey(key string) error {
	if key == "" || len(key) > longestKey || !utf8.ValidString(key) {
		return badKey()
	}
	for part := range strings.SplitSeq(key, "/") {
		if part == "" || strings.HasPrefix(part, ".") || strings.ContainsFunc(part, notInKey) {
			return badKey()
		}
	}
	return nil
}

func badKey() error { return fault.Invalid("This is not the name of a file here.") }

func notInKey(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_' && r != '.'
}

package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// DefaultLimit is the largest blob a Dir takes, in bytes: a CSV of a few million rows.
const DefaultLimit int64 = 1 << 30

// typeSuffix names the sidecar that holds a blob's content type. Keys cannot end in it: '~' is
// not in the alphabet of keys.
const typeSuffix = "~type"

// Dir is a Store in a folder, for one machine.
type Dir struct {
	root  *os.Root
	limit int64
}

// NewDir keeps blobs under path, which it makes. A limit of 0 is DefaultLimit.
func NewDir(path string, limit int64) (*Dir, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("open blob folder: %w", err)
	}
	// A Root cannot be left, by ".." or by symlink, whatever a key says.
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("open blob folder: %w", err)
	}
	if limit == 0 {
		limit = DefaultLimit
	}
	return &Dir{root: root, limit: limit}, nil
}

// Close releases the folder.
func (d *Dir) Close() error { return d.root.Close() }

// Put implements Store. The blob appears under its key once it is complete and on disk.
func (d *Dir) Put(ctx context.Context, key string, r io.Reader, size int64, contentType string) error {
	if err := CheckKey(key); err != nil {
		return err
	}
	if size > d.limit {
		return d.tooLarge()
	}
	if err := d.root.MkdirAll(filepath.Dir(key), 0o700); err != nil {
		return fmt.Errorf("put blob: %w", err)
	}
	if err := d.write(ctx, key+typeSuffix, strings.NewReader(contentType), int64(len(contentType))); err != nil {
		return fmt.Errorf("put blob: %w", err)
	}
	if err := d.write(ctx, key, r, size); err != nil {
		return fmt.Errorf("put blob: %w", err)
	}
	return nil
}

// Open implements Store.
func (d *Dir) Open(_ context.Context, key string) (io.ReadCloser, Info, error) {
	if err := CheckKey(key); err != nil {
		return nil, Info{}, err
	}
	file, err := d.root.Open(key)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, Info{}, fault.NotFound("This file is not here any more.")
	}
	if err != nil {
		return nil, Info{}, fmt.Errorf("open blob: %w", err)
	}
	stat, err := file.Stat()
	if err != nil || stat.IsDir() {
		_ = file.Close()
		return nil, Info{}, fault.NotFound("This file is not here any more.")
	}
	kind, err := d.root.ReadFile(key + typeSuffix)
	if err != nil {
		kind = []byte("application/octet-stream")
	}
	return file, Info{Size: stat.Size(), ContentType: string(kind), ModifiedAt: stat.ModTime()}, nil
}

// Delete implements Store.
func (d *Dir) Delete(_ context.Context, key string) error {
	if err := CheckKey(key); err != nil {
		return err
	}
	for _, name := range []string{key, key + typeSuffix} {
		if err := d.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("delete blob: %w", err)
		}
	}
	return nil
}

// write fills a temporary file and renames it into place.
func (d *Dir) write(ctx context.Context, name string, r io.Reader, size int64) error {
	temporary := name + "~" + rand.Text()
	file, err := d.root.OpenFile(temporary, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = d.root.Remove(temporary) }()
	err = d.fill(ctx, file, r, size)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return d.root.Rename(temporary, name)
}

func (d *Dir) fill(ctx context.Context, file *os.File, r io.Reader, size int64) error {
	n, err := io.Copy(file, io.LimitReader(reader{ctx, r}, d.limit+1))
	if err != nil {
		return err
	}
	if n > d.limit {
		return d.tooLarge()
	}
	if size != Unknown && n != size {
		return fmt.Errorf("%d bytes came where %d were announced: %w", n, size, io.ErrUnexpectedEOF)
	}
	return file.Sync()
}

func (d *Dir) tooLarge() error {
	return fault.TooLarge(fmt.Sprintf("The file is larger than the %d MB allowed.", max(1, d.limit>>20)))
}

// reader stops a copy when its context ends.
type reader struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

package bench

import (
	"os"
	"path/filepath"
)

// home is where a bench's database is while one process after another opens it.
type home struct {
	o    Options
	temp bool
}

// home is a folder of that name in the one that is kept, or one that goes when the bench has run.
func (o Options) home(name string) (h home, err error) {
	if h = (home{o: o}); o.Data != "" || o.DatabaseURL != "" {
		h.o.cluster = filepath.Join(o.Data, name)
		return h, nil
	}
	h.temp = true
	if h.o.cluster, err = os.MkdirTemp("", "aerostic-bench-"); err != nil {
		return h, err
	}
	return h, os.Chmod(h.o.cluster, 0o755) // Postgres may run as another user
}

// options are the bench's with the home's database, under these settings.
func (h home) options(settings map[string]string) Options {
	o := h.o
	o.settings = settings
	return o
}

func (h home) close() {
	if h.temp && !h.o.Keep {
		_ = os.RemoveAll(h.o.cluster)
	}
}

// forSeeding are a server's settings while it is filled: what is lost in a crash is written anew.
var forSeeding = map[string]string{"wal_level": "minimal", "max_wal_senders": "0", "fsync": "off", "full_page_writes": "off", "max_wal_size": "2GB",
	"autovacuum": "off", "shared_buffers": "2GB"}

// Package ident makes and reads the time-ordered ids (UUIDv7) of every row.
//
// It owns the layout of an id: 48 bits of Unix milliseconds, then the version and random
// bits (RFC 9562, section 5.7). Partitions are cut and lists are paged by it. It does not
// own what an id stands for. It keeps no state.
package ident

import (
	"encoding/binary"
	"time"

	"github.com/google/uuid"
)

// New returns a fresh id from the wall clock. Ids made by one process never go backwards.
func New() uuid.UUID {
	return uuid.Must(uuid.NewV7())
}

// At returns the lowest UUIDv7 of t's millisecond, for partition bounds and for the ends
// of keyset ranges: every id made at t or later compares greater or equal.
// Times before 1970 count as 1970.
func At(t time.Time) uuid.UUID {
	var id uuid.UUID
	millis := uint64(max(t.UnixMilli(), 0))
	binary.BigEndian.PutUint64(id[:8], millis<<16|0x7000)
	id[8] = 0x80
	return id
}

// Time returns the instant, to the millisecond and in UTC, at which a UUIDv7 was made.
// It is the zero time for any other version.
func Time(id uuid.UUID) time.Time {
	if id.Version() != 7 {
		return time.Time{}
	}
	return time.UnixMilli(int64(binary.BigEndian.Uint64(id[:8]) >> 16)).UTC()
}

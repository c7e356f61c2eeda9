package ident

import (
	"encoding/binary"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
)

// An id of Written has, after the 48 bits of when it was written, the 74 free bits of a UUIDv7 shared
// out so that what was written at the same time stands in the order in which it arrived:
//
//	12 | 22   how many milliseconds later it arrived, 34 bits: up to 198 days
//	12        the part of a millisecond of the arrival's own id
//	14        the place among what arrived together
//	14        random, for two processes that take something in at one instant
const (
	lateBits, placeBits, looseBits = 34, 14, 14

	maxLate  = 1<<lateBits - 1
	maxPlace = 1<<placeBits - 1
)

// Written returns an id for something that somebody else wrote at some time, whose clock is coarse, and
// that came to us by an arrival, a UUIDv7 of our own, at a place in it. Such ids are ordered by time,
// then arrival, then place. Nothing is written after it arrived: a later time counts as the arrival's.
//
// Two ids are the same only if time, arrival's instant and place are and 14 random bits too; the unique
// key of their table has the last word, and whoever hears of it asks again.
func Written(at time.Time, arrival uuid.UUID, place int) uuid.UUID {
	came := binary.BigEndian.Uint64(arrival[:8])
	millis := min(uint64(max(at.UnixMilli(), 0)), came>>16)
	late := min(came>>16-millis, maxLate)
	part := came & 0xfff
	spot := uint64(min(max(place, 0), maxPlace))
	const lowLate = lateBits - 12
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], millis<<16|0x7000|late>>lowLate)
	low := late&(1<<lowLate-1)<<(62-lowLate) | part<<(placeBits+looseBits) | spot<<looseBits | rand.Uint64N(1<<looseBits)
	binary.BigEndian.PutUint64(id[8:], 1<<63|low)
	return id
}

// Package audio moves recorded sound from one container to another without touching the sound.
//
// It owns WebM with Opus, as browsers record it, to OGG with Opus, as WhatsApp plays it. It does
// not encode or decode. Sources: RFC 8794 (EBML), RFC 9559 (Matroska), RFC 6716 and RFC 7845 (Opus).
package audio

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
)

// Errors of what is not what OggOpus takes.
var (
	errCut     = errors.New("the recording is cut short")
	errNoOpus  = errors.New("the recording has no Opus sound")
	errLacing  = errors.New("the recording laces its blocks")
	errNoSound = errors.New("the recording is empty")
)

// Elements of WebM. Those that are masters hold others.
const (
	idHeader      = 0x1A45DFA3
	idSegment     = 0x18538067
	idTracks      = 0x1654AE6B
	idTrack       = 0xAE
	idTrackNumber = 0xD7
	idPrivate     = 0x63A2
	idCluster     = 0x1F43B675
	idGroup       = 0xA0
	idBlock       = 0xA1
	idSimpleBlock = 0xA3
)

func master(id uint64) bool {
	return id == idSegment || id == idTracks || id == idTrack || id == idCluster || id == idGroup
}

// recording is what is kept of a WebM file: its first Opus track.
type recording struct {
	track   uint64
	head    []byte // OpusHead
	packets [][]byte

	number uint64 // of the track being read
}

// readWebM takes a file apart. Sizes of masters are not looked at: a live recording has none.
func readWebM(file []byte) (*recording, error) {
	var r recording
	for first := true; len(file) > 0; first = false {
		id, size, rest, err := element(file)
		if err != nil {
			return nil, err
		}
		if first && id != idHeader {
			return nil, errNoOpus
		}
		if file = rest; master(id) {
			if id == idTrack {
				r.number = 0
			}
			continue
		}
		if size > uint64(len(file)) {
			return nil, errCut
		}
		if err := r.take(id, file[:size]); err != nil {
			return nil, err
		}
		file = file[size:]
	}
	if r.track == 0 || len(r.head) < opusHeadSize {
		return nil, errNoOpus
	}
	return &r, nil
}

// element reads an id and a size; a size that is not known is the largest there is.
func element(b []byte) (id, size uint64, rest []byte, err error) {
	id, n, _ := vint(b, false)
	if n == 0 {
		return 0, 0, nil, errCut
	}
	size, k, unknown := vint(b[n:], true)
	if k == 0 {
		return 0, 0, nil, errCut
	}
	if unknown {
		size = 1<<64 - 1
	}
	return id, size, b[n+k:], nil
}

// vint reads a number of variable length; the leading one bit is the length's mark, which ids keep.
func vint(b []byte, unmark bool) (value uint64, n int, allOnes bool) {
	if len(b) == 0 || b[0] == 0 {
		return 0, 0, false
	}
	n = bits.LeadingZeros8(b[0]) + 1
	if len(b) < n {
		return 0, 0, false
	}
	for _, c := range b[:n] {
		value = value<<8 | uint64(c)
	}
	if unmark {
		value &^= 1 << (7 * n)
	}
	return value, n, value == 1<<(7*n)-1
}

func (r *recording) take(id uint64, body []byte) error {
	switch id {
	case idTrackNumber:
		r.number = number(body)
	case idPrivate:
		if r.track == 0 && bytes.HasPrefix(body, []byte("OpusHead")) {
			r.track, r.head = r.number, body
		}
	case idBlock, idSimpleBlock:
		return r.block(body)
	}
	return nil
}

func number(b []byte) (n uint64) {
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return n
}

// block takes a packet: the track's number, two bytes of time, flags, then the sound.
func (r *recording) block(b []byte) error {
	track, n, _ := vint(b, true)
	if n == 0 || len(b) < n+4 {
		return errCut
	}
	if track != r.track {
		return nil
	}
	if b[n+2]&0x06 != 0 {
		return errLacing
	}
	r.packets = append(r.packets, b[n+3:])
	return nil
}

// opusHeadSize is of the shortest OpusHead.
const opusHeadSize = 19

// OggOpus gives the Opus sound of a WebM recording as an OGG file. The packets stay as they are.
func OggOpus(webm []byte) ([]byte, error) {
	r, err := readWebM(webm)
	if err != nil {
		return nil, fmt.Errorf("read recording: %w", err)
	}
	if len(r.packets) == 0 {
		return nil, fmt.Errorf("read recording: %w", errNoSound)
	}
	w := oggWriter{serial: binary.LittleEndian.Uint32(r.head[8:12]) ^ uint32(len(webm))}
	w.page([][]byte{r.head}, 0, pageFirst)
	w.page([][]byte{opusTags()}, 0, 0)
	return w.sound(r.packets)
}

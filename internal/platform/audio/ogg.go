package audio

import "encoding/binary"

// Flags of a page.
const (
	pageFirst = 0x02
	pageLast  = 0x04
)

// pageSamples is how much sound a page has at most: one second, at Opus's 48 kHz.
const pageSamples = 48_000

// pageSegments is how many parts of at most 255 bytes a page has.
const pageSegments = 255

// oggWriter writes the pages of one stream.
type oggWriter struct {
	out      []byte
	serial   uint32
	sequence uint32
}

// opusTags is the comment header: who wrote it, and no comments.
func opusTags() []byte {
	const vendor = "aerostic"
	tags := append([]byte("OpusTags"), byte(len(vendor)), 0, 0, 0)
	return append(append(tags, vendor...), 0, 0, 0, 0)
}

// sound writes packets in pages of a second, each with the time its last packet ends.
func (w *oggWriter) sound(packets [][]byte) ([]byte, error) {
	var granule uint64
	var held [][]byte
	samples, segments := 0, 0
	for i, p := range packets {
		n, err := packetSamples(p)
		if err != nil {
			return nil, err
		}
		if parts := len(p)/255 + 1; len(held) > 0 && (samples+n > pageSamples || segments+parts > pageSegments) {
			w.page(held, granule, 0)
			held, samples, segments = nil, 0, 0
		}
		held, samples, segments = append(held, p), samples+n, segments+len(p)/255+1
		granule += uint64(n)
		if segments > pageSegments {
			return nil, errCut // no Opus packet has so many bytes
		}
		if i == len(packets)-1 {
			w.page(held, granule, pageLast)
		}
	}
	return w.out, nil
}

// page writes one page of whole packets.
func (w *oggWriter) page(packets [][]byte, granule uint64, flags byte) {
	start := len(w.out)
	w.out = append(w.out, 'O', 'g', 'g', 'S', 0, flags)
	w.out = binary.LittleEndian.AppendUint64(w.out, granule)
	w.out = binary.LittleEndian.AppendUint32(w.out, w.serial)
	w.out = binary.LittleEndian.AppendUint32(w.out, w.sequence)
	w.out = append(w.out, 0, 0, 0, 0, 0) // checksum, count of segments
	count := len(w.out) - 1
	for _, p := range packets {
		for n := len(p); ; n -= 255 {
			w.out[count]++
			w.out = append(w.out, byte(min(n, 255)))
			if n < 255 {
				break
			}
		}
	}
	for _, p := range packets {
		w.out = append(w.out, p...)
	}
	binary.LittleEndian.PutUint32(w.out[start+22:], checksum(w.out[start:]))
	w.sequence++
}

// checksum is CRC-32 as OGG has it: polynomial 04c11db7, nothing reflected.
func checksum(page []byte) (sum uint32) {
	for _, b := range page {
		sum ^= uint32(b) << 24
		for range 8 {
			if sum&(1<<31) != 0 {
				sum = sum<<1 ^ 0x04c11db7
			} else {
				sum <<= 1
			}
		}
	}
	return sum
}

// packetSamples is how long a packet sounds, in samples at 48 kHz (RFC 6716 section 3.1).
func packetSamples(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, errCut
	}
	frame := frameSamples(int(p[0] >> 3))
	switch p[0] & 3 {
	case 0:
		return frame, nil
	case 1, 2:
		return 2 * frame, nil
	}
	if len(p) < 2 {
		return 0, errCut
	}
	return frame * int(p[1]&0x3F), nil
}

// frameSamples is of a configuration: SILK has frames of 10 to 60 ms, hybrid of 10 and 20 ms, CELT
// of 2.5 to 20 ms.
func frameSamples(config int) int {
	switch {
	case config < 12:
		return [...]int{480, 960, 1920, 2880}[config&3]
	case config < 16:
		return [...]int{480, 960}[config&1]
	}
	return [...]int{120, 240, 480, 960}[config&3]
}

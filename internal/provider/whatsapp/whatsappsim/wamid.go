package whatsappsim

import (
	"encoding/base64"
	"encoding/binary"
	"strconv"
)

// appendMessageID writes a wamid as Meta's look: the recipient and nine bytes of hex that
// are unique in this process and, by the seed, between processes.
func (s *Sim) appendMessageID(dst []byte, who, seq uint64) []byte {
	var raw [64]byte
	b := append(raw[:0], 0x1c, 0x18, 0)
	b = strconv.AppendUint(b, who&^foreignPerson, 10)
	b[2] = byte(len(b) - 3)
	b = append(b, 0x15, 0x02, 0x00, 0x11, 0x18, 18)
	var id [9]byte
	binary.BigEndian.PutUint32(id[:4], uint32(mix(s.seed, 0)))
	id[4] = byte(seq >> 32)
	binary.BigEndian.PutUint32(id[5:], uint32(seq))
	const digits = "0123456789ABCDEF"
	for _, c := range id {
		b = append(b, digits[c>>4], digits[c&15])
	}
	b = append(b, 0)
	dst = append(dst, "wamid."...)
	return base64.StdEncoding.AppendEncode(dst, b)
}

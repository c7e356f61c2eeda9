package audio

import (
	"encoding/binary"
	"os"
	"testing"
)

// A second that a browser recorded: live, without sizes.
func recorded(t testing.TB) []byte {
	t.Helper()
	file, err := os.ReadFile("testdata/recorded.webm")
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// pages takes an OGG file apart again and checks each page's sum and number.
func pages(t *testing.T, ogg []byte) (packets [][]byte, last uint64) {
	t.Helper()
	for n := uint32(0); len(ogg) > 0; n++ {
		if len(ogg) < 27 || string(ogg[:4]) != "OggS" || binary.LittleEndian.Uint32(ogg[18:]) != n {
			t.Fatalf("page %d is none", n)
		}
		segments := int(ogg[26])
		body, size := 27+segments, 0
		for _, part := range ogg[27:body] {
			size += int(part)
			if part < 255 {
				packets, body, size = append(packets, ogg[body:body+size]), body+size, 0
			}
		}
		page := append([]byte(nil), ogg[:body]...)
		sum := binary.LittleEndian.Uint32(page[22:])
		binary.LittleEndian.PutUint32(page[22:], 0)
		if checksum(page) != sum {
			t.Fatalf("page %d has a wrong sum", n)
		}
		if end := ogg[5] == pageLast; end != (body == len(ogg)) {
			t.Fatalf("page %d ends the stream: %v", n, end)
		}
		last = binary.LittleEndian.Uint64(ogg[6:])
		ogg = ogg[body:]
	}
	return packets, last
}

func TestARecordingKeepsItsSound(t *testing.T) {
	t.Parallel()
	r, err := readWebM(recorded(t))
	if err != nil {
		t.Fatal(err)
	}
	ogg, err := OggOpus(recorded(t))
	if err != nil {
		t.Fatal(err)
	}
	packets, samples := pages(t, ogg)
	if len(packets) != len(r.packets)+2 || string(packets[0][:8]) != "OpusHead" || string(packets[1][:8]) != "OpusTags" {
		t.Fatalf("%d packets of %d", len(packets), len(r.packets))
	}
	for i, p := range r.packets {
		if string(p) != string(packets[i+2]) {
			t.Fatalf("packet %d is another", i)
		}
	}
	if seconds := float64(samples) / 48_000; seconds < 1.5 || seconds > 3 {
		t.Errorf("it sounds for %v s", seconds)
	}
}

func TestTheSumIsOggs(t *testing.T) {
	t.Parallel()
	if sum := checksum([]byte("123456789")); sum != 0x89A1897F { // CRC-32 of that polynomial, start 0, no reflection
		t.Errorf("%08X", sum)
	}
}

func FuzzOggOpus(f *testing.F) {
	file := recorded(f)
	f.Add(file)
	f.Add(file[:200])
	f.Add([]byte("RIFF"))
	f.Fuzz(func(_ *testing.T, webm []byte) { _, _ = OggOpus(webm) })
}

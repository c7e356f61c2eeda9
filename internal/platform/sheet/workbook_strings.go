package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
)

// stringsInMemory is how many bytes of shared texts are kept in memory; the rest goes to a file.
const stringsInMemory = 16 << 20

// maxStrings is how many shared texts a workbook may have: eight bytes each are kept.
const maxStrings = 16 << 20

// stringTable is the texts that the cells of a workbook point at by number.
type stringTable struct {
	scratch string
	ends    []int64 // text n is from the end of the one before to its own
	memory  []byte
	file    *os.File
	buffer  []byte // texts on their way to the file
	text    []byte // the last one read from it
}

// read takes the part xl/sharedStrings.xml: <sst><si><t>…</t></si> or runs of <r><t>…</t></r>.
func (s *stringTable) read(src io.Reader) error {
	d := xml.NewDecoder(src)
	var text []byte
	inText, phonetic := false, 0
	for {
		t, err := token(d)
		if errors.Is(err, io.EOF) {
			return s.flush()
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "si":
				text = text[:0]
			case "t":
				inText = true
			case "rPh":
				phonetic++
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "si":
				if err := s.add(unescape(string(text))); err != nil {
					return err
				}
			case "t":
				inText = false
			case "rPh":
				phonetic--
			}
		case xml.CharData:
			if inText && phonetic == 0 {
				text = append(text, t...)
			}
		}
	}
}

func (s *stringTable) add(text string) error {
	if len(s.ends) == maxStrings {
		return ErrUnpacked
	}
	if s.file == nil && len(s.memory)+len(text) <= stringsInMemory {
		s.memory = append(s.memory, text...)
	} else {
		s.buffer = append(s.buffer, text...)
	}
	s.ends = append(s.ends, s.end()+int64(len(text)))
	if s.file == nil && len(s.buffer) > 0 || len(s.buffer) > 1<<20 {
		return s.flush()
	}
	return nil
}

func (s *stringTable) end() int64 {
	if len(s.ends) == 0 {
		return 0
	}
	return s.ends[len(s.ends)-1]
}

// flush writes the buffer to the file, which is made for the first.
func (s *stringTable) flush() error {
	if len(s.buffer) == 0 {
		return nil
	}
	if s.file == nil {
		file, err := os.CreateTemp(s.scratch, "aerostic-texts-*")
		if err != nil {
			return err
		}
		s.file = file
	}
	_, err := s.file.Write(s.buffer)
	s.buffer = s.buffer[:0]
	return err
}

// get returns text n; it is valid until the next call.
func (s *stringTable) get(n int) ([]byte, error) {
	if n < 0 || n >= len(s.ends) {
		return nil, ErrDamaged
	}
	from := int64(0)
	if n > 0 {
		from = s.ends[n-1]
	}
	size := int(s.ends[n] - from)
	if s.ends[n] <= int64(len(s.memory)) {
		return s.memory[from:s.ends[n]], nil
	}
	if cap(s.text) < size {
		s.text = make([]byte, size)
	}
	_, err := s.file.ReadAt(s.text[:size], from-int64(len(s.memory)))
	return s.text[:size], err
}

func (s *stringTable) close() error {
	if s.file == nil {
		return nil
	}
	return errors.Join(s.file.Close(), os.Remove(s.file.Name()))
}

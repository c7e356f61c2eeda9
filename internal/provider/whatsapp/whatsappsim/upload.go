package whatsappsim

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// sampleLimits are the types that the Resumable Upload API takes for headers, with the largest
// size that a header of that type may have.
var sampleLimits = map[string]int{
	"image/jpeg": 5 << 20, "image/jpg": 5 << 20, "image/png": 5 << 20, "video/mp4": 16 << 20, "application/pdf": 100 << 20,
}

// uploadSession is one open upload: it goes on at the byte that came last.
type uploadSession struct {
	kind string
	size int

	mu  sync.Mutex // guards what came
	sum hash.Hash
	got int
}

func (s *Sim) startUpload(w http.ResponseWriter, c *call) *metaError {
	query := c.URL.Query()
	length, err := strconv.Atoi(query.Get("file_length"))
	if err != nil || length <= 0 {
		return param("The parameter file_length is required.")
	}
	kind := query.Get("file_type")
	limit, known := sampleLimits[kind]
	if !known {
		return param("Param file_type must be one of {image/jpeg, image/jpg, image/png, application/pdf, video/mp4}")
	}
	if length > limit {
		return param(fmt.Sprintf("Param file_length must be at most %d for %s.", limit, kind))
	}
	id := "upload:" + base64.RawURLEncoding.EncodeToString([]byte(fmt.Sprintf("sim:%d", s.dice.Add(1))))
	s.media.mu.Lock()
	s.media.uploads[id] = &uploadSession{kind: kind, size: length, sum: sha256.New()}
	s.media.mu.Unlock()
	writeJSON(w, http.StatusOK, map[string]string{"id": id + "?sig=ARZsim"})
	return nil
}

func (s *Sim) receiveUpload(w http.ResponseWriter, c *call) *metaError {
	s.media.mu.RLock()
	session, ok := s.media.uploads[c.id]
	s.media.mu.RUnlock()
	if !ok {
		return notFound(c.id)
	}
	session.mu.Lock()
	defer session.mu.Unlock()
	if c.Method == http.MethodGet {
		writeJSON(w, http.StatusOK, map[string]any{"id": c.id, "file_offset": session.got})
		return nil
	}
	if refused := session.receive(c); refused != nil {
		return refused
	}
	writeJSON(w, http.StatusOK, map[string]string{"h": session.handle()})
	return nil
}

// receive takes the bytes from where the last ones ended. What came before the connection broke
// is kept.
func (u *uploadSession) receive(c *call) *metaError {
	if c.Header.Get("file_offset") != strconv.Itoa(u.got) {
		return param(fmt.Sprintf("The upload goes on at file_offset %d.", u.got))
	}
	n, err := io.Copy(u.sum, io.LimitReader(c.Body, int64(u.size-u.got)+1))
	u.got += int(n)
	switch {
	case u.got > u.size:
		return param("The upload has more bytes than its file_length.")
	case err != nil && !errors.Is(err, io.EOF), u.got < u.size:
		return param("The upload is not complete.")
	}
	return nil
}

// handle begins as Meta's do; ours tells the type of the file.
func (u *uploadSession) handle() string {
	return "4::" + base64.RawURLEncoding.EncodeToString([]byte(u.kind)) + ":" + base64.RawURLEncoding.EncodeToString(u.sum.Sum(nil))
}

// sampleFormats are the header formats that a sample of a type fits.
var sampleFormats = map[string]string{"image/jpeg": "IMAGE", "image/jpg": "IMAGE", "image/png": "IMAGE", "video/mp4": "VIDEO GIF", "application/pdf": "DOCUMENT"}

// wrongSample names the first header whose sample is of another kind than its format. A handle
// whose type cannot be told is taken.
func wrongSample(parts []whatsapp.Component) string {
	for _, part := range parts {
		for _, card := range part.Cards {
			if format := wrongSample(card.Components); format != "" {
				return format
			}
		}
		if part.Example == nil || len(part.Example.HeaderHandle) == 0 {
			continue
		}
		fits := sampleFormats[sampleType(part.Example.HeaderHandle[0])]
		if fits != "" && !strings.Contains(fits, part.Format) {
			return part.Format
		}
	}
	return ""
}

func sampleType(handle string) string {
	encoded, _, _ := strings.Cut(strings.TrimPrefix(handle, "4::"), ":")
	raw, _ := base64.RawURLEncoding.DecodeString(encoded)
	return string(raw)
}

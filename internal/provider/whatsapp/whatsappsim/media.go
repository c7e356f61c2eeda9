package whatsappsim

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Life times of media.
const (
	mediaLife    = 30 * 24 * time.Hour // what a business uploads
	inboundLife  = 7 * 24 * time.Hour  // what a customer sends
	mediaURLLife = 5 * time.Minute
)

// mediaMemory bounds the bytes kept; the oldest content goes first, its id stays.
const mediaMemory = 256 << 20

// mediaStore keeps uploads in memory.
type mediaStore struct {
	*mediaState
}

type mediaState struct {
	mu      sync.RWMutex
	byID    map[string]*mediaFile
	order   []*mediaFile
	bytes   int
	uploads map[string]*uploadSession
	next    uint64
}

// mediaFile is one upload.
type mediaFile struct {
	id, wabaID, numberID, mime, sha256 string
	name                               string // of a customer's document
	content                            []byte
	size                               int
	expires                            time.Time
}

func newMediaStore() mediaStore {
	return mediaStore{&mediaState{byID: map[string]*mediaFile{}, uploads: map[string]*uploadSession{}}}
}

func (m mediaStore) get(id string, now time.Time) (*mediaFile, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	found, ok := m.byID[id]
	return found, ok && now.Before(found.expires)
}

func (m mediaStore) has(id, wabaID string, now time.Time) bool {
	found, ok := m.get(id, now)
	return ok && found.wabaID == wabaID
}

// firstMediaID makes media ids look like Meta's.
const firstMediaID = 1_037_000_000_000_000

func mediaNumber(id string) uint64 {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil || n < firstMediaID {
		return 0
	}
	return n - firstMediaID
}

func (m mediaStore) add(file *mediaFile) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.next++
	file.id = strconv.FormatUint(firstMediaID+m.next, 10)
	m.byID[file.id] = file
	m.order = append(m.order, file)
	m.bytes += len(file.content)
	for m.bytes > mediaMemory && len(m.order) > 1 {
		m.bytes -= len(m.order[0].content)
		m.order[0].content = nil
		m.order = m.order[1:]
	}
}

func (m mediaStore) remove(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.byID, id)
}

// mediaTypes are the types Meta takes and their largest size.
var mediaTypes = map[string]int{
	"image/jpeg": 5 << 20, "image/png": 5 << 20, "video/mp4": 16 << 20, "video/3gpp": 16 << 20,
	"audio/aac": 16 << 20, "audio/amr": 16 << 20, "audio/mpeg": 16 << 20, "audio/mp4": 16 << 20, "audio/ogg": 16 << 20,
	"image/webp": 500 << 10, "application/pdf": 100 << 20, "text/plain": 100 << 20,
	"application/msword": 100 << 20, "application/vnd.ms-excel": 100 << 20, "application/vnd.ms-powerpoint": 100 << 20,
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   100 << 20,
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         100 << 20,
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": 100 << 20,
}

func (s *Sim) uploadMedia(w http.ResponseWriter, c *call) *metaError {
	n, refused := s.number(c.id, c.token)
	if refused != nil {
		return refused
	}
	if err := c.ParseMultipartForm(8 << 20); err != nil {
		return param("The parameter file is required.")
	}
	if c.FormValue("messaging_product") != "whatsapp" {
		return errNoProduct
	}
	part, header, err := c.FormFile("file")
	if err != nil {
		return param("The parameter file is required.")
	}
	defer part.Close()
	content, err := io.ReadAll(part)
	if err != nil {
		return errUnreadable
	}
	mime := header.Header.Get("Content-Type")
	if given := c.FormValue("type"); mime == "" || mime == "application/octet-stream" && given != "" {
		mime = given
	}
	mime, _, _ = strings.Cut(mime, ";")
	limit, known := mediaTypes[mime]
	if !known {
		return param("Param file must be a file with one of the following types: audio/aac, image/jpeg … Received file of type '" + mime + "'.")
	}
	if len(content) == 0 || len(content) > limit {
		return param(fmt.Sprintf("Param file must have 1 to %d bytes.", limit))
	}
	file := s.keepFile(n, mime, "", content, mediaLife)
	s.save()
	writeJSON(w, http.StatusOK, map[string]string{"id": file.id})
	return nil
}

// keepFile stores a file under a new id.
func (s *Sim) keepFile(n *number, mime, name string, content []byte, life time.Duration) *mediaFile {
	sum := sha256.Sum256(content)
	file := &mediaFile{wabaID: n.waba.id, numberID: n.id, mime: mime, name: name, sha256: hex.EncodeToString(sum[:]), content: content,
		size: len(content), expires: s.now().Add(life)}
	s.media.add(file)
	return file
}

// maxInbound is the largest file Meta hands on.
const maxInbound = 100 << 20

// controlMedia is POST /_sim/media?phone_number_id=…&filename=…: a customer's file, its type in
// the Content-Type. Its id goes into an inbound message.
func (s *Sim) controlMedia(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	s.mu.RLock()
	of := s.numbers[query.Get("phone_number_id")]
	s.mu.RUnlock()
	content, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxInbound))
	mime := r.Header.Get("Content-Type")
	if of == nil || err != nil || len(content) == 0 || mime == "" {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": "need a known phone_number_id, a Content-Type and 1 byte to 100 MB"})
		return
	}
	file := s.keepFile(of, mime, query.Get("filename"), content, inboundLife)
	s.save()
	writeJSON(w, http.StatusOK, map[string]any{"id": file.id, "mime_type": file.mime, "sha256": file.sha256, "file_size": file.size})
}

func (s *Sim) mediaNode(w http.ResponseWriter, c *call, file *mediaFile) *metaError {
	if by := c.URL.Query().Get("phone_number_id"); by != "" && by != file.numberID {
		return notFound(c.id)
	}
	switch c.Method {
	case http.MethodGet:
		writeJSON(w, http.StatusOK, map[string]string{
			"messaging_product": "whatsapp", "id": file.id, "mime_type": file.mime, "sha256": file.sha256,
			"file_size": strconv.Itoa(file.size),
			"url":       s.mediaURL(c.Host, file.id),
		})
	case http.MethodDelete:
		s.media.remove(file.id)
		writeSuccess(w)
	default:
		return notFound(c.id)
	}
	return nil
}

// mediaURL is where a file's bytes are for the next five minutes, for those with a token.
func (s *Sim) mediaURL(host, id string) string {
	until := s.now().Add(mediaURLLife).Unix()
	return fmt.Sprintf("http://%s/lookaside?mid=%s&ext=%d&hash=%s", host, id, until, s.urlHash(id, until))
}

func (s *Sim) urlHash(id string, until int64) string {
	n, _ := strconv.ParseUint(id, 10, 64)
	return strconv.FormatUint(mix(s.seed^n, uint64(until)), 36)
}

func (s *Sim) downloadMedia(w http.ResponseWriter, c *call) *metaError {
	query := c.URL.Query()
	until, _ := strconv.ParseInt(query.Get("ext"), 10, 64)
	id := query.Get("mid")
	file, ok := s.media.get(id, s.now())
	if !ok || query.Get("hash") != s.urlHash(id, until) || s.now().Unix() > until || !c.token.grants(file.wabaID) || file.content == nil {
		return &metaError{status: 404, code: 100, subcode: 33, kind: "GraphMethodException", message: "Media not found or its address expired"}
	}
	w.Header().Set("Content-Type", file.mime)
	w.Header().Set("Content-Length", strconv.Itoa(file.size))
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(file.content)
	return nil
}

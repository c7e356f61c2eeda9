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
	mediaLife    = 30 * 24 * time.Hour
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
	if mime == "" {
		mime = c.FormValue("type")
	}
	mime, _, _ = strings.Cut(mime, ";")
	limit, known := mediaTypes[mime]
	if !known {
		return param("Param file must be a file with one of the following types: audio/aac, image/jpeg … Received file of type '" + mime + "'.")
	}
	if len(content) == 0 || len(content) > limit {
		return param(fmt.Sprintf("Param file must have 1 to %d bytes.", limit))
	}
	sum := sha256.Sum256(content)
	file := &mediaFile{wabaID: n.waba.id, numberID: n.id, mime: mime, sha256: hex.EncodeToString(sum[:]), content: content,
		size: len(content), expires: s.now().Add(mediaLife)}
	s.media.add(file)
	s.save()
	writeJSON(w, http.StatusOK, map[string]string{"id": file.id})
	return nil
}

func (s *Sim) mediaNode(w http.ResponseWriter, c *call, file *mediaFile) *metaError {
	if by := c.URL.Query().Get("phone_number_id"); by != "" && by != file.numberID {
		return notFound(c.id)
	}
	switch c.Method {
	case http.MethodGet:
		until := s.now().Add(mediaURLLife).Unix()
		writeJSON(w, http.StatusOK, map[string]string{
			"messaging_product": "whatsapp", "id": file.id, "mime_type": file.mime, "sha256": file.sha256,
			"file_size": strconv.Itoa(file.size),
			"url":       fmt.Sprintf("http://%s/lookaside?mid=%s&ext=%d&hash=%s", c.Host, file.id, until, s.urlHash(file.id, until)),
		})
	case http.MethodDelete:
		s.media.remove(file.id)
		writeSuccess(w)
	default:
		return notFound(c.id)
	}
	return nil
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

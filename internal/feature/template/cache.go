package template

import (
	"container/list"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// compiledKept is how many compiled templates stay in memory; one takes a few kilobytes.
const compiledKept = 1024

// version names a template's content: a changed row has a new time.
type version struct {
	id uuid.UUID
	at time.Time
}

type compiledEntry struct {
	version  version
	compiled *whatsapp.Compiled
}

// cache keeps the compiled templates used last. Safe for concurrent use.
type cache struct {
	mu    sync.Mutex
	size  int
	order *list.List // the used last in front
	byKey map[version]*list.Element
}

func newCache(size int) *cache {
	return &cache{size: size, order: list.New(), byKey: make(map[version]*list.Element)}
}

// Compiled prepares a template for sending, or remembers having done so. The result is
// read-only and shared.
func (s *Service) Compiled(t Template) (*whatsapp.Compiled, error) {
	key := version{t.ID, t.UpdatedAt.UTC()}
	if c := s.cache.get(key); c != nil {
		return c, nil
	}
	c, err := Compile(t)
	if err != nil {
		return nil, err
	}
	s.cache.put(key, c)
	return c, nil
}

func (c *cache) get(key version) *whatsapp.Compiled {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, ok := c.byKey[key]
	if !ok {
		return nil
	}
	c.order.MoveToFront(element)
	return element.Value.(compiledEntry).compiled
}

func (c *cache) put(key version, compiled *whatsapp.Compiled) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.byKey[key]; ok {
		return
	}
	c.byKey[key] = c.order.PushFront(compiledEntry{key, compiled})
	if c.order.Len() > c.size {
		oldest := c.order.Remove(c.order.Back()).(compiledEntry)
		delete(c.byKey, oldest.version)
	}
}

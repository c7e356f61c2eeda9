package campaign

import (
	"sync"
	"time"

	"github.com/google/uuid"
)

// progressEvery is how often a process tells the screens that a campaign's counts moved.
// Postgres lets one transaction at a time commit a notice, so not every batch carries one.
const progressEvery = 400 * time.Millisecond

// progress remembers when each campaign was last told of.
type progress struct {
	mu   sync.Mutex
	told map[uuid.UUID]time.Time
}

// due says whether a campaign's counts should be told of now, and notes that they are.
func (p *progress) due(id uuid.UUID, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Sub(p.told[id]) < progressEvery {
		return false
	}
	if p.told == nil || len(p.told) > 10000 {
		p.told = make(map[uuid.UUID]time.Time)
	}
	p.told[id] = now
	return true
}

package whatsappsim

import (
	"strconv"
	"strings"
	"sync"
)

// A person is known by their number's digits as one integer: a million of them must fit.
// People without a number we know get a hash with the top bit set.
const foreignPerson = uint64(1) << 63

const personShards = 32

// personShard holds part of the people one number wrote to or heard from.
type personShard struct {
	mu   sync.Mutex
	byID map[uint64]person
}

// person is what one business number knows of one person.
type person struct {
	pairFull int64  // Unix milliseconds
	window   int64  // Unix seconds of their last message
	sends    uint32 // sends recorded
	refusals uint32 // throttles by scenario so far
}

func (n *number) shard(who uint64) *personShard { return &n.seen[mix(who, 1)%personShards] }

// update runs change on a person's record; it is stored unless change refuses.
func (n *number) update(who uint64, change func(*person) bool) bool {
	shard := n.shard(who)
	shard.mu.Lock()
	defer shard.mu.Unlock()
	record := shard.byID[who]
	if !change(&record) {
		return false
	}
	if shard.byID == nil {
		shard.byID = map[uint64]person{}
	}
	shard.byID[who] = record
	return true
}

func (n *number) each(yield func(who uint64, p person)) {
	for i := range n.seen {
		shard := &n.seen[i]
		shard.mu.Lock()
		for who, record := range shard.byID {
			yield(who, record)
		}
		shard.mu.Unlock()
	}
}

// people remembers what is not worth a place in every record.
type people struct {
	mu      sync.RWMutex
	foreign map[uint64]string // business-scoped ids that are not ours
	hidden  map[uint64]string // number → username of people who hide it
	stopped map[uint64]bool   // people who stopped marketing
}

// parsePhone reads digits among the separators Meta tolerates; false for anything else.
func parsePhone(raw []byte) (uint64, bool) {
	var n uint64
	digits := 0
	for _, c := range raw {
		switch {
		case c >= '0' && c <= '9':
			n = n*10 + uint64(c-'0')
			digits++
		case c == '+' || c == '-' || c == '(' || c == ')' || c == ' ':
		default:
			return 0, false
		}
	}
	return n, digits >= 7 && digits <= 15
}

// userDigits marks the business-scoped ids this simulator made: CC.1349 and the number.
const userDigits = "1349"

// appendUserID writes a person's business-scoped id.
func (s *Sim) appendUserID(dst []byte, who uint64) []byte {
	if who&foreignPerson != 0 {
		s.people.mu.RLock()
		defer s.people.mu.RUnlock()
		return append(dst, s.people.foreign[who]...)
	}
	dst = append(dst, country(who)...)
	dst = append(dst, '.')
	dst = append(dst, userDigits...)
	var padded [15]byte
	for i := len(padded) - 1; i >= 0; i-- {
		padded[i], who = byte('0'+who%10), who/10
	}
	return append(dst, padded[:]...)
}

// UserID is the business-scoped id of a number's owner.
func (s *Sim) UserID(phone string) string {
	who, ok := parsePhone([]byte(phone))
	if !ok {
		return ""
	}
	return string(s.appendUserID(nil, who))
}

// personOf finds the person behind a business-scoped id.
func (s *Sim) personOf(userID string) uint64 {
	_, digits, _ := strings.Cut(userID, ".")
	if rest, ok := strings.CutPrefix(digits, userDigits); ok && len(rest) == 15 && isDigits(rest) {
		who, _ := strconv.ParseUint(rest, 10, 64)
		return who
	}
	who := foreignPerson
	for _, c := range []byte(userID) {
		who = mix(who, uint64(c))
	}
	who |= foreignPerson
	s.people.mu.Lock()
	defer s.people.mu.Unlock()
	if s.people.foreign == nil {
		s.people.foreign = map[uint64]string{}
	}
	s.people.foreign[who] = userID
	return who
}

// username is "" for people who show their number.
func (p *people) username(who uint64) string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.hidden[who]
}

func (p *people) hasStopped(who uint64) bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.stopped[who]
}

// country guesses an ISO code from the calling code; enough for the ids' prefix.
func country(who uint64) string {
	digits := strconv.FormatUint(who, 10)
	for _, c := range [...]struct{ prefix, iso string }{
		{"971", "AE"}, {"966", "SA"}, {"880", "BD"}, {"91", "IN"}, {"92", "PK"}, {"55", "BR"}, {"52", "MX"},
		{"44", "GB"}, {"49", "DE"}, {"33", "FR"}, {"62", "ID"}, {"65", "SG"}, {"1", "US"},
	} {
		if strings.HasPrefix(digits, c.prefix) {
			return c.iso
		}
	}
	return "ZZ"
}

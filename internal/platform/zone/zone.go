// Package zone is time zones by name and by phone number, and the wall-clock times in them.
//
// It owns the names it has looked up. It does not own whose zone counts: a workspace has one,
// and a contact may have its own.
package zone

import (
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // zones must be known on machines without a zone database

	"github.com/nyaruka/phonenumbers"
)

// kept is how many names a Book remembers, unknown ones among them: names may come from
// people's files.
const kept = 2000

// Book finds zones and remembers them: the standard library reads the database every time.
// Its zero value is ready; it is safe for concurrent use.
type Book struct {
	mu    sync.RWMutex
	named map[string]*time.Location // nil: there is no such zone
}

// Named returns an IANA zone such as "Asia/Kolkata"; nil for what is none, as "IST" and "".
func (b *Book) Named(name string) *time.Location {
	b.mu.RLock()
	found, known := b.named[name]
	b.mu.RUnlock()
	if known {
		return found
	}
	found = load(name)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.named == nil || len(b.named) >= kept {
		b.named = make(map[string]*time.Location)
	}
	b.named[name] = found
	return found
}

func load(name string) *time.Location {
	if name != "UTC" && !strings.Contains(name, "/") {
		return nil
	}
	found, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return found
}

// Of is where a person's clock hangs: the zone named, else that of the phone number, else
// the fallback.
func (b *Book) Of(name, phone string, fallback *time.Location) *time.Location {
	if found := b.Named(strings.TrimSpace(name)); found != nil {
		return found
	}
	if found := b.Named(OfPhone(phone)); found != nil {
		return found
	}
	return fallback
}

// principal are the zones most people of a country with several live by, for numbers that do
// not tell (mobiles of Mexico, toll-free numbers of North America). The first that fits counts:
// libphonenumber lists New York among Mexico's.
var principal = []string{
	"America/Mexico_City", "America/New_York", "America/Sao_Paulo", "America/Santiago", "Europe/London", "Europe/Lisbon",
	"Europe/Madrid", "Europe/Moscow", "Africa/Kinshasa", "Asia/Almaty", "Asia/Jakarta", "Australia/Sydney", "Pacific/Auckland",
}

// OfPhone is the zone of a phone number, digits with the calling code first, a leading plus is
// ignored; "" when it tells none. Where a country has several and the number does not say which,
// it is the one that most people there live by.
func OfPhone(phone string) string {
	zones, err := phonenumbers.GetTimezonesForPrefix(phone)
	if err != nil || len(zones) == 0 || zones[0] == phonenumbers.UNKNOWN_TIMEZONE {
		return ""
	}
	if len(zones) == 1 {
		return zones[0]
	}
	for _, name := range principal {
		for _, z := range zones {
			if z == name {
				return name
			}
		}
	}
	return zones[0]
}

// Earliest is where a day begins first on Earth: UTC+14, in Kiribati.
const Earliest = 14 * time.Hour

// At is the instant at which a clock in the zone shows the date and time of wall, whose own
// zone is not looked at. A time that a change of clocks skips is the moment of the change; one
// that comes twice is the first.
func At(wall time.Time, in *time.Location) time.Time {
	shown := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, time.UTC)
	before, after := offset(shown.Add(-24*time.Hour), in), offset(shown.Add(24*time.Hour), in)
	early, late := shown.Add(-max(before, after)), shown.Add(-min(before, after))
	for _, at := range []time.Time{early, late} {
		if shown.Add(-offset(at, in)).Equal(at) {
			return at.In(in)
		}
	}
	start, _ := late.In(in).ZoneBounds()
	return start
}

func offset(at time.Time, in *time.Location) time.Duration {
	_, seconds := at.In(in).Zone()
	return time.Duration(seconds) * time.Second
}

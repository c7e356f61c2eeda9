package desk

import (
	"bytes"
	"slices"
	"time"

	"github.com/google/uuid"
)

// wanted is a conversation somebody is chosen for.
type wanted struct {
	last, owner uuid.UUID // who had it before, and who looks after the contact; zero: nobody
	not         uuid.UUID // who shall not get it, because they did not answer
}

// choose tries a rule's ways in their order among those who may be chosen. Pure, but for counting what it
// gives, so that many are given at once as one after the other.
func choose(ways []Way, among []*Member, w wanted, now time.Time) *Member {
	free := slices.DeleteFunc(slices.Clone(among), func(m *Member) bool {
		return !m.online(now) || !m.room() || m.UserID == w.not
	})
	for _, way := range ways {
		if m := way.pick(free, w); m != nil {
			m.Open++
			m.givenAt = now
			return m
		}
	}
	return nil
}

func (way Way) pick(free []*Member, w wanted) *Member {
	switch way {
	case LastHandler:
		return named(free, w.last)
	case ContactOwner:
		return named(free, w.owner)
	case LeastBusy:
		return first(free, lessBusy)
	case RoundRobin:
		return first(free, longerWithout)
	}
	return nil
}

func named(free []*Member, user uuid.UUID) *Member {
	i := slices.IndexFunc(free, func(m *Member) bool { return m.UserID == user })
	if i < 0 {
		return nil
	}
	return free[i]
}

func first(free []*Member, by func(a, b *Member) int) *Member {
	if len(free) == 0 {
		return nil
	}
	return slices.MinFunc(free, by)
}

// usual is what somebody without a limit is taken to manage.
const usual = 20

func (m *Member) manages() int {
	if m.Capacity == 0 {
		return usual
	}
	return m.Capacity
}

// lessBusy compares how much of what each can take they have.
func lessBusy(a, b *Member) int {
	if left, right := a.Open*b.manages(), b.Open*a.manages(); left != right {
		return left - right
	}
	return longerWithout(a, b)
}

func longerWithout(a, b *Member) int {
	if !a.givenAt.Equal(b.givenAt) {
		return a.givenAt.Compare(b.givenAt)
	}
	return bytes.Compare(a.UserID[:], b.UserID[:])
}

package campaign

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/google/uuid"
)

// recipientState is where a recipient is before there is a message.
type recipientState string

// The states. A fed recipient is where its message is.
const (
	statePending   recipientState = "pending"
	stateResting   recipientState = "resting"  // waits for the winner
	stateHeldOut   recipientState = "held_out" // never gets it: the measure of what it does
	stateCancelled recipientState = "cancelled"
)

// whole is how many numbers a lot is drawn from; percent of it are these many.
const (
	whole      = 1_000_000
	percentage = whole / 100
)

// lots are three independent draws below whole for one person in one campaign. They depend on
// nothing else: not on the order of a list, not on when it is frozen, not on other campaigns.
type lots struct{ hold, test, variant int }

func draw(campaign, contact uuid.UUID) lots {
	sum := sha256.Sum256(append(campaign[:], contact[:]...))
	part := func(at int) int { return int(binary.BigEndian.Uint64(sum[at:]) % whole) }
	return lots{hold: part(0), test: part(8), variant: part(16)}
}

// assign says what becomes of a person at the freeze: held out, resting, or a variant (0 when the
// campaign has no others).
func (c Campaign) assign(contact uuid.UUID) (recipientState, int16) {
	if c.HoldOut == 0 && c.Experiment == nil {
		return statePending, 0
	}
	l := draw(c.ID, contact)
	if l.hold < c.HoldOut*percentage {
		return stateHeldOut, 0
	}
	e := c.Experiment
	if e == nil {
		return statePending, 0
	}
	if e.Winner != nil && l.test >= e.Winner.TestPercent*percentage {
		return stateResting, 0
	}
	return statePending, e.pick(l.variant)
}

// pick is the variant whose share of the weights a draw falls in.
func (e *Experiment) pick(lot int) int16 {
	total := e.Weight
	for _, v := range e.Others {
		total += v.Weight
	}
	at := lot*total/whole - e.Weight
	for i, v := range e.Others {
		if at < 0 {
			return int16(i + 1)
		}
		at -= v.Weight
	}
	return int16(len(e.Others) + 1)
}

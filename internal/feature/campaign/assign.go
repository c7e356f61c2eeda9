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

// lots are three independent draws in [0, 1) for one person in one campaign. They depend on
// nothing else: not on the order of a list, not on when it is frozen, not on other campaigns.
type lots struct{ hold, test, variant float64 }

func draw(campaign, contact uuid.UUID) lots {
	sum := sha256.Sum256(append(campaign[:], contact[:]...))
	part := func(at int) float64 { return float64(binary.BigEndian.Uint64(sum[at:])>>11) / (1 << 53) }
	return lots{hold: part(0), test: part(8), variant: part(16)}
}

// assign says what becomes of a person at the freeze: held out, resting, or a variant (0 when the
// campaign has no others).
func (c Campaign) assign(contact uuid.UUID) (recipientState, int16) {
	if c.HoldOut == 0 && c.Experiment == nil {
		return statePending, 0
	}
	l := draw(c.ID, contact)
	if l.hold < float64(c.HoldOut)/100 {
		return stateHeldOut, 0
	}
	e := c.Experiment
	if e == nil {
		return statePending, 0
	}
	if e.Winner != nil && l.test >= float64(e.Winner.TestPercent)/100 {
		return stateResting, 0
	}
	return statePending, e.pick(l.variant)
}

// pick is the variant whose share of the weights a draw falls in.
func (e *Experiment) pick(lot float64) int16 {
	total := e.Weight
	for _, v := range e.Others {
		total += v.Weight
	}
	at := lot * float64(total)
	at -= float64(e.Weight)
	for i, v := range e.Others {
		if at < 0 {
			return int16(i + 1)
		}
		at -= float64(v.Weight)
	}
	return int16(len(e.Others) + 1)
}

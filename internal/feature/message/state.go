package message

// rank orders the states an outgoing message rises through (DESIGN section 5).
var rank = map[State]int{
	Queued: 1, Sending: 2, InDoubt: 3, Unknown: 4, Accepted: 5,
	Sent: 6, Expired: 7, Failed: 8, Delivered: 9, Read: 10,
}

// neverSent are final states that only a queued row may enter.
var neverSent = map[State]bool{Refused: true, Cancelled: true, Duplicate: true}

// higher returns the greater of two states; a state that was never sent stays.
func higher(current, reported State) State {
	if neverSent[current] || neverSent[reported] {
		return current
	}
	if rank[reported] > rank[current] {
		return reported
	}
	return current
}

// Final says whether nothing but late evidence can still move the message.
func (s State) Final() bool {
	return neverSent[s] || s == Unknown || s == Expired || s == Failed || s == Delivered || s == Read
}

// States are all states of an outgoing message, in the order people read them.
func States() []State {
	return []State{
		Queued, Sending, InDoubt, Accepted, Sent, Delivered, Read,
		Failed, Unknown, Expired, Refused, Cancelled, Duplicate,
	}
}

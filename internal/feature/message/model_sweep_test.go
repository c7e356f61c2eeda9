package message

import (
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// sweep looks for what no doorbell announces, about every second.
func (w *modelWorker) sweep() {
	every := w.m.between(700*time.Millisecond, 1300*time.Millisecond)
	if w.m.calm() {
		every *= 5
	}
	w.do(every, w.sweep)
	then := func() { w.settleDoubts(w.sweepLanes) }
	if w.m.off == ruleSweepOverdue {
		then()
		return
	}
	w.sweepOverdue(then)
}

// sweepOverdue reads the lapsed claims, and puts them in doubt in another transaction.
func (w *modelWorker) sweepOverdue(then func()) {
	by := w.m.now
	if w.m.off == ruleDatabaseClock {
		by = w.clock.Now()
	}
	var late []overdue
	for _, r := range w.m.rows {
		if r.state == Sending && r.deadline.Before(by) {
			late = append(late, overdue{r.id, r.claim})
		}
	}
	if len(late) == 0 {
		then()
		return
	}
	settle := modelSettle
	if w.m.off == ruleSettlingTime {
		settle = 0
	}
	w.soon(func() {
		w.m.apply(doubts(late, w.clock.Now(), settle))
		then()
	})
}

// settleDoubts ends doubts that settled before the oldest evidence not yet taken in.
func (w *modelWorker) settleDoubts(then func()) {
	before := w.clock.Now()
	if oldest := w.m.oldestWaiting(); w.m.off != ruleBacklog && !oldest.IsZero() && oldest.Before(before) {
		before = oldest
	}
	w.soon(func() {
		var ids []uuid.UUID
		for _, r := range w.m.rows {
			if r.state == InDoubt && r.deadline.Before(before) {
				ids = append(ids, r.id)
			}
		}
		if len(ids) == 0 {
			then()
			return
		}
		w.soon(func() {
			w.m.apply(lapses(ids, Unknown, ReasonNoEvidence, w.clock.Now()))
			then()
		})
	})
}

// sweepLanes rings for lanes that nobody serves though something waits, and expires
// what Meta took and nobody received.
func (w *modelWorker) sweepLanes() {
	free := !w.m.lane.expires.After(w.m.now)
	waits := w.m.campaign.status == "running" || len(w.m.due(w.clock.Now(), 1)) > 0
	if free && waits && w.m.off != ruleSweepLanes {
		w.ring()
	}
	var old []uuid.UUID
	for _, r := range w.m.rows {
		if (r.state == Accepted || r.state == Sent) && r.createdAt.Before(w.clock.Now().Add(-modelTTL)) {
			old = append(old, r.id)
		}
	}
	if len(old) > 0 {
		w.soon(func() { w.m.apply(lapses(old, Expired, ReasonNotDelivered, w.clock.Now())) })
	}
}

// oldestWaiting is when the oldest evidence not yet taken in was received.
func (s *modelStore) oldestWaiting() (oldest time.Time) {
	for _, d := range s.deliveries {
		if d.waiting && (oldest.IsZero() || d.received.Before(oldest)) {
			oldest = d.received
		}
	}
	for _, a := range s.asides {
		if !a.done && a.attempts < evidenceTries && (oldest.IsZero() || a.created.Before(oldest)) {
			oldest = a.created
		}
	}
	return oldest
}

// ingest takes a batch of deliveries in, unless ingestion is stalled.
func (w *modelWorker) ingest() {
	wait := w.m.between(50*time.Millisecond, 600*time.Millisecond)
	if w.m.calm() {
		wait *= 10
	}
	if w.m.now.Before(w.m.meta.stalled) {
		w.do(wait, w.ingest)
		return
	}
	taken := w.m.takeDeliveries(w, 1+w.m.rng.IntN(4))
	if len(taken) == 0 {
		w.m.retryAsides(w.clock.Now())
		w.do(wait, w.ingest)
		return
	}
	w.soon(func() {
		unmatched := w.m.applyStatuses(taken)
		w.soon(func() { // the locks are gone with a worker that dies here: it is all applied again
			w.m.markApplied(taken, unmatched, w.clock.Now())
			w.do(wait, w.ingest)
		})
	})
}

// takeDeliveries locks some for a worker, as long as it lives.
func (s *modelStore) takeDeliveries(w *modelWorker, limit int) (taken []*modelDelivery) {
	for _, d := range s.deliveries {
		if len(taken) == limit {
			break
		}
		if d.waiting && (d.locked == nil || d.locked.life != d.life) {
			d.locked, d.life = w, w.life
			taken = append(taken, d)
		}
	}
	return taken
}

// applyStatuses matches by our echoed id first, then by Meta's, and returns the rest.
func (s *modelStore) applyStatuses(taken []*modelDelivery) (unmatched []*modelDelivery) {
	var reports []Report
	for _, d := range taken {
		if id, known := s.match(d.row, d.event); known {
			reports = append(reports, statusReport(id, d.event))
		} else {
			unmatched = append(unmatched, d)
		}
	}
	s.apply(reports)
	return unmatched
}

func (s *modelStore) match(row int, e whatsapp.StatusEvent) (uuid.UUID, bool) {
	if e.CallbackData != "" {
		return s.rows[row].id, true
	}
	return s.rows[row].id, s.rows[row].wamid == e.ID
}

func (s *modelStore) markApplied(taken, unmatched []*modelDelivery, now time.Time) {
	for _, d := range taken {
		d.waiting, d.locked = false, nil
	}
	if s.m.off == ruleSetAside {
		return
	}
	for _, d := range unmatched {
		s.m.log("set aside a status of #%d", d.row)
		s.asides = append(s.asides, &modelAside{row: d.row, event: d.event, created: now, next: now.Add(setAsideWait(0))})
	}
}

// retryAsides tries the statuses again that nobody knew.
func (s *modelStore) retryAsides(now time.Time) {
	for _, a := range s.asides {
		if a.done || a.next.IsZero() || a.next.After(now) {
			continue
		}
		if id, known := s.match(a.row, a.event); known {
			a.done = true
			s.apply([]Report{statusReport(id, a.event)})
			continue
		}
		if a.attempts++; a.attempts+1 < setAsideTries {
			a.next = now.Add(setAsideWait(a.attempts))
		} else {
			a.next = time.Time{}
		}
	}
}

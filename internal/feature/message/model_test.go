package message

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// The model plays random schedules of DESIGN section 5: three workers whose clocks
// differ, which pause for longer than a lease and are killed anywhere; a wire that loses
// answers, throttles, refuses and breaks; webhooks late, doubled, reordered and missing;
// two feeders, people who pause, resume and cancel; a wallet that runs dry. Deciding is
// the product's own code: gate, planClaim, leaseClock, answer, statusReport, merge,
// doubts, lapses, and billing's Owed and Settle. Only SQL, HTTP and threads are played.
//
// model_test.go         the schedule: time, events, the beginning and the end
// model_store_test.go   the database, one transaction at a time
// model_worker_test.go  a worker: lane, wire, recorder, feeder
// model_sweep_test.go   a worker: sweeps and ingestion
// model_meta_test.go    Meta, its webhooks, and the people
// model_judge_test.go   what must hold, by Meta's memory and by the rows
// model_rule_test.go    the rules, each of which can be switched off

// How long things take in the model. The settling time exceeds lease, HTTP timeout and
// the longest pause together, as it must.
const (
	modelLease    = time.Second
	modelTimeout  = 300 * time.Millisecond
	modelPause    = 2500 * time.Millisecond
	modelSkew     = 400 * time.Millisecond
	modelSettle   = 6 * time.Second
	modelTTL      = 40 * time.Second
	modelTrouble  = 12 * time.Second // until then things go wrong
	modelEnd      = 100 * time.Second
	modelBatch    = 2
	modelCarriers = 2
)

var modelStart = time.Date(2026, time.November, 8, 6, 0, 0, 0, time.UTC) // Diwali

// model is one schedule.
type model struct {
	*modelStore
	off     rule
	rng     *rand.Rand
	events  events
	workers []*modelWorker
	meta    modelMeta
	wrong   string // the first violation
	trace   *strings.Builder
}

// play plays one schedule and returns what went wrong, or "".
func play(seed uint64, off rule, trace *strings.Builder) string {
	m := &model{off: off, rng: rand.New(rand.NewPCG(seed, 0xae05)), trace: trace}
	m.modelStore = newModelStore(m)
	for i := range 3 {
		m.workers = append(m.workers, newModelWorker(m, i))
	}
	m.begin()
	for m.wrong == "" && m.events.len() > 0 {
		e := m.events.pop()
		if e.at > modelEnd {
			break
		}
		m.now = modelStart.Add(e.at)
		m.dispatch(e)
	}
	if m.wrong == "" {
		m.judgeEnd()
	}
	return m.wrong
}

// dispatch runs an event, unless its worker died since or pauses.
func (m *model) dispatch(e event) {
	if w := e.worker; w != nil {
		if w.life != e.life {
			return
		}
		if m.now.Before(w.pausedUntil) {
			e.at = w.pausedUntil.Sub(modelStart) + m.upTo(5*time.Millisecond)
			m.events.push(e)
			return
		}
	}
	e.run()
}

// after schedules what nobody can kill.
func (m *model) after(d time.Duration, run func()) {
	m.events.push(event{at: m.now.Sub(modelStart) + d, run: run})
}

func (m *model) calm() bool { return m.now.Sub(modelStart) >= modelTrouble }

// chance says yes one time in n while there is trouble.
func (m *model) chance(n int) bool { return !m.calm() && m.rng.IntN(n) == 0 }

func (m *model) upTo(d time.Duration) time.Duration { return time.Duration(m.rng.Int64N(int64(d) + 1)) }

func (m *model) between(low, high time.Duration) time.Duration { return low + m.upTo(high-low) }

func (m *model) fail(format string, args ...any) {
	if m.wrong == "" {
		m.wrong = fmt.Sprintf(format, args...)
		m.log("VIOLATION %s", m.wrong)
	}
}

func (m *model) log(format string, args ...any) {
	if m.trace != nil {
		fmt.Fprintf(m.trace, "%8.3f  %s\n", m.now.Sub(modelStart).Seconds(), fmt.Sprintf(format, args...))
	}
}

// modelID is the id of the nth thing of a kind; messages are number 0.
func modelID(kind byte, n int) uuid.UUID {
	id := ident.At(modelStart)
	id[9], id[14], id[15] = kind, byte(n>>8), byte(n)
	return id
}

func indexOf(id uuid.UUID) int { return int(id[14])<<8 | int(id[15]) }

// event is something that happens at a time after the start.
type event struct {
	at     time.Duration
	worker *modelWorker // nil: nobody's
	life   int          // of the worker
	run    func()
}

// events is a heap by time, then by order of scheduling. The heap holds no pointers: it is
// what the model does most.
type events struct {
	heap  []eventKey
	slots []event
	free  []int32
	count int32
}

type eventKey struct {
	at    time.Duration
	order int32
	slot  int32
}

func (q *events) len() int { return len(q.heap) }

func (q *events) less(i, j int) bool {
	a, b := &q.heap[i], &q.heap[j]
	return a.at < b.at || a.at == b.at && a.order < b.order
}

func (q *events) push(e event) {
	q.count++
	slot := int32(len(q.slots))
	if n := len(q.free); n > 0 {
		slot, q.free = q.free[n-1], q.free[:n-1]
		q.slots[slot] = e
	} else {
		q.slots = append(q.slots, e)
	}
	q.heap = append(q.heap, eventKey{e.at, q.count, slot})
	for i := len(q.heap) - 1; i > 0; {
		up := (i - 1) / 2
		if !q.less(i, up) {
			return
		}
		q.heap[i], q.heap[up] = q.heap[up], q.heap[i]
		i = up
	}
}

func (q *events) pop() event {
	slot, last := q.heap[0].slot, len(q.heap)-1
	q.heap[0] = q.heap[last]
	q.heap = q.heap[:last]
	q.free = append(q.free, slot)
	q.sink()
	return q.slots[slot]
}

// sink moves the first down to its place.
func (q *events) sink() {
	for i := 0; ; {
		least := i
		for down := 2*i + 1; down <= 2*i+2 && down < len(q.heap); down++ {
			if q.less(down, least) {
				least = down
			}
		}
		if least == i {
			return
		}
		q.heap[i], q.heap[least] = q.heap[least], q.heap[i]
		i = least
	}
}

// search plays schedules on all processors until one goes wrong, and returns its seed.
func search(off rule, schedules uint64) (seed uint64, wrong string) {
	var next atomic.Uint64
	var mu sync.Mutex
	var found atomic.Bool
	var running sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		running.Go(func() {
			for !found.Load() {
				n := next.Add(1)
				if n > schedules {
					return
				}
				if problem := play(n, off, nil); problem != "" {
					mu.Lock()
					if wrong == "" || n < seed {
						seed, wrong = n, problem
					}
					mu.Unlock()
					found.Store(true)
				}
			}
		})
	}
	running.Wait()
	return seed, wrong
}

// keepEveryPromise plays so many schedules by all rules.
func keepEveryPromise(t *testing.T, schedules uint64) {
	t.Helper()
	seed, wrong := search(allRules, schedules)
	if wrong == "" {
		t.Logf("%d schedules", schedules)
		return
	}
	var trace strings.Builder
	play(seed, allRules, &trace)
	t.Fatalf("schedule %d: %s\n%s", seed, wrong, trace.String())
}

func TestASeedPlaysAlwaysTheSame(t *testing.T) {
	t.Parallel()
	for seed := range uint64(50) {
		var first, second strings.Builder
		play(seed, allRules, &first)
		play(seed, allRules, &second)
		if first.String() != second.String() || first.Len() == 0 {
			t.Fatalf("schedule %d differs from itself", seed)
		}
	}
}

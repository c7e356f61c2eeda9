package message

import (
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// modelWorker is a process that serves the lane, sweeps and takes webhooks in. All but
// its place is lost when it is killed.
type modelWorker struct {
	m           *model
	n           int
	clock       skewed
	life        int // counts its lives; events of a former one do not happen
	pausedUntil time.Time
	mayPause    time.Time // the next pause is not before
	modelRun
}

// modelRun is what a worker has in memory.
type modelRun struct {
	serving bool
	rung    bool
	ending  bool // no more claims: the lane is lost or empty
	leaving bool
	lease   int64
	held    leaseClock
	open    int // claimed and not yet recorded
	queue   []item
	busy    int
	tripped bool
	asking  bool
	rested  int

	results   []modelResult
	recording bool
	owns      map[int]uuid.UUID // rows claimed and not yet recorded, with the claim
}

// modelResult is a report not yet recorded.
type modelResult struct {
	Report
	claim    uuid.UUID
	answered bool // it was Meta's 200
}

// skewed is a worker's clock: off by a constant.
type skewed struct {
	m    *model
	skew time.Duration
}

func (c skewed) Now() time.Time                         { return c.m.now.Add(c.skew) }
func (c skewed) NewTimer(d time.Duration) clock.Timer   { panic("the model has no timers") }
func (c skewed) NewTicker(d time.Duration) clock.Ticker { panic("the model has no tickers") }

func newModelWorker(m *model, n int) *modelWorker {
	w := &modelWorker{m: m, n: n, clock: skewed{m, m.between(-modelSkew, modelSkew)}}
	w.modelRun = newModelRun()
	return w
}

func newModelRun() modelRun {
	return modelRun{owns: make(map[int]uuid.UUID)}
}

// do schedules a step of this worker's present life. Between any two steps it may be
// killed or pause for longer than a lease.
func (w *modelWorker) do(d time.Duration, step func()) {
	w.m.events.push(event{at: w.m.now.Sub(modelStart) + d, worker: w, life: w.life, run: func() {
		switch {
		case w.m.chance(60):
			w.kill()
		case w.m.chance(25) && w.m.now.After(w.mayPause):
			w.pause(step)
		default:
			step()
		}
	}})
}

// soon schedules the next step.
func (w *modelWorker) soon(step func()) { w.do(w.m.upTo(8*time.Millisecond), step) }

func (w *modelWorker) pause(step func()) {
	d := w.m.upTo(modelPause)
	w.pausedUntil = w.m.now.Add(d)
	w.mayPause = w.pausedUntil.Add(modelSettle)
	w.m.log("worker %d pauses %s", w.n, d)
	w.m.events.push(event{at: w.pausedUntil.Sub(modelStart), worker: w, life: w.life, run: step})
}

// kill ends a process; another takes its place after a while.
func (w *modelWorker) kill() {
	w.m.log("worker %d is killed", w.n)
	for i := range w.owns {
		w.m.history[i].orphaned = true
	}
	w.life++
	w.modelRun = newModelRun()
	w.m.after(w.m.upTo(2*time.Second), w.start)
}

// start begins the loops of a process.
func (w *modelWorker) start() {
	w.do(w.m.upTo(time.Second), w.sweep)
	w.do(w.m.upTo(500*time.Millisecond), w.ingest)
}

// ring is the doorbell.
func (w *modelWorker) ring() {
	if w.serving {
		w.rung = true
		return
	}
	w.serving, w.rung = true, false
	w.soon(func() {
		asked := w.clock.Now() // the lease counts from before the question
		w.soon(func() { w.take(asked) })
	})
}

// take takes the lane, if it lapsed.
func (w *modelWorker) take(asked time.Time) {
	by := w.m.now
	if w.m.off == ruleDatabaseClock {
		by = w.clock.Now()
	}
	token, ok := w.m.takeLane(by)
	if !ok {
		w.serving = false
		return
	}
	w.m.log("worker %d takes the lane, token %d", w.n, token)
	w.lease, w.held = token, newLeaseClock(w.clock, asked, modelLease)
	w.ending, w.tripped, w.rested = false, false, 0
	w.takeover(func() {
		if !w.m.ready {
			w.release()
			return
		}
		w.loop()
	})
}

// takeover settles what the last holder left, then goes on.
func (w *modelWorker) takeover(then func()) {
	if w.m.off == ruleNeverRequeue {
		w.m.requeueLapsed()
	}
	w.sweepOverdue(then)
}

// release gives the lane back once everything is recorded.
func (w *modelWorker) release() {
	w.ending = true
	if w.open > 0 || w.leaving {
		return // record calls again
	}
	w.leaving = true
	w.soon(func() {
		w.m.releaseLane(w.lease)
		w.serving, w.leaving = false, false
		w.m.log("worker %d leaves the lane", w.n)
		if w.rung {
			w.ring()
		}
	})
}

// loop claims a batch whenever fewer than two are open.
func (w *modelWorker) loop() {
	switch {
	case w.ending:
		return
	case w.tripped:
		w.release()
	case !w.held.leaves(modelLease * 2 / 3):
		w.renew()
	case w.open > 2*modelBatch:
		w.do(20*time.Millisecond, w.loop)
	default:
		w.feed()
		w.soon(w.gate)
	}
}

func (w *modelWorker) renew() {
	asked := w.clock.Now()
	w.soon(func() {
		if !w.m.renewLane(w.lease) {
			w.m.log("worker %d lost the lane", w.n)
			w.release()
			return
		}
		w.held = newLeaseClock(w.clock, asked, modelLease)
		w.loop()
	})
}

// feed asks the campaign for more, beside the sending; the asking outlives the lane.
func (w *modelWorker) feed() {
	if w.asking {
		return
	}
	w.asking = true
	if w.m.off != ruleFeedPending {
		w.soon(func() { w.asking = false; w.m.feed(modelBatch) })
		return
	}
	var list []int
	w.soon(func() {
		if w.m.campaign.status == "running" && w.m.feeding != feedByClaim {
			list = w.m.pending(modelBatch)
		}
		w.soon(func() { w.asking = false; w.m.feedThese(list, true); w.m.finish() })
	})
}

// gate decides in memory, then claims.
func (w *modelWorker) gate() {
	list := w.m.due(w.clock.Now(), modelBatch)
	list = append(list, w.m.next(modelBatch-len(list))...)
	if len(list) == 0 {
		w.rest()
		return
	}
	w.rested = 0
	var batch []gated
	var refused []refusal
	for _, c := range list {
		if v := gate(c, CategoryMarketing, uuid.Nil, true, rules{}, w.clock.Now()); !v.pass() {
			refused = append(refused, refusal{c, Refused, v.reason, nil})
			continue
		}
		batch = append(batch, gated{candidate: c, category: CategoryMarketing, market: "India", price: modelPrice})
	}
	held, lease := w.held, w.lease
	w.soon(func() { w.claim(lease, held, batch, refused) })
}

// rest waits for more, for half a second as the lane does, then gives the lane up.
func (w *modelWorker) rest() {
	w.rested++
	switch {
	case w.rung:
		w.rung, w.rested = false, 0
		w.do(20*time.Millisecond, w.loop)
	case w.open > 0 || w.asking || w.rested < 3:
		w.do(170*time.Millisecond, w.loop)
	default:
		w.release()
	}
}

// claimNumber is new for every claim.
func (w *modelWorker) claimNumber(lease int64) uuid.UUID {
	if w.m.off == ruleUniqueClaim {
		return modelID('L', int(lease))
	}
	w.m.claims++
	return modelID('N', w.m.claims)
}

// claim is the transaction, whose COMMIT may fail, or succeed and lose its answer.
func (w *modelWorker) claim(lease int64, held leaseClock, batch []gated, refused []refusal) {
	by := w.m.now
	if w.m.off == ruleDatabaseClock {
		by = w.clock.Now()
	}
	if w.m.lane.token != lease || !w.m.lane.expires.After(by) {
		if w.m.off != ruleLaneToken {
			w.m.log("worker %d finds the lane taken", w.n)
			w.release()
			return
		}
	}
	claim, deadline := w.claimNumber(lease), by.Add(held.remaining())
	plan, refused := w.m.planFor(lease, batch, refused, by)
	if w.m.off != ruleFeedByClaim && !w.m.stillPending(plan, refused) {
		w.m.log("worker %d: somebody was fed meanwhile", w.n)
		w.soon(w.loop)
		return
	}
	write := func() {
		w.m.judgeClaim(lease, plan)
		for _, r := range refused {
			w.m.feedNow(r.candidate)
			w.m.endQueued([]uuid.UUID{r.id}, r.state, r.reason)
		}
		w.m.claim(plan, claim, deadline)
	}
	w.own(plan, claim)
	switch {
	case w.m.off == ruleCommitFirst:
		w.dispatch(plan, claim, held)
		w.soon(write)
		w.loop()
	case w.m.chance(15):
		w.m.log("worker %d: COMMIT fails", w.n)
		w.doubtful(lease, claim, held, plan)
	case w.m.chance(15):
		w.m.log("worker %d: COMMIT succeeds, its answer is lost", w.n)
		write()
		w.doubtful(lease, claim, held, plan)
	default:
		write()
		w.proceed(claim, held, plan)
	}
}

func (w *modelWorker) own(plan claimPlan, claim uuid.UUID) {
	for _, g := range plan.claim {
		w.owns[indexOf(g.id)] = claim
	}
}

// proceed sends what is claimed and pauses the campaigns that cannot go on.
func (w *modelWorker) proceed(claim uuid.UUID, held leaseClock, plan claimPlan) {
	w.dispatch(plan, claim, held)
	if reason := plan.halts[modelCampID]; reason != "" {
		w.soon(func() { w.m.halt(reason) })
	}
	w.soon(w.loop)
}

// doubtful reads back by claim number what a COMMIT that erred left, and sends only that.
func (w *modelWorker) doubtful(lease int64, claim uuid.UUID, held leaseClock, plan claimPlan) {
	if w.m.off == ruleReadBack {
		w.proceed(claim, held, plan)
		return
	}
	w.soon(func() {
		var kept []gated
		for _, g := range plan.claim {
			if r := w.m.rows[indexOf(g.id)]; (r.state == Sending || r.state == InDoubt) && r.claim == claim {
				kept = append(kept, g)
			} else {
				delete(w.owns, indexOf(g.id))
			}
		}
		if plan.claim = kept; len(kept) == 0 {
			w.release()
			return
		}
		w.proceed(claim, held, plan)
	})
}

func (w *modelWorker) dispatch(plan claimPlan, claim uuid.UUID, held leaseClock) {
	w.open += len(plan.claim)
	for _, g := range plan.claim {
		w.queue = append(w.queue, item{gated: g, claim: claim, deadline: held})
	}
	w.carry()
}

// carry starts the next items, a few at a time.
func (w *modelWorker) carry() {
	for w.busy < modelCarriers && len(w.queue) > 0 {
		it, lease := w.queue[0], w.lease
		w.queue = w.queue[1:]
		w.busy++
		w.do(w.m.upTo(60*time.Millisecond), func() { w.check(it, lease) }) // its turn in the pace
	}
}

// check writes only when there is time for the answer before the claim lapses.
func (w *modelWorker) check(it item, lease int64) {
	if w.tripped || !it.deadline.leaves(modelTimeout) && w.m.off != ruleDeadline {
		w.result(it, it.handBack(w.clock.Now(), 0, HandBack{Why: whyNoTime}), false)
		return
	}
	w.m.judgeCheck(lease, it)
	w.soon(func() { w.m.receive(w, it) })
}

// answer is Meta's, or what stands in for one that never came.
func (w *modelWorker) answer(it item, out whatsapp.Outcome) {
	rep, also := answer(it, out, w.clock.Now(), modelSettle, w.m.rng.Float64())
	if rep.State == InDoubt && w.m.off == ruleHandBackProof {
		rep = it.handBack(w.clock.Now(), 0, HandBack{Why: whyNotLeft, Retry: true})
	}
	if w.m.off == ruleSettlingTime && rep.State == InDoubt {
		rep.Until = w.clock.Now()
	}
	if also.trip != nil {
		w.tripped, w.m.ready = true, false
		w.m.log("the number is held back")
	}
	if also.halt != 0 {
		w.m.halt(HaltMeta)
	}
	w.result(it, rep, out.Kind == whatsapp.Accepted)
}

// result hands a report to the recorder.
func (w *modelWorker) result(it item, rep Report, answered bool) {
	w.busy--
	w.results = append(w.results, modelResult{rep, it.claim, answered})
	w.carry()
	if !w.recording {
		w.recording = true
		w.do(w.m.upTo(15*time.Millisecond), w.record)
	}
}

// record stores whatever came while the batch before was stored, until the database
// takes it, whether or not the lane is still ours.
func (w *modelWorker) record() {
	batch := w.results
	w.results = nil
	w.store(batch)
}

func (w *modelWorker) store(batch []modelResult) {
	if w.m.off == ruleLateReports && w.m.lane.token != w.lease {
		w.recorded(batch)
		return
	}
	again := func() { w.do(w.m.upTo(200*time.Millisecond), func() { w.store(batch) }) }
	switch {
	case w.m.chance(20):
		w.m.log("worker %d: recording fails", w.n)
		again()
	case w.m.chance(20):
		w.m.log("worker %d: recording succeeds, its answer is lost", w.n)
		w.m.apply(reportsOf(batch))
		again()
	default:
		w.m.apply(reportsOf(batch))
		w.recorded(batch)
	}
}

func reportsOf(batch []modelResult) []Report {
	reports := make([]Report, len(batch))
	for i, result := range batch {
		reports[i] = result.Report
	}
	return reports
}

func (w *modelWorker) recorded(batch []modelResult) {
	for _, result := range batch {
		i := indexOf(result.MessageID)
		if result.answered {
			w.m.history[i].answered = true
		}
		if w.owns[i] == result.claim {
			delete(w.owns, i)
		}
	}
	w.open -= len(batch)
	w.recording = len(w.results) > 0
	if w.recording {
		w.soon(w.record)
	}
	if w.ending && w.open == 0 {
		w.release()
	}
}

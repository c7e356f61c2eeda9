package whatsappsim

import (
	"slices"
	"time"
)

func sortTicks(ticks []int64) { slices.Sort(ticks) }

// schedule plans the first status of a message.
func (s *Sim) schedule(d delivery, config *Config) {
	if d.kept && d.fail == 0 {
		s.arrive(&d)
	}
	hook := &config.Webhook
	if !hook.Enabled || hook.URL == "" && d.number.waba.callback.Load() == nil {
		return
	}
	d.status = d.next(hook, s.seed)
	if d.status == statusNone {
		return
	}
	s.timeline.add(s.now().Add(s.pause(hook, d.seq, d.step)), d)
}

// pause is the time before a step, by the seed and the message alone.
func (s *Sim) pause(hook *WebhookConfig, seq uint64, step uint8) time.Duration {
	span := float64(hook.DelayMS[1] - hook.DelayMS[0])
	wait := float64(hook.DelayMS[0]) + span*unit(mix(s.seed, seq<<8|uint64(step)|0x40))
	return time.Duration(wait * float64(time.Millisecond))
}

// next is the status of the current step: a failing message has that one only, after sent
// when it is lost on the way.
func (d *delivery) next(hook *WebhookConfig, seed uint64) status {
	if d.fail == codeLost && d.step == 0 && mix(seed, d.seq)&1 == 0 {
		return statusSent
	}
	if d.fail != 0 {
		if d.step == 0 || d.status == statusSent {
			return statusFailed
		}
		return statusNone
	}
	if int(d.step) >= len(hook.Statuses) || d.silent && d.step > 0 {
		return statusNone
	}
	status := statusCode(hook.Statuses[d.step])
	if status == statusRead && unit(mix(seed, d.seq<<8|2)) >= hook.ReadRate {
		return statusNone
	}
	return status
}

// runTimeline hands due statuses to the outbox. The outbox may make it wait: then messages
// wait here, in their smallest form.
func (s *Sim) runTimeline() {
	defer s.done.Done()
	for {
		if s.timeline.waiting() == 0 {
			select {
			case <-s.timeline.filled:
			case <-s.stop:
				return
			}
		}
		for _, slot := range s.timeline.due(s.now()) {
			for i := range slot {
				if !s.emit(slot[i]) {
					return
				}
			}
			s.timeline.recycle(slot)
		}
		select {
		case <-time.After(tick):
		case <-s.stop:
			return
		}
	}
}

// emit sends one status and plans the next. False when the simulator stops.
func (s *Sim) emit(d delivery) bool {
	hook := &s.config.Load().Webhook
	roll := func(kind uint64) float64 { return unit(mix(s.seed^0xfeed, d.seq<<8|uint64(d.status)<<4|kind)) }
	late := !d.single && roll(1) < hook.Reorder
	switch {
	case !d.single && roll(2) < hook.Drop:
		s.stats.statusesDropped.Add(1)
	case late:
		s.again(d, time.Duration(hook.DelayMS[1]*3+20)*time.Millisecond)
	default:
		if !s.outbox.put(outgoing{delivery: d}, s.stop) {
			return false
		}
	}
	if d.single {
		return true
	}
	if roll(3) < hook.Duplicate {
		s.again(d, time.Duration(float64(hook.DelayMS[1]+20)*roll(4)*2)*time.Millisecond)
	}
	d.step++
	if d.status = s.following(&d, hook); d.status != statusNone {
		s.timeline.add(s.now().Add(s.pause(hook, d.seq, d.step)), d)
	}
	return true
}

// following is the step after the one just told: the phone's choice, where there is one.
func (s *Sim) following(d *delivery, hook *WebhookConfig) status {
	by := func() status { return d.next(hook, s.seed) }
	if d.phone && d.fail == 0 {
		return s.phoneStep(d, by)
	}
	return by()
}

func (s *Sim) again(d delivery, wait time.Duration) {
	d.single = true
	s.timeline.add(s.now().Add(wait), d)
}

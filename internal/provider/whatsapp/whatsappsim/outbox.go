package whatsappsim

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// outboxDepth bounds the items written or about to be; more wait in the timeline.
const outboxDepth = 4096

// parkedMost bounds the refused bodies kept for another try besides those in the workers'
// hands.
const parkedMost = 2048

// outbox delivers webhooks over a changing number of workers.
type outbox struct {
	items  chan outgoing
	client *http.Client
	parked chan struct{}
	woken  chan struct{}
	// undone counts items put and neither acknowledged nor given up.
	undone    atomic.Int64
	gathering sync.Mutex

	mu      sync.Mutex
	cond    *sync.Cond
	active  int
	running int
	closed  bool
	cancel  context.CancelFunc
	ctx     context.Context
}

func newOutbox() *outbox {
	transport := &http.Transport{MaxIdleConns: 512, MaxIdleConnsPerHost: 512, IdleConnTimeout: time.Minute, DisableCompression: true}
	o := &outbox{
		items: make(chan outgoing, outboxDepth), parked: make(chan struct{}, parkedMost), woken: make(chan struct{}, 1),
		client: &http.Client{Transport: transport, Timeout: 15 * time.Second,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
	o.ctx, o.cancel = context.WithCancel(context.Background())
	o.cond = sync.NewCond(&o.mu)
	return o
}

func (o *outbox) wake() {
	select {
	case o.woken <- struct{}{}:
	default:
	}
}

func (o *outbox) close() {
	o.cancel()
	o.mu.Lock()
	o.closed = true
	o.cond.Broadcast()
	o.mu.Unlock()
	o.client.CloseIdleConnections()
}

// put waits while the outbox is full; false when the simulator stops.
func (o *outbox) put(item outgoing, stop <-chan struct{}) bool {
	o.undone.Add(1)
	return o.push(item, stop)
}

// push is put of an item that is counted already.
func (o *outbox) push(item outgoing, stop <-chan struct{}) bool {
	select {
	case o.items <- item:
		return true
	case <-stop:
		return false
	}
}

// enter waits for one of the POSTs allowed at a time; false when the simulator stops.
func (o *outbox) enter(most func() int) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.active >= most() && !o.closed {
		o.cond.Wait()
	}
	o.active++
	return !o.closed
}

func (o *outbox) leave() {
	o.mu.Lock()
	o.active--
	o.mu.Unlock()
	o.cond.Signal()
}

func (s *Sim) startWebhooks() {
	s.done.Add(2)
	go s.runTimeline()
	go s.keepWorkers()
}

// keepWorkers runs as many workers as the configuration says.
func (s *Sim) keepWorkers() {
	defer s.done.Done()
	for {
		for want := s.config.Load().Webhook.Concurrency; s.outbox.running < want; s.outbox.running++ {
			s.done.Add(1)
			go s.deliverAll()
		}
		select {
		case <-s.outbox.woken:
		case <-s.stop:
			return
		}
	}
}

// deliverAll is one worker: it takes what is there, up to a batch, and posts it.
func (s *Sim) deliverAll() {
	defer s.done.Done()
	var items []outgoing
	for {
		if items = s.gather(items[:0], s.config.Load().Webhook.Batch); len(items) == 0 {
			return
		}
		config := s.config.Load() // gathering may have waited through a change of it
		for rest := items; len(rest) > 0; {
			url := s.callback(rest[0].target(), config)
			n := 1
			for n < len(rest) && s.callback(rest[n].target(), config) == url {
				n++
			}
			s.deliver(url, rest[:n])
			rest = rest[n:]
		}
	}
}

// linger is how long a batch waits to fill.
const linger = 25 * time.Millisecond

// gather takes one item, or a batch; none when the simulator stops. One worker gathers at a
// time, or every worker would hold a thin batch.
func (s *Sim) gather(items []outgoing, batch int) []outgoing {
	if batch > 1 {
		s.outbox.gathering.Lock()
		defer s.outbox.gathering.Unlock()
	}
	select {
	case first := <-s.outbox.items:
		items = append(items, first)
	case <-s.stop:
		return nil
	}
	if batch == 1 {
		return items
	}
	full := time.NewTimer(linger)
	defer full.Stop()
	for len(items) < batch {
		select {
		case next := <-s.outbox.items:
			items = append(items, next)
		case <-full.C:
			return items
		case <-s.stop:
			return nil
		}
	}
	return items
}

// callback is where an account's webhooks go, "" for nowhere.
func (s *Sim) callback(of *waba, config *Config) string {
	if !config.Webhook.Enabled || !of.subscribed.Load() {
		return ""
	}
	if override := of.callback.Load(); override != nil {
		return *override
	}
	return config.Webhook.URL
}

// deliver posts a webhook; a refused one is tried again beside the worker, or by the
// worker itself when too many wait already.
func (s *Sim) deliver(url string, items []outgoing) {
	n := int64(len(items))
	if url == "" {
		s.outbox.undone.Add(-n)
		return
	}
	s.stats.items.Add(n)
	body, acked := s.appendBody(make([]byte, 0, 768*len(items)), items), ackers(items)
	if s.post(url, body) {
		tell(acked)
		s.outbox.undone.Add(-n)
		return
	}
	select {
	case s.outbox.parked <- struct{}{}:
		s.done.Add(1)
		go func() {
			defer s.done.Done()
			s.retry(url, body, acked)
			<-s.outbox.parked
			s.outbox.undone.Add(-n)
		}()
	default:
		s.retry(url, body, acked)
		s.outbox.undone.Add(-n)
	}
}

// ackers are those who want to know that a webhook arrived; of statuses nobody does.
func ackers(items []outgoing) (list []func()) {
	for i := range items {
		if items[i].acked != nil {
			list = append(list, items[i].acked)
		}
	}
	return list
}

func tell(list []func()) {
	for _, told := range list {
		told()
	}
}

// retry posts with growing delay, as Meta does over days.
func (s *Sim) retry(url string, body []byte, acked []func()) {
	hook := s.config.Load().Webhook
	wait := time.Duration(hook.RetryMS) * time.Millisecond
	for range hook.Retries {
		select {
		case <-time.After(wait):
		case <-s.stop:
			return
		}
		s.stats.webhooksRetried.Add(1)
		if s.post(url, body) {
			tell(acked)
			return
		}
		wait = min(2*wait, time.Duration(s.config.Load().Webhook.RetryMaxMS)*time.Millisecond)
	}
	s.stats.webhooksGivenUp.Add(1)
}

// post tells whether the callback answered 200.
func (s *Sim) post(url string, body []byte) bool {
	if !s.outbox.enter(func() int { return s.config.Load().Webhook.Concurrency }) {
		s.outbox.leave()
		return false
	}
	defer s.outbox.leave()
	req, err := http.NewRequestWithContext(s.outbox.ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		s.stats.webhooksFailed.Add(1)
		return false
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "facebookexternalua")
	req.Header.Set(whatsapp.SignatureHeader, whatsapp.Sign(body, s.config.Load().Webhook.Secret))
	s.stats.webhooksPosted.Add(1)
	resp, err := s.outbox.client.Do(req)
	if err != nil {
		s.stats.webhooksFailed.Add(1)
		return false
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<16))
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		s.stats.webhooksFailed.Add(1)
		return false
	}
	s.stats.webhooksAcked.Add(1)
	return true
}

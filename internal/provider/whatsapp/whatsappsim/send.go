package whatsappsim

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// maxSendBody is far above any message Meta takes.
const maxSendBody = 256 << 10

// buffers recycles request and reply bodies.
var buffers = sync.Pool{New: func() any { return new(exchange) }}

// exchange is the memory of one send.
type exchange struct {
	in, out []byte
	req     sendRequest
}

// send is POST /{phone_number_id}/messages, and /marketing_messages.
func (s *Sim) send(w http.ResponseWriter, r *http.Request, id string, marketing bool) {
	config := s.config.Load()
	x := buffers.Get().(*exchange)
	defer buffers.Put(x)
	x.req = sendRequest{marketing: marketing}
	body, err := readBody(r, x.in[:0])
	x.in = body
	if err != nil {
		s.refuse(w, errUnreadable)
		return
	}
	s.stats.requests.Add(1)
	if config.PDropBefore > 0 && s.chance() < config.PDropBefore {
		s.breakOff()
	}
	s.delay(r.Context(), config)
	refused := s.accept(r, id, x, config)
	if refused == nil && config.Keep > 0 {
		s.bodies.keep(id, x.in, config.Keep)
	}
	switch {
	case refused != nil:
		s.refuse(w, refused)
	case x.req.markRead:
		writeSuccess(w)
	default:
		s.answer(w, r, x, config)
	}
}

// accept does all that comes before the answer: after it returned nil the message counts.
func (s *Sim) accept(r *http.Request, id string, x *exchange, config *Config) *metaError {
	by, refused := s.authorise(r)
	if refused != nil {
		return refused
	}
	from, refused := s.number(id, by)
	if refused != nil {
		return refused
	}
	if refused := s.shed(from, config); refused != nil {
		return refused
	}
	root, err := jsonscan.Parse(x.in)
	if err != nil {
		return errUnreadable
	}
	if refused := x.req.read(root); refused != nil || x.req.markRead {
		if refused == nil {
			s.readByBusiness(from, &x.req)
		}
		return refused
	}
	x.req.scenario = scenarioNone
	if config.Scenarios {
		x.req.scenario = scenarioOf(x.req.who)
	}
	if refused := s.validate(from, &x.req); refused != nil {
		return refused
	}
	if refused := x.req.scenario.refusal(from, x.req.who); refused != nil {
		return refused
	}
	return s.record(from, &x.req, config)
}

// shed refuses before processing: rates, and faults on demand.
func (s *Sim) shed(from *number, config *Config) *metaError {
	if config.P429 > 0 && s.chance() < config.P429 {
		return errRate
	}
	if config.P5xx > 0 && s.chance() < config.P5xx {
		return errDown
	}
	if from.banned.Load() {
		return errLocked
	}
	if !from.bucket.take(s.now()) {
		return errRate
	}
	return nil
}

// record counts the message and plans its webhooks, or refuses for the pair limit.
func (s *Sim) record(from *number, req *sendRequest, config *Config) *metaError {
	now := s.now()
	plan := delivery{number: from, who: req.who, callback: req.callback, category: req.category, silent: req.kind == "reaction"}
	open := false
	if !from.update(req.who, func(p *person) bool {
		open = now.Unix()-p.window < day
		if !p.takePair(now) {
			return false
		}
		p.sends++
		return true
	}) {
		return errPair
	}
	req.seq = s.seq.Add(1)
	plan.seq = req.seq
	plan.fail = s.fate(from, req, open, now, config)
	if plan.fail == codeWindow && config.WindowSync {
		return errWindow
	}
	if req.bill != nil {
		req.bill.message = string(s.appendMessageID(nil, req.who, req.seq))
		if refused := s.keepBill(from, req); refused != nil {
			return refused
		}
	}
	if plan.entry = s.freeEntry(from, req.who, now); !plan.entry {
		plan.free = from.pricing(req, open)
	}
	s.stats.accepted.Add(1)
	if s.chats.kept.Load() > 0 {
		s.keepSent(req, &plan)
	}
	if req.template != nil && req.template.hold(plan) {
		req.held = true
		return nil
	}
	s.schedule(plan, config)
	return nil
}

// answer sends the 200, unless this send's answer is to be lost.
func (s *Sim) answer(w http.ResponseWriter, r *http.Request, x *exchange, config *Config) {
	switch {
	case x.req.scenario == scenarioHang || config.PHang > 0 && s.chance() < config.PHang:
		s.stats.hung.Add(1)
		<-r.Context().Done()
		s.breakOff()
	case x.req.scenario == scenarioDrop || config.PDrop > 0 && s.chance() < config.PDrop:
		s.breakOff()
	case x.req.scenario == scenarioAmbiguous || config.PAmbiguous > 0 && s.chance() < config.PAmbiguous:
		s.refuse(w, errAmbiguous)
	default:
		x.out = s.appendReply(x.out[:0], &x.req)
		writeBody(w, http.StatusOK, x.out)
	}
}

func (s *Sim) appendReply(dst []byte, req *sendRequest) []byte {
	dst = append(dst, `{"messaging_product":"whatsapp","contacts":[{"input":`...)
	dst = append(dst, req.input...)
	if req.who&foreignPerson == 0 && (req.byPhone || s.people.username(req.who) == "") {
		dst = append(strconv.AppendUint(append(dst, `,"wa_id":"`...), req.who, 10), '"')
	}
	if !req.byPhone || s.config.Load().UserIDs {
		dst = append(s.appendUserID(append(dst, `,"user_id":"`...), req.who), '"')
	}
	dst = append(dst, `}],"messages":[{"id":"`...)
	dst = s.appendMessageID(dst, req.who, req.seq)
	if req.template != nil {
		dst = append(dst, `","message_status":"`...)
		if req.held {
			dst = append(dst, "held_for_quality_assessment"...)
		} else {
			dst = append(dst, "accepted"...)
		}
	}
	return append(dst, `"}]}`...)
}

// breakOff closes the connection without an answer: net/http's own way to do it.
func (s *Sim) breakOff() {
	s.stats.dropped.Add(1)
	panic(http.ErrAbortHandler)
}

func (s *Sim) delay(ctx context.Context, config *Config) {
	wait := config.LatencyMS
	if config.LatencyMaxMS > wait {
		wait += int(s.chance() * float64(config.LatencyMaxMS-wait))
	}
	if wait <= 0 {
		return
	}
	timer := time.NewTimer(time.Duration(wait) * time.Millisecond)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

func readBody(r *http.Request, into []byte) ([]byte, error) {
	if r.ContentLength > maxSendBody {
		return into, io.ErrShortBuffer
	}
	for {
		if len(into) == cap(into) {
			into = append(into, 0)[:len(into)]
		}
		n, err := r.Body.Read(into[len(into):cap(into)])
		into = into[:len(into)+n]
		if err == io.EOF {
			return into, nil
		}
		if err != nil {
			return into, err
		}
		if len(into) > maxSendBody {
			return into, io.ErrShortBuffer
		}
	}
}

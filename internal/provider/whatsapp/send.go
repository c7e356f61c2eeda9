package whatsapp

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// OutcomeKind is what a sender does with its row after one attempt.
type OutcomeKind uint8

// The kinds. InDoubt is the zero value: whatever nobody decided must not be sent again.
const (
	// InDoubt: the request may have been processed. Never replay; wait for a status.
	InDoubt OutcomeKind = iota
	// Accepted: Meta took the message; WAMID is set.
	Accepted
	// Refused: Meta refused before processing. The same request may be sent again after
	// Err.RetryAfter, as Err.Advice says.
	Refused
	// Failed: Meta refused for good; Err says why.
	Failed
	// NotLeft: no byte of the request was written. The same request may be sent again.
	NotLeft
)

// String names the kind for logs and metrics.
func (k OutcomeKind) String() string {
	names := [...]string{"in_doubt", "accepted", "refused", "failed", "not_left"}
	if int(k) < len(names) {
		return names[k]
	}
	return "in_doubt"
}

// Outcome is the result of one Send.
type Outcome struct {
	Kind OutcomeKind
	// WAMID is Meta's message id; set when Accepted.
	WAMID string
	// WAID is the recipient's normalised number, "" when Meta did not tell.
	WAID string
	// UserID is the recipient's business-scoped id, "" when Meta did not tell.
	UserID string
	// MessageStatus is "accepted", "held_for_quality_assessment", "paused" or "".
	MessageStatus string
	// Err is Meta's error; set when Refused or Failed, and when an error answer is ambiguous.
	Err *Error
	// Cause is what broke on the way; set when NotLeft, and when InDoubt without an answer.
	Cause error
}

// replyLimit bounds what is read of an answer to a send: a good one has about 250 bytes.
const replyLimit = 64 << 10

// Send posts one rendered message body for a phone number, once. It never replays and
// follows no redirect. body must stay unchanged until Send returns.
func (c *Client) Send(ctx context.Context, token, phoneNumberID string, body []byte) Outcome {
	return c.send(ctx, token, phoneNumberID+"/messages", body)
}

// Policy is what becomes of a message that the Marketing Messages API cannot take.
type Policy string

// The policies, as Meta writes them.
const (
	PolicyFallback Policy = "CLOUD_API_FALLBACK" // it goes as every message
	PolicyStrict   Policy = "STRICT"             // it is refused
)

// SendMarketing posts one rendered template of category MARKETING to the Marketing Messages API,
// once, as Send does (reference/whatsapp-cloud-api.md section 1.6).
func (c *Client) SendMarketing(ctx context.Context, token, phoneNumberID string, policy Policy, body []byte) Outcome {
	return c.send(ctx, token, phoneNumberID+"/marketing_messages", withPolicy(body, policy))
}

// withPolicy is the body, which is an object, with one more member.
func withPolicy(body []byte, policy Policy) []byte {
	const member = `,"product_policy":"`
	open := bytes.TrimSuffix(body, []byte("}"))
	out := make([]byte, 0, len(body)+len(member)+len(policy)+2)
	return append(append(append(append(out, open...), member...), policy...), `"}`...)
}

func (c *Client) send(ctx context.Context, token, path string, body []byte) Outcome {
	request, err := c.appendRequest(make([]byte, 0, 1024+len(body)), token, path, body)
	if err != nil {
		return Outcome{Kind: NotLeft, Cause: err}
	}
	got, left, err := c.sending.roundTrip(ctx, request, c.timeout)
	switch {
	case err == nil:
		return judge(got.status, got.header, got.body)
	case left:
		return Outcome{Kind: InDoubt, Cause: err}
	default:
		return Outcome{Kind: NotLeft, Cause: err}
	}
}

// errNotSendable means that a token or a number's id cannot be part of a request.
var errNotSendable = errors.New("the token or the number's id has characters that no request may carry")

// appendRequest writes a POST. It has no header by which anybody on the way would send it again.
func (c *Client) appendRequest(to []byte, token, path string, body []byte) ([]byte, error) {
	if !httpguts.ValidHeaderFieldValue(token) || strings.ContainsFunc(path, notInPath) {
		return nil, errNotSendable
	}
	to = append(append(append(to, "POST "...), c.base.EscapedPath()...), '/')
	to = append(append(append(to, path...), " HTTP/1.1\r\nHost: "...), c.base.Host...)
	to = append(append(to, "\r\nUser-Agent: "+userAgent+"\r\nContent-Type: application/json\r\nAuthorization: Bearer "...), token...)
	to = strconv.AppendInt(append(to, "\r\nContent-Length: "...), int64(len(body)), 10)
	return append(append(to, "\r\n\r\n"...), body...), nil
}

// notInPath says which characters a path of ours never has.
func notInPath(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune(`?#%"<>\^{|}`+"`", r)
}

const userAgent = "aerostic"

// judge turns an answer into an outcome. The error code decides; the HTTP status only when
// there is no known code, because Meta's statuses and its tables disagree.
func judge(status int, header http.Header, reply []byte) Outcome {
	if status >= 200 && status < 300 {
		return judgeAccepted(reply)
	}
	err := parseError(status, header, reply)
	return Outcome{Kind: judgeError(err), Err: err}
}

func judgeAccepted(reply []byte) Outcome {
	root, err := jsonscan.Parse(reply)
	if err != nil {
		return Outcome{Kind: InDoubt, Cause: errors.New("unreadable answer to a send")}
	}
	out := Outcome{Kind: Accepted}
	for key, value := range root.Fields() {
		switch string(key) {
		case "messages":
			out.readMessage(value)
		case "contacts":
			out.readContact(value)
		}
	}
	if out.WAMID == "" {
		return Outcome{Kind: InDoubt, Cause: errors.New("answer to a send has no message id")}
	}
	return out
}

func (o *Outcome) readMessage(list jsonscan.Value) {
	for item := range list.Items() {
		o.WAMID, o.MessageStatus = item.Get("id").Text(), item.Get("message_status").Text()
		return
	}
}

func (o *Outcome) readContact(list jsonscan.Value) {
	for item := range list.Items() {
		o.WAID, o.UserID = item.Get("wa_id").Text(), item.Get("user_id").Text()
		return
	}
}

func judgeError(err *Error) OutcomeKind {
	advice, known := lookup(err.Code, err.Subcode)
	switch {
	case known && advice.Replay:
		return Refused
	case known && advice.Action == Ambiguous, err.Transient:
		return InDoubt
	case known:
		return Failed
	case err.HTTP == http.StatusTooManyRequests && err.Code == NoCode:
		return Refused
	case err.HTTP >= 500, err.HTTP < 400, err.HTTP == http.StatusRequestTimeout:
		return InDoubt
	default:
		return Failed
	}
}

// parseError reads Meta's error envelope leniently: what cannot be read stays unset.
func parseError(status int, header http.Header, reply []byte) *Error {
	out := &Error{HTTP: status, Code: NoCode, RetryAfter: retryAfter(header)}
	root, err := jsonscan.Parse(reply)
	if err != nil {
		return out
	}
	for key, value := range root.Get("error").Fields() {
		out.readField(string(key), value)
	}
	return out
}

func (e *Error) readField(key string, value jsonscan.Value) {
	switch key {
	case "code":
		if code, ok := value.Int(); ok {
			e.Code = int(code)
		}
	case "error_subcode":
		e.Subcode = intOf(value)
	case "message":
		e.Title = value.Text()
	case "error_data":
		e.Details = value.Get("details").Text()
	case "is_transient":
		e.Transient = value.True()
	case "error_user_title":
		e.UserTitle = value.Text()
	case "error_user_msg":
		e.UserMessage = value.Text()
	case "fbtrace_id":
		e.TraceID = value.Text()
	}
}

func intOf(value jsonscan.Value) int {
	n, _ := value.Int()
	return int(n)
}

// retryAfter reads Retry-After in seconds and Meta's own estimate, which is in minutes,
// and gives the longer one.
func retryAfter(header http.Header) time.Duration {
	var wait time.Duration
	if seconds, err := strconv.Atoi(header.Get("Retry-After")); err == nil && seconds > 0 {
		wait = time.Duration(seconds) * time.Second
	}
	usage, err := jsonscan.Parse([]byte(header.Get("X-Business-Use-Case-Usage")))
	if err != nil {
		return wait
	}
	for _, list := range usage.Fields() {
		for item := range list.Items() {
			minutes, _ := item.Get("estimated_time_to_regain_access").Int()
			wait = max(wait, time.Duration(minutes)*time.Minute)
		}
	}
	return wait
}

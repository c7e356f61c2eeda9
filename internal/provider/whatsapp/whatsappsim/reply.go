package whatsappsim

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// metaError is one refusal in Meta's shape. It is immutable and may be shared.
type metaError struct {
	status        int
	code, subcode int
	kind          string
	message       string
	details       string
	userTitle     string
	userMessage   string
	transient     bool
}

var (
	errNoToken      = &metaError{status: 401, code: 190, kind: "OAuthException", message: "An access token is required to request this resource."}
	errBadToken     = &metaError{status: 401, code: 190, kind: "OAuthException", message: "Invalid OAuth access token - Cannot parse access token"}
	errTokenExpired = &metaError{status: 401, code: 190, subcode: 463, kind: "OAuthException", message: "Error validating access token: Session has expired"}
	errUnreadable   = param("Unreadable JSON body")
	errRate         = fail(400, 130429, "Rate limit hit", "Message failed to send because there were too many messages sent from this phone number in a short period of time")
	errPair         = fail(400, 131056, "(Business Account, Consumer Account) pair rate limit hit", "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time")
	errAmbiguous    = fail(500, 131000, "Something went wrong", "Message failed to send due to an unknown error")
	errDown         = fail(503, 2, "Service temporarily unavailable", "Temporary due to downtime or due to being overloaded")
	errManagement   = fail(400, 80007, "(#80007) There have been too many calls to this WhatsApp Business account", "")
)

func fail(status, code int, message, details string) *metaError {
	return &metaError{status: status, code: code, kind: "OAuthException", message: "(#" + strconv.Itoa(code) + ") " + message, details: details}
}

// param is Meta's answer to a wrong request.
func param(message string) *metaError {
	return &metaError{status: 400, code: 100, kind: "OAuthException", message: "(#100) " + message}
}

func notFound(id string) *metaError {
	return &metaError{status: 400, code: 100, subcode: 33, kind: "GraphMethodException",
		message: "Unsupported post request. Object with ID '" + id + "' does not exist, cannot be loaded due to missing permissions, or does not support this operation"}
}

func (e *metaError) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"error":{"message":`...)
	dst = jsonscan.AppendString(dst, e.message)
	dst = jsonscan.AppendString(append(dst, `,"type":`...), e.kind)
	dst = strconv.AppendInt(append(dst, `,"code":`...), int64(e.code), 10)
	if e.subcode != 0 {
		dst = strconv.AppendInt(append(dst, `,"error_subcode":`...), int64(e.subcode), 10)
	}
	if e.transient {
		dst = append(dst, `,"is_transient":true`...)
	}
	if e.userMessage != "" {
		dst = jsonscan.AppendString(append(dst, `,"error_user_title":`...), e.userTitle)
		dst = jsonscan.AppendString(append(dst, `,"error_user_msg":`...), e.userMessage)
	}
	if e.details != "" {
		dst = jsonscan.AppendString(append(dst, `,"error_data":{"messaging_product":"whatsapp","details":`...), e.details)
		dst = append(dst, '}')
	}
	return append(dst, `,"fbtrace_id":"AsimTrace000000"}}`...)
}

func (s *Sim) refuse(w http.ResponseWriter, e *metaError) {
	s.stats.refused(e.code)
	writeBody(w, e.status, e.appendJSON(nil))
}

func writeBody(w http.ResponseWriter, status int, body []byte) {
	header := w.Header()
	header["Content-Type"] = jsonContent
	header["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(status)
	// The caller may be gone; there is nobody left to tell.
	_, _ = w.Write(body)
}

var jsonContent = []string{"application/json; charset=UTF-8"}

func writeJSON(w http.ResponseWriter, status int, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	writeBody(w, status, body)
}

func writeSuccess(w http.ResponseWriter) { writeBody(w, http.StatusOK, []byte(`{"success":true}`)) }

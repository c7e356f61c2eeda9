package whatsappsim

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// call is one management request, taken apart.
type call struct {
	*http.Request
	version, id, edge string
	token             *token
}

// maxManageBody is Meta's limit for an upload, and a little for its form.
const maxManageBody = 101 << 20

type handler func(s *Sim, w http.ResponseWriter, c *call) *metaError

// edges are the calls below an object: METHOD edge.
var edges = map[string]handler{
	"GET message_templates":      (*Sim).listTemplates,
	"GET payment_configurations": (*Sim).listPayments,
	"POST message_templates":     (*Sim).createTemplate,
	"DELETE message_templates":   (*Sim).deleteTemplate,
	"GET phone_numbers":          (*Sim).listNumbers,
	"GET subscribed_apps":        (*Sim).listApps,
	"POST subscribed_apps":       (*Sim).subscribe,
	"DELETE subscribed_apps":     (*Sim).unsubscribe,
	"POST media":                 (*Sim).uploadMedia,
	"POST register":              (*Sim).register,
	"POST deregister":            (*Sim).deregister,
	"POST uploads":               (*Sim).startUpload,
	"POST unpause":               (*Sim).unpause,
}

func (s *Sim) manage(w http.ResponseWriter, c *call) {
	c.Body = http.MaxBytesReader(w, c.Body, maxManageBody)
	if refused := s.dispatch(w, c); refused != nil {
		s.refuse(w, refused)
	}
}

func (s *Sim) dispatch(w http.ResponseWriter, c *call) *metaError {
	by, refused := s.authorise(c.Request)
	if refused != nil {
		return refused
	}
	c.token = by
	if strings.HasPrefix(c.id, "upload:") {
		return s.receiveUpload(w, c)
	}
	if c.edge == "" {
		return s.node(w, c)
	}
	if c.Method == http.MethodGet && strings.HasPrefix(c.edge, paymentsEdge) {
		return s.lookUpPayment(w, c)
	}
	if handle, ok := edges[c.Method+" "+c.edge]; ok {
		return handle(s, w, c)
	}
	return notFound(c.id)
}

// node is a call on an object itself, whatever it is.
func (s *Sim) node(w http.ResponseWriter, c *call) *metaError {
	switch {
	case c.id == "debug_token":
		return s.debugToken(w, c)
	case c.id == "lookaside":
		return s.downloadMedia(w, c)
	}
	if found, refused := s.number(c.id, c.token); refused == nil {
		return s.numberNode(w, c, found)
	}
	if found, refused := s.waba(c.id, c.token); refused == nil {
		return s.wabaNode(w, c, found)
	}
	if found := s.templateByID(c.id, c.token); found != nil {
		return s.templateNode(w, c, found)
	}
	if found, ok := s.media.get(c.id, s.now()); ok && c.token.grants(found.wabaID) {
		return s.mediaNode(w, c, found)
	}
	return notFound(c.id)
}

// limited finds the account of a call and counts it against its hourly limit.
func (s *Sim) limited(w http.ResponseWriter, c *call) (*waba, *metaError) {
	found, refused := s.waba(c.id, c.token)
	if refused != nil {
		return nil, refused
	}
	limit := s.config.Load().ManagementPerHour
	found.management.set(limit, limit, time.Hour)
	if !found.management.take(s.now()) {
		w.Header().Set("X-Business-Use-Case-Usage", `{"`+found.id+`":[{"type":"whatsapp","call_count":100,"total_cputime":5,"total_time":7,"estimated_time_to_regain_access":1}]}`)
		return nil, errManagement
	}
	return found, nil
}

func readJSON(c *call, into any) *metaError {
	raw, err := io.ReadAll(c.Body)
	if err != nil || json.Unmarshal(raw, into) != nil {
		return errUnreadable
	}
	return nil
}

// pageOf cuts one page out of n items by Meta's parameters and gives the paging member.
func pageOf(c *call, n int) (from, to int, paging any, refused *metaError) {
	limit, err := strconv.Atoi(c.URL.Query().Get("limit"))
	if err != nil || limit <= 0 {
		limit = 25
	}
	limit = min(limit, 250)
	if after := c.URL.Query().Get("after"); after != "" {
		at, ok := readCursor(after)
		if !ok {
			return 0, 0, nil, badCursor(c.version)
		}
		from = min(at, n)
	}
	to = min(from+limit, n)
	cursors := map[string]any{"cursors": map[string]string{"before": cursor(from), "after": cursor(to)}}
	if to < n {
		query := c.URL.Query()
		query.Set("after", cursor(to))
		query.Del("access_token")
		cursors["next"] = "http://" + c.Host + c.URL.Path + "?" + query.Encode()
	}
	return from, to, cursors, nil
}

func writePage[T any](w http.ResponseWriter, items []T, paging any) {
	writeJSON(w, http.StatusOK, map[string]any{"data": items, "paging": paging})
}

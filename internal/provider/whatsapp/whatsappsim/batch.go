package whatsappsim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// BatchRequest is much in one POST, of one tenant or more, as Meta sends it after an outage:
// together, in any order, twice.
type BatchRequest struct {
	Inbound []InboundRequest `json:"inbound"`
	Echoes  []EchoRequest    `json:"echoes"`
	History []HistoryRequest `json:"history"`
	// Changes are told as they are.
	Changes []ChangeRequest `json:"changes"`
	// Grouped puts the messages of one number side by side in one change.
	Grouped bool `json:"grouped"`
	// Shuffle changes the order; Copies is how often everything is in the POST, once when 0.
	Shuffle bool `json:"shuffle"`
	Copies  int  `json:"copies"`
}

// ChangeRequest is any change of an account.
type ChangeRequest struct {
	WABAID string         `json:"waba_id"`
	Field  string         `json:"field"`
	Value  map[string]any `json:"value"`
}

// maxCopies bounds a batch: Meta's bodies have at most 1,000 updates.
const maxCopies = 100

func (s *Sim) controlBatch(w http.ResponseWriter, r *http.Request) {
	var request BatchRequest
	err := json.NewDecoder(io.LimitReader(r.Body, maxControlBody)).Decode(&request)
	var ids []string
	if err == nil {
		for i := range request.Inbound {
			request.Inbound[i].host = r.Host
		}
		ids, err = s.Batch(request)
	}
	if err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"ids": ids})
}

// Batch tells everything in one webhook and gives the ids of the messages in the order asked,
// inbound before echoes. The webhook goes to the callback of the first account.
func (s *Sim) Batch(request BatchRequest) (ids []string, err error) {
	happened, err := s.occurrences(request)
	if err != nil || len(happened) == 0 {
		return nil, err
	}
	var acked []func()
	for _, what := range happened {
		if what.id != "" {
			ids = append(ids, what.id)
		}
		if what.acked != nil {
			acked = append(acked, what.acked)
		}
	}
	first := happened[0].waba
	if request.Grouped {
		happened = grouped(happened)
	}
	entries, err := s.entries(request, happened)
	if err != nil {
		return nil, err
	}
	s.dispatchItem(outgoing{entries: entries, waba: first, acked: func() { tell(acked) }})
	return ids, nil
}

func (s *Sim) occurrences(request BatchRequest) (list []occurrence, err error) {
	add := func(what occurrence, failed error) {
		if err == nil {
			err = failed
		}
		list = append(list, what)
	}
	for _, one := range request.Inbound {
		add(s.inbound(one))
	}
	for _, one := range request.Echoes {
		add(s.echo(one))
	}
	for _, one := range request.History {
		add(s.history(one))
	}
	for _, one := range request.Changes {
		add(s.anyChange(one))
	}
	return list, err
}

func (s *Sim) anyChange(request ChangeRequest) (occurrence, error) {
	s.mu.RLock()
	of := s.wabas[request.WABAID]
	s.mu.RUnlock()
	if of == nil || request.Field == "" {
		return occurrence{}, fmt.Errorf("a change needs a field and a known waba_id, not %q", request.WABAID)
	}
	return occurrence{waba: of, field: request.Field, value: request.Value}, nil
}

// grouped moves the messages of a number into its first change that has some.
func grouped(list []occurrence) (out []occurrence) {
	first := map[*number]map[string]any{}
	for _, what := range list {
		into, known := first[what.number]
		switch {
		case what.field != "messages" || what.number == nil:
			out = append(out, what)
		case !known:
			first[what.number] = what.value
			out = append(out, what)
		default:
			join(into, what.value, "messages")
			join(into, what.value, "contacts")
		}
	}
	return out
}

func join(into, from map[string]any, key string) {
	have, _ := into[key].([]any)
	more, _ := from[key].([]any)
	if len(more) > 0 {
		into[key] = append(have, more...)
	}
}

// entries writes each occurrence as an entry of its own.
func (s *Sim) entries(request BatchRequest, happened []occurrence) ([]byte, error) {
	var list [][]byte
	for range min(max(request.Copies, 1), maxCopies) {
		for _, what := range happened {
			change, err := json.Marshal(map[string]any{"field": what.field, "value": what.value})
			if err != nil {
				return nil, err
			}
			list = append(list, s.appendEntry(nil, what.waba, change))
		}
	}
	if request.Shuffle {
		for i := len(list) - 1; i > 0; i-- {
			j := int(s.chance() * float64(i+1))
			list[i], list[j] = list[j], list[i]
		}
	}
	return bytes.Join(list, []byte(",")), nil
}

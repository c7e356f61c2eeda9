package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// visitor is a person who opens page after page.
type visitor struct {
	url      string
	sessions map[bool]string // access tokens: of a member, and of an operator
	data     deck
	took     []timed
}

// deck is values by the name of their place: ids and what people type.
type deck map[string][]string

// card is the n-th value of a place, counted round.
func (d deck) card(name string, n int) (string, error) {
	values := d[name]
	if len(values) == 0 {
		return "", fmt.Errorf("nothing was seeded for {%s}", name)
	}
	return values[n%len(values)], nil
}

// visit signs in to the API that runs.
func (w *world) visit(ctx context.Context, data deck) (*visitor, error) {
	v := &visitor{url: "http://" + w.cfg.Addr, sessions: map[bool]string{}, data: data}
	for operator, email := range map[bool]string{false: pagesOwner, true: pagesOperator} {
		body, err := json.Marshal(map[string]string{"email": email, "password": benchPassword})
		if err != nil {
			return nil, err
		}
		raw, _, err := v.send(ctx, http.MethodPost, "/api/auth/login", body, "")
		if err != nil {
			return nil, err
		}
		var session struct{ AccessToken string }
		if err := json.Unmarshal(raw, &session); err != nil {
			return nil, err
		}
		v.sessions[operator] = session.AccessToken
	}
	return v, nil
}

// walk opens every page once.
func (v *visitor) walk(ctx context.Context, round int) error {
	for _, p := range appPages() {
		for i, c := range p.calls {
			if err := v.make(ctx, p, c, round, round*len(p.calls)+i); err != nil {
				return fmt.Errorf("open %s: %w", p.route, err)
			}
		}
	}
	return nil
}

// make makes one call, and those for the pages after the first.
func (v *visitor) make(ctx context.Context, p page, c call, round, n int) error {
	path, err := v.data.fill(c.path, n)
	if err != nil {
		return err
	}
	body, err := v.data.fill(c.body, n)
	if err != nil {
		return err
	}
	after := ""
	for range max(1, c.pages) {
		raw, took, err := v.send(ctx, c.verb(), paged(path, after), []byte(body), v.sessions[p.operator])
		if err != nil {
			return err
		}
		if round > 0 {
			v.took = append(v.took, timed{p.route, c.verb() + " " + c.path, took, c.live})
		}
		if after = next(raw); after == "" {
			return nil
		}
	}
	return nil
}

// paged is a path with the cursor of its next page.
func paged(path, after string) string {
	switch {
	case after == "":
		return path
	case strings.Contains(path, "?"):
		return path + "&after=" + url.QueryEscape(after)
	}
	return path + "?after=" + url.QueryEscape(after)
}

// next is a page's cursor; a transaction has it with its charges.
func next(raw []byte) string {
	var page struct {
		Next    string
		Charges struct{ Next string }
	}
	if json.Unmarshal(raw, &page) != nil {
		return ""
	}
	return page.Next + page.Charges.Next
}

var places = regexp.MustCompile(`\{[a-z_]+\}`)

// fill puts values into the places of a path or a body; behind the question mark they are escaped.
func (d deck) fill(text string, n int) (filled string, err error) {
	at := strings.Index(text, "?")
	isBody := strings.HasPrefix(text, "{")
	seen := 0
	for _, found := range places.FindAllStringIndex(text, -1) {
		value, missing := d.card(strings.Trim(text[found[0]:found[1]], "{}"), n)
		if missing != nil {
			return "", missing
		}
		if at >= 0 && found[0] > at && !isBody {
			value = url.QueryEscape(value)
		}
		filled += text[seen:found[0]] + value
		seen = found[1]
	}
	return filled + text[seen:], nil
}

// send times a call until its whole answer is read; an answer that is no success is an error.
func (v *visitor) send(ctx context.Context, method, path string, body []byte, token string) (answer []byte, took time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, method, v.url+path, bytes.NewReader(body))
	if err != nil {
		return nil, 0, err
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if len(body) > 0 {
		req.Header.Set("Content-Type", "application/json")
	}
	began := time.Now()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, 0, err
	}
	defer resp.Body.Close()
	if answer, err = io.ReadAll(resp.Body); err != nil {
		return nil, 0, err
	}
	took = time.Since(began)
	if resp.StatusCode != http.StatusOK {
		return nil, 0, fmt.Errorf("%s %s answers %d: %.300s", method, path, resp.StatusCode, answer)
	}
	return answer, took, nil
}

package whatsapp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// callLimit bounds the answer to a management call; a page of 250 templates has about 1 MB.
const callLimit = 16 << 20

// call is one management request. Unlike Send it decodes with encoding/json.
type call struct {
	method string
	path   string
	query  url.Values
	header http.Header
	// body is sent as it is; contentType describes it. size is -1 when not known.
	body        io.Reader
	contentType string
	size        int64
	timeout     time.Duration // 0: the client's
}

// do runs a call and decodes a good answer into out (which may be nil). The error is an
// *Error when Meta answered with one.
func (c *Client) do(ctx context.Context, token string, what call, out any) error {
	ctx, cancel := context.WithTimeout(ctx, max(c.timeout, what.timeout))
	defer cancel()
	resp, err := c.open(ctx, token, what)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	reply, err := io.ReadAll(io.LimitReader(resp.Body, callLimit))
	if err != nil {
		return fmt.Errorf("read answer of %s: %w", what.path, err)
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return parseError(resp.StatusCode, resp.Header, reply)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(reply, out); err != nil {
		return fmt.Errorf("decode answer of %s: %w", what.path, err)
	}
	return nil
}

func (c *Client) open(ctx context.Context, token string, what call) (*http.Response, error) {
	target := *c.base
	target.Path += "/" + what.path
	target.RawQuery = what.query.Encode()
	req, err := http.NewRequestWithContext(ctx, what.method, target.String(), what.body)
	if err != nil {
		return nil, fmt.Errorf("make request for %s: %w", what.path, err)
	}
	for name, values := range what.header {
		req.Header[name] = values
	}
	if req.Header.Get("Authorization") == "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if what.contentType != "" {
		req.Header.Set("Content-Type", what.contentType)
	}
	if what.size > 0 {
		req.ContentLength = what.size
	}
	req.Header.Set("User-Agent", userAgent)
	resp, err := c.managing.RoundTrip(req)
	if err != nil {
		return nil, fmt.Errorf("call %s: %w", what.path, err)
	}
	return resp, nil
}

func (c *Client) get(ctx context.Context, token, path string, query url.Values, out any) error {
	return c.do(ctx, token, call{method: http.MethodGet, path: path, query: query}, out)
}

func (c *Client) post(ctx context.Context, token, path string, body, out any) error {
	what, err := jsonCall(http.MethodPost, path, body)
	if err != nil {
		return err
	}
	return c.do(ctx, token, what, out)
}

// jsonCall is a call with a body, if there is one.
func jsonCall(method, path string, body any) (call, error) {
	what := call{method: method, path: path}
	if body == nil {
		return what, nil
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return what, fmt.Errorf("encode body of %s: %w", path, err)
	}
	what.body, what.contentType = bytes.NewReader(raw), "application/json"
	return what, nil
}

// page is Meta's list envelope.
type page struct {
	Data   []json.RawMessage `json:"data"`
	Paging struct {
		Cursors struct {
			After string `json:"after"`
		} `json:"cursors"`
		Next string `json:"next"`
	} `json:"paging"`
}

// maxPages stops a list that never ends: 500 pages of 100 exceed every quota of Meta.
const maxPages = 500

// pages walks all pages of a list. The cursor is opaque; a missing next ends the walk.
func (c *Client) pages(ctx context.Context, token, path string, query url.Values, each func(json.RawMessage) error) error {
	for range maxPages {
		var got page
		if err := c.get(ctx, token, path, query, &got); err != nil {
			return err
		}
		for _, item := range got.Data {
			if err := each(item); err != nil {
				return err
			}
		}
		if got.Paging.Next == "" || got.Paging.Cursors.After == "" {
			return nil
		}
		query.Set("after", got.Paging.Cursors.After)
	}
	return fmt.Errorf("list %s: more than %d pages", path, maxPages)
}

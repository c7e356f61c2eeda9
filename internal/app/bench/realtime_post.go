package bench

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// post sends each message when its time has come.
func (l *live) post(ctx context.Context) error {
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for range livePosters {
		group.Go(func() error { return l.postSome(ctx, &next) })
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("post webhooks: %w", err)
	}
	return nil
}

// postSome is one connection's share.
func (l *live) postSome(ctx context.Context, next *atomic.Int64) error {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", l.w.cfg.Addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	answers := bufio.NewReader(conn)
	between := time.Second / time.Duration(l.w.o.Rate)
	for i := int(next.Add(1)) - 1; i < len(l.posts); i = int(next.Add(1)) - 1 {
		if err := pause(ctx, time.Until(l.began.Add(time.Duration(i)*between))); err != nil {
			return err
		}
		if _, err := conn.Write(l.posts[i].request); err != nil {
			return err
		}
		status, err := readAnswer(answers)
		if err != nil {
			return err
		}
		if status == http.StatusOK {
			l.posts[i].accepted = time.Now()
		}
	}
	return nil
}

// callJSON calls the API at an address.
func callJSON(ctx context.Context, method, addr, path, token string, body, into any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://"+addr+path, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if body == nil {
		req.Body, req.ContentLength = http.NoBody, 0
		req.Header.Del("Content-Type")
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("%s %s answers %d", method, path, resp.StatusCode)
	}
	return json.NewDecoder(resp.Body).Decode(into)
}

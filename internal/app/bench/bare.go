package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// bareLoop is a number of the simulator's that only bare posts go to, and how long they took.
type bareLoop struct {
	url, token  string
	concurrency int
	posted      int
	took        time.Duration
}

// newBareLoop gives the loop an account of its own, beside those of firms.
func (w *world) newBareLoop(ctx context.Context) (*bareLoop, error) {
	seed, err := w.sim.addAccount(ctx, 99, -1)
	if err != nil {
		return nil, err
	}
	url := fmt.Sprintf("%s/%s/%s/messages", w.sim.url, w.cfg.WhatsAppVersion, seed.Numbers[0].ID)
	return &bareLoop{url: url, token: seed.Token, concurrency: w.o.Concurrency}, nil
}

func (l *bareLoop) post(ctx context.Context, bodies [][]byte) error {
	took, err := bare(ctx, l.url, l.token, bodies, l.concurrency)
	l.posted, l.took = l.posted+len(bodies), l.took+took
	return err
}

func (l *bareLoop) perSecond() float64 { return per(l.posted, l.took) }

// bare posts bodies to a URL as fast as plain net/http can, so many at a time: the
// limit a sender that records nothing would have. It returns how long that took.
func bare(ctx context.Context, url, token string, bodies [][]byte, concurrency int) (time.Duration, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: concurrency, MaxConnsPerHost: concurrency}}
	defer client.CloseIdleConnections()
	var next atomic.Int64
	var failed atomic.Value
	var workers sync.WaitGroup
	started := time.Now()
	for range concurrency {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(bodies); i = int(next.Add(1)) - 1 {
				if err := bareSend(ctx, client, url, token, bodies[i]); err != nil {
					failed.Store(err)
					return
				}
			}
		})
	}
	workers.Wait()
	took := time.Since(started)
	if err, ok := failed.Load().(error); ok {
		return took, fmt.Errorf("bare loop: %w", err)
	}
	return took, nil
}

func bareSend(ctx context.Context, client *http.Client, url, token string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	var reply struct {
		Messages []struct {
			ID string `json:"id"`
		} `json:"messages"`
	}
	if err := json.Unmarshal(raw, &reply); err != nil {
		return err
	}
	if len(reply.Messages) == 0 {
		return fmt.Errorf("status %d: %s", resp.StatusCode, raw)
	}
	return nil
}

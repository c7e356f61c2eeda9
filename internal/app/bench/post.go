package bench

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// flood is what became of many posts.
type flood struct {
	elapsed  time.Duration
	took     []time.Duration // of each accepted post, in no order
	accepted []bool          // by post: answered 200
}

// post writes finished requests over keep-alive connections as fast as they are answered.
// It speaks HTTP by hand, since the client shares the machine with what it measures.
func post(ctx context.Context, addr string, requests [][]byte, connections int) (flood, error) {
	f := flood{accepted: make([]bool, len(requests))}
	var next atomic.Int64
	var mu sync.Mutex
	var failed error
	var posters sync.WaitGroup
	started := time.Now()
	for range connections {
		posters.Go(func() {
			took, err := postSome(ctx, addr, requests, &next, f.accepted)
			mu.Lock()
			defer mu.Unlock()
			f.took = append(f.took, took...)
			if err != nil {
				failed = err
			}
		})
	}
	posters.Wait()
	f.elapsed = time.Since(started)
	if failed != nil {
		return f, fmt.Errorf("post webhooks: %w", failed)
	}
	return f, nil
}

// postSome is one connection's share.
func postSome(ctx context.Context, addr string, requests [][]byte, next *atomic.Int64, accepted []bool) ([]time.Duration, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	answers := bufio.NewReader(conn)
	var took []time.Duration
	for i := int(next.Add(1)) - 1; i < len(requests); i = int(next.Add(1)) - 1 {
		began := time.Now()
		if _, err := conn.Write(requests[i]); err != nil {
			return took, err
		}
		status, err := readAnswer(answers)
		if err != nil {
			return took, err
		}
		if status == http.StatusOK {
			accepted[i] = true
			took = append(took, time.Since(began))
		}
	}
	return took, nil
}

func readAnswer(r *bufio.Reader) (status int, err error) {
	resp, err := http.ReadResponse(r, nil)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, err
}

// percentile is the time within which a share of a list stayed, in milliseconds.
func percentile(list []time.Duration, share float64) float64 {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(list))
	at := min(len(sorted)-1, int(share*float64(len(sorted))))
	return round(float64(sorted[at].Microseconds()) / 1000)
}

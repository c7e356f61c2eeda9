package bench

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// simProcess is the simulator as a process of its own, so that its work is not
// counted as ours.
type simProcess struct {
	cmd *exec.Cmd
	url string
}

// startSim runs this binary's sim command on a free port and waits for its address.
func startSim(ctx context.Context) (*simProcess, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, "sim", "--addr", "127.0.0.1:0", "--accounts", "0")
	cmd.Stderr = os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start simulator: %w", err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("start simulator: %w", err)
	}
	_, url, _ := strings.Cut(line, " at ")
	url, _, _ = strings.Cut(url, " ")
	return &simProcess{cmd: cmd, url: url}, nil
}

func (s *simProcess) close() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.cmd.Wait()
}

// addAccount makes the fixture account n with one number.
func (s *simProcess) addAccount(ctx context.Context, n, perSecond int) (whatsappsim.WABASeed, error) {
	seed := whatsappsim.Fixture(n, fmt.Sprintf("Bench %d", n))
	seed.Numbers[0].Throughput = perSecond
	return seed, s.post(ctx, "wabas", seed)
}

// limit sets how many messages a number takes per second, and how many at once.
func (s *simProcess) limit(ctx context.Context, phoneNumberID string, perSecond, burst int) error {
	return s.post(ctx, "numbers", map[string]any{"id": phoneNumberID, "throughput": perSecond, "burst": burst})
}

// stats are the simulator's own books.
func (s *simProcess) stats(ctx context.Context) (stats whatsappsim.Stats, err error) {
	err = s.get(ctx, "stats", &stats)
	return stats, err
}

// configure lays members over the simulator's behaviour.
func (s *simProcess) configure(ctx context.Context, config map[string]any) error {
	return s.post(ctx, "config", config)
}

func (s *simProcess) post(ctx context.Context, path string, body any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/_sim/"+path, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 {
		text, _ := io.ReadAll(resp.Body)
		return fmt.Errorf("simulator refused %s: %s", path, text)
	}
	return nil
}

func (s *simProcess) get(ctx context.Context, path string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/_sim/"+path, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(into)
}

// seen is what the simulator remembers of sends.
type seen struct {
	people     map[string]int
	duplicates int // sends beyond the first, over all people
}

// recipients asks the simulator whom it was asked to send to, and how often.
func (s *simProcess) recipients(ctx context.Context) (seen, error) { return s.recipientsOf(ctx, "") }

// recipientsOf is the same of one number's sends.
func (s *simProcess) recipientsOf(ctx context.Context, phoneNumberID string) (seen, error) {
	var reply struct {
		Recipients map[string]int `json:"recipients"`
	}
	if err := s.get(ctx, "recipients?phone_number_id="+phoneNumberID, &reply); err != nil {
		return seen{}, fmt.Errorf("ask the simulator for recipients: %w", err)
	}
	out := seen{people: reply.Recipients}
	for _, n := range reply.Recipients {
		out.duplicates += n - 1
	}
	return out, nil
}

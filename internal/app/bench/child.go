package bench

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	readyWithin = 30 * time.Second
	endWithin   = 30 * time.Second
)

// child is `aerostic serve` with some roles as a process of its own. Like a service
// manager it starts the process again whenever it ends, until it is told to end.
type child struct {
	name  string
	addr  string
	roles string
	env   []string
	log   string        // file of what it says
	again time.Duration // between an end and the next start

	ending  chan struct{}
	done    chan struct{}
	started atomic.Int64

	mu  sync.Mutex
	cmd *exec.Cmd
}

// spawn starts a child and leaves it to be ended with the world.
func (w *world) spawn(ctx context.Context, name, addr string, roles ...string) (*child, error) {
	c := &child{name: name, addr: addr, roles: strings.Join(roles, ","), env: w.environ(), log: filepath.Join(w.dir, name+".log"),
		again: 200 * time.Millisecond, ending: make(chan struct{}), done: make(chan struct{})}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	w.children = append(w.children, c)
	go c.keep(ctx, self)
	if err := c.ready(ctx); err != nil {
		return nil, fmt.Errorf("start %s: %w: %s", name, err, c.said())
	}
	return c, nil
}

// environ is the world's configuration for a child.
func (w *world) environ() []string {
	c := w.cfg
	return append(os.Environ(), "DATABASE_URL="+c.DatabaseURL, "AEROSTIC_DATA="+c.DataDir, "AEROSTIC_SECRET_KEYS="+c.SecretKeys,
		"AEROSTIC_WHATSAPP_URL="+c.WhatsAppURL, "AEROSTIC_WHATSAPP_APP_SECRET="+c.WhatsAppAppSecret,
		"AEROSTIC_WHATSAPP_VERIFY_TOKEN="+c.WhatsAppVerifyToken, "AEROSTIC_WHATSAPP_TIMEOUT="+c.WhatsAppTimeout.String(),
		"AEROSTIC_LEASE="+c.Lease.String(), "AEROSTIC_SETTLE="+c.Settle.String(),
		"AEROSTIC_LANE_CONCURRENCY="+strconv.Itoa(c.LaneConcurrency), "AEROSTIC_LIMITS_OFF=true",
		"AEROSTIC_LOG_LEVEL=warn", "AEROSTIC_LOG_FORMAT=text")
}

// keep runs the process again and again.
func (c *child) keep(ctx context.Context, self string) {
	defer close(c.done)
	for {
		c.runOnce(ctx, self)
		select {
		case <-c.ending:
			return
		case <-ctx.Done():
			return
		case <-time.After(c.again):
		}
	}
}

func (c *child) runOnce(ctx context.Context, self string) {
	log, err := os.OpenFile(c.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	defer log.Close()
	cmd := exec.CommandContext(ctx, self, "serve", "--role", c.roles, "--addr", c.addr)
	cmd.Env, cmd.Stdout, cmd.Stderr = c.env, log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if !c.launch(cmd) {
		return
	}
	c.started.Add(1)
	_ = cmd.Wait() // killed, most of the time
	c.mu.Lock()
	c.cmd = nil
	c.mu.Unlock()
}

// launch starts the process unless the child is to end.
func (c *child) launch(cmd *exec.Cmd) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.ending:
		return false
	default:
	}
	if cmd.Start() != nil {
		return false
	}
	c.cmd = cmd
	return true
}

// signal sends a signal to the process that runs now, and says whether one did.
func (c *child) signal(s syscall.Signal) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cmd != nil && syscall.Kill(-c.cmd.Process.Pid, s) == nil
}

// ready waits until the process answers that it is.
func (c *child) ready(ctx context.Context) error {
	return await(ctx, readyWithin, lookup, func() (bool, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+c.addr+"/readyz", nil)
		if err != nil {
			return false, err
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return false, nil //nolint:nilerr // not there yet
		}
		return resp.StatusCode == http.StatusOK, resp.Body.Close()
	})
}

// restart ends the process in order and waits for the next one.
func (c *child) restart(ctx context.Context) error {
	before := c.started.Load()
	c.signal(syscall.SIGTERM)
	err := await(ctx, endWithin+readyWithin, lookup, func() (bool, error) { return c.started.Load() > before, nil })
	if err != nil {
		return fmt.Errorf("restart %s: %w", c.name, err)
	}
	return c.ready(ctx)
}

// end stops the process in order, and by force when it takes too long.
func (c *child) end() {
	c.mu.Lock()
	select {
	case <-c.ending:
	default:
		close(c.ending)
	}
	c.mu.Unlock()
	c.signal(syscall.SIGTERM)
	select {
	case <-c.done:
	case <-time.After(endWithin):
		c.signal(syscall.SIGKILL)
		<-c.done
	}
}

// said is the end of what the process logged.
func (c *child) said() string {
	raw, err := os.ReadFile(c.log)
	if err != nil {
		return ""
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	return strings.Join(lines[max(0, len(lines)-5):], "\n")
}

// pid is of the process that runs now; 0: none does.
func (c *child) pid() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cmd == nil {
		return 0
	}
	return c.cmd.Process.Pid
}

// peakMemory is the most memory the process held, in MB.
func (c *child) peakMemory() (float64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.pid()))
	if err != nil {
		return 0, fmt.Errorf("read memory of %s: %w", c.name, err)
	}
	_, rest, found := strings.Cut(string(raw), "VmHWM:")
	if !found {
		return 0, fmt.Errorf("read memory of %s: no VmHWM", c.name)
	}
	kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	return round(kb / 1024), err
}

package postgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

var (
	errPortBusy   = errors.New("the port is taken")
	errStillInUse = errors.New("remains of the last server are still ending")
)

// maxLog is when the server's log starts anew, in bytes.
const maxLog = 10 << 20

// process is one postmaster.
type process struct {
	pid  int
	done chan struct{} // closed when it has ended
	log  string        // path
	from int64         // where this run's part of the log begins
}

// run starts a postmaster.
func run(b Binaries, h home, settings map[string]string) (*process, error) {
	p := &process{done: make(chan struct{}), log: filepath.Join(h.dir, "postgres.log")}
	log, err := p.openLog()
	if err != nil {
		return nil, err
	}
	defer log.Close()
	args := []string{"-D", h.data}
	for name, value := range settings {
		args = append(args, "-c", name+"="+value)
	}
	cmd := exec.Command(filepath.Join(b.Dir, "postgres"), args...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.Dir = h.dir
	cmd.SysProcAttr = h.attributes()
	// In its own process group, so that Ctrl-C in a terminal reaches only us, and we stop
	// it when nobody needs it any longer.
	cmd.SysProcAttr.Setpgid = true
	started := make(chan error)
	go p.supervise(cmd, started)
	if err := <-started; err != nil {
		return nil, err
	}
	return p, nil
}

// supervise starts the process and stays on its thread until it ends: the parent-death
// signal is tied to the thread that forked.
func (p *process) supervise(cmd *exec.Cmd, started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := cmd.Start()
	if err == nil {
		p.pid = cmd.Process.Pid
	}
	started <- err
	if err != nil {
		return
	}
	_ = cmd.Wait() // how it ended is in its log
	close(p.done)
}

func (p *process) openLog() (*os.File, error) {
	if info, err := os.Stat(p.log); err == nil && info.Size() > maxLog {
		if err := os.Remove(p.log); err != nil {
			return nil, err
		}
	}
	file, err := os.OpenFile(p.log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	p.from = info.Size()
	return file, nil
}

// await returns when the server answers, or why it ended.
func (p *process) await(ctx context.Context, url string) error {
	for {
		conn, err := pgx.Connect(ctx, strings.Replace(url, "/"+database+"?", "/postgres?", 1))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-p.done:
			return p.reason()
		case <-ctx.Done():
			return fmt.Errorf("wait for the server: %w", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// reason tells from the log why the server ended.
func (p *process) reason() error {
	text, err := os.ReadFile(p.log)
	if err != nil {
		return err
	}
	said := strings.TrimSpace(string(text[min(p.from, int64(len(text))):]))
	switch {
	case strings.Contains(said, "could not bind") || strings.Contains(said, "could not create any TCP/IP sockets"):
		return errPortBusy
	case strings.Contains(said, "pre-existing shared memory block"):
		return fmt.Errorf("%w: %s", errStillInUse, said)
	}
	return fmt.Errorf("the server ended at once, saying: %s", said)
}

// end asks for a fast shutdown, then for an immediate one, then kills.
func (p *process) end() error {
	for _, step := range []struct {
		signal   syscall.Signal
		patience time.Duration
	}{{syscall.SIGINT, 20 * time.Second}, {syscall.SIGQUIT, 5 * time.Second}, {syscall.SIGKILL, 5 * time.Second}} {
		if err := p.signal(step.signal); err != nil {
			return err
		}
		select {
		case <-p.done:
			return nil
		case <-time.After(step.patience):
		}
	}
	return fmt.Errorf("postgres (pid %d) does not end", p.pid)
}

func (p *process) signal(s syscall.Signal) error {
	err := syscall.Kill(p.pid, s)
	if errors.Is(err, syscall.ESRCH) {
		return nil
	}
	return err
}

// attributes make a child run as the server's user and end with this process.
func (h home) attributes() *syscall.SysProcAttr {
	attr := endWithParent()
	if h.asRoot {
		attr.Credential = &syscall.Credential{Uid: uint32(h.uid), Gid: uint32(h.gid)}
	}
	return attr
}

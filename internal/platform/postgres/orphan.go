package postgres

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// stopOrphan ends a server that still runs on the cluster without its parent, and removes
// lock files that would wrongly keep a new one from starting. The caller holds the folder.
func (h home) stopOrphan() error {
	file := filepath.Join(h.data, "postmaster.pid")
	pid := readPid(file)
	if pid != 0 && isPostmaster(pid, h.data) {
		orphan := &process{pid: pid, done: make(chan struct{})}
		go orphan.watch(h.data)
		if err := orphan.end(); err != nil {
			return fmt.Errorf("stop the server left over from the last run: %w", err)
		}
	}
	return h.removeStaleLocks(file, pid)
}

// removeStaleLocks removes a postmaster.pid that is empty or names a living process which
// is no server of this cluster: PostgreSQL refuses to start on those, and after a reboot
// the number may be anybody's. One that names a dead process stays, because PostgreSQL also
// reads in it whether backends of the dead server still hold its shared memory.
func (h home) removeStaleLocks(file string, pid int) error {
	stale := []string{}
	if pid == 0 || isAlive(pid) {
		stale = append(stale, file)
	}
	sockets, _ := filepath.Glob(filepath.Join(h.socket, ".s.PGSQL.*")) // the pattern is good
	for _, name := range append(stale, sockets...) {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// watch closes done once the process, which is not our child, has ended.
func (p *process) watch(data string) {
	for isPostmaster(p.pid, data) {
		time.Sleep(10 * time.Millisecond)
	}
	close(p.done)
}

// readPid is the first line of a postmaster.pid, or 0.
func readPid(file string) int {
	text, _ := os.ReadFile(file)
	first, _, _ := strings.Cut(string(text), "\n")
	pid, _ := strconv.Atoi(strings.TrimSpace(first))
	return max(pid, 0)
}

// isPostmaster says whether that living process is a server on that cluster. A postmaster
// works in its data folder; where /proc cannot tell, its command line names the folder.
func isPostmaster(pid int, data string) bool {
	if !isAlive(pid) {
		return false
	}
	proc := filepath.Join("/proc", strconv.Itoa(pid))
	if dir, err := os.Readlink(filepath.Join(proc, "cwd")); err == nil {
		program, _ := os.ReadFile(filepath.Join(proc, "comm"))
		return sameFolder(dir, data) && strings.HasPrefix(string(program), "postgres")
	}
	line, err := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && strings.Contains(string(line), "postgres") && strings.Contains(string(line), data)
}

// isAlive says whether any process, dead and unreaped ones included, has that id.
func isAlive(pid int) bool { return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }

func sameFolder(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

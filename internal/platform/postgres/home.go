package postgres

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// maxSocket is the longest folder name that leaves room for "/.s.PGSQL.65535" within the
// 104 bytes that macOS allows a socket's path (Linux: 108).
const maxSocket = 88

// home is where a cluster lives and under whom it runs.
//
//	dir/data      the cluster          dir/postgres.log  the server's log
//	dir/password  the superuser's      dir/port          the port of the last start
//	dir/lock      held while a process of ours uses the folder
type home struct {
	dir    string
	data   string
	socket string
	uid    int // owner of the files and user of the server
	gid    int
	asRoot bool // this process is root and must hand over to uid
}

// Folder is where the cluster of a Config with this Dir lives. That is Dir, except for root
// when the unprivileged user cannot reach it (a checkout under /root): then it is a folder
// of /var/lib/aerostic. Removing it starts afresh.
func Folder(dir string) (string, error) {
	h, err := locate(dir)
	return h.dir, err
}

// openHome finds the home and makes its folders.
func openHome(dir string, log *slog.Logger) (home, error) {
	h, err := locate(dir)
	if err != nil {
		return home{}, err
	}
	if abs, _ := filepath.Abs(dir); abs != h.dir {
		log.Info("the database's user cannot reach the data folder; the cluster lives elsewhere", "dir", h.dir)
	}
	for _, folder := range []string{h.dir, h.socket} {
		if err := h.ownFolder(folder); err != nil {
			return home{}, err
		}
	}
	return h, nil
}

func locate(dir string) (home, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return home{}, err
	}
	h := home{dir: dir, uid: os.Geteuid(), gid: os.Getegid(), asRoot: os.Geteuid() == 0}
	if h.asRoot {
		if h.uid, h.gid, err = account(dir); err != nil {
			return home{}, err
		}
		if !reachable(filepath.Dir(dir)) {
			h.dir = filepath.Join("/var/lib/aerostic", fingerprint(dir))
		}
	}
	h.data = filepath.Join(h.dir, "data")
	h.socket = filepath.Join(h.dir, "socket")
	if len(h.socket) > maxSocket {
		h.socket = filepath.Join("/tmp", "aerostic-"+strconv.Itoa(h.uid)+"-"+fingerprint(h.dir))
	}
	return h, nil
}

// account is the user a server started by root runs as: the owner of the cluster that is
// already there, else the first of these that exists.
func account(dir string) (uid, gid int, err error) {
	if info, err := os.Stat(filepath.Join(dir, "data")); err == nil {
		if owner, ok := info.Sys().(*syscall.Stat_t); ok && owner.Uid != 0 {
			return int(owner.Uid), int(owner.Gid), nil
		}
	}
	for _, name := range []string{"aerostic", "postgres", "nobody"} {
		found, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.Atoi(found.Uid)
		gid, gidErr := strconv.Atoi(found.Gid)
		if uidErr == nil && gidErr == nil && uid != 0 {
			return uid, gid, nil
		}
	}
	return 0, 0, errors.New("PostgreSQL does not run as root, and there is no user aerostic, postgres or nobody to run it: add one (useradd --system aerostic)")
}

// reachable says whether everybody may pass through a folder and all above it.
func reachable(dir string) bool {
	for ; ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err == nil && info.Mode().Perm()&0o001 == 0 {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}

// ownFolder makes a folder that only the server's user (and root) may enter.
func (h home) ownFolder(dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !info.IsDir() || !ok {
		return fmt.Errorf("%s is not a folder", dir)
	}
	if int(owner.Uid) != h.uid && !h.asRoot {
		return fmt.Errorf("%s belongs to another user: run as that user, or choose another folder", dir)
	}
	return h.own(dir, 0o700)
}

// own gives a file to the server's user.
func (h home) own(path string, mode os.FileMode) error {
	if h.asRoot {
		if err := os.Chown(path, h.uid, h.gid); err != nil {
			return err
		}
	}
	return os.Chmod(path, mode)
}

// lockFolder keeps a second process of ours off the folder until this one ends or unlocks it.
func lockFolder(dir string) (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = file.Close()
		return nil, errors.New("another aerostic is using this folder: stop it, or choose another folder")
	}
	return file, nil
}

// unlockFolder gives the folder up. Closing the file alone would not: a program that is being started has all
// our files for a moment, and with them the lock.
func unlockFolder(file *os.File) {
	_ = syscall.Flock(int(file.Fd()), syscall.LOCK_UN)
	_ = file.Close()
}

// choosePort prefers the given port (or, for 0, the last one used) if it is free.
func (h home) choosePort(wanted int) (int, error) {
	file := filepath.Join(h.dir, "port")
	if wanted == 0 {
		text, _ := os.ReadFile(file) // none at the first start
		wanted, _ = strconv.Atoi(strings.TrimSpace(string(text)))
	}
	port, err := freePort(wanted)
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	return port, os.WriteFile(file, []byte(strconv.Itoa(port)+"\n"), 0o644)
}

func freePort(wanted int) (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(wanted))
	if err != nil && wanted != 0 {
		return freePort(0)
	}
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

// major is the version that wrote the cluster, or 0 when there is none.
func (h home) major() int {
	text, _ := os.ReadFile(filepath.Join(h.data, "PG_VERSION"))
	n, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	return n
}

func (h home) readPassword() (string, error) {
	text, err := os.ReadFile(filepath.Join(h.dir, "password"))
	return strings.TrimSpace(string(text)), err
}

func (h home) writePassword() error {
	path := filepath.Join(h.dir, "password")
	if err := os.WriteFile(path, []byte(rand.Text()+"\n"), 0o600); err != nil {
		return err
	}
	return h.own(path, 0o600)
}

func fingerprint(path string) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(path)))[:12]
}

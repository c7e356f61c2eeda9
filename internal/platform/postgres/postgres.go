// Package postgres runs a private PostgreSQL server for development and tests, from the
// server programs found on the machine.
//
// It owns a data folder, the server process over it and its clean start and end, whatever
// came before: a kill -9, a half-written folder, a server left over. It does not own what
// is in the database (platform/db). It is not for production.
//
// The server listens on a Unix socket that only its user reaches (no password) and on a
// free loopback port (superuser, with a password kept in the folder). As root it runs under
// an unprivileged user, since PostgreSQL refuses to run as root. On Linux it stops by
// itself when this process dies.
//
// Life cycle: Start (first creates the cluster), any number of Kill and Restart, Stop.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/url"
	"os"
	"strconv"
	"sync"
	"syscall"
	"time"
)

const (
	superuser = "postgres"
	database  = "aerostic"
)

// Config says where the server lives. Dir is needed, the rest has defaults.
type Config struct {
	Dir      string            // data folder, made if missing; one server at a time may use it
	BinDir   string            // folder of postgres and initdb; default: see Find
	Settings map[string]string // PostgreSQL settings over the defaults of this package
	Logger   *slog.Logger      // default: silent
}

// Server is a running private server. Its methods are safe for concurrent use.
type Server struct {
	cfg      Config
	home     home
	binaries Binaries
	port     int
	password string

	mu      sync.Mutex
	process *process // nil when stopped
	lock    *os.File // held on the folder for the life of the Server
}

// Start creates the cluster in cfg.Dir if there is none, starts the server and waits until
// it answers and the database "aerostic" exists. A server that was left over on the folder
// is stopped first; a folder in use by a living process of ours is an error.
func Start(ctx context.Context, cfg Config) (*Server, error) {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	s := &Server{cfg: cfg}
	if err := s.prepare(ctx); err != nil {
		s.unlock()
		return nil, fmt.Errorf("start postgres in %s: %w", cfg.Dir, err)
	}
	if err := s.launch(ctx); err != nil {
		_ = s.Stop() // the first error is the one to report
		return nil, fmt.Errorf("start postgres in %s: %w", cfg.Dir, err)
	}
	return s, nil
}

// URL is the superuser's connection string over the loopback port, for any local program.
func (s *Server) URL() string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(superuser, s.password),
		Host: "127.0.0.1:" + strconv.Itoa(s.port), Path: "/" + database, RawQuery: "sslmode=disable"}
	return u.String()
}

// SocketURL is the superuser's connection string over the Unix socket: quicker than URL,
// and open to this user and root only.
func (s *Server) SocketURL() string {
	query := url.Values{"host": {s.home.socket}, "port": {strconv.Itoa(s.port)}}
	u := url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/" + database, RawQuery: query.Encode()}
	return u.String()
}

// Version is the server's, such as "15.18".
func (s *Server) Version() string { return s.binaries.Version }

// Pid is the postmaster's process id, or 0 when it does not run.
func (s *Server) Pid() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process == nil {
		return 0
	}
	return s.process.pid
}

// Done is closed when the running server ends, for whatever reason. After Restart, ask again.
func (s *Server) Done() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process == nil {
		closed := make(chan struct{})
		close(closed)
		return closed
	}
	return s.process.done
}

// Stop ends the server in order (open transactions are rolled back, data is flushed) and
// gives up the folder. A second call does nothing.
func (s *Server) Stop() error {
	err := s.halt()
	s.unlock()
	return err
}

// Kill ends the postmaster by SIGKILL, as a crash of the machine would. Restart brings the
// server back, through recovery.
func (s *Server) Kill() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process == nil {
		return errors.New("kill postgres: it does not run")
	}
	err := s.process.signal(syscall.SIGKILL)
	<-s.process.done
	s.process = nil
	return err
}

// Restart stops the server if it runs and starts it again, on the same port and socket.
func (s *Server) Restart(ctx context.Context) error {
	if err := s.halt(); err != nil {
		return fmt.Errorf("restart postgres: %w", err)
	}
	if err := s.home.stopOrphan(); err != nil {
		return fmt.Errorf("restart postgres: %w", err)
	}
	if err := s.launch(ctx); err != nil {
		return fmt.Errorf("restart postgres: %w", err)
	}
	return nil
}

// prepare takes the folder and leaves it ready for a start.
func (s *Server) prepare(ctx context.Context) (err error) {
	if s.home, err = openHome(s.cfg.Dir, s.cfg.Logger); err != nil {
		return err
	}
	if s.lock, err = lockFolder(s.home.dir); err != nil {
		return err
	}
	if err := s.home.stopOrphan(); err != nil {
		return err
	}
	if s.binaries, err = find(s.cfg.BinDir, s.home.major()); err != nil {
		return err
	}
	if err := s.home.create(ctx, s.binaries); err != nil {
		return err
	}
	s.password, err = s.home.readPassword()
	return err
}

// launch runs the server and waits for it. A busy port is replaced once we know; remains of
// a killed server (its backends end a moment after it) are waited for.
func (s *Server) launch(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		err := s.attempt(ctx)
		if err == nil {
			return ensureDatabase(ctx, s.SocketURL())
		}
		switch {
		case errors.Is(err, errPortBusy):
			s.port = 0
		case errors.Is(err, errStillInUse):
		default:
			return err
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			return err
		}
	}
}

func (s *Server) attempt(ctx context.Context) error {
	port, err := s.home.choosePort(s.port)
	if err != nil {
		return err
	}
	s.port = port
	settings := defaults(s.binaries)
	maps.Copy(settings, s.cfg.Settings)
	maps.Copy(settings, map[string]string{
		"port": strconv.Itoa(port), "listen_addresses": "127.0.0.1",
		"unix_socket_directories": s.home.socket, "unix_socket_permissions": "0700",
	})
	running, err := run(s.binaries, s.home, settings)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.process = running
	s.mu.Unlock()
	return running.await(ctx, s.SocketURL())
}

// halt ends the process and keeps the folder.
func (s *Server) halt() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process == nil {
		return nil
	}
	err := s.process.end()
	s.process = nil
	return err
}

func (s *Server) unlock() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lock != nil {
		unlockFolder(s.lock)
		s.lock = nil
	}
}

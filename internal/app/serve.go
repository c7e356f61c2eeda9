package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/aerostic/aerostic/internal/feature/link"
	"github.com/aerostic/aerostic/internal/feature/message"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// Version is the binary's, set when it is built.
var Version = "dev"

// Memory: the collector may let the heap grow to three times what lives, which halves
// its work, until the process nears memoryLimit.
const (
	heapGrowth  = 300
	memoryLimit = 160 << 20
)

// grace is how long a stopping process has for what is in flight.
const grace = 25 * time.Second

// server is one process: its roles on one listener.
type server struct {
	core     *Core
	api      *web.API
	listener net.Listener
	http     *http.Server
	internal *internalServer // nil without AEROSTIC_INTERNAL_ADDR
	node     *realtime.Node
	bells    *realtime.Listener
	intake   *message.Intake
	clicks   *link.Clicks
	sending  *sending
	jobs     *queue.Client
}

// Serve runs the configured roles until ctx ends, then stops gracefully.
func Serve(ctx context.Context, cfg Config, log *slog.Logger) error {
	if err := cfg.Check(); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", cfg.Addr, err)
	}
	return ServeOn(ctx, cfg, log, listener, nil)
}

// ServeOn is Serve on a listener that is open already; ready is called once requests
// are answered.
func ServeOn(ctx context.Context, cfg Config, log *slog.Logger, listener net.Listener, ready func()) error {
	debug.SetGCPercent(heapGrowth)
	debug.SetMemoryLimit(memoryLimit)
	c, err := Open(ctx, cfg, log)
	if err != nil {
		_ = listener.Close()
		return err
	}
	defer c.Close()
	s, err := newServer(c, listener)
	if err != nil {
		_ = listener.Close()
		return err
	}
	return s.run(ctx, ready)
}

// newServer mounts the roles.
func newServer(c *Core, listener net.Listener) (*server, error) {
	s := &server{core: c, listener: listener, bells: realtime.NewListener(c.DB, c.Log, c.Clock)}
	s.api = c.newAPI()
	if err := s.mountHealth(s.api); err != nil {
		return nil, err
	}
	for name, ring := range c.Auth.Bells() {
		s.bells.Bell(name, ring)
	}
	if err := s.mount(s.api); err != nil {
		return nil, err
	}
	s.http = web.Server(c.Cfg.Addr, s.api.Handler())
	return s, nil
}

// mount adds what each role of this process serves or listens to.
func (s *server) mount(api *web.API) (err error) {
	c := s.core
	if c.Cfg.has(RoleWebhook) {
		s.intake = message.NewIntake(c.Messages)
		s.intake.WebhookRoutes(api)
	}
	if c.Cfg.has(RoleWorker) {
		s.sending = c.newSending()
		s.sending.bells(s.bells)
		if s.jobs, err = c.newJobs(); err != nil {
			return err
		}
	}
	if !c.Cfg.has(RoleAPI) {
		return nil
	}
	if s.node, err = c.newNode(); err != nil {
		return err
	}
	s.bells.Relay(s.node)
	s.clicks = link.NewClicks(c.Links)
	s.clicks.ClickRoutes(api)
	return c.mountAPI(api, s.node)
}

// run starts everything, waits for ctx or a failure, and stops in order: no new
// requests, no new jobs, then what is in flight.
func (s *server) run(ctx context.Context, ready func()) error {
	work, stopWork := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWork()
	group, failed := errgroup.WithContext(work)
	s.loops(group, work)
	if s.jobs != nil {
		if err := s.jobs.Start(work); err != nil {
			return err
		}
	}
	group.Go(func() error { return ignoreClosed(s.http.Serve(s.listener)) })
	if s.internal != nil {
		group.Go(s.internal.serve)
	}
	s.core.Log.Info("serving", "addr", s.listener.Addr().String(), "roles", s.core.Cfg.Roles, "version", Version)
	if ready != nil {
		ready()
	}
	select {
	case <-ctx.Done():
	case <-failed.Done():
	}
	return errors.Join(s.stop(stopWork), group.Wait())
}

// loops starts the background work of the roles.
func (s *server) loops(group *errgroup.Group, ctx context.Context) {
	group.Go(func() error { s.bells.Run(ctx); return nil })
	if s.node != nil {
		group.Go(func() error { return s.node.Run(ctx) })
	}
	if s.clicks != nil {
		group.Go(func() error { return s.clicks.Run(ctx) })
	}
	if s.intake != nil {
		group.Go(func() error { return s.intake.Run(ctx) })
	}
	if s.sending != nil {
		group.Go(func() error { return s.sending.lanes.Run(ctx) })
		group.Go(func() error { return s.sending.ingest.Run(ctx) })
	}
}

// stop ends the process in order within its grace.
func (s *server) stop(stopWork context.CancelFunc) error {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	s.core.Log.Info("stopping")
	var errs []error
	if err := s.http.Shutdown(ctx); err != nil {
		errs = append(errs, fmt.Errorf("stop http: %w", err))
	}
	if s.jobs != nil {
		if err := s.jobs.Stop(ctx); err != nil {
			errs = append(errs, err)
		}
	}
	stopWork()
	if s.internal != nil {
		errs = append(errs, s.internal.close()) // last, so that the end can be watched
	}
	return errors.Join(errs...)
}

func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

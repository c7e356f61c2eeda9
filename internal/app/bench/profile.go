package bench

import (
	"os"
	"runtime/pprof"
)

// profile starts a CPU profile of this process where one is asked for.
func (w *world) profile() (stop func(), err error) {
	if w.o.Profile == "" {
		return func() {}, nil
	}
	f, err := os.Create(w.o.Profile)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); _ = f.Close() }, nil
}

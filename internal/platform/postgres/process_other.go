//go:build !linux

package postgres

import "syscall"

// endWithParent does nothing here: only Linux signals a parent's death. A server that
// outlives us is stopped at the next start.
func endWithParent() *syscall.SysProcAttr { return &syscall.SysProcAttr{} }

package postgres

import "syscall"

// endWithParent makes the kernel send a fast-shutdown signal when this process dies.
func endWithParent() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGINT}
}

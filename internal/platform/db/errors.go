package db

import (
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// SQLSTATE codes, from PostgreSQL's appendix A.
const (
	codeUnique        = "23505"
	codeForeignKey    = "23503"
	codeCheck         = "23514"
	codeSerialization = "40001"
	codeDeadlock      = "40P01"
	codeLockTimeout   = "55P03"
)

// IsUnique says that err breaks a unique or primary key constraint whose name begins with
// prefix. Prefix, because Citus adds a shard's number to the name; empty matches all.
func IsUnique(err error, prefix string) bool { return violates(err, codeUnique, prefix) }

// IsForeignKey says that err breaks a foreign key whose name begins with prefix.
func IsForeignKey(err error, prefix string) bool { return violates(err, codeForeignKey, prefix) }

// IsCheck says that err breaks a check constraint whose name begins with prefix.
func IsCheck(err error, prefix string) bool { return violates(err, codeCheck, prefix) }

// IsSerialization says that the transaction lost to a concurrent one (serialization
// failure or deadlock) and would probably pass when run again from the start.
func IsSerialization(err error) bool {
	return violates(err, codeSerialization, "") || violates(err, codeDeadlock, "")
}

// IsLockTimeout says that a row or table stayed locked for longer than lock_timeout, or
// that NOWAIT found it locked.
func IsLockTimeout(err error) bool { return violates(err, codeLockTimeout, "") }

// IsUnavailable says that the server could not be reached, was starting or stopping, or the
// connection broke: try again later. After a write, see CommitUnknown.
func IsUnavailable(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return strings.HasPrefix(pg.Code, "57P") || strings.HasPrefix(pg.Code, "08") || pg.Code == "53300"
	}
	var connect *pgconn.ConnectError
	return errors.As(err, &connect) || isBroken(err)
}

// CommitUnknown says that COMMIT was sent and its answer never came, so the transaction may
// or may not have taken effect: read back before acting on either.
func CommitUnknown(err error) bool {
	var commit *commitError
	if !errors.As(err, &commit) {
		return false
	}
	var pg *pgconn.PgError
	return !errors.As(commit.err, &pg) || strings.HasPrefix(pg.Code, "57P")
}

// commitError is what came instead of COMMIT's answer.
type commitError struct{ err error }

func (e *commitError) Error() string { return e.err.Error() }
func (e *commitError) Unwrap() error { return e.err }

func violates(err error, code, prefix string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == code && strings.HasPrefix(pg.ConstraintName, prefix)
}

// isBroken says that the connection failed under a statement.
func isBroken(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || pgconn.SafeToRetry(err)
}

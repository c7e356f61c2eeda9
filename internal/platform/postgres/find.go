package postgres

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// oldest is the first major version whose features the schema uses.
const oldest = 15

// ErrNotFound says that no server programs of PostgreSQL 15 or newer are on this machine.
var ErrNotFound = errors.New("PostgreSQL 15 or newer is not installed (on Debian and Ubuntu: apt-get install postgresql)")

// Binaries are the programs of one installed server.
type Binaries struct {
	Dir     string // holds postgres and initdb
	Major   int    // 15
	Version string // "15.18"
}

// Find returns the server programs to use: those in dir when it is given, else those on
// PATH, else the newest of the places where distributions put them.
func Find(dir string) (Binaries, error) { return find(dir, 0) }

// find is Find for one major version, which an existing cluster demands; 0 is any.
func find(dir string, major int) (Binaries, error) {
	if dir != "" {
		return look(dir, major)
	}
	for _, place := range places() {
		if found, err := look(place, major); err == nil {
			return found, nil
		}
	}
	if major > 0 {
		return Binaries{}, fmt.Errorf("the data was written by PostgreSQL %d, which is no longer installed: install it, or start afresh", major)
	}
	return Binaries{}, ErrNotFound
}

// places lists folders that may hold a server, best first.
func places() []string {
	var dirs []string
	if program, err := exec.LookPath("postgres"); err == nil {
		if real, err := filepath.EvalSymlinks(program); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin",                          // Debian, Ubuntu
		"/usr/pgsql-*/bin",                                   // Red Hat, from postgresql.org
		"/usr/libexec/postgresql*",                           // Alpine
		"/opt/homebrew/opt/postgresql@*/bin",                 // Homebrew on Apple silicon
		"/usr/local/opt/postgresql@*/bin",                    // Homebrew on Intel
		"/Applications/Postgres.app/Contents/Versions/*/bin", // Postgres.app
		"/usr/local/pgsql/bin",                               // from source
	} {
		dirs = append(dirs, newestFirst(pattern)...)
	}
	return dirs
}

var digits = regexp.MustCompile(`\d+`)

func newestFirst(pattern string) []string {
	found, _ := filepath.Glob(pattern) // the only error is a bad pattern
	number := func(path string) int {
		n, _ := strconv.Atoi(digits.FindString(strings.TrimPrefix(path, "/usr/pgsql-")))
		return n
	}
	slices.SortFunc(found, func(a, b string) int { return number(b) - number(a) })
	return found
}

var versionLine = regexp.MustCompile(`\(PostgreSQL\) ((\d+)\S*)`)

// look checks the programs in one folder.
func look(dir string, major int) (Binaries, error) {
	if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
		return Binaries{}, fmt.Errorf("no PostgreSQL server in %s: %w", dir, err)
	}
	out, err := exec.Command(filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return Binaries{}, fmt.Errorf("ask %s/postgres for its version: %w", dir, err)
	}
	parts := versionLine.FindSubmatch(out)
	if parts == nil {
		return Binaries{}, fmt.Errorf("%s/postgres says %q, which is no version", dir, out)
	}
	found := Binaries{Dir: dir, Version: string(parts[1])}
	found.Major, _ = strconv.Atoi(string(parts[2]))
	if found.Major < oldest || (major > 0 && found.Major != major) {
		return Binaries{}, fmt.Errorf("PostgreSQL in %s is %s: %w", dir, found.Version, ErrNotFound)
	}
	return found, nil
}

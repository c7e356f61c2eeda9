package postgres_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aerostic/aerostic/internal/platform/postgres"
)

// envHold makes this test program a parent to kill: it starts a server in that folder, says
// so, and waits.
const envHold = "AEROSTIC_TEST_HOLD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(envHold); dir != "" {
		hold(dir)
	}
	os.Exit(m.Run())
}

func hold(dir string) {
	server, err := postgres.Start(context.Background(), postgres.Config{Dir: dir, Settings: quick()})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("pid", server.Pid())
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = server.Stop()
	os.Exit(0)
}

// parent is another process that holds a server.
func parent(t *testing.T, dir string) (*exec.Cmd, io.Closer) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), envHold+"="+dir)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil || !strings.HasPrefix(said, "pid ") {
		t.Fatalf("the parent said %q (%v)", said, err)
	}
	return cmd, stdin
}

// TestAParentKilled starts again while the dead parent's server is still there or ending.
func TestAParentKilled(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	for range 3 {
		cmd, _ := parent(t, dir)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // killed
		server := start(t, dir)
		query(t, server.URL(), "select 'alive'")
		if err := server.Stop(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAParentThatEndsLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	cmd, stdin := parent(t, dir)
	if err := stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	left, _ := filepath.Glob(filepath.Join(dir, "data/postmaster.pid")) // the pattern is good
	sockets, _ := filepath.Glob(filepath.Join(dir, "socket/.s.*"))
	if len(left)+len(sockets) > 0 {
		t.Errorf("left behind: %v %v", left, sockets)
	}
}

func TestALongFolderName(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(folder(t), strings.Repeat("बहुत-लंबा-नाम/", 5))
	socket := query(t, start(t, dir).SocketURL(), "show unix_socket_directories")
	t.Cleanup(func() { _ = os.RemoveAll(socket) })
	if len(socket) > 88 {
		t.Errorf("the socket's folder has %d bytes: %s", len(socket), socket)
	}
}

// TestAFolderOnlyRootReaches is a checkout under /root, run as root.
func TestAFolderOnlyRootReaches(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root hands the server over to another user")
	}
	hidden := folder(t)
	if err := os.Mkdir(hidden, 0o700); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(hidden, "data")
	elsewhere, err := postgres.Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(elsewhere) })
	if !strings.HasPrefix(elsewhere, "/var/lib/aerostic/") {
		t.Fatalf("the cluster would live in %s", elsewhere)
	}
	first := start(t, dir)
	write(t, first.URL())
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	if said := query(t, start(t, dir).URL(), readTable); said != "नमस्ते 🙏" {
		t.Errorf("the second start reads %q", said)
	}
}

func TestDestroy(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	if err := postgres.Destroy(dir); err != nil {
		t.Fatalf("nothing to destroy: %v", err)
	}
	server := start(t, dir)
	if err := postgres.Destroy(dir); err == nil {
		t.Fatal("a folder in use was destroyed")
	}
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	cmd, _ := parent(t, dir)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed
	if err := postgres.Destroy(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the folder is still there: %v", err)
	}
}

package postgres_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/postgres"
)

// quick are settings for servers whose data nobody will miss.
func quick() map[string]string {
	return map[string]string{"fsync": "off", "shared_buffers": "16MB", "max_connections": "20"}
}

// folder is a data folder that every user may reach, unlike t.TempDir under root, in memory where
// there is room.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp(dbtest.Scratch(), "aerostic-pg-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "acme")
}

func start(t *testing.T, dir string) *postgres.Server {
	t.Helper()
	server, err := postgres.Start(context.Background(), postgres.Config{Dir: dir, Settings: quick()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop() })
	return server
}

func query(t *testing.T, url, sql string) string {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	var value string
	if err := conn.QueryRow(ctx, sql).Scan(&value); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return value
}

const (
	makeTable = `do $$ begin create table note (said text); insert into note values ('नमस्ते 🙏'); end $$`
	readTable = `select said from note`
)

func write(t *testing.T, url string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, makeTable); err != nil {
		t.Fatal(err)
	}
}

func TestASecondStartKeepsTheData(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	begun := time.Now()
	server := start(t, dir)
	t.Logf("first start: %s", time.Since(begun))
	write(t, server.SocketURL())
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := server.Stop(); err != nil {
		t.Fatalf("the second Stop: %v", err)
	}

	begun = time.Now()
	again := start(t, dir)
	t.Logf("second start: %s", time.Since(begun))
	if said := query(t, again.URL(), readTable); said != "नमस्ते 🙏" {
		t.Fatalf("the note says %q", said)
	}
	if again.URL() != server.URL() {
		t.Errorf("the URL moved from %s to %s though its port was free", server.URL(), again.URL())
	}
}

func TestTheServerIsPrivate(t *testing.T) {
	t.Parallel()
	server := start(t, folder(t))
	if _, err := pgx.Connect(context.Background(), strings.Replace(server.URL(), "@", "x@", 1)); err == nil {
		t.Error("a wrong password was let in over the loopback port")
	}
	socket := query(t, server.URL(), "show unix_socket_directories")
	info, err := os.Stat(socket)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o700 || len(socket) > 100 {
		t.Errorf("the socket folder %s has mode %s", socket, info.Mode())
	}
	if encoding := query(t, server.URL(), "show server_encoding"); encoding != "UTF8" {
		t.Errorf("the encoding is %s", encoding)
	}
	if upper := query(t, server.URL(), "select upper('straße é')"); upper != "STRASSE É" && upper != "STRAßE É" {
		t.Errorf("upper case of é is unknown: %s", upper)
	}
	if os.Geteuid() == 0 {
		data, err := os.Stat(query(t, server.URL(), "show data_directory"))
		if err != nil {
			t.Fatal(err)
		}
		if data.Sys().(*syscall.Stat_t).Uid == 0 {
			t.Error("the cluster belongs to root")
		}
	}
}

func TestOneServerPerFolder(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	start(t, dir)
	_, err := postgres.Start(context.Background(), postgres.Config{Dir: dir, Settings: quick()})
	if err == nil || !strings.Contains(err.Error(), "another aerostic is using this folder") {
		t.Fatalf("a second server on the folder: %v", err)
	}
}

func TestKillThenRestart(t *testing.T) {
	t.Parallel()
	server := start(t, folder(t))
	write(t, server.SocketURL())
	url, done := server.URL(), server.Done()
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	<-done
	if server.Pid() != 0 || server.Kill() == nil {
		t.Error("a killed server still has a process")
	}
	if err := server.Restart(context.Background()); err != nil {
		t.Fatal(err)
	}
	if said := query(t, url, readTable); said != "नमस्ते 🙏" {
		t.Fatalf("after recovery the note says %q", said)
	}
	if err := server.Restart(context.Background()); err != nil {
		t.Fatalf("restart while running: %v", err)
	}
	query(t, url, readTable)
}

func TestStartAfterAKill(t *testing.T) {
	t.Parallel()
	cases := map[string]func(t *testing.T, dir string, server *postgres.Server){
		"of the server": func(t *testing.T, _ string, server *postgres.Server) {},
		"and its pid now belongs to somebody else": func(t *testing.T, dir string, _ *postgres.Server) {
			overwrite(t, filepath.Join(dir, "data/postmaster.pid"), fmt.Sprintf("%d\n%s/data\n", os.Getpid(), dir))
		},
		"while it wrote its pid": func(t *testing.T, dir string, _ *postgres.Server) {
			overwrite(t, filepath.Join(dir, "data/postmaster.pid"), "")
		},
		"while initdb was writing the cluster": func(t *testing.T, dir string, _ *postgres.Server) {
			for _, name := range []string{"data/PG_VERSION", "data/global/pg_control"} {
				if err := os.Remove(filepath.Join(dir, name)); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Rename(filepath.Join(dir, "data"), filepath.Join(dir, "data.new")); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, harm := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t)
			server := start(t, dir)
			if err := server.Kill(); err != nil {
				t.Fatal(err)
			}
			if err := server.Stop(); err != nil {
				t.Fatal(err)
			}
			harm(t, dir, server)
			query(t, start(t, dir).URL(), "select 'alive'")
		})
	}
}

func TestABusyPortIsReplaced(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	first := start(t, dir)
	port := query(t, first.URL(), "show port")
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	other := folder(t)
	if err := os.MkdirAll(other, 0o755); err != nil {
		t.Fatal(err)
	}
	overwrite(t, filepath.Join(other, "port"), port)
	if got := query(t, start(t, other).URL(), "show port"); got != port {
		t.Fatalf("the remembered port is %s, the server took %s", port, got)
	}
	if got := query(t, start(t, dir).URL(), "show port"); got == port {
		t.Fatal("two servers have one port")
	}
}

func TestNoServerPrograms(t *testing.T) {
	t.Parallel()
	if _, err := postgres.Find(t.TempDir()); err == nil {
		t.Fatal("an empty folder passed for a server")
	}
	_, err := postgres.Start(context.Background(), postgres.Config{Dir: folder(t), BinDir: t.TempDir()})
	if err == nil {
		t.Fatal("a server started from an empty folder")
	}
}

func overwrite(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

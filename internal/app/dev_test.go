package app_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/app"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
)

// devRun is one run of `aerostic dev`.
type devRun struct {
	t    *testing.T
	cmd  *exec.Cmd
	said []string // lines of its output up to the announcement
	took time.Duration
	app.DevInfo
}

// binary is bin/aerostic when make built it, else one built for this test.
func binary(t *testing.T) string {
	t.Helper()
	if built := os.Getenv("AEROSTIC_BIN"); built != "" {
		return built
	}
	path := filepath.Join(t.TempDir(), "aerostic")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", path, "../../cmd/aerostic").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return path
}

// start runs `aerostic dev` until it says where it is.
func start(t *testing.T, binary, dir, addr string, more ...string) *devRun {
	t.Helper()
	r := &devRun{t: t, cmd: exec.Command(binary, append([]string{"dev", "--data", dir, "--addr", addr}, more...)...)}
	r.cmd.Env = append(os.Environ(), "DATABASE_URL=")
	var stderr strings.Builder
	r.cmd.Stderr = &stderr
	out, err := r.cmd.StdoutPipe()
	must(t, err)
	began := time.Now()
	must(t, r.cmd.Start())
	t.Cleanup(func() { _ = r.cmd.Process.Kill() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		r.said = append(r.said, lines.Text())
		if strings.HasPrefix(lines.Text(), "Aerostic is at ") {
			r.took = time.Since(began)
			go func() { _, _ = io.Copy(io.Discard, out) }()
			r.DevInfo, err = app.ReadDevInfo(dir)
			must(t, err)
			return r
		}
	}
	t.Fatalf("aerostic dev ended at once: %s\n%s", strings.Join(r.said, "\n"), stderr.String())
	return nil
}

// end signals the process and waits for it.
func (r *devRun) end(s os.Signal) error {
	r.t.Helper()
	must(r.t, r.cmd.Process.Signal(s))
	return r.cmd.Wait()
}

// gone fails unless nothing of the run answers any more.
func (r *devRun) gone(dir string) {
	r.t.Helper()
	database, err := pgx.ParseConfig(r.DatabaseURL)
	must(r.t, err)
	for _, addr := range []string{
		strings.TrimPrefix(r.WhatsAppSimURL, "http://"), strings.TrimPrefix(r.URL, "http://"),
		net.JoinHostPort(database.Host, strconv.Itoa(int(database.Port))),
	} {
		if conn, err := net.Dial("tcp", addr); err == nil {
			_ = conn.Close()
			r.t.Errorf("%s still answers after the end", addr)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "dev.json")); err == nil {
		r.t.Error("dev.json is still there after the end")
	}
}

// contacts counts Acme's as its owner.
func (r *devRun) contacts() int64 {
	r.t.Helper()
	owner := r.Logins["owner"]
	var session struct{ AccessToken string }
	r.post("/api/auth/login", "", map[string]string{"email": owner.Email, "password": owner.Password, "tenant": owner.Tenant}, &session)
	var page struct{ Total int64 }
	r.send(http.MethodGet, "/api/contacts", session.AccessToken, nil, &page)
	return page.Total
}

// addContact adds one.
func (r *devRun) addContact(phone string) {
	r.t.Helper()
	owner := r.Logins["owner"]
	var session struct{ AccessToken string }
	r.post("/api/auth/login", "", map[string]string{"email": owner.Email, "password": owner.Password}, &session)
	r.post("/api/contacts", session.AccessToken, map[string]string{"name": "बॉब 🛵", "phone": phone}, nil)
}

func (r *devRun) post(path, token string, body, into any) {
	r.t.Helper()
	r.send(http.MethodPost, path, token, body, into)
}

func (r *devRun) send(method, path, token string, body, into any) {
	r.t.Helper()
	raw, err := json.Marshal(body)
	must(r.t, err)
	req, err := http.NewRequestWithContext(r.t.Context(), method, r.URL+path, strings.NewReader(string(raw)))
	must(r.t, err)
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	must(r.t, err)
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	must(r.t, err)
	if resp.StatusCode >= 300 {
		r.t.Fatalf("%s %s answers %d: %s", method, path, resp.StatusCode, answer)
	}
	if into != nil {
		must(r.t, json.Unmarshal(answer, into))
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// dataDir is a folder that the database's user can reach too.
func dataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp(dbtest.Scratch(), "aerostic-dev-")
	must(t, err)
	must(t, os.Chmod(dir, 0o755))
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// TestDev is the life of a newcomer's folder: first start, second start, a kill -9, --fresh.
func TestDev(t *testing.T) {
	t.Parallel()
	program, dir := binary(t), dataDir(t)
	first := start(t, program, dir, "127.0.0.1:0")
	checkInfo(t, first)
	seeded := first.contacts()
	if seeded == 0 {
		t.Error("the demo data has no contacts")
	}
	first.addContact("+919845099001")
	if err := first.end(os.Interrupt); err != nil {
		t.Errorf("Ctrl-C ends with %v", err)
	}
	first.gone(dir)

	second := start(t, program, dir, "127.0.0.1:0")
	if n := second.contacts(); n != seeded+1 {
		t.Errorf("after the second start there are %d contacts, want %d", n, seeded+1)
	}
	if second.AppSecret != first.AppSecret || second.DatabaseURL == "" {
		t.Error("the second start has other secrets")
	}
	second.addContact("+919845099002")
	_ = second.end(syscall.SIGKILL) // its error is the signal

	third := start(t, program, dir, "127.0.0.1:0")
	if n := third.contacts(); n != seeded+2 {
		t.Errorf("after a kill -9 there are %d contacts, want %d", n, seeded+2)
	}
	if took := min(second.took, third.took); took > 3*time.Second {
		t.Errorf("a start with data there took %s", took) // the better of two: the machine has other work
	}
	must(t, third.end(syscall.SIGTERM))

	fresh := start(t, program, dir, "127.0.0.1:0", "--fresh")
	if n := fresh.contacts(); n != seeded {
		t.Errorf("--fresh starts with %d contacts, want %d", n, seeded)
	}
	must(t, fresh.end(os.Interrupt))
	fresh.gone(dir)
}

func checkInfo(t *testing.T, r *devRun) {
	t.Helper()
	for name, value := range map[string]string{"url": r.URL, "webhook_url": r.WebhookURL,
		"whatsapp_sim_url": r.WhatsAppSimURL, "phone_url": r.PhoneURL, "database_url": r.DatabaseURL, "app_secret": r.AppSecret} {
		if value == "" {
			t.Errorf("dev.json has no %s", name)
		}
	}
	if r.PID != r.cmd.Process.Pid {
		t.Errorf("dev.json names process %d, it is %d", r.PID, r.cmd.Process.Pid)
	}
	for _, name := range []string{"owner", "admin", "agent", "platform", "other_owner"} {
		login, ok := r.Logins[name]
		if !ok || login.Email == "" || login.Password == "" || login.Tenant == "" && name != "platform" {
			t.Errorf("dev.json has no whole login %s: %+v", name, login)
		}
	}
	line := r.said[len(r.said)-1]
	if !strings.Contains(line, r.URL) || !strings.Contains(line, r.Logins["owner"].Email) || !strings.Contains(line, r.Logins["owner"].Password) {
		t.Errorf("the line for people lacks the URL or a login: %s", line)
	}
}

// TestDevFinishesTheDemoData kills the first start while it writes the demo data.
func TestDevFinishesTheDemoData(t *testing.T) {
	t.Parallel()
	program, dir := binary(t), dataDir(t)
	cmd := exec.Command(program, "dev", "--data", dir, "--addr", "127.0.0.1:0")
	cmd.Env = append(os.Environ(), "DATABASE_URL=")
	must(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	eventually(t, "the first start has a schema", func() bool {
		_, err := os.Stat(filepath.Join(dir, "secrets.json"))
		return err == nil
	})
	must(t, cmd.Process.Kill())
	_ = cmd.Wait() // its error is the signal
	if _, err := os.Stat(filepath.Join(dir, "seeded")); err == nil {
		t.Log("the demo data was whole before the kill came")
	}
	run := start(t, program, dir, "127.0.0.1:0")
	if n := run.contacts(); n != 12 {
		t.Errorf("Acme has %d contacts, want 12", n)
	}
	must(t, run.end(os.Interrupt))
}

// TestDevBusy: a busy port moves to the next free one and says so; a folder in use is refused,
// and stays as it is.
func TestDevBusy(t *testing.T) {
	t.Parallel()
	program, dir := binary(t), dataDir(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer taken.Close()
	run := start(t, program, dir, taken.Addr().String())
	_, port, _ := net.SplitHostPort(taken.Addr().String())
	if len(run.said) < 2 || !strings.Contains(run.said[0], "Port "+port+" is busy") {
		t.Errorf("a busy port is passed over in silence: %q", run.said)
	}
	for _, flags := range [][]string{nil, {"--fresh"}} {
		out, err := exec.CommandContext(t.Context(), program, append([]string{"dev", "--data", dir, "--addr", "127.0.0.1:0"}, flags...)...).CombinedOutput()
		if err == nil || !strings.Contains(string(out), run.URL) {
			t.Errorf("a second start on the folder %v: %v, saying %q", flags, err, out)
		}
	}
	if run.contacts() == 0 {
		t.Error("a refused start took the data")
	}
	must(t, run.end(os.Interrupt))

	foreign := t.TempDir()
	must(t, os.WriteFile(filepath.Join(foreign, "accounts.xlsx"), []byte("mine"), 0o600))
	if out, err := exec.CommandContext(t.Context(), program, "dev", "--data", foreign, "--fresh").CombinedOutput(); err == nil {
		t.Errorf("--fresh empties a folder that is not ours: %s", out)
	}
	if _, err := os.Stat(filepath.Join(foreign, "accounts.xlsx")); err != nil {
		t.Error("--fresh removed somebody's file")
	}
}

// eventually polls until holds, or fails the test after a while.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

package mail_test

import (
	"bufio"
	"io"
	"mime"
	"mime/multipart"
	"net"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/mail"
)

func invitation() mail.Message {
	return mail.Message{
		To: "sita@acme.test", Subject: "Ann invites you / सीता 🎉",
		Text: "Open http://acme.localhost:8080/join?token=abc\n", HTML: "<p>Open <a href=\"http://acme.localhost:8080\">Acme</a></p>",
	}
}

func TestFolderKeepsMailsThatOpen(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "mail")
	fake := clock.NewFake(time.Date(2026, 10, 5, 9, 30, 0, 0, time.UTC))
	sender := mail.Folder(dir, "", fake)
	for range 2 {
		if err := sender.Send(t.Context(), invitation()); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Fatalf("%v, %v: want two mails and nothing else", entries, err)
	}
	want := "20261005T093000.000000000 sita@acme.test Ann invites you  सीता"
	if entries[1].Name() != want+".eml" || entries[0].Name() != want+" (2).eml" {
		t.Errorf("names %q and %q", entries[0].Name(), entries[1].Name())
	}
	raw, err := os.ReadFile(filepath.Join(dir, entries[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	check(t, string(raw))
}

// check reads a mail as a mail program would.
func check(t *testing.T, raw string) {
	t.Helper()
	msg, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
	if err != nil || subject != invitation().Subject || msg.Header.Get("To") != "<sita@acme.test>" {
		t.Errorf("subject %q (%v) to %q", subject, err, msg.Header.Get("To"))
	}
	_, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	for _, want := range []string{"token=abc", "<a href="} {
		part, err := parts.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(part)
		if err != nil || !strings.Contains(string(body), want) {
			t.Errorf("part %q: %v, want %q in it", body, err, want)
		}
	}
}

func TestHeadersCannotBeSmuggledIn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	sender := mail.Folder(dir, "", nil)
	message := invitation()
	message.Subject = "Hello\r\nBcc: everybody@evil.test"
	if err := sender.Send(t.Context(), message); err == nil {
		entries, _ := os.ReadDir(dir)
		raw, _ := os.ReadFile(filepath.Join(dir, entries[0].Name()))
		if msg, err := netmail.ReadMessage(strings.NewReader(string(raw))); err != nil || msg.Header.Get("Bcc") != "" {
			t.Errorf("the subject became a header: %v, %v", msg.Header, err)
		}
	}
	message = invitation()
	message.To = "a@acme.test, b@evil.test"
	if err := sender.Send(t.Context(), message); err == nil {
		t.Error("one recipient became two")
	}
}

// server takes one mail over SMTP and returns it.
func server(t *testing.T) (port int, received <-chan string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	mails := make(chan string, 1)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		mails <- converse(conn)
	}()
	_, text, _ := net.SplitHostPort(listener.Addr().String())
	port, _ = strconv.Atoi(text)
	return port, mails
}

func converse(conn net.Conn) (data string) {
	lines := bufio.NewScanner(conn)
	say := func(s string) { _, _ = io.WriteString(conn, s+"\r\n") }
	say("220 mail.acme.test")
	for lines.Scan() {
		switch verb, _, _ := strings.Cut(lines.Text(), " "); strings.ToUpper(verb) {
		case "DATA":
			say("354 go on")
			for lines.Scan() && lines.Text() != "." {
				data += lines.Text() + "\r\n"
			}
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return data
		default:
			say("250 fine")
		}
	}
	return data
}

func TestSMTPDelivers(t *testing.T) {
	t.Parallel()
	port, received := server(t)
	sender, err := mail.SMTP(mail.SMTPConfig{Host: "127.0.0.1", Port: port, From: "Aerostic <no-reply@aerostic.test>", TLS: "none"})
	if err != nil {
		t.Fatal(err)
	}
	if err := sender.Send(t.Context(), invitation()); err != nil {
		t.Fatal(err)
	}
	check(t, <-received)
}

func TestSMTPWantsTLSUnlessToldOtherwise(t *testing.T) {
	t.Parallel()
	port, _ := server(t)
	sender, err := mail.SMTP(mail.SMTPConfig{Host: "127.0.0.1", Port: port, From: "no-reply@aerostic.test", User: "ann", Password: "hunter2"})
	if err != nil {
		t.Fatal(err)
	}
	err = sender.Send(t.Context(), invitation())
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("sent in the clear, or told the password: %v", err)
	}
	if _, err := mail.SMTP(mail.SMTPConfig{Host: "127.0.0.1", TLS: "maybe"}); err == nil {
		t.Error("an unknown TLS mode was accepted")
	}
}

func TestCleanAddress(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		" Ann@Acme.TEST ":                     "ann@acme.test",
		"Ann <ann@acme.test>":                 "",
		"ann":                                 "",
		"a@acme.test, b@acme.test":            "",
		strings.Repeat("a", 250) + "@acme.io": "",
	} {
		if got, ok := mail.CleanAddress(text); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v; want %q", text, got, ok, want)
		}
	}
}

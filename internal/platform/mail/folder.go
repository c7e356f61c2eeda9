package mail

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/aerostic/aerostic/internal/platform/clock"
)

// longestName keeps a file name under what every file system takes, in characters.
const longestName = 60

// folder writes mails as files that any mail program opens.
type folder struct {
	dir   string
	from  string
	clock clock.Clock
}

// Folder writes each mail to dir as "<time> <recipient> <subject>.eml", which sorts by time.
// It makes dir when it is not there. A nil clock is the system's.
func Folder(dir, from string, c clock.Clock) Sender {
	if c == nil {
		c = clock.System()
	}
	if from == "" {
		from = "Aerostic <no-reply@aerostic.test>"
	}
	return &folder{dir: dir, from: from, clock: c}
}

// Send implements Sender.
func (f *folder) Send(_ context.Context, m Message) error {
	now := f.clock.Now().UTC()
	msg, err := compose(f.from, m, now)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return fmt.Errorf("make mail folder: %w", err)
	}
	// Written aside and renamed, so that a reader never finds half a mail.
	file, err := os.CreateTemp(f.dir, ".mail-*")
	if err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	defer func() { _ = os.Remove(file.Name()) }()
	_, err = msg.WriteTo(file)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	name := fmt.Sprintf("%s %s %s", now.Format("20060102T150405.000000000"), fileName(m.To), fileName(m.Subject))
	return f.place(file.Name(), name)
}

// place gives the mail its name, and another when two were sent in the same instant.
func (f *folder) place(temporary, name string) error {
	for n := 1; ; n++ {
		target := filepath.Join(f.dir, name+".eml")
		if n > 1 {
			target = filepath.Join(f.dir, fmt.Sprintf("%s (%d).eml", name, n))
		}
		err := os.Link(temporary, target)
		if os.IsExist(err) {
			continue
		}
		if err != nil {
			return fmt.Errorf("write mail: %w", err)
		}
		return nil
	}
}

// fileName keeps letters of any script, digits and a few signs.
func fileName(s string) string {
	var b strings.Builder
	count := 0
	for _, r := range s {
		if count == longestName {
			break
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune(" @.-_+", r) {
			continue
		}
		b.WriteRune(r)
		count++
	}
	return strings.Trim(b.String(), " .")
}

package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"github.com/aerostic/aerostic/internal/platform/postgres"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

// What is in a data folder of `aerostic dev`.
const (
	fileLock       = "aerostic.lock" // held while a process uses the folder; tells that it is one of ours
	fileInfo       = "dev.json"      // there while the product runs
	fileSecrets    = "secrets.json"
	fileSeeded     = "seeded"
	fileTalked     = "seeded-inbox"
	fileSample     = "sample-contacts.csv"
	fileSimulator  = "whatsapp-sim.json"
	folderPostgres = "postgres"
)

// devFolder is a data folder that this process alone uses.
type devFolder struct {
	dir  string // absolute
	lock *os.File
}

// openDevFolder makes the folder if need be and takes it; fresh empties it first. A folder
// in use by another process is an error that says where that one serves.
func openDevFolder(dir string, fresh bool) (_ *devFolder, err error) {
	f := &devFolder{}
	if f.dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	if fresh && !f.ours() {
		return nil, fmt.Errorf("--fresh would empty %s, which is no data folder of Aerostic", dir)
	}
	if err := os.MkdirAll(f.dir, 0o755); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	if err := f.take(); err != nil {
		return nil, err
	}
	if fresh {
		err = f.clear()
	} else {
		err = f.remove(fileInfo) // of a run that was killed
	}
	if err != nil {
		f.close()
		return nil, err
	}
	return f, nil
}

func (f *devFolder) path(name string) string { return filepath.Join(f.dir, name) }

// ours says whether the folder is one of ours, empty, or not there yet.
func (f *devFolder) ours() bool {
	entries, err := os.ReadDir(f.dir)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return true
	}
	_, err = os.Stat(f.path(fileLock))
	return err == nil
}

// take locks the folder for the life of this process.
func (f *devFolder) take() error {
	lock, err := os.OpenFile(f.path(fileLock), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("take data folder: %w", err)
	}
	if syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
		f.lock = lock
		return nil
	}
	_ = lock.Close()
	where := ""
	if info, err := ReadDevInfo(f.dir); err == nil {
		where = fmt.Sprintf(" at %s (process %d)", info.URL, info.PID)
	}
	return fmt.Errorf("`aerostic dev` runs on %s already%s: stop it first, or give another folder with --data", f.dir, where)
}

// close gives the folder up. What dev.json says is no longer so.
func (f *devFolder) close() {
	if f.lock == nil {
		return
	}
	_ = f.remove(fileInfo)
	_ = syscall.Flock(int(f.lock.Fd()), syscall.LOCK_UN) // a program that is being started may have the file too
	_ = f.lock.Close()
	f.lock = nil
}

// clear removes what we ever put into the folder, and the database, which for root may
// live elsewhere.
func (f *devFolder) clear() error {
	cluster, err := postgres.Folder(f.path(folderPostgres))
	if err != nil {
		return err
	}
	if err := os.RemoveAll(cluster); err != nil {
		return fmt.Errorf("remove the database: %w", err)
	}
	return f.remove(fileInfo, fileSecrets, fileSeeded, fileTalked, fileSample, fileSimulator, folderPostgres, "files", "mail")
}

func (f *devFolder) remove(names ...string) error {
	for _, name := range names {
		if err := os.RemoveAll(f.path(name)); err != nil {
			return fmt.Errorf("clear data folder: %w", err)
		}
	}
	return nil
}

// write replaces a file at once: a kill leaves the old or the new one.
func (f *devFolder) write(name string, value any) error {
	raw, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	next := f.path(name) + ".new"
	if err := os.WriteFile(next, append(raw, '\n'), 0o600); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return os.Rename(next, f.path(name))
}

// DevInfo is DIR/dev.json: where everything is, for people and programs.
type DevInfo struct {
	URL            string           `json:"url"`
	WebhookURL     string           `json:"webhook_url"`
	WhatsAppSimURL string           `json:"whatsapp_sim_url"`
	PhoneURL       string           `json:"phone_url"`    // a customer's phone in the browser; empty without our simulator
	DatabaseURL    string           `json:"database_url"` // the superuser's
	AppSecret      string           `json:"app_secret"`   // signs webhooks
	PID            int              `json:"pid"`
	Logins         map[string]Login `json:"logins"` // owner, admin, agent, platform, other_owner
}

// Login is one demo person.
type Login struct {
	Email    string `json:"email"`
	Password string `json:"password"`
	Tenant   string `json:"tenant"` // the workspace's slug; empty for the platform's operator
}

// ReadDevInfo reads the dev.json of a data folder.
func ReadDevInfo(dir string) (info DevInfo, err error) {
	raw, err := os.ReadFile(filepath.Join(dir, fileInfo))
	if err != nil {
		return info, err
	}
	return info, json.Unmarshal(raw, &info)
}

func (f *devFolder) writeInfo(info DevInfo) error { return f.write(fileInfo, info) }

// devSecrets are made once per folder, so that sealed tokens outlive a restart.
type devSecrets struct {
	Secret    string `json:"secret"`
	AppSecret string `json:"app_secret"`
	Verify    string `json:"verify"`
}

func (f *devFolder) secrets() (keys devSecrets, err error) {
	raw, err := os.ReadFile(f.path(fileSecrets))
	if errors.Is(err, os.ErrNotExist) {
		keys = devSecrets{Secret: secret.NewKey("dev"), AppSecret: secret.Token(), Verify: secret.Token()}
		return keys, f.write(fileSecrets, keys)
	}
	if err == nil {
		err = json.Unmarshal(raw, &keys)
	}
	if err != nil {
		return keys, fmt.Errorf("read %s (start afresh with --fresh): %w", fileSecrets, err)
	}
	return keys, nil
}

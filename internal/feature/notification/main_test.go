package notification

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/mail"
	"github.com/aerostic/aerostic/internal/platform/outbound"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/secret"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// postbox keeps mails.
type postbox struct {
	mu    sync.Mutex
	mails []mail.Message
}

// Send keeps a mail.
func (p *postbox) Send(_ context.Context, m mail.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mails = append(p.mails, m)
	return nil
}

// bundle is Acme with Ann and Bob, Lotus with Lina, and a push service.
type bundle struct {
	t              *testing.T
	s              *Service
	clock          *clock.Fake
	acme, lotus    uuid.UUID
	ann, bob, lina uuid.UUID
	box            *postbox
	service        *pushService
}

func setup(t *testing.T) *bundle {
	t.Helper()
	d, now := dbtest.New(t), clock.NewFake(time.Date(2026, time.November, 9, 6, 30, 0, 0, time.UTC)) // a Monday, noon in India
	log := slog.New(slog.DiscardHandler)
	jobs, err := queue.NewInserter(queue.Config{DB: d, Clock: now, Logger: log})
	b := &bundle{t: t, clock: now, acme: dbtest.Tenant(t, d, "acme"), lotus: dbtest.Tenant(t, d, "lotus"), box: &postbox{}}
	b.must(err)
	keys, err := secret.ParseKeys(secret.NewKey("k1"))
	b.must(err)
	b.service = newPushService(t)
	b.s = New(Deps{DB: d, Clock: now, Queue: jobs, Mail: b.box, Keys: keys, Logger: log, PublicURL: "https://app.example", Subject: "ops@example.com",
		Outbound: outbound.New(outbound.Config{Private: true})})
	b.s.Describe = func(_ context.Context, _ pgx.Tx, _ uuid.UUID, list []Notification) (map[uuid.UUID]Words, error) {
		words := map[uuid.UUID]Words{}
		for _, n := range list {
			words[n.ID] = Words{Name: "आशा शर्मा", Preview: "कल मिलते हैं?"}
		}
		return words, nil
	}
	b.ann, b.bob, b.lina = b.member(b.acme, "Ann"), b.member(b.acme, "Bob"), b.member(b.lotus, "Lina")
	return b
}

func (b *bundle) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// member makes a person of a workspace.
func (b *bundle) member(tenant uuid.UUID, name string) uuid.UUID {
	b.t.Helper()
	id := ident.New()
	b.tx(tenant, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into users (id, email, name, password_hash, created_at, updated_at) values ($1, $2, $3, '-', $4, $4)`,
			id, id.String()+"@example.com", name, b.clock.Now())
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `insert into members (tenant_id, user_id, role, created_at, updated_at) values ($1, $2, 'agent', $3, $3)`, tenant, id, b.clock.Now())
		return err
	})
	return id
}

func (b *bundle) tx(tenant uuid.UUID, fn func(context.Context, pgx.Tx) error) {
	b.t.Helper()
	b.must(b.s.DB.InTenant(b.t.Context(), tenant, fn))
}

func (b *bundle) tell(news ...News) {
	b.t.Helper()
	b.tx(b.acme, func(ctx context.Context, tx pgx.Tx) error { return b.s.Tell(ctx, tx, b.acme, news...) })
}

func (b *bundle) as(user uuid.UUID) context.Context {
	tenant := b.acme
	if user == b.lina {
		tenant = b.lotus
	}
	return actor.With(b.t.Context(), actor.Actor{Kind: actor.User, TenantID: tenant, UserID: user, Role: "agent"})
}

func (b *bundle) listed(user uuid.UUID) []Shown {
	b.t.Helper()
	list, err := b.s.list(b.as(user), page{}, 50)
	b.must(err)
	return list
}

func (b *bundle) unread(user uuid.UUID) int {
	b.t.Helper()
	n, err := b.s.Unread(b.as(user))
	b.must(err)
	return n
}

func (b *bundle) prefer(user uuid.UUID, change func(*Preferences)) {
	b.t.Helper()
	p := usual()
	change(&p)
	_, err := b.s.Prefer(b.as(user), p)
	b.must(err)
}

// jobs counts the queued jobs of a kind.
func (b *bundle) jobs(kind string) (n int) {
	b.t.Helper()
	b.must(b.s.DB.AsSystem(b.t.Context(), "count jobs", func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from river.river_job where kind = $1`, kind).Scan(&n)
	}))
	return n
}

// pushService stands in for a browser vendor's: it takes pushes over HTTP and opens them with the
// browser's keys, as RFC 8291 and RFC 8188 say.
type pushService struct {
	t        *testing.T
	server   *httptest.Server
	mu       sync.Mutex
	browsers map[string]*browser // by path
}

// browser is one subscription with what it received.
type browser struct {
	key     *ecdh.PrivateKey
	auth    []byte
	answer  int
	got     []received
	service *pushService
	path    string
}

type received struct {
	parcel
	header http.Header
}

func newPushService(t *testing.T) *pushService {
	p := &pushService{t: t, browsers: map[string]*browser{}}
	p.server = httptest.NewServer(p)
	t.Cleanup(p.server.Close)
	return p
}

// ServeHTTP takes a push.
func (p *pushService) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b, known := p.browsers[r.URL.Path]
	if !known || r.Method != http.MethodPost {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		p.t.Error(err)
	}
	got := received{header: r.Header.Clone()}
	if err := json.Unmarshal(b.open(raw), &got.parcel); err != nil {
		p.t.Errorf("push does not open: %v", err)
	}
	if b.answer == http.StatusCreated {
		b.got = append(b.got, got)
	}
	w.WriteHeader(b.answer)
}

// open decrypts one aes128gcm record.
func (b *browser) open(raw []byte) []byte {
	salt, size, keyLength := raw[:16], binary.BigEndian.Uint32(raw[16:20]), int(raw[20])
	sender, sealed := raw[21:21+keyLength], raw[21+keyLength:]
	if int(size) < len(sealed) {
		return nil
	}
	point, err := ecdh.P256().NewPublicKey(sender)
	if err != nil {
		return nil
	}
	shared, err := b.key.ECDH(point)
	if err != nil {
		return nil
	}
	ikm, _ := hkdf.Key(sha256.New, shared, b.auth, "WebPush: info\x00"+string(b.key.PublicKey().Bytes())+string(sender), 32)
	key, _ := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: aes128gcm\x00", 16)
	nonce, _ := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: nonce\x00", 12)
	block, _ := aes.NewCipher(key)
	gcm, _ := cipher.NewGCM(block)
	plain, err := gcm.Open(nil, nonce, sealed, nil)
	if err != nil {
		return nil
	}
	for len(plain) > 0 && plain[len(plain)-1] == 0 {
		plain = plain[:len(plain)-1]
	}
	return plain[:len(plain)-1] // the delimiter of the last record
}

// subscribe makes a browser of a person.
func (b *bundle) subscribe(user uuid.UUID, path string) *browser {
	b.t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	b.must(err)
	br := &browser{key: key, auth: []byte("0123456789abcdef"), answer: http.StatusCreated, service: b.service, path: path}
	b.service.mu.Lock()
	b.service.browsers[path] = br
	b.service.mu.Unlock()
	_, err = b.s.Subscribe(b.as(user), Subscription{Endpoint: b.service.server.URL + path, Name: "Chrome on Android",
		P256dh: base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes()), Auth: base64.RawURLEncoding.EncodeToString(br.auth)})
	b.must(err)
	return br
}

func (br *browser) received() []received {
	br.service.mu.Lock()
	defer br.service.mu.Unlock()
	return br.got
}

func (br *browser) answers(status int) {
	br.service.mu.Lock()
	defer br.service.mu.Unlock()
	br.answer = status
}

func encode(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

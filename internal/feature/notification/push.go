package notification

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	webpush "github.com/SherClockHolmes/webpush-go"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const (
	// pushLife is how long a push service keeps a push for a browser that is off.
	pushLife = 12 * time.Hour
	// pushBatch is how many notifications one job pushes, and bundleAbove how many go one by one: more, as
	// after quiet hours, are one push.
	pushBatch   = 100
	bundleAbove = 3
	// longestPreview keeps a push below what every push service takes.
	longestPreview = 160
	topicLength    = 32 // RFC 8030, section 5.4
)

// parcel is what a service worker gets: web/apps/app/public/push-worker.js reads it.
type parcel struct {
	Title string `json:"title"`
	Body  string `json:"body,omitempty"`
	Path  string `json:"path"`
	Tag   string `json:"tag"` // a later push of the same replaces the one shown
}

// outgoing is a parcel with how it travels.
type outgoing struct {
	parcel
	urgency webpush.Urgency
	done    []delivered
}

// delivered names a notification as it was when it went out.
type delivered struct{ id, item uuid.UUID }

// push sends what is due to a person's browsers.
func (s *Service) push(ctx context.Context, tenant, user uuid.UUID) error {
	parcels, targets, err := s.packed(ctx, tenant, user)
	if err != nil || len(parcels) == 0 {
		return err
	}
	var result reach
	for _, p := range parcels {
		reached := s.reach(ctx, targets, p)
		result.gone = append(result.gone, reached.gone...)
		result.used = append(result.used, reached.used...)
		if len(reached.used) > 0 || reached.failed == nil {
			result.done = append(result.done, p.done...)
			continue
		}
		result.failed = reached.failed
	}
	if err := s.pushed(ctx, tenant, user, result); err != nil {
		return err
	}
	return result.failed
}

// packed reads what is due and for which devices, and closes the transaction before anything is sent.
func (s *Service) packed(ctx context.Context, tenant, user uuid.UUID) (parcels []outgoing, targets []target, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		list, err := dueFor(ctx, tx, sqlPushDue, tenant, user, s.Clock.Now())
		if err != nil || len(list) == 0 {
			return err
		}
		p, err := preferencesOf(ctx, tx, tenant, user)
		if err != nil {
			return err
		}
		shown, err := s.show(ctx, tx, tenant, list)
		if err != nil {
			return err
		}
		parcels = pack(shown, p.Preview)
		targets, err = s.targets(ctx, tx, tenant, user)
		return err
	})
	return parcels, targets, err
}

// pack makes one parcel per notification, or one of all when they are many.
func pack(list []Shown, preview bool) []outgoing {
	if len(list) > bundleAbove {
		all := outgoing{parcel: parcel{Title: fmt.Sprintf("%d things wait for you", len(list)), Path: "/notifications", Tag: "all"}, urgency: webpush.UrgencyNormal}
		for _, n := range list {
			all.done = append(all.done, delivered{n.ID, n.Item})
		}
		return []outgoing{all}
	}
	parcels := make([]outgoing, len(list))
	for i, n := range list {
		p := outgoing{parcel: parcel{Title: n.Title, Path: n.Path, Tag: n.Subject.String()}, urgency: webpush.UrgencyNormal, done: []delivered{{n.ID, n.Item}}}
		if preview {
			p.Body = shorten(n.Preview, longestPreview)
		}
		if n.Event.Urgent() {
			p.urgency = webpush.UrgencyHigh
		}
		parcels[i] = p
	}
	return parcels
}

// shorten keeps the first characters, never half of one.
func shorten(text string, characters int) string {
	runes := []rune(text)
	if len(runes) <= characters {
		return text
	}
	return string(runes[:characters-1]) + "…"
}

// reach is what became of a push.
type reach struct {
	used, gone []uuid.UUID
	done       []delivered
	failed     error // of a device that waiting may mend
}

// reach posts a parcel to every device at once: one slow push service does not hold up the others.
func (s *Service) reach(ctx context.Context, targets []target, p outgoing) (r reach) {
	answers := make([]error, len(targets))
	var posting sync.WaitGroup
	for i, t := range targets {
		posting.Go(func() { answers[i] = s.post(ctx, t, p) })
	}
	posting.Wait()
	for i, t := range targets {
		switch err := answers[i]; {
		case err == nil:
			r.used = append(r.used, t.id)
		case errors.Is(err, errGone):
			r.gone = append(r.gone, t.id)
		default:
			r.failed = fmt.Errorf("push to device %s: %w", t.id, err)
		}
	}
	return r
}

var (
	// errGone means that a browser does not take pushes any more.
	errGone = errors.New("the browser is gone")
	// errRefused means that the push service did not take it this time.
	errRefused = errors.New("the push service refused")
)

// post encrypts for one browser (RFC 8291) and hands over to its push service (RFC 8030).
func (s *Service) post(ctx context.Context, t target, p outgoing) error {
	keys, err := s.pushKeys(ctx)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(p.parcel)
	if err != nil {
		return err
	}
	resp, err := webpush.SendNotificationWithContext(ctx, raw, &t.sub, &webpush.Options{
		HTTPClient: s.Outbound, Subscriber: s.Subject, Topic: topicOf(p.Tag), TTL: int(pushLife.Seconds()), Urgency: p.urgency,
		VAPIDPublicKey: keys.public, VAPIDPrivateKey: keys.private,
	})
	if err != nil {
		return errors.New("no answer of the push service") // its address is a secret, and stands in the error
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
	switch {
	case resp.StatusCode < http.StatusMultipleChoices:
		return nil
	case resp.StatusCode == http.StatusNotFound || resp.StatusCode == http.StatusGone:
		return errGone
	}
	return fmt.Errorf("%w: status %d", errRefused, resp.StatusCode)
}

// topicOf lets a push service keep the last push of a conversation alone.
func topicOf(tag string) string {
	sum := sha256.Sum256([]byte(tag))
	return base64.RawURLEncoding.EncodeToString(sum[:])[:topicLength]
}

const sqlPushDue = `
select ` + columns + ` from notifications
where tenant_id = $1 and user_id = $2 and read_at is null and push_due <= $3
order by at, id limit $4`

func dueFor(ctx context.Context, tx pgx.Tx, sql string, tenant, user uuid.UUID, now time.Time) ([]Notification, error) {
	rows, err := tx.Query(ctx, sql, tenant, user, now, pushBatch)
	if err != nil {
		return nil, fmt.Errorf("read due notifications: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Notification])
}

// What happened again meanwhile is still due.
const sqlPushed = `
update notifications n set push_due = null
from unnest($3::uuid[], $4::uuid[]) as d (id, item)
where n.tenant_id = $1 and n.user_id = $2 and n.id = d.id and n.item = d.item`

// pushed takes note of what went out, and forgets browsers that are gone.
func (s *Service) pushed(ctx context.Context, tenant, user uuid.UUID, r reach) error {
	ids, items := unzip(r.done)
	err := s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, sqlPushed, tenant, user, ids, items); err != nil {
			return err
		}
		if len(r.used) > 0 {
			if _, err := tx.Exec(ctx, sqlDevicesUsed, tenant, user, s.Clock.Now(), r.used); err != nil {
				return err
			}
		}
		if len(r.gone) == 0 {
			return nil
		}
		_, err := deleteDevices(ctx, tx, tenant, user, r.gone)
		return err
	})
	if err != nil {
		return fmt.Errorf("take note of pushes: %w", err)
	}
	return nil
}

func unzip(list []delivered) (ids, items []uuid.UUID) {
	ids, items = make([]uuid.UUID, len(list)), make([]uuid.UUID, len(list))
	for i, d := range list {
		ids[i], items[i] = d.id, d.item
	}
	return ids, items
}

// Try pushes a greeting to the actor's browsers at once, and says how many took it.
func (s *Service) Try(ctx context.Context) (reached int, err error) {
	var targets []target
	var tenant, user uuid.UUID
	err = s.inWorkspace(ctx, func(ctx context.Context, tx pgx.Tx, t, u uuid.UUID) error {
		tenant, user = t, u
		targets, err = s.targets(ctx, tx, t, u)
		return err
	})
	if err != nil || len(targets) == 0 {
		return 0, err
	}
	r := s.reach(ctx, targets, outgoing{parcel: parcel{Title: "Notifications work on this device", Path: "/settings/notifications", Tag: "try"}, urgency: webpush.UrgencyHigh})
	return len(r.used), s.pushed(ctx, tenant, user, r)
}

package template

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

const (
	// absorbAtOnce is how many templates one transaction of a synchronisation writes.
	absorbAtOnce = 100
	// eventGrain is what Meta cuts off the time of an event.
	eventGrain = time.Second
)

// Synchronise queues a synchronisation of every account of the actor's tenant and returns how
// many there are.
func (s *Service) Synchronise(ctx context.Context) (accounts int, err error) {
	err = s.inTenant(ctx, "start synchronisation", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		channels, err := s.Channels.InUse(ctx, tx, tenant)
		if err != nil {
			return err
		}
		asked := map[string]bool{}
		for _, c := range channels {
			if asked[c.WABAID] {
				continue
			}
			asked[c.WABAID] = true
			if err := s.requestSync(ctx, tx, tenant, c.WABAID, causeAsked); err != nil {
				return err
			}
		}
		accounts = len(asked)
		return nil
	})
	return accounts, err
}

// sync reads all templates of an account from Meta and writes what differs. Templates that
// Meta no longer lists are deleted here.
func (s *Service) sync(ctx context.Context, tenant uuid.UUID, waba string) error {
	sender, err := s.sender(ctx, tenant, waba)
	if err != nil {
		return err
	}
	// Whole microseconds, as the database keeps them: what this run writes must not look
	// older than the run.
	state := Sync{WABAID: waba, StartedAt: s.Clock.Now().Truncate(time.Microsecond)}
	if err := s.note(ctx, tenant, state); err != nil {
		return err
	}
	remote, err := s.WhatsApp.ListTemplates(ctx, sender.Token, waba)
	if err != nil {
		return s.syncFailed(ctx, tenant, state, err)
	}
	for part := range slices.Chunk(remote, absorbAtOnce) {
		if err := s.absorb(ctx, tenant, waba, part, state.StartedAt); err != nil {
			return s.syncFailed(ctx, tenant, state, err)
		}
		state.Seen += len(part)
		if err := s.note(ctx, tenant, state); err != nil {
			return err
		}
	}
	return s.finish(ctx, tenant, state)
}

// syncFailed keeps the reason for the screen; the job is tried again.
func (s *Service) syncFailed(ctx context.Context, tenant uuid.UUID, state Sync, err error) error {
	now := s.Clock.Now()
	state.FinishedAt, state.Error = &now, "The synchronisation stopped. It is tried again by itself."
	if refusal, ok := errors.AsType[*whatsapp.Error](err); ok {
		state.Error = refusal.Advice().Sentence
	}
	return errors.Join(fmt.Errorf("synchronise account %s: %w", state.WABAID, err),
		s.note(context.WithoutCancel(ctx), tenant, state))
}

// note records how far a synchronisation is and tells the app.
func (s *Service) note(ctx context.Context, tenant uuid.UUID, state Sync) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		if err := putSync(ctx, tx, tenant, state); err != nil {
			return fmt.Errorf("note synchronisation: %w", err)
		}
		return realtime.Publish(ctx, tx, tenant, Topic, notice{Syncing: state.FinishedAt == nil})
	})
}

// finish deletes what Meta no longer lists and closes the run.
func (s *Service) finish(ctx context.Context, tenant uuid.UUID, state Sync) error {
	now := s.Clock.Now()
	state.FinishedAt = &now
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		vanished, err := lockUnseen(ctx, tx, tenant, state.WABAID, state.StartedAt)
		if err != nil {
			return fmt.Errorf("find vanished templates: %w", err)
		}
		changes := make([]change, 0, len(vanished))
		for _, t := range vanished {
			after := t
			after.Status, after.StatusNote = Deleted, "Meta no longer lists this template."
			changes = append(changes, change{before: t, after: after})
		}
		if err := s.keep(ctx, tx, tenant, changes); err != nil {
			return err
		}
		if err := putSync(ctx, tx, tenant, state); err != nil {
			return err
		}
		return realtime.Publish(ctx, tx, tenant, Topic, notice{Changed: len(changes)})
	})
}

// absorb writes a part of what Meta lists; read is when the list was asked for.
func (s *Service) absorb(ctx context.Context, tenant uuid.UUID, waba string, remote []whatsapp.Template, read time.Time) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		known, err := s.knownAs(ctx, tx, tenant, waba, remote)
		if err != nil {
			return fmt.Errorf("read known templates: %w", err)
		}
		now := s.Clock.Now()
		var changes []change
		var seen []uuid.UUID
		for _, r := range remote {
			before, ok := known[nameKey{r.Name, normalLanguage(r.Language)}]
			if !ok {
				before = Template{}
			}
			after := before.learn(r, read)
			switch {
			case !ok:
				after.TenantID, after.ID, after.WABAID = tenant, ident.New(), waba
				after.CreatedAt, after.SyncedAt = now, now
				changes = append(changes, change{before: before, after: after})
			case before.differs(after):
				after.SyncedAt = now
				changes = append(changes, change{before: before, after: after})
			default:
				seen = append(seen, before.ID)
			}
		}
		if err := s.keep(ctx, tx, tenant, changes); err != nil {
			return err
		}
		return markSeen(ctx, tx, tenant, seen, now)
	})
}

// nameKey is what a template is unique by within its account.
type nameKey struct{ name, language string }

func (s *Service) knownAs(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, waba string, remote []whatsapp.Template) (map[nameKey]Template, error) {
	names := make([]string, len(remote))
	for i, r := range remote {
		names[i] = r.Name
	}
	list, err := lockNamed(ctx, tx, tenant, waba, names)
	if err != nil {
		return nil, err
	}
	known := make(map[nameKey]Template, len(list))
	for _, t := range list {
		known[nameKey{t.Name, t.Language}] = t
	}
	return known, nil
}

// learn returns the template with what Meta lists. Where an event came after the list was
// asked for, the event is the newer knowledge of status, quality and category.
func (t Template) learn(r whatsapp.Template, read time.Time) Template {
	t.MetaID, t.Name, t.Language = r.ID, r.Name, normalLanguage(r.Language)
	t.ParameterFormat = or(strings.ToUpper(r.ParameterFormat), "POSITIONAL")
	t.Components = componentsOf(r)
	t.TTLSeconds = nil
	if r.TTLSeconds != 0 {
		seconds := r.TTLSeconds
		t.TTLSeconds = &seconds
	}
	if t.EventAt != nil && t.EventAt.Add(eventGrain).After(read) {
		return t
	}
	t.setStatus(Status(or(strings.ToUpper(r.Status), string(Pending))))
	t.RejectedReason = reasonCode(r.RejectedReason)
	t.Quality = "UNKNOWN"
	if r.QualityScore != nil {
		t.Quality = or(strings.ToUpper(r.QualityScore.Score), "UNKNOWN")
	}
	t.setCategory(Category(strings.ToUpper(r.Category)))
	if r.PreviousCategory != "" && t.PreviousCategory == "" {
		t.PreviousCategory = Category(strings.ToUpper(r.PreviousCategory))
	}
	return t
}

// setStatus takes what Meta says is true. A new status makes the words to the old one void.
func (t *Template) setStatus(to Status) {
	if t.Status == to {
		return
	}
	t.Status, t.StatusNote, t.PausedUntil = to, "", nil
}

// setCategory records what it was before; an announced change is then done.
func (t *Template) setCategory(to Category) {
	if t.Category == to || to == "" {
		return
	}
	t.PreviousCategory, t.Category = t.Category, to
	t.NextCategory, t.NextCategoryAt = "", nil
}

// differs reports whether anything but the times of synchronising changed.
func (t Template) differs(after Template) bool {
	sameTTL := (t.TTLSeconds == nil) == (after.TTLSeconds == nil) &&
		(t.TTLSeconds == nil || *t.TTLSeconds == *after.TTLSeconds)
	return !sameTTL || t.MetaID != after.MetaID || t.Category != after.Category ||
		t.PreviousCategory != after.PreviousCategory || t.Status != after.Status ||
		t.RejectedReason != after.RejectedReason || t.Quality != after.Quality ||
		t.ParameterFormat != after.ParameterFormat || !sameJSON(t.Components, after.Components)
}

// sameJSON compares by content: jsonb gives back other spacing and order of keys.
func sameJSON(a, b json.RawMessage) bool {
	return bytes.Equal(canonical(a), canonical(b))
}

func canonical(raw json.RawMessage) []byte {
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return raw
	}
	out, err := json.Marshal(value)
	if err != nil {
		return raw
	}
	return out
}

// componentsOf keeps the components as Meta sent them, so that kinds we do not know survive.
func componentsOf(r whatsapp.Template) json.RawMessage {
	var whole struct {
		Components json.RawMessage `json:"components"`
	}
	if json.Unmarshal(r.Raw, &whole) == nil && len(whole.Components) > 0 {
		return whole.Components
	}
	raw, err := json.Marshal(r.Components)
	if err != nil || r.Components == nil {
		return json.RawMessage("[]")
	}
	return raw
}

func reasonCode(code string) string {
	if strings.EqualFold(code, "NONE") {
		return ""
	}
	return strings.ToUpper(code)
}

func or(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}

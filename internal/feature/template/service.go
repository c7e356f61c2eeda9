package template

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/channel"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/blob"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/queue"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Topic is where the app hears that templates changed.
const Topic = "templates"

// Deps is what the service works with. All but AppID are required.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Queue    *queue.Client
	WhatsApp *whatsapp.Client
	Channels *channel.Service
	Blobs    blob.Store // samples of media headers
	Logger   *slog.Logger
	// AppID is our app at Meta, which uploads of header samples name. Empty: asked of Meta
	// with the number's token.
	AppID string
}

// Service is the use cases on templates.
type Service struct {
	Deps
	cache *cache

	// Unsendable runs in the transaction in which a template that could be sent no longer can:
	// paused, disabled, rejected after an edit, deleted. reason is a sentence for the user.
	Unsendable func(ctx context.Context, tx pgx.Tx, t Template, reason string) error
	// Recategorised runs in the transaction in which Meta moved a template to another category,
	// or announced that it will: t.Coming is what it will be charged as.
	Recategorised func(ctx context.Context, tx pgx.Tx, t Template) error
	// Filled counts the campaigns in progress whose recipients have values for this template's
	// places as they are: those must not change under them.
	Filled func(ctx context.Context, tx pgx.Tx, t Template) (int64, error)
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{
		Deps: d, cache: newCache(compiledKept),
		Unsendable:    func(context.Context, pgx.Tx, Template, string) error { return nil },
		Recategorised: func(context.Context, pgx.Tx, Template) error { return nil },
		Filled:        func(context.Context, pgx.Tx, Template) (int64, error) { return 0, nil },
	}
}

// Filter is what a list shows. Empty fields match everything; without a status the deleted
// templates are left out.
type Filter struct {
	WABAID   string
	Prefix   string // of the name
	Category Category
	Status   Status
	Language string
}

// Cursor is where a page of the list begins: after this template.
type Cursor struct {
	Name string    `json:"n"`
	ID   uuid.UUID `json:"i"`
}

// List returns the tenant's templates by name, at most limit+1 of them (the extra one says
// that there are more), and how the last synchronisation of each account went.
func (s *Service) List(ctx context.Context, f Filter, after Cursor, limit int) (list []Template, syncs []Sync, err error) {
	err = s.inTenant(ctx, "list templates", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err = listTemplates(ctx, tx, tenant, page{
			WABAID: f.WABAID, Prefix: searchName(f.Prefix), Language: normalLanguage(f.Language),
			Category: f.Category, Status: f.Status, AfterName: after.Name, AfterID: after.ID, Limit: limit + 1,
		})
		if err != nil {
			return err
		}
		syncs, err = listSyncs(ctx, tx, tenant)
		return err
	})
	return list, syncs, err
}

// searchName writes what a person types as Meta writes names: "Diwali offer" is diwali_offer.
func searchName(typed string) string {
	return strings.Join(strings.Fields(strings.ToLower(typed)), "_")
}

// Get returns one template of the tenant, deleted ones included: campaigns name them.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Template, error) {
	var found Template
	err := s.inTenant(ctx, "read template", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		found, err = templateByID(ctx, tx, tenant, id)
		return err
	})
	return found, err
}

// ByID returns a template within the caller's transaction in the tenant; pgx.ErrNoRows means
// the tenant has none of that id.
func (s *Service) ByID(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Template, error) {
	return templateByID(ctx, tx, tenant, id)
}

// ByIDs returns the templates of those ids within the caller's transaction; missing ones are
// left out.
func (s *Service) ByIDs(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]Template, error) {
	list, err := templatesByID(ctx, tx, tenant, ids)
	if err != nil {
		return nil, fmt.Errorf("read templates: %w", err)
	}
	found := make(map[uuid.UUID]Template, len(list))
	for _, t := range list {
		found[t.ID] = t
	}
	return found, nil
}

// Languages returns a template's versions, itself included, by language, within the caller's
// transaction. Deleted ones are left out.
func (s *Service) Languages(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, t Template) ([]Template, error) {
	list, err := languagesOf(ctx, tx, tenant, t.WABAID, t.Name)
	if err != nil {
		return nil, fmt.Errorf("read languages of %s: %w", t.Name, err)
	}
	return list, nil
}

// Delete deletes a template in this language at Meta and here. What was sent stays; campaigns
// that wait for it are told.
func (s *Service) Delete(ctx context.Context, id uuid.UUID) error {
	t, err := s.Get(ctx, id)
	if err != nil {
		return err
	}
	if err := t.mayDelete(); err != nil {
		return err
	}
	sender, err := s.sender(ctx, t.TenantID, t.WABAID)
	if err != nil {
		return err
	}
	err = s.WhatsApp.DeleteTemplate(ctx, sender.Token, t.WABAID, t.Name, t.MetaID)
	if err != nil && !gone(err) {
		return refusedBy(err)
	}
	return s.inTenant(ctx, "delete template", func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		t, err := lockTemplate(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		after := t
		after.Status, after.StatusNote = Deleted, ""
		return s.keep(ctx, tx, tenant, []change{{before: t, after: after}})
	})
}

// change is one template before and after; a zero before is a new one. submitted: written by a
// person here, not read from Meta.
type change struct {
	before, after Template
	submitted     bool
}

// repriced reports whether a known template is, or will be, charged as something else.
func (c change) repriced() bool {
	return c.before.ID != uuid.Nil && c.before.Coming() != c.after.Coming()
}

// keep writes changed templates, tells the campaigns that wait for those that can no longer
// be sent or cost something else, and tells the app.
func (s *Service) keep(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, changes []change) error {
	if len(changes) == 0 {
		return nil
	}
	now := s.Clock.Now()
	after := make([]Template, len(changes))
	for i := range changes {
		changes[i].after.UpdatedAt = now
		after[i] = changes[i].after
	}
	if err := putTemplates(ctx, tx, tenant, after); err != nil {
		return err
	}
	if err := putEvents(ctx, tx, tenant, historyOf(changes, now)); err != nil {
		return fmt.Errorf("write template events: %w", err)
	}
	for _, c := range changes {
		if c.before.Sendable() && !c.after.Sendable() {
			if err := s.Unsendable(ctx, tx, c.after, WhyNot(c.after)); err != nil {
				return err
			}
		}
		if c.repriced() {
			if err := s.Recategorised(ctx, tx, c.after); err != nil {
				return err
			}
		}
		if c.after.PausedUntil != nil && c.before.Status != Paused {
			if err := s.checkAfterPause(ctx, tx, c.after); err != nil {
				return err
			}
		}
	}
	return realtime.Publish(ctx, tx, tenant, Topic, notice{Changed: len(changes)})
}

// notice is what the app hears: enough to know that it must read again.
type notice struct {
	Changed int  `json:"changed"`
	Syncing bool `json:"syncing"`
}

// sender returns a number of the account whose token may be used now.
func (s *Service) sender(ctx context.Context, tenant uuid.UUID, waba string) (sender channel.Sender, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		sender, err = s.Channels.OfWABA(ctx, tx, tenant, waba)
		return err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return sender, fault.Conflict("No connected number of this WhatsApp account can be used now. Look under Numbers first.").WithCode("no_number")
	}
	return sender, err
}

// inTenant runs a use case in the actor's tenant and names what went wrong.
func (s *Service) inTenant(ctx context.Context, what string, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, tenant) })
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.NotFound("There is no such template in this workspace.")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// gone reports whether Meta says that what we named is not there any more.
func gone(err error) bool {
	refusal, ok := errors.AsType[*whatsapp.Error](err)
	return ok && refusal.Code == 100 && refusal.Subcode == 33
}

// refusedBy turns an error of the client into what the person reads.
func refusedBy(err error) error {
	refusal, ok := errors.AsType[*whatsapp.Error](err)
	if !ok {
		return fault.Unavailable("WhatsApp did not answer. Synchronise in a minute to see whether it took effect.").Wrap(err)
	}
	advice := refusal.Advice()
	switch advice.Action {
	case whatsapp.Retry, whatsapp.SlowManagement, whatsapp.SlowNumber, whatsapp.Ambiguous:
		return fault.Unavailable(advice.Sentence + " Try again in a minute.").Wrap(err)
	case whatsapp.Reauthorise:
		return fault.Conflict(advice.Sentence + " " + advice.Next).WithCode("token_refused").Wrap(err)
	default:
		return fault.Invalid(metaWords(refusal)).Wrap(err)
	}
}

// metaWords prefers what Meta wrote for the template's author.
func metaWords(e *whatsapp.Error) string {
	switch {
	case e.UserMessage != "" && e.UserTitle != "":
		return e.UserTitle + ": " + e.UserMessage
	case e.UserMessage != "":
		return e.UserMessage
	case e.Details != "":
		return "Meta refused the template: " + e.Details
	default:
		return "Meta refused the template: " + e.Title
	}
}

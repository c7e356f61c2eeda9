package consent

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// Deps is what the service works with.
type Deps struct {
	DB        *db.DB
	Clock     clock.Clock
	Logger    *slog.Logger
	Secrets   string // the installation's keys: they sign the links to the preference page
	PublicURL string // where the page is served
}

// Hooks are set once, while wiring.
type Hooks struct {
	// Change appends changes to the record of contacts and makes their rows follow, in the caller's
	// transaction. The ids must be contacts of the tenant. feature/contact does it.
	Change func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts []uuid.UUID, changes ...Change) error
	// CanAsk says why a template cannot ask people to confirm, as a fault at body.confirming.
	CanAsk func(ctx context.Context, tx pgx.Tx, tenant, channel, template uuid.UUID) error
	// Ask queues the messages that ask people to confirm, and returns what each of them says.
	Ask func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, questions []Question) ([]string, error)
}

// Service is the use cases of consent. Each exported method with a context acts for the context's
// actor in one transaction, unless it says otherwise.
type Service struct {
	Deps
	Hooks Hooks

	signing [][]byte // keys of the links, the newest first
	said    vocabularies
}

// New makes the service. Its hooks are set by the wiring.
func New(d Deps) (*Service, error) {
	keys, err := signingKeys(d.Secrets)
	if err != nil {
		return nil, err
	}
	return &Service{Deps: d, signing: keys}, nil
}

func (s *Service) inTenant(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, tenant) })
}

// Settings returns the workspace's rules of consent.
func (s *Service) Settings(ctx context.Context) (settings Settings, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		settings, err = readSettings(ctx, tx, tenant)
		return err
	})
	return settings, err
}

// SaveSettings replaces them.
func (s *Service) SaveSettings(ctx context.Context, settings Settings) (Settings, error) {
	if err := settings.clean(); err != nil {
		return Settings{}, err
	}
	return settings, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		before, err := readSettings(ctx, tx, tenant)
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(before.Confirming, settings.Confirming) {
			if err := s.canAsk(ctx, tx, tenant, settings.Confirming); err != nil {
				return err
			}
		}
		return saveSettings(ctx, tx, tenant, settings, s.Clock.Now())
	})
}

// History lists what a contact said and took back, the newest first.
func (s *Service) History(ctx context.Context, contact uuid.UUID, p web.PageQuery) (page web.Page[Record], err error) {
	before := position{At: s.Clock.Now().Add(24 * time.Hour), ID: uuid.Max}
	if err := web.DecodeCursor(p.After, &before); err != nil {
		return page, err
	}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if err := mustExist(ctx, tx, tenant, contact); err != nil {
			return err
		}
		found, err := history(ctx, tx, tenant, contact, before, p.Limit+1)
		page = web.PageOf(found, p.Limit, func(r Record) any { return position{r.At, r.ID} })
		return err
	})
	return page, err
}

// Statement is what a person of the workspace, or a program, records of a contact.
type Statement struct {
	Purpose  Purpose   `json:"purpose" enum:"marketing,utility,all"`
	State    State     `json:"state" enum:"in,out"`
	TopicID  uuid.UUID `json:"topicId,omitzero" doc:"A topic of marketing instead of all of it"`
	Source   string    `json:"source" minLength:"1" maxLength:"100" doc:"Where the person said it: shop, phone, form"`
	Shown    string    `json:"shown,omitempty" maxLength:"2000" doc:"The text the person saw"`
	Evidence string    `json:"evidence,omitempty" maxLength:"500" doc:"Their words, or where the proof is kept"`
}

// State records a statement of a contact.
func (s *Service) State(ctx context.Context, contact uuid.UUID, st Statement) error {
	if st.TopicID != uuid.Nil && st.Purpose != Marketing {
		return fault.Invalid("Topics belong to marketing.").At("body.topicId", "Leave it out, or choose marketing.")
	}
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if err := mustExist(ctx, tx, tenant, contact); err != nil {
			return err
		}
		if st.TopicID != uuid.Nil {
			if _, err := topic(ctx, tx, tenant, st.TopicID); err != nil {
				return err
			}
		}
		c := Change{Purpose: st.Purpose, State: st.State, Topic: st.TopicID, Via: ViaOf(ctx), Source: strings.TrimSpace(st.Source),
			By: who(ctx), Shown: st.Shown, Evidence: st.Evidence, At: s.Clock.Now()}
		return s.Hooks.Change(ctx, tx, tenant, []uuid.UUID{contact}, c)
	})
}

// ViaOf tells a person at a screen from a program.
func ViaOf(ctx context.Context) Via {
	if a, ok := actor.From(ctx); ok && a.Kind == actor.APIKey {
		return ViaAPI
	}
	return ViaScreen
}

const sqlExists = `select id from contacts where tenant_id = $1 and id = $2 and deleted_at is null`

func mustExist(ctx context.Context, tx pgx.Tx, tenant, contact uuid.UUID) error {
	err := tx.QueryRow(ctx, sqlExists, tenant, contact).Scan(&contact)
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.NotFound("This contact does not exist, or was deleted.").WithCode("contact_not_found")
	}
	return err
}

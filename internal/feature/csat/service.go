package csat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db"
)

// Deps is what the service works with.
type Deps struct {
	DB            *db.DB
	Clock         clock.Clock
	Conversations *conversation.Service
}

// Hooks are set once, while wiring.
type Hooks struct {
	// Ask queues questions and thanks. Without it nobody is asked.
	Ask func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, questions []Question) error
	// Rated hears of ratings, each once; nil: nobody does.
	Rated func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ratings []Rating) error
}

// Rating is an answer, and whose case it is about.
type Rating struct {
	Case, Conversation, Channel uuid.UUID
	Team, Assignee              *uuid.UUID // at the end of the case
	Score                       int        // 1 to 5
	At                          time.Time
}

// Service is the use cases of ratings.
type Service struct {
	Deps
	Hooks Hooks
}

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// Settings are when and how the workspace asks.
func (s *Service) Settings(ctx context.Context) (set Settings, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		set, err = readSettings(ctx, tx, tenant)
		return err
	})
	return set, err
}

// SaveSettings replaces them.
func (s *Service) SaveSettings(ctx context.Context, set Settings) (Settings, error) {
	if err := set.clean(); err != nil {
		return set, err
	}
	return set, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		var strange bool
		if err := tx.QueryRow(ctx, sqlStrangeChannels, tenant, set.Channels).Scan(&strange); err != nil {
			return err
		}
		if strange {
			return invalid("body.channels", "One of the numbers is not there any more.")
		}
		raw, err := json.Marshal(set)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, sqlSaveSettings, tenant, raw, s.Clock.Now())
		return err
	})
}

const (
	sqlSettings     = `select settings from csat_settings where tenant_id = $1`
	sqlSaveSettings = `
insert into csat_settings (tenant_id, settings, updated_at) values ($1, $2, $3)
on conflict (tenant_id) do update set settings = excluded.settings, updated_at = excluded.updated_at`
	sqlStrangeChannels = `
select exists (select from unnest($2::uuid[]) as u(id) where not exists (select from channels c where c.tenant_id = $1 and c.id = u.id))`
)

func readSettings(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (Settings, error) {
	var raw []byte
	err := tx.QueryRow(ctx, sqlSettings, tenant).Scan(&raw)
	if errors.Is(err, pgx.ErrNoRows) {
		return defaults(), nil
	}
	if err != nil {
		return Settings{}, fmt.Errorf("read the settings of ratings: %w", err)
	}
	var set Settings
	return set, json.Unmarshal(raw, &set)
}

func (s *Service) inTenant(ctx context.Context, fn func(context.Context, pgx.Tx, uuid.UUID) error) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return fn(ctx, tx, tenant) })
}

package csat

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/web"
)

const (
	mayRead   actor.Permission = "inbox.read"
	mayManage actor.Permission = "inbox.manage"
)

// Routes registers the feature's operations.
func (s *Service) Routes(api *web.API) {
	op := func(method, path, id, summary string, p actor.Permission) web.Op {
		return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "csat", Permission: p}
	}
	web.Register(api, op(http.MethodGet, "/api/csat/settings", "getCsatSettings", "When and how people are asked for a rating", mayRead), s.getSettings)
	web.Register(api, op(http.MethodPut, "/api/csat/settings", "saveCsatSettings", "Change when and how people are asked", mayManage), s.putSettings)
	web.Register(api, op(http.MethodGet, "/api/csat/answers", "listRatings", "Ratings, the latest first", mayManage), s.getAnswers)
}

type settingsReply struct{ Body Settings }

func settingsAnswer(set Settings, err error) (*settingsReply, error) {
	if err != nil {
		return nil, err
	}
	return &settingsReply{set}, nil
}

func (s *Service) getSettings(ctx context.Context, _ *struct{}) (*settingsReply, error) {
	return settingsAnswer(s.Settings(ctx))
}

type settingsInput struct{ Body Settings }

func (s *Service) putSettings(ctx context.Context, in *settingsInput) (*settingsReply, error) {
	return settingsAnswer(s.SaveSettings(ctx, in.Body))
}

// Answer is a rating as a list shows it.
type Answer struct {
	CaseID         uuid.UUID  `json:"caseId"`
	ConversationID uuid.UUID  `json:"conversationId"`
	Contact        string     `json:"contact" doc:"Name, or phone of who has none"`
	Score          int        `json:"score" doc:"1 to 5"`
	Comment        string     `json:"comment,omitempty"`
	At             time.Time  `json:"at"`
	AssigneeID     *uuid.UUID `json:"assigneeId,omitempty"`
	TeamID         *uuid.UUID `json:"teamId,omitempty"`
}

const sqlAnswers = `
select a.case_id, a.conversation_id, coalesce(nullif(p.name, ''), p.phone, ''), a.score, a.comment, a.answered_at, a.assignee_id, a.team_id
from csat_asks a left join contacts p on p.tenant_id = $1 and p.id = a.contact_id
where a.tenant_id = $1 and a.answered_at is not null and (a.answered_at, a.case_id) < ($2, $3)
order by a.answered_at desc, a.case_id desc limit $4`

type answersInput struct{ web.PageQuery }

type answersReply struct{ Body web.Page[Answer] }

// position is an answer's place in the list.
type position struct {
	At time.Time `json:"at"`
	ID uuid.UUID `json:"id"`
}

func (s *Service) getAnswers(ctx context.Context, in *answersInput) (*answersReply, error) {
	key := position{At: s.Clock.Now().Add(time.Hour), ID: uuid.Max}
	if err := web.DecodeCursor(in.After, &key); err != nil {
		return nil, err
	}
	r := &answersReply{}
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		rows, err := tx.Query(ctx, sqlAnswers, tenant, key.At, key.ID, in.Limit+1)
		if err != nil {
			return fmt.Errorf("list ratings: %w", err)
		}
		list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Answer])
		r.Body = web.PageOf(list, in.Limit, func(a Answer) any { return position{a.At, a.CaseID} })
		return err
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

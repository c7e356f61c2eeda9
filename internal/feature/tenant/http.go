package tenant

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/platform/web"
	"github.com/aerostic/aerostic/internal/platform/zone"
)

// Routes adds the workspace's settings, its team and the operator's list.
func (s *Service) Routes(api *web.API) {
	web.Register(api, web.Op{
		Method: http.MethodGet, Path: "/api/workspace", ID: "getWorkspace", Tag: "workspace",
		Summary: "Settings of the workspace", Permission: OverviewRead,
	}, s.getWorkspace)
	web.Register(api, web.Op{
		Method: http.MethodPatch, Path: "/api/workspace", ID: "updateWorkspace", Tag: "workspace",
		Summary: "Change settings of the workspace", Permission: SettingsWrite,
	}, s.patchWorkspace)
	web.Register(api, web.Op{
		Method: http.MethodGet, Path: "/api/platform/tenants", ID: "listTenants", Tag: "platform",
		Summary: "All workspaces of the installation", Permission: web.Platform,
	}, s.listTenants)
	s.holidayRoutes(api)
	s.teamRoutes(api)
}

type workspaceReply struct{ Body Workspace }

// Workspace is a tenant as its members see it.
type Workspace struct {
	ID           uuid.UUID     `json:"id"`
	Name         string        `json:"name"`
	Slug         string        `json:"slug" doc:"Address label"`
	Currency     string        `json:"currency"`
	Timezone     string        `json:"timezone" doc:"IANA name"`
	Country      string        `json:"country" doc:"ISO 3166-1 alpha-2"`
	QuietHours   quietHours    `json:"quietHours"`
	FrequencyCap frequencyBody `json:"frequencyCap"`
	ZoneField    string        `json:"zoneField,omitempty" doc:"The contact field that names a person's time zone; without it their phone number tells"`
	// ApprovalAbove is absent where nothing needs a second person.
	ApprovalAbove *money.Amount `json:"approvalAbove,omitempty" doc:"A campaign that may cost more needs a second person's approval; ten-thousandths"`
}

type quietHours struct {
	Enabled bool   `json:"enabled"`
	From    string `json:"from,omitempty" doc:"First quiet minute, HH:MM in the workspace's zone" example:"21:00"`
	To      string `json:"to,omitempty" doc:"First minute that is not quiet" example:"09:00"`
	Whose   string `json:"whose,omitempty" enum:"workspace,recipient" doc:"On whose clock; the workspace's unless said"`
}

type frequencyBody struct {
	Enabled  bool `json:"enabled"`
	Messages int  `json:"messages,omitempty" doc:"Marketing messages per contact"`
	Days     int  `json:"days,omitempty"`
}

func (s *Service) getWorkspace(ctx context.Context, _ *struct{}) (*workspaceReply, error) {
	t, err := s.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	return &workspaceReply{Body: workspaceBody(t)}, nil
}

type patchRequest struct {
	Body struct {
		Name          *string        `json:"name,omitempty"`
		Timezone      *string        `json:"timezone,omitempty"`
		QuietHours    *quietHours    `json:"quietHours,omitempty"`
		FrequencyCap  *frequencyBody `json:"frequencyCap,omitempty"`
		ZoneField     *string        `json:"zoneField,omitempty" pattern:"^([a-z][a-z0-9_]{0,39})?$" doc:"A contact field's key; empty for none"`
		ApprovalAbove *money.Amount  `json:"approvalAbove,omitempty" doc:"Ten-thousandths; 0 for no approvals"`
	}
}

func (s *Service) patchWorkspace(ctx context.Context, in *patchRequest) (*workspaceReply, error) {
	patch := Patch{Name: in.Body.Name, Timezone: in.Body.Timezone, ZoneField: in.Body.ZoneField, ApprovalAbove: in.Body.ApprovalAbove}
	if in.Body.QuietHours != nil {
		quiet, err := in.Body.QuietHours.parse()
		if err != nil {
			return nil, err
		}
		patch.Quiet = &quiet
	}
	if in.Body.FrequencyCap != nil {
		frequency := in.Body.FrequencyCap.parse()
		patch.Frequency = &frequency
	}
	t, err := s.Update(ctx, patch)
	if err != nil {
		return nil, err
	}
	return &workspaceReply{Body: workspaceBody(t)}, nil
}

func workspaceBody(t Tenant) Workspace {
	w := Workspace{
		ID: t.ID, Name: t.Name, Slug: t.Slug, Currency: string(t.Currency), Timezone: t.Timezone, Country: t.Country,
		ZoneField: t.ZoneField, ApprovalAbove: t.ApprovalAbove,
	}
	if t.Quiet != nil {
		w.QuietHours = quietHours{Enabled: true, From: zone.ClockText(t.Quiet.From), To: zone.ClockText(t.Quiet.To), Whose: "workspace"}
		if t.Quiet.ByRecipient {
			w.QuietHours.Whose = "recipient"
		}
	}
	if t.Frequency != nil {
		w.FrequencyCap = frequencyBody{Enabled: true, Messages: t.Frequency.Messages, Days: t.Frequency.Days}
	}
	return w
}

func (q quietHours) parse() (*QuietHours, error) {
	if !q.Enabled {
		return nil, nil
	}
	from, fromErr := zone.ParseClock(q.From)
	to, toErr := zone.ParseClock(q.To)
	if fromErr != nil || toErr != nil {
		return nil, invalid("body.quietHours", "Write quiet hours as 21:00 and 09:00.")
	}
	return &QuietHours{From: from, To: to, ByRecipient: q.Whose == "recipient"}, nil
}

func (f frequencyBody) parse() *FrequencyCap {
	if !f.Enabled {
		return nil
	}
	return &FrequencyCap{Messages: f.Messages, Days: f.Days}
}

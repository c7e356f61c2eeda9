package tenant

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/web"
)

func (s *Service) holidayRoutes(api *web.API) {
	web.Register(api, web.Op{
		Method: http.MethodGet, Path: "/api/workspace/holidays", ID: "listHolidays", Tag: "workspace",
		Summary: "The workspace's holidays, by date", Permission: OverviewRead,
	}, s.getHolidays)
	web.Register(api, web.Op{
		Method: http.MethodPost, Path: "/api/workspace/holidays", ID: "addHoliday", Tag: "workspace",
		Summary: "Add a holiday", Permission: SettingsWrite, Status: http.StatusCreated,
	}, s.postHoliday)
	web.Register(api, web.Op{
		Method: http.MethodPost, Path: "/api/workspace/holidays/national", ID: "addNationalHolidays", Tag: "workspace",
		Summary: "Add India's three national holidays", Permission: SettingsWrite,
	}, s.postNationalHolidays)
	web.Register(api, web.Op{
		Method: http.MethodDelete, Path: "/api/workspace/holidays/{id}", ID: "removeHoliday", Tag: "workspace",
		Summary: "Remove a holiday", Permission: SettingsWrite,
	}, s.deleteHoliday)
}

// HolidayBody is a holiday as the API shows it.
type HolidayBody struct {
	ID     uuid.UUID `json:"id"`
	Name   string    `json:"name"`
	On     string    `json:"on" format:"date" doc:"The day; of a yearly one, its first"`
	Yearly bool      `json:"yearly" doc:"Also on that day of every later year"`
}

type holidaysReply struct {
	Body struct {
		Items []HolidayBody `json:"items"`
	}
}

func holidayBody(h Holiday) HolidayBody {
	return HolidayBody{ID: h.ID, Name: h.Name, On: h.On.Format(time.DateOnly), Yearly: h.Yearly}
}

func holidays(list []Holiday, err error) (*holidaysReply, error) {
	if err != nil {
		return nil, err
	}
	r := &holidaysReply{}
	r.Body.Items = make([]HolidayBody, len(list))
	for i, h := range list {
		r.Body.Items[i] = holidayBody(h)
	}
	return r, nil
}

func (s *Service) getHolidays(ctx context.Context, _ *struct{}) (*holidaysReply, error) {
	return holidays(s.Holidays(ctx))
}

type holidayInput struct {
	Body struct {
		Name   string `json:"name" maxLength:"200"`
		On     string `json:"on" format:"date"`
		Yearly bool   `json:"yearly,omitempty"`
	}
}

type holidayReply struct{ Body HolidayBody }

func (s *Service) postHoliday(ctx context.Context, in *holidayInput) (*holidayReply, error) {
	on, err := time.Parse(time.DateOnly, in.Body.On)
	if err != nil {
		return nil, invalid("body.on", "Enter a day as 2026-11-08.")
	}
	h, err := s.AddHoliday(ctx, Holiday{Name: in.Body.Name, On: on, Yearly: in.Body.Yearly})
	if err != nil {
		return nil, err
	}
	return &holidayReply{holidayBody(h)}, nil
}

func (s *Service) postNationalHolidays(ctx context.Context, _ *struct{}) (*holidaysReply, error) {
	return holidays(s.AddNationalHolidays(ctx))
}

type holidayPath struct {
	ID uuid.UUID `path:"id"`
}

func (s *Service) deleteHoliday(ctx context.Context, in *holidayPath) (*struct{}, error) {
	return nil, s.RemoveHoliday(ctx, in.ID)
}

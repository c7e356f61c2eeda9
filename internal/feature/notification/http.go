package notification

import (
	"context"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// Routes registers the feature's operations. Whoever is in a workspace has notifications of their own.
func (s *Service) Routes(api *web.API) {
	web.Register(api, op(http.MethodGet, "/api/notifications", "listNotifications", "What you were told, the latest first"), s.getList)
	web.Register(api, op(http.MethodGet, "/api/notifications/unread", "countNotifications", "How many you have not read, up to 100"), s.getUnread)
	web.Register(api, op(http.MethodPost, "/api/notifications/read", "readNotifications", "Mark notifications read"), s.postRead)
	web.Register(api, op(http.MethodGet, "/api/notifications/preferences", "getNotificationPreferences", "How you want to be told"), s.getPreferences)
	web.Register(api, op(http.MethodPut, "/api/notifications/preferences", "saveNotificationPreferences", "Choose how you want to be told"), s.putPreferences)
	web.Register(api, op(http.MethodGet, "/api/notifications/devices", "listPushDevices", "Your browsers that take pushes, and the key to subscribe for"), s.getDevices)
	add := op(http.MethodPost, "/api/notifications/devices", "addPushDevice", "Let this browser take pushes")
	add.Status = http.StatusCreated
	web.Register(api, add, s.postDevice)
	web.Register(api, op(http.MethodDelete, "/api/notifications/devices/{id}", "removePushDevice", "Stop pushes to a browser"), s.deleteDevice)
	web.Register(api, op(http.MethodPost, "/api/notifications/try", "tryPush", "Push a greeting to your browsers"), s.postTry)
}

func op(method, path, id, summary string) web.Op {
	return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "notification", Permission: tenant.OverviewRead}
}

// NotificationBody is a notification as the API shows it.
type NotificationBody struct {
	ID      uuid.UUID `json:"id"`
	Event   Event     `json:"event" enum:"assigned,message,mention,unassigned,sla_warning,sla_breached,snooze_over,csat_low,payment_received,campaign_finished,campaign_failed"`
	Title   string    `json:"title" doc:"A sentence"`
	Preview string    `json:"preview,omitempty" doc:"The beginning of what was written"`
	Subject uuid.UUID `json:"subject" doc:"The conversation or campaign"`
	Path    string    `json:"path" doc:"Where the app shows it"`
	Count   int       `json:"count" doc:"How often it happened since it was read last"`
	At      time.Time `json:"at"`
	Read    bool      `json:"read"`
}

func body(n Shown) NotificationBody {
	return NotificationBody{ID: n.ID, Event: n.Event, Title: n.Title, Preview: shorten(n.Preview, longestPreview), Subject: n.Subject,
		Path: n.Path, Count: n.N, At: n.At, Read: n.ReadAt != nil}
}

type listInput struct{ web.PageQuery }

type listReply struct{ Body web.Page[NotificationBody] }

func (s *Service) getList(ctx context.Context, in *listInput) (*listReply, error) {
	var after page
	if err := web.DecodeCursor(in.After, &after); err != nil {
		return nil, err
	}
	found, err := s.list(ctx, after, in.Limit)
	if err != nil {
		return nil, err
	}
	p := web.PageOf(found, in.Limit, func(last Shown) any { return page{last.At, last.ID} })
	r := &listReply{web.Page[NotificationBody]{Items: make([]NotificationBody, len(p.Items)), Next: p.Next}}
	for i, n := range p.Items {
		r.Body.Items[i] = body(n)
	}
	return r, nil
}

type unreadReply struct {
	Body struct {
		Unread int `json:"unread" doc:"100 stands for more, too"`
	}
}

func (s *Service) getUnread(ctx context.Context, _ *struct{}) (*unreadReply, error) {
	n, err := s.Unread(ctx)
	if err != nil {
		return nil, err
	}
	r := &unreadReply{}
	r.Body.Unread = n
	return r, nil
}

type readInput struct {
	Body struct {
		IDs []uuid.UUID `json:"ids,omitempty" maxItems:"200" doc:"Absent: all"`
	}
}

func (s *Service) postRead(ctx context.Context, in *readInput) (*struct{}, error) {
	return nil, s.Read(ctx, in.Body.IDs)
}

// PreferencesBody is how somebody wants to be told.
type PreferencesBody struct {
	Ways      map[Event][]Way `json:"ways" doc:"By event: app, push, mail"`
	Quiet     *QuietBody      `json:"quiet,omitempty" doc:"Absent: no quiet hours"`
	Zone      string          `json:"zone,omitempty" maxLength:"60" doc:"IANA name; absent: the workspace's"`
	Preview   bool            `json:"preview,omitempty" doc:"Show the beginning of messages in pushes and mails"`
	MailAfter int             `json:"mailAfter" doc:"Minutes that something stays unread before it is mailed"`
}

// QuietBody are quiet hours.
type QuietBody struct {
	Days   []int `json:"days" maxItems:"7" doc:"On which they begin; 0 is Sunday"`
	From   int   `json:"from" doc:"Minutes of the day"`
	To     int   `json:"to" doc:"Minutes of the day; not above from: of the next day"`
	Urgent bool  `json:"urgent,omitempty" doc:"Answers that are due or late pass"`
}

func (b PreferencesBody) preferences() Preferences {
	p := Preferences{Ways: b.Ways, Zone: b.Zone, Preview: b.Preview, MailAfter: b.MailAfter}
	if b.Quiet != nil {
		q := Quiet(*b.Quiet)
		p.Quiet = &q
	}
	return p
}

type preferencesReply struct{ Body PreferencesBody }

func preferencesAnswer(p Preferences, err error) (*preferencesReply, error) {
	if err != nil {
		return nil, err
	}
	b := PreferencesBody{Ways: p.Ways, Zone: p.Zone, Preview: p.Preview, MailAfter: p.MailAfter}
	if p.Quiet != nil {
		q := QuietBody(*p.Quiet)
		b.Quiet = &q
	}
	return &preferencesReply{b}, nil
}

func (s *Service) getPreferences(ctx context.Context, _ *struct{}) (*preferencesReply, error) {
	return preferencesAnswer(s.Preferences(ctx))
}

type preferencesInput struct{ Body PreferencesBody }

func (s *Service) putPreferences(ctx context.Context, in *preferencesInput) (*preferencesReply, error) {
	return preferencesAnswer(s.Prefer(ctx, in.Body.preferences()))
}

// DeviceBody is a browser that takes pushes.
type DeviceBody struct {
	ID        uuid.UUID  `json:"id"`
	Hash      string     `json:"hash" doc:"SHA-256 of its endpoint, in hex: a browser knows itself by it"`
	Name      string     `json:"name"`
	CreatedAt time.Time  `json:"createdAt"`
	UsedAt    *time.Time `json:"usedAt,omitempty" doc:"The last push it took"`
}

func deviceBody(d Device) DeviceBody {
	return DeviceBody{ID: d.ID, Hash: hex.EncodeToString(d.Hash), Name: d.Name, CreatedAt: d.CreatedAt, UsedAt: d.UsedAt}
}

type devicesReply struct {
	Body struct {
		Key   string       `json:"key" doc:"applicationServerKey to subscribe for"`
		Items []DeviceBody `json:"items"`
	}
}

func (s *Service) getDevices(ctx context.Context, _ *struct{}) (*devicesReply, error) {
	list, err := s.Devices(ctx)
	if err != nil {
		return nil, err
	}
	r := &devicesReply{}
	r.Body.Items = make([]DeviceBody, len(list))
	for i, d := range list {
		r.Body.Items[i] = deviceBody(d)
	}
	r.Body.Key, err = s.PushKey(ctx)
	return r, err
}

type deviceInput struct {
	Body struct {
		Endpoint string `json:"endpoint" maxLength:"2000"`
		Keys     struct {
			P256dh string `json:"p256dh" maxLength:"200"`
			Auth   string `json:"auth" maxLength:"100"`
		} `json:"keys"`
		Name string `json:"name" maxLength:"320" doc:"As you know the device"`
	}
}

type deviceReply struct{ Body DeviceBody }

func (s *Service) postDevice(ctx context.Context, in *deviceInput) (*deviceReply, error) {
	b := in.Body
	d, err := s.Subscribe(ctx, Subscription{Endpoint: b.Endpoint, P256dh: b.Keys.P256dh, Auth: b.Keys.Auth, Name: b.Name})
	if err != nil {
		return nil, err
	}
	return &deviceReply{deviceBody(d)}, nil
}

type deviceInPath struct {
	ID uuid.UUID `path:"id"`
}

func (s *Service) deleteDevice(ctx context.Context, in *deviceInPath) (*struct{}, error) {
	return nil, s.Unsubscribe(ctx, in.ID)
}

type tryReply struct {
	Body struct {
		Reached int `json:"reached" doc:"Browsers that took it"`
	}
}

func (s *Service) postTry(ctx context.Context, _ *struct{}) (*tryReply, error) {
	n, err := s.Try(ctx)
	if err != nil {
		return nil, err
	}
	r := &tryReply{}
	r.Body.Reached = n
	return r, nil
}

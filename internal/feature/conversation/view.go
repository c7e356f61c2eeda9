package conversation

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// ViewFilter is a filter of the list as it is saved: "me" is whoever looks.
type ViewFilter struct {
	Status   string `json:"status,omitempty" enum:"open,pending,snoozed,resolved,all" doc:"Absent: open"`
	Assignee string `json:"assignee,omitempty" maxLength:"36" doc:"me, none, or a member's user id"`
	Team     string `json:"team,omitempty" format:"uuid"`
	Label    string `json:"label,omitempty" format:"uuid"`
	Channel  string `json:"channel,omitempty" format:"uuid"`
	Handler  string `json:"handler,omitempty" enum:"people,bot"`
	Unread   bool   `json:"unread,omitempty"`
	Mentions bool   `json:"mentions,omitempty"`
	Waiting  bool   `json:"waiting,omitempty"`
	SLA      string `json:"sla,omitempty" enum:"breached,due_soon"`
}

// filter is which conversations it shows a reader now.
func (v ViewFilter) filter(user uuid.UUID, now time.Time) (Filter, error) {
	if v.Status == "" {
		v.Status = string(Open)
	}
	in := listInput{Status: v.Status, Assignee: v.Assignee, Team: v.Team, Label: v.Label, Channel: v.Channel, Handler: v.Handler,
		Unread: v.Unread, Mentions: v.Mentions, Waiting: v.Waiting}
	f, err := in.filter(user)
	f.Due = due(v.SLA, now)
	return f, err
}

// View is a saved filter of the list.
type View struct {
	ID       uuid.UUID  `json:"id"`
	Name     string     `json:"name"`
	Personal bool       `json:"personal" doc:"Only who made it sees it"`
	Filter   ViewFilter `json:"filter"`

	owner    *uuid.UUID
	position int
}

// ViewDraft is what people set on a view.
type ViewDraft struct {
	Name     string     `json:"name" minLength:"1" maxLength:"60"`
	Personal bool       `json:"personal,omitempty" doc:"Only who makes it sees it; for everybody, owners and admins alone"`
	Filter   ViewFilter `json:"filter"`
}

// mostViews is how many a workspace shares, and how many a member has besides.
const mostViews = 30

const (
	viewColumns = `v.id, v.name, v.user_id, v.filter, v.position`
	sqlViews    = `
select ` + viewColumns + ` from conversation_views v
where v.tenant_id = $1 and (v.user_id is null or v.user_id = $2) order by v.user_id is not null, v.position, v.id`
	sqlView    = `select ` + viewColumns + ` from conversation_views v where v.tenant_id = $1 and v.id = $2`
	sqlPutView = `
insert into conversation_views (tenant_id, id, name, user_id, filter, position, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (tenant_id, id) do update set name = excluded.name, user_id = excluded.user_id, filter = excluded.filter, position = excluded.position`
	sqlDropView  = `delete from conversation_views where tenant_id = $1 and id = $2`
	sqlLeftViews = `delete from conversation_views where tenant_id = $1 and user_id = $2`
)

func scanView(row pgx.CollectableRow) (v View, err error) {
	err = row.Scan(&v.ID, &v.Name, &v.owner, &v.Filter, &v.position)
	v.Personal = v.owner != nil
	return v, err
}

// Views lists everybody's views and then the actor's own, each in their order.
func (s *Service) Views(ctx context.Context) (list []View, err error) {
	return list, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err = views(ctx, tx, tenant, actor.Must(ctx).UserID)
		return err
	})
}

func views(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) ([]View, error) {
	rows, err := tx.Query(ctx, sqlViews, tenant, user)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanView)
}

// viewFilter is what a view shows the actor.
func (s *Service) viewFilter(ctx context.Context, id uuid.UUID) (f Filter, err error) {
	return f, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		v, err := viewByID(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		f, err = v.Filter.filter(actor.Must(ctx).UserID, s.Clock.Now())
		return err
	})
}

// viewByID reads a view that the actor may see.
func viewByID(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (View, error) {
	rows, err := tx.Query(ctx, sqlView, tenant, id)
	if err != nil {
		return View{}, err
	}
	v, err := pgx.CollectExactlyOneRow(rows, scanView)
	if errors.Is(err, pgx.ErrNoRows) || err == nil && v.owner != nil && *v.owner != actor.Must(ctx).UserID {
		return View{}, fault.NotFound("This view does not exist.").WithCode("view_not_found")
	}
	return v, err
}

// SaveView makes a view, which comes last, or changes the one with that id.
func (s *Service) SaveView(ctx context.Context, id uuid.UUID, d ViewDraft) (v View, err error) {
	me := actor.Must(ctx).UserID
	v = View{ID: id, Name: strings.Join(strings.Fields(d.Name), " "), Personal: d.Personal, Filter: d.Filter}
	if v.Name == "" || utf8.RuneCountInString(v.Name) > 60 {
		return v, fault.Invalid("A view has a name.").At("body.name", "Between 1 and 60 characters.")
	}
	if _, err := v.Filter.filter(me, s.Clock.Now()); err != nil {
		return v, err
	}
	if d.Personal {
		v.owner = &me
	}
	return v, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		known, err := views(ctx, tx, tenant, me)
		if err != nil {
			return err
		}
		if err := v.among(ctx, known); err != nil {
			return err
		}
		return putView(ctx, tx, tenant, v, me, s.Clock.Now())
	})
}

// among gives a view its id and place among those that there are, and refuses what may not be.
func (v *View) among(ctx context.Context, known []View) error {
	if err := mayArrange(ctx, v.Personal); err != nil {
		return err
	}
	at := slices.IndexFunc(known, func(o View) bool { return o.ID == v.ID })
	beside := 0
	for _, o := range known {
		if o.Personal == v.Personal && o.ID != v.ID {
			beside++
			v.position = max(v.position, o.position+1)
		}
	}
	switch {
	case v.ID != uuid.Nil && at < 0:
		return fault.NotFound("This view does not exist.").WithCode("view_not_found")
	case beside >= mostViews:
		return fault.Invalid("There is room for 30 views. Remove one first.").WithCode("too_many_views")
	case at < 0:
		v.ID = ident.New()
	case known[at].Personal == v.Personal:
		v.position = known[at].position
	default:
		return mayArrange(ctx, known[at].Personal)
	}
	return nil
}

// mayArrange refuses agents what everybody sees.
func mayArrange(ctx context.Context, personal bool) error {
	if !personal && actor.Must(ctx).Role == "agent" {
		return fault.Forbidden("A view that everybody sees is for an owner or an admin to change. Make one of your own.")
	}
	return nil
}

func putView(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, v View, by uuid.UUID, now time.Time) error {
	_, err := tx.Exec(ctx, sqlPutView, tenant, v.ID, v.Name, v.owner, v.Filter, v.position, by, now)
	return err
}

// RemoveView takes a view away.
func (s *Service) RemoveView(ctx context.Context, id uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		v, err := viewByID(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		if err := mayArrange(ctx, v.Personal); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, sqlDropView, tenant, id)
		return err
	})
}

// OrderViews says in which order everybody's views, or the actor's own, are shown; all of them are named.
func (s *Service) OrderViews(ctx context.Context, personal bool, ids []uuid.UUID) error {
	if err := mayArrange(ctx, personal); err != nil {
		return err
	}
	me := actor.Must(ctx).UserID
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		known, err := views(ctx, tx, tenant, me)
		if err != nil {
			return err
		}
		known = slices.DeleteFunc(known, func(v View) bool { return v.Personal != personal })
		for _, v := range known {
			if v.position = slices.Index(ids, v.ID); v.position < 0 || len(ids) != len(known) {
				return fault.Invalid("Name every view once.").At("body.ids", "Every view once.")
			}
			if err := putView(ctx, tx, tenant, v, me, s.Clock.Now()); err != nil {
				return err
			}
		}
		return nil
	})
}

// MemberLeft forgets the views of somebody who left the workspace.
func (s *Service) MemberLeft(ctx context.Context, tx pgx.Tx, tenant, user uuid.UUID) error {
	_, err := tx.Exec(ctx, sqlLeftViews, tenant, user)
	return err
}

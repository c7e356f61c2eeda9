package app

import (
	"context"
	"fmt"
	"os"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/reply"
	"github.com/aerostic/aerostic/internal/feature/tenant"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// demoInbox fills the first demo firm's inbox, once requests are answered: customers write through the
// simulator, and people answer through the gate. What a start before did is not done again.
type demoInbox struct {
	*Core
	sim     string // address
	channel string // Meta's id of the number
	tenant  uuid.UUID
	people  map[string]context.Context // in which each acts, by key
	owner   uuid.UUID
	labels  map[string]uuid.UUID
}

// talk fills the inbox beside the running roles, unless a start before has.
func (d *dev) talk(ctx context.Context, o DevOptions) {
	if _, err := os.Stat(d.folder.path(fileTalked)); err == nil || d.sim == nil {
		return
	}
	err := d.talkAll(ctx, o)
	if err == nil {
		err = os.WriteFile(d.folder.path(fileTalked), nil, 0o644)
	}
	if err != nil && ctx.Err() == nil {
		o.Log.Error("the demo inbox is not whole; the next start finishes it", "error", err)
	}
}

func (d *dev) talkAll(ctx context.Context, o DevOptions) error {
	c, err := Open(ctx, d.cfg, o.Log)
	if err != nil {
		return err
	}
	defer c.Close()
	in := &demoInbox{Core: c, sim: d.sim.url, channel: demoAccounts()[0].Numbers[0].ID}
	return in.fill(ctx)
}

func (in *demoInbox) fill(ctx context.Context) error {
	for _, step := range []func(context.Context) error{in.know, in.prepare, in.write, in.work, in.rate} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// know reads who the firm's people are.
func (in *demoInbox) know(ctx context.Context) error {
	firm := demoFirms()[0]
	id, _, err := in.Tenants.BySlug(ctx, firm.slug)
	if err != nil {
		return err
	}
	in.tenant, in.people = id, map[string]context.Context{}
	var members []tenant.Member
	err = in.DB.InTenant(ctx, id, func(ctx context.Context, tx pgx.Tx) error {
		members, err = in.Tenants.MembersIn(ctx, tx, id)
		return err
	})
	for _, m := range members {
		for _, p := range firm.people {
			if m.Email == p.email {
				in.people[p.key] = actor.With(ctx, actor.Actor{Kind: actor.User, UserID: m.UserID, TenantID: id, Role: string(m.Role), Email: m.Email})
			}
		}
	}
	if err == nil && len(in.people) < len(firm.people) {
		return fmt.Errorf("%s lacks some of its people", firm.name)
	}
	return err
}

// prepare makes labels, canned replies, a macro, and asks for ratings, without a word of thanks: that would
// be a second message.
func (in *demoInbox) prepare(context.Context) error {
	as := in.people["owner"]
	in.owner, in.labels = actor.Must(as).UserID, map[string]uuid.UUID{}
	for _, l := range demoLabels() {
		if _, err := in.Conversations.AddLabel(as, l[0], l[1]); err != nil && fault.KindOf(err) != fault.KindConflict {
			return fmt.Errorf("label %s: %w", l[0], err)
		}
	}
	labels, err := in.Conversations.Labels(as)
	if err != nil {
		return err
	}
	for _, l := range labels {
		in.labels[l.Name] = l.ID
	}
	if err := in.prepareReplies(as); err != nil {
		return err
	}
	set, err := in.Ratings.Settings(as)
	if err != nil {
		return err
	}
	set.On, set.DelayMinutes, set.Comment = true, 0, false
	for i := range set.Texts {
		set.Texts[i].Thanks = ""
	}
	_, err = in.Ratings.SaveSettings(as, set)
	return err
}

func (in *demoInbox) prepareReplies(as context.Context) error {
	known, err := in.Replies.Canned(as, "", web.PageQuery{Limit: 1})
	if err != nil || len(known.Items) > 0 {
		return err
	}
	for _, d := range []reply.CannedDraft{
		{Name: "Greeting", Shortcut: "hi", Body: "Namaste {{contact.first_name|there}}, this is {{agent.name}} of {{workspace.name}}. How may I help?"},
		{Name: "पता पूछें", Shortcut: "पता", Body: "कृपया अपना पूरा पता पिन कोड के साथ भेज दीजिए।"},
		{Name: "Delivery time", Shortcut: "delivery", Body: "We send within a day; it takes two to four days to reach you."},
	} {
		if _, err := in.Replies.AddCanned(as, d); err != nil {
			return fmt.Errorf("canned reply %s: %w", d.Name, err)
		}
	}
	_, err = in.Replies.AddMacro(as, reply.MacroDraft{Name: "Shipped, and done", Steps: []reply.Step{
		{Kind: reply.SendText, Text: "Your parcel is on its way, {{contact.first_name}}!"},
		{Kind: reply.PutLabels, Labels: []uuid.UUID{in.labels["Delivery"]}}, {Kind: reply.Resolve}}})
	if fault.KindOf(err) == fault.KindConflict {
		return nil
	}
	return err
}

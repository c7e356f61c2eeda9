package reply

import (
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// CannedDraft is what people set on a canned reply.
type CannedDraft struct {
	Personal bool       `json:"personal,omitempty" doc:"Only who makes it sees it"`
	Name     string     `json:"name" minLength:"1" maxLength:"80"`
	Shortcut string     `json:"shortcut,omitempty" maxLength:"40" doc:"Letters, digits, - and _; what is typed after /"`
	Body     string     `json:"body" maxLength:"4096"`
	UploadID *uuid.UUID `json:"uploadId,omitempty" doc:"A file to go with it"`
}

var shortcutPattern = regexp.MustCompile(`^[\p{L}\p{M}\p{N}_-]*$`)

// clean trims a draft and names what is wrong with it.
func (d *CannedDraft) clean() error {
	d.Name, d.Body = strings.Join(strings.Fields(d.Name), " "), strings.TrimSpace(d.Body)
	d.Shortcut = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(d.Shortcut), "/"))
	switch {
	case d.Name == "" || utf8.RuneCountInString(d.Name) > longestName:
		return incomplete("body.name", "Between 1 and 80 characters.")
	case !shortcutPattern.MatchString(d.Shortcut) || utf8.RuneCountInString(d.Shortcut) > longestShort:
		return incomplete("body.shortcut", "At most 40 letters, digits, - and _, without a space.")
	case d.Body == "" && d.UploadID == nil:
		return incomplete("body.body", "Write a text or attach a file.")
	case utf8.RuneCountInString(d.Body) > longestBody || strings.ContainsRune(d.Body, 0) || !utf8.ValidString(d.Body):
		return incomplete("body.body", "At most 4,096 characters.")
	}
	return checkPlaces(d.Body, "body.body")
}

func incomplete(at, sentence string) error {
	return fault.Invalid("The canned reply is not complete.").At(at, sentence)
}

// canned is the draft as it is stored, with the file that it names.
func (d CannedDraft) canned(ctx context.Context, id uuid.UUID) Canned {
	c := Canned{ID: id, Personal: d.Personal, Name: d.Name, Shortcut: d.Shortcut, Body: d.Body, UploadID: d.UploadID}
	if d.Personal {
		user := actor.Must(ctx).UserID
		c.owner = &user
	}
	return c
}

// position is where a page of canned replies ends.
type position struct {
	Rank int       `json:"rank"`
	Uses int64     `json:"uses"`
	ID   uuid.UUID `json:"id"`
}

// Canned lists the canned replies that the actor may use and that a word finds in shortcut, name or text:
// those whose shortcut begins so first, then the most used.
func (s *Service) Canned(ctx context.Context, q string, p web.PageQuery) (page web.Page[Canned], err error) {
	q = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(q), "/"))
	from := position{Rank: 3}
	if err := web.DecodeCursor(p.After, &from); err != nil {
		return page, err
	}
	return page, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err := listCanned(ctx, tx, tenant, actor.Must(ctx).UserID, q, from, p.Limit+1)
		page = web.PageOf(list, p.Limit, func(c Canned) any { return position{c.rank, c.Uses, c.ID} })
		return err
	})
}

// AddCanned makes a canned reply.
func (s *Service) AddCanned(ctx context.Context, d CannedDraft) (c Canned, err error) {
	if err := d.clean(); err != nil {
		return c, err
	}
	c = d.canned(ctx, ident.New())
	if err := mayChange(ctx, c.owner); err != nil {
		return c, err
	}
	return c, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		n, err := countCanned(ctx, tx, tenant)
		if err != nil {
			return err
		}
		if n >= mostCanned {
			return fault.Invalid("A workspace has room for 2,000 canned replies.").WithCode("too_many_canned_replies")
		}
		if err := s.fit(ctx, tx, tenant, c); err != nil {
			return err
		}
		c.UpdatedAt = s.Clock.Now()
		return insertCanned(ctx, tx, tenant, c, actor.Must(ctx).UserID)
	})
}

// SaveCanned changes a canned reply.
func (s *Service) SaveCanned(ctx context.Context, id uuid.UUID, d CannedDraft) (c Canned, err error) {
	if err := d.clean(); err != nil {
		return c, err
	}
	c = d.canned(ctx, id)
	return c, s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		before, err := lockCanned(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		for _, owner := range []*uuid.UUID{before.owner, c.owner} {
			if err := mayChange(ctx, owner); err != nil {
				return err
			}
		}
		if err := s.fit(ctx, tx, tenant, c); err != nil {
			return err
		}
		c.Uses, c.UpdatedAt = before.Uses, s.Clock.Now()
		return updateCanned(ctx, tx, tenant, c)
	})
}

// RemoveCanned takes a canned reply away; one that a macro sends stays.
func (s *Service) RemoveCanned(ctx context.Context, id uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err := lockCanned(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		if err := mayChange(ctx, c.owner); err != nil {
			return err
		}
		list, err := macros(ctx, tx, tenant)
		if err != nil {
			return err
		}
		for _, m := range list {
			if m.sends(id) {
				return fault.Conflict("The macro “" + m.Name + "” sends this canned reply. Take it out there first.").WithCode("canned_reply_in_macro")
			}
		}
		return deleteCanned(ctx, tx, tenant, id)
	})
}

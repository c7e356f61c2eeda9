package campaign

import (
	"context"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Retarget makes a draft with the same words for the people of one result of a campaign. Who
// opted out meanwhile is not among them.
func (s *Service) Retarget(ctx context.Context, id uuid.UUID, result contact.ResultKind) (made Campaign, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err := byID(ctx, tx, tenant, id)
		if err != nil {
			return notFound(err)
		}
		if c.StartedAt == nil {
			return fault.Conflict("This campaign has no results yet.").WithCode("status")
		}
		now := s.Clock.Now()
		made = Campaign{ID: ident.New(), Name: retargetName(c.Name, result), Status: Draft, ChannelID: c.ChannelID, TemplateID: c.TemplateID,
			Mapping: c.Mapping, Audience: contact.OfResult(c.ID, result),
			WindowDays: defaultWindow, CreatedAt: now, UpdatedAt: now}
		a, _ := actor.From(ctx)
		return insert(ctx, tx, tenant, made, a.UserID)
	})
	return made, err
}

var retargetWords = map[contact.ResultKind]string{
	contact.NotRead: "not read", contact.ReadNoReply: "read, no reply", contact.ClickedLink: "clicked", contact.NoClick: "not clicked",
	contact.ClickedNotConverted: "clicked, no conversion", contact.FailedResult: "failed",
}

// retargetName says whom the new draft is for, within a name's length.
func retargetName(name string, result contact.ResultKind) string {
	tail := " · " + retargetWords[result]
	for utf8.RuneCountInString(name)+utf8.RuneCountInString(tail) > maxName {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return name + tail
}

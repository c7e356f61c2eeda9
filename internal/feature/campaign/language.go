package campaign

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// version is the campaign's template in one language, with how it is filled.
type version struct {
	*renderer
	template template.Template
}

// languages are the versions a campaign sends. Whose language has none gets the chosen one.
type languages struct {
	chosen   *version
	byLocale map[string]*version // by whole code and by language alone, in small letters
}

// languagesOf loads the approved versions of the campaign's template, t being the chosen one, r
// how it is filled. A version whose values the mapping does not give is a fault that names it.
func (s *Service) languagesOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, t template.Template, r *renderer) (*languages, error) {
	l := &languages{chosen: &version{r, t}}
	if !c.ByLanguage {
		return l, nil
	}
	list, err := s.Templates.Languages(ctx, tx, tenant, t)
	if err != nil {
		return nil, fmt.Errorf("read languages: %w", err)
	}
	l.byLocale = make(map[string]*version, 2*len(list))
	l.add(l.chosen)
	for _, other := range list {
		if other.ID == t.ID || !other.Sendable() {
			continue
		}
		v, err := s.version(other, c.Mapping, r)
		if err != nil {
			return nil, err
		}
		l.add(v)
	}
	return l, nil
}

// version makes one of the other languages ready. It need not have every place of the chosen one;
// the links it has are the chosen one's.
func (s *Service) version(t template.Template, mapping []Source, chosen *renderer) (*version, error) {
	compiled, err := s.Templates.Compiled(t)
	if err != nil {
		return nil, fault.Invalid("The version in "+t.Language+" has a part that cannot be filled in yet.").At("body.byLanguage", err.Error())
	}
	has := make(map[string]bool)
	for _, slot := range compiled.Slots() {
		has[slot.Key] = true
	}
	var fits []Source
	for _, source := range mapping {
		if has[source.Slot] {
			fits = append(fits, source)
		}
	}
	r, err := newRenderer(compiled, fits)
	if err != nil {
		return nil, fault.Invalid("The template's version in "+t.Language+" takes other values than the chosen one.").
			At("body.byLanguage", "Fill every place of each version, or send one language to all.").WithCode("language_differs")
	}
	if err := chosen.tracker.Check(r.placed()); err != nil {
		return nil, err
	}
	r.tracker, r.preferences = chosen.tracker, chosen.preferences
	return &version{r, t}, nil
}

// add files a version under its code and, the first of its language, under the language alone.
// A version that is the language alone takes that place.
func (l *languages) add(v *version) {
	code := localeKey(v.template.Language)
	l.byLocale[code] = v
	alone, _, regional := strings.Cut(code, "_")
	if _, taken := l.byLocale[alone]; regional && !taken {
		l.byLocale[alone] = v
	}
}

// of returns the version for a contact's locale: the same code, else the same language, else
// the chosen one.
func (l *languages) of(locale string) *version {
	code := localeKey(locale)
	if v, ok := l.byLocale[code]; ok {
		return v
	}
	alone, _, _ := strings.Cut(code, "_")
	if v, ok := l.byLocale[alone]; ok {
		return v
	}
	return l.chosen
}

// idOf is what a recipient of this version keeps; nil for the chosen one.
func (l *languages) idOf(v *version) *uuid.UUID {
	if v == l.chosen {
		return nil
	}
	return &v.template.ID
}

// localeKey writes "hi-IN" and "hi_IN" alike.
func localeKey(locale string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimSpace(locale), "-", "_"))
}

const sqlPendingVersions = `
select distinct template_id from campaign_recipients
where tenant_id = $1 and campaign_id = $2 and state = 'pending' and template_id is not null`

// versionsSendable refuses to go on while people wait for a version that Meta does not take now.
func (s *Service) versionsSendable(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) error {
	if !c.ByLanguage {
		return nil
	}
	rows, err := tx.Query(ctx, sqlPendingVersions, tenant, c.ID)
	if err != nil {
		return err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return err
	}
	list, err := s.Templates.ByIDs(ctx, tx, tenant, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if t := list[id]; !t.Sendable() {
			return fault.Conflict("The template's version in " + t.Language + " cannot be sent now. " + template.WhyNot(t)).WithCode("template_unavailable")
		}
	}
	return nil
}

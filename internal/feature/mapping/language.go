package mapping

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/template"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Version is a template in one language, with how it is filled.
type Version struct {
	*Renderer
	Template template.Template
}

// Languages are the versions that are sent. Whose language has none gets the chosen one.
type Languages struct {
	Chosen   *Version
	byLocale map[string]*Version // by whole code and by language alone, in small letters
}

// One is a single version for everybody.
func One(t template.Template, r *Renderer) *Languages { return &Languages{Chosen: &Version{r, t}} }

// Every loads the approved versions of a template, t being the chosen one, r how it is filled from
// sources. A version whose values the sources do not give is a fault that names it.
func Every(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, templates *template.Service, sources []Source, t template.Template, r *Renderer) (*Languages, error) {
	l := One(t, r)
	list, err := templates.Languages(ctx, tx, tenant, t)
	if err != nil {
		return nil, fmt.Errorf("read languages: %w", err)
	}
	l.byLocale = make(map[string]*Version, 2*len(list))
	l.add(l.Chosen)
	for _, other := range list {
		if other.ID == t.ID || !other.Sendable() {
			continue
		}
		v, err := version(templates, other, sources, r)
		if err != nil {
			return nil, err
		}
		l.add(v)
	}
	return l, nil
}

// version makes one of the other languages ready. It need not have every place of the chosen one;
// the links it has are the chosen one's.
func version(templates *template.Service, t template.Template, sources []Source, chosen *Renderer) (*Version, error) {
	compiled, err := templates.Compiled(t)
	if err != nil {
		return nil, fault.Invalid("The version in "+t.Language+" has a part that cannot be filled in yet.").At("body.byLanguage", err.Error())
	}
	has := make(map[string]bool)
	for _, slot := range compiled.Slots() {
		has[slot.Key] = true
	}
	var fits []Source
	for _, source := range sources {
		if has[source.Slot] {
			fits = append(fits, source)
		}
	}
	r, err := New(compiled, fits)
	if err != nil {
		return nil, fault.Invalid("The template's version in "+t.Language+" takes other values than the chosen one.").
			At("body.byLanguage", "Fill every place of each version, or send one language to all.").WithCode("language_differs")
	}
	if err := chosen.Tracker.Check(r.Placed()); err != nil {
		return nil, err
	}
	r.Tracker, r.Preferences = chosen.Tracker, chosen.Preferences
	return &Version{r, t}, nil
}

// add files a version under its code and, the first of its language, under the language alone.
// A version that is the language alone takes that place.
func (l *Languages) add(v *Version) {
	code := localeKey(v.Template.Language)
	l.byLocale[code] = v
	alone, _, regional := strings.Cut(code, "_")
	if _, taken := l.byLocale[alone]; regional && !taken {
		l.byLocale[alone] = v
	}
}

// Of returns the version for a contact's locale: the same code, else the same language, else
// the chosen one.
func (l *Languages) Of(locale string) *Version {
	code := localeKey(locale)
	if v, ok := l.byLocale[code]; ok {
		return v
	}
	alone, _, _ := strings.Cut(code, "_")
	if v, ok := l.byLocale[alone]; ok {
		return v
	}
	return l.Chosen
}

// IDOf is the template that a recipient of this version keeps; nil for the chosen one.
func (l *Languages) IDOf(v *Version) *uuid.UUID {
	if v == l.Chosen {
		return nil
	}
	return &v.Template.ID
}

// localeKey writes "hi-IN" and "hi_IN" alike.
func localeKey(locale string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimSpace(locale), "-", "_"))
}

package contact

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// NewField is a field to be made.
type NewField struct {
	Label   string    `json:"label" minLength:"1" maxLength:"100"`
	Key     string    `json:"key,omitempty" pattern:"^([a-z][a-z0-9_]{0,39})?$" doc:"Made of the label when empty"`
	Type    FieldType `json:"type,omitempty" enum:"text,number,date,boolean,choice" default:"text"`
	Options []string  `json:"options,omitempty" maxItems:"100" doc:"Of a choice"`
}

// FieldEdit is what changes about a field. Nil leaves as it is. Another type or other options
// are taken only when every value there is fits them.
type FieldEdit struct {
	Label *string    `json:"label,omitempty" minLength:"1" maxLength:"100"`
	Form  *FieldForm `json:"form,omitempty"`
}

// CreateField makes a field.
func (s *Service) CreateField(ctx context.Context, n NewField) (Field, error) {
	f := Field{Key: n.Key, Label: strings.TrimSpace(n.Label), Type: n.Type}
	if f.Type == "" {
		f.Type = TextField
	}
	form, err := FieldForm{Type: f.Type, Options: n.Options}.clean("body.options")
	if err != nil {
		return Field{}, err
	}
	f.Options = form.Options
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		known, err := collectFields(ctx, tx, sqlFields, tenant)
		if err != nil {
			return err
		}
		if err := f.check(known); err != nil {
			return err
		}
		if n, err := countFields(ctx, tx, tenant); err != nil || n >= maxFields {
			return errOr(err, errTooManyFields())
		}
		return insertField(ctx, tx, tenant, f, s.clock.Now())
	})
	return f, err
}

func errOr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// check sees to the label and finds a key for a field without one.
func (f *Field) check(known []Field) error {
	if f.Label == "" || !storable(f.Label) {
		return fault.Invalid("A field needs a name.").At("body.label", "Between 1 and 100 characters.")
	}
	taken := byKey(known)
	if f.Key != "" {
		return nil
	}
	base := fieldKey(f.Label)
	if base == "" {
		base = "field"
	}
	f.Key = base
	for n := 2; taken[f.Key].Key != ""; n++ {
		f.Key = firstRunes(base, 36) + "_" + strconv.Itoa(n)
	}
	return nil
}

// clean trims the options of a choice and refuses what cannot be one. Other types have none.
func (d FieldForm) clean(place string) (FieldForm, error) {
	if d.Type != ChoiceField {
		return FieldForm{Type: d.Type, Options: []string{}}, nil
	}
	bad := fault.Invalid("These options cannot be offered.")
	options, seen := []string{}, map[string]bool{}
	for _, option := range d.Options {
		option = strings.TrimSpace(option)
		switch {
		case option == "":
			continue
		case firstRunes(option, 100) != option || !storable(option):
			return d, bad.At(place, "An option has at most 100 characters.")
		case seen[nameKey(option)]:
			return d, bad.At(place, "“"+option+"” is there twice.")
		}
		seen[nameKey(option)] = true
		options = append(options, option)
	}
	if len(options) == 0 {
		return d, bad.At(place, "Give at least one option.")
	}
	for old, option := range d.Renamed {
		if !slices.Contains(options, option) || seen[nameKey(old)] && nameKey(old) != nameKey(option) {
			return d, bad.At(place, "“"+old+"” cannot be renamed to “"+option+"”.")
		}
	}
	return FieldForm{Type: d.Type, Options: options, Renamed: d.Renamed}, nil
}

// EditField changes a field. When its values have to be written anew a bulk does it, and Becomes
// says so until it is done. Values that do not fit refuse the change, with how many and examples.
func (s *Service) EditField(ctx context.Context, key string, change FieldEdit) (Field, error) {
	var f Field
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		if f, err = lockField(ctx, tx, tenant, key); err != nil {
			return err
		}
		if change.Label != nil {
			f.Label = strings.TrimSpace(*change.Label)
			if err := f.check(nil); err != nil {
				return err
			}
		}
		if change.Form != nil {
			if err := s.reform(ctx, tx, tenant, &f, *change.Form); err != nil {
				return err
			}
		}
		return updateField(ctx, tx, tenant, f)
	})
	return f, err
}

// reform gives f another form. The field's row is locked: whoever wrote a value has committed, and
// whoever writes one later sees the new form.
func (s *Service) reform(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, f *Field, form FieldForm) error {
	if f.Becomes != nil {
		return fault.Conflict("This field is being changed already. Wait until its values are written anew.").WithCode("field_changing")
	}
	form, err := form.clean("body.form.options")
	if err != nil {
		return err
	}
	if form.takes(f.form()) {
		f.Type, f.Options = form.Type, form.Options
		return nil
	}
	found, err := tryForm(ctx, tx, tenant, *f, form)
	if err != nil {
		return err
	}
	if found.Misfits > 0 {
		return found.refusal()
	}
	if found.Rewritten == 0 {
		f.Type, f.Options = form.Type, form.Options
		return nil
	}
	f.Becomes = &form
	_, err = s.startBulk(ctx, tx, tenant, BulkAction{Kind: BulkReform, Field: f.Key}, Filter{})
	return err
}

// takes says that every value of old is a value of d as it stands.
func (d FieldForm) takes(old FieldForm) bool {
	switch {
	case d.Type == TextField:
		return true
	case d.Type != old.Type:
		return false
	case d.Type != ChoiceField:
		return true
	}
	return len(d.Renamed) == 0 && !slices.ContainsFunc(old.Options, func(option string) bool { return !slices.Contains(d.Options, option) })
}

// DeleteField takes a field away from everybody. It is gone from every screen at once; a bulk
// removes the values.
func (s *Service) DeleteField(ctx context.Context, key string) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := lockField(ctx, tx, tenant, key); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlHideField, tenant, key, s.clock.Now()); err != nil {
			return err
		}
		_, err := s.startBulk(ctx, tx, tenant, BulkAction{Kind: BulkDropField, Field: key}, Filter{})
		return err
	})
}

// Tried is what another form would do to the values of a field.
type Tried struct {
	Values    int64    `json:"values" doc:"Contacts with a value"`
	Rewritten int64    `json:"rewritten" doc:"Values that fit and would be written differently"`
	Misfits   int64    `json:"misfits" doc:"Values that do not fit; with any, the change is refused"`
	Examples  []string `json:"examples" doc:"Some that do not fit, each once"`
}

const misfitExamples = 5

// TryForm tells what EditField would find.
func (s *Service) TryForm(ctx context.Context, key string, form FieldForm) (Tried, error) {
	found := Tried{Examples: []string{}}
	form, err := form.clean("body.options")
	if err != nil {
		return found, err
	}
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		held, err := holdFields(ctx, tx, tenant, []string{key})
		if err != nil || len(held) == 0 {
			return errOr(err, errNoField())
		}
		found, err = tryForm(ctx, tx, tenant, held[key], form)
		return err
	})
	return found, err
}

// Values are read in pages of so many contacts, whatever they number.
const tryPage = 20_000

func tryForm(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, f Field, form FieldForm) (Tried, error) {
	found, misfits, after := Tried{Examples: []string{}}, map[string]bool{}, uuid.Nil
	for {
		rows, err := tx.Query(ctx, sqlFieldValues, tenant, f.Key, after, tryPage)
		if err != nil {
			return found, err
		}
		page := int64(0)
		var value string
		if _, err := pgx.ForEachRow(rows, []any{&after, &value}, func() error {
			page++
			fits, problem := form.canonical(value)
			switch {
			case problem != "":
				found.Misfits++
				if len(misfits) < misfitExamples {
					misfits[firstRunes(value, 60)] = true
				}
			case fits != value:
				found.Rewritten++
			}
			return nil
		}); err != nil {
			return found, err
		}
		found.Values += page
		if page < tryPage {
			found.Examples = slices.AppendSeq(found.Examples, maps.Keys(misfits))
			slices.Sort(found.Examples)
			return found, nil
		}
	}
}

func (t Tried) refusal() error {
	return fault.Invalid("Not all values fit. Mend or remove them first.").WithCode("values_misfit").
		At("body.form", strconv.Itoa(int(t.Misfits))+" of "+strconv.Itoa(int(t.Values))+" values do not fit, such as “"+strings.Join(t.Examples, "”, “")+"”.")
}

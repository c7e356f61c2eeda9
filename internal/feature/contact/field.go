package contact

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Field is something a tenant keeps about its contacts beyond the usual: a city, an order
// number. Its key names it in contacts and in the placeholders of campaigns.
type Field struct {
	Key     string     `json:"key"`
	Label   string     `json:"label"`
	Type    FieldType  `json:"type" enum:"text,number,date,boolean,choice"`
	Options []string   `json:"options" doc:"What a choice may be, in the order it is offered"`
	Becomes *FieldForm `json:"becomes,omitempty" doc:"What it is being changed to: a job rewrites the values"`
}

// FieldType is what a field's values are. They are kept as strings in one form per type.
type FieldType string

// The types: a number is a plain decimal, a date 2006-01-02, a boolean true or false, a choice one
// of its options.
const (
	TextField    FieldType = "text"
	NumberField  FieldType = "number"
	DateField    FieldType = "date"
	BooleanField FieldType = "boolean"
	ChoiceField  FieldType = "choice"
)

// FieldForm is a type with what belongs to it.
type FieldForm struct {
	Type    FieldType         `json:"type" enum:"text,number,date,boolean,choice"`
	Options []string          `json:"options,omitempty" maxItems:"100" doc:"Of a choice"`
	Renamed map[string]string `json:"renamed,omitempty" doc:"Options that are called differently now: old to new"`
}

const (
	maxFields  = 100
	maxOptions = 100
)

func (f Field) form() FieldForm { return FieldForm{Type: f.Type, Options: f.Options} }

// Fields returns the tenant's fields by label.
func (s *Service) Fields(ctx context.Context) ([]Field, error) {
	var fields []Field
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		fields, err = allFields(ctx, tx, tenant)
		return err
	})
	return fields, err
}

// fieldsFor makes the fields that do not exist yet (labels by key), and returns the definitions
// of all of them, which keep until the transaction ends.
func fieldsFor(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, labels map[string]string, now time.Time) (map[string]Field, error) {
	if len(labels) == 0 {
		return nil, nil
	}
	keys := slices.Sorted(maps.Keys(labels))
	held, err := holdFields(ctx, tx, tenant, keys)
	if err != nil || len(held) == len(keys) {
		return held, err
	}
	if err := defineFields(ctx, tx, tenant, labels, held, now); err != nil {
		return nil, err
	}
	held, err = holdFields(ctx, tx, tenant, keys)
	if err == nil && len(held) < len(keys) {
		return nil, errFieldGoing()
	}
	return held, err
}

// defineFields makes those of labels that are not known, as text.
func defineFields(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, labels map[string]string, known map[string]Field, now time.Time) error {
	var keys, names []string
	for key, label := range labels {
		if _, exists := known[key]; exists {
			continue
		}
		if !fieldKeyShape().MatchString(key) {
			return fault.Invalid("A field's key is made of small letters, digits and underscores, and begins with a letter.").
				At("body.fields", key)
		}
		keys, names = append(keys, key), append(names, firstRunes(label, 100))
	}
	n, err := countFields(ctx, tx, tenant)
	if err != nil {
		return err
	}
	if n+len(keys) > maxFields {
		return errTooManyFields()
	}
	_, err = tx.Exec(ctx, sqlDefineFields, tenant, keys, names, now)
	return err
}

// labelOf makes "Order id" of order_id.
func labelOf(key string) string {
	words := strings.ReplaceAll(key, "_", " ")
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

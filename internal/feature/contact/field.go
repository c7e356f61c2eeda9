package contact

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Field is something a tenant keeps about its contacts beyond the usual: a city, an order
// number. Its key names it in contacts and in the placeholders of campaigns.
type Field struct {
	Key     string    `json:"key"`
	Label   string    `json:"label"`
	Type    FieldType `json:"type" enum:"text,number,date,boolean,choice"`
	Options []string  `json:"options" doc:"What a choice may be, in the order it is offered"`
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

const maxFields = 100

// Fields returns the tenant's fields by label.
func (s *Service) Fields(ctx context.Context) ([]Field, error) {
	var fields []Field
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		fields, err = allFields(ctx, tx, tenant)
		return err
	})
	return fields, err
}

const sqlFields = `
select key, label, type, options from contact_fields where tenant_id = $1 and deleted_at is null order by label, key`

func allFields(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Field, error) {
	rows, err := tx.Query(ctx, sqlFields, tenant)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Field])
}

const sqlDefineFields = `
insert into contact_fields (tenant_id, key, label, created_at)
select $1, u.key, u.label, $4 from unnest($2::text[], $3::text[]) as u(key, label)
on conflict do nothing`

// defineFields makes the fields that do not exist yet; labels by key.
func defineFields(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, labels map[string]string, now time.Time) error {
	if len(labels) == 0 {
		return nil
	}
	known, err := allFields(ctx, tx, tenant)
	if err != nil {
		return err
	}
	for _, field := range known {
		delete(labels, field.Key)
	}
	if len(known)+len(labels) > maxFields {
		return fault.Invalid("A workspace has room for 100 fields.").WithCode("too_many_fields")
	}
	var keys, names []string
	for key, label := range labels {
		if !fieldKeyShape().MatchString(key) {
			return fault.Invalid("A field's key is made of small letters, digits and underscores, and begins with a letter.").
				At("body.fields", key)
		}
		keys, names = append(keys, key), append(names, firstRunes(label, 100))
	}
	if len(keys) == 0 {
		return nil
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

package contact

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Of the types, those whose values a reader would not write as they are kept.
const sqlWrittenFields = `
select key, type from contact_fields where tenant_id = $1 and type in ('date', 'boolean') and deleted_at is null`

// written gives people's values the form in which a message shows them: a date is "25 Dec 2026", a
// boolean Yes or No. Numbers stay plain, since one may be a year or part of an address.
func written(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, people []Contact, err error) ([]Contact, error) {
	if err != nil || len(people) == 0 {
		return people, err
	}
	rows, err := tx.Query(ctx, sqlWrittenFields, tenant)
	if err != nil {
		return nil, err
	}
	var key string
	var kind FieldType
	_, err = pgx.ForEachRow(rows, []any{&key, &kind}, func() error {
		for _, c := range people {
			if value, has := c.Fields[key]; has {
				c.Fields[key] = kind.written(value)
			}
		}
		return nil
	})
	return people, err
}

func (t FieldType) written(value string) string {
	switch {
	case t == BooleanField && value == "true":
		return "Yes"
	case t == BooleanField && value == "false":
		return "No"
	case t != DateField:
		return value
	}
	at, err := time.Parse(time.DateOnly, value)
	if err != nil {
		return value
	}
	return at.Format("2 Jan 2006")
}

package web

import (
	"bytes"
	"encoding/base64"
	"encoding/json"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Page is one page of a list read by keyset. Next is the cursor of the page after it, empty on
// the last; Total is the length of the whole list where counting it is cheap.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"Give it as ?after= to read on; absent on the last page"`
	Total *int64 `json:"total,omitempty"`
}

// PageQuery is embedded in the input of list operations.
type PageQuery struct {
	Limit int    `query:"limit" default:"50" minimum:"1" maximum:"200" doc:"Items per page"`
	After string `query:"after" maxLength:"512" doc:"The next of the page before"`
}

// PageOf makes a page from rows read with LIMIT limit+1: the extra row only proves that there
// is a next page, whose cursor is made of the last row shown.
func PageOf[T any](rows []T, limit int, cursor func(last T) any) Page[T] {
	if len(rows) <= limit {
		return Page[T]{Items: rows}
	}
	rows = rows[:limit]
	return Page[T]{Items: rows, Next: EncodeCursor(cursor(rows[limit-1]))}
}

// EncodeCursor writes the key of a row as an opaque string. The key must marshal to JSON.
func EncodeCursor(key any) string {
	raw, err := json.Marshal(key)
	if err != nil {
		panic("web: cursor key does not marshal: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// DecodeCursor reads what EncodeCursor wrote into key. An empty cursor leaves key as it is; one
// that was not made here is a fault of kind invalid.
func DecodeCursor(cursor string, key any) error {
	if cursor == "" {
		return nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.DisallowUnknownFields()
		err = decoder.Decode(key)
	}
	if err != nil {
		return fault.Invalid("This page link is not valid any more. Start from the first page.").
			At("query.after", "Not a cursor.").Wrap(err)
	}
	return nil
}

package message

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// storable makes JSON that somebody else wrote into JSON that the database takes: no NUL, no half of a
// surrogate pair, valid UTF-8. What is fine already stays as it came.
func storable(raw json.RawMessage) json.RawMessage {
	if utf8.Valid(raw) && !bytes.Contains(raw, []byte(`\u0000`)) && !bytes.Contains(raw, []byte(`\ud`)) && !bytes.Contains(raw, []byte(`\uD`)) {
		return raw
	}
	return cleaned(raw)
}

// cleaned writes JSON anew; numbers that no column holds become texts.
func cleaned(raw json.RawMessage) json.RawMessage {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return json.RawMessage(`null`)
	}
	out, err := json.Marshal(withoutNUL(value))
	if err != nil {
		return json.RawMessage(`null`)
	}
	return out
}

func withoutNUL(value any) any {
	switch v := value.(type) {
	case string:
		return strings.ReplaceAll(v, "\x00", "")
	case json.Number:
		if _, err := strconv.ParseFloat(v.String(), 64); err != nil || len(v) > 64 {
			return v.String()
		}
	case []any:
		for i := range v {
			v[i] = withoutNUL(v[i])
		}
	case map[string]any:
		clean := make(map[string]any, len(v))
		for key, member := range v {
			clean[strings.ReplaceAll(key, "\x00", "")] = withoutNUL(member)
		}
		return clean
	}
	return value
}

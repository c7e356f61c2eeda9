package web_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/aerostic/aerostic/internal/platform/web"
)

func TestAListOfNoneIsEmptyAndNotNull(t *testing.T) {
	t.Parallel()
	r, err := web.Listed[string](nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if raw, err := json.Marshal(r.Body); err != nil || string(raw) != `{"items":[]}` {
		t.Errorf("%s, %v", raw, err)
	}
	failed := errors.New("failed")
	if r, err := web.Listed([]string{"a"}, failed); r != nil || !errors.Is(err, failed) {
		t.Errorf("after an error: %+v, %v", r, err)
	}
}

package campaign

import (
	"testing"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/feature/segment"
)

// TestSampleSizeOfConditions: a test may be for people by conditions, whose days are counted from now.
func TestSampleSizeOfConditions(t *testing.T) {
	t.Parallel()
	b := setup(t, messagetest.Options{})
	b.people(7)
	c := b.draft(func(ch *Change) {
		ch.Audience = &contact.Audience{Filter: &segment.Query{On: "message", Op: "silent", Days: 30}}
	})
	got, err := b.s.SampleSize(b.ann(), c.ID, MetricRead, 0, 0.05)
	b.Must(err)
	if got.Smallest != 7 || got.Enough {
		t.Errorf("%+v", got)
	}
}

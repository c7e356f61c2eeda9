package campaign

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/web/webtest"
)

// TestStories plays what people do before anything is sent; no worker runs.
func TestStories(t *testing.T) {
	webtest.Run(t, "testdata/story/*.json", func(t *testing.T) webtest.World {
		b := setup(t, messagetest.Options{})
		people := b.people(3)
		b.s.Clock = clock.NewFake(time.Date(2026, time.November, 8, 12, 30, 0, 0, time.UTC))
		w := b.world()
		w.Known["asha"] = people[0].ID.String()
		return w
	})
}

// TestApprovalStories plays what happens where one person may spend next to nothing.
func TestApprovalStories(t *testing.T) {
	webtest.Run(t, "testdata/approval/*.json", func(t *testing.T) webtest.World {
		b := setup(t, messagetest.Options{})
		b.people(3)
		b.staffed(1)
		b.s.Clock = clock.NewFake(time.Date(2026, time.November, 8, 12, 30, 0, 0, time.UTC))
		return b.world()
	})
}

// TestReports plays what people see of a campaign that ran.
func TestReports(t *testing.T) {
	webtest.Run(t, "testdata/report/*.json", func(t *testing.T) webtest.World {
		b := setup(t, messagetest.Options{})
		b.work()
		b.people(2)
		lost := b.Person("Chandra 🌙", 1026)
		no := b.Person("Divya", 100)
		_, err := b.Contacts.SuppressOne(b.ann(), no.ID, "asked by mail")
		b.Must(err)
		c := b.draft()
		b.start(c)
		b.awaitCounts(c, "everybody has an outcome", func(k Counts) bool { return k.Read == 2 && k.Failed == 1 && k.Refused == 1 })
		b.awaitStatus(c, Completed)
		b.Await("Meta's answer is recorded", func() bool {
			failed, err := b.s.Recipients(b.ann(), c.ID, People{Outcome: "failed"}, uuid.UUID{}, 1)
			b.Must(err)
			return failed[0].AcceptedAt != nil
		})
		w := b.world()
		w.Jobs = nil
		w.Known["campaign"], w.Known["chandra"], w.Known["divya"] = c.ID.String(), lost.ID.String(), no.ID.String()
		return w
	})
}

package campaign

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/message/messagetest"
)

// refuses is Meta refusing the first messages to some people with a code.
type refuses struct {
	mu    sync.Mutex
	code  string
	times map[string]int // by the digits; how often still
}

func (r *refuses) wrap(meta http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if !strings.HasSuffix(req.URL.Path, "/messages") {
			meta.ServeHTTP(w, req)
			return
		}
		body, _ := io.ReadAll(req.Body)
		req.Body = io.NopCloser(bytes.NewReader(body))
		if r.refuse(body) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(`{"error":{"code":` + r.code + `,"message":"(#` + r.code + `)"}}`))
			return
		}
		meta.ServeHTTP(w, req)
	})
}

func (r *refuses) refuse(body []byte) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for digits, left := range r.times {
		if left > 0 && bytes.Contains(body, []byte(digits)) {
			r.times[digits]--
			return true
		}
	}
	return false
}

func (r *refuses) set(p contact.Contact, times int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.times == nil {
		r.times = make(map[string]int)
	}
	r.times[p.WAID] = times
}

func retrying(days int) func(*Change) { return func(c *Change) { c.RetryDays = &days } }

func TestFrequencyCappedPeopleAreTriedAgainWithGrowingGaps(t *testing.T) {
	t.Parallel()
	meta := &refuses{code: "131049"}
	b := setup(t, messagetest.Options{Wrap: meta.wrap})
	later := b.ahead()
	b.work()
	people := b.people(5)
	meta.set(people[2], 2)
	c := b.draft(retrying(7))
	b.start(c)
	b.awaitCounts(c, "one failed and waits", func(k Counts) bool { return k.Read == 4 && k.Failed == 1 && k.Retrying == 1 })
	b.adds(c, 5)
	later.to(23 * time.Hour)
	b.Must(b.s.TendDue(t.Context()))
	if k := b.get(c).Counts; k.Failed != 1 {
		t.Fatalf("tried again within a day: %+v", k)
	}
	later.to(25 * time.Hour)
	b.Must(b.s.TendDue(t.Context()))
	b.awaitCounts(c, "the second attempt failed too", func(k Counts) bool { return k.Failed == 1 && k.Retrying == 1 })
	list, err := b.s.Recipients(b.ann(), c.ID, People{Outcome: "retrying"}, uuid.UUID{}, 10)
	b.Must(err)
	if len(list) != 1 || list[0].Attempts != 2 || list[0].RetryAt.Sub(b.s.Clock.Now()) < 47*time.Hour {
		t.Fatalf("the gap does not grow: %+v", list)
	}
	b.adds(c, 5)
	later.to(25*time.Hour + 49*time.Hour)
	b.Must(b.s.TendDue(t.Context()))
	b.awaitRead(c, 5)
	b.Must(b.s.TendDue(t.Context()))
	b.awaitStatus(c, Completed)
	b.OnceEach(5)
	b.adds(c, 5)
	list, err = b.s.Recipients(b.ann(), c.ID, People{Outcome: "read"}, uuid.UUID{}, 10)
	b.Must(err)
	var charged int64
	for _, r := range list {
		charged += int64(r.Charged)
		if r.ContactID == people[2].ID && r.Attempts != 3 {
			t.Errorf("attempts: %+v", r)
		}
		b.chained(r)
	}
	if k := b.get(c).Counts; int64(k.Charged) != charged || k.Committed != k.Charged {
		t.Errorf("charged %d for five people, the campaign counts %+v", charged, k)
	}
}

func TestNewAttemptsStopAtTheDeadlineAnOptOutAndACancel(t *testing.T) {
	t.Parallel()
	meta := &refuses{code: "131049"}
	b := setup(t, messagetest.Options{Wrap: meta.wrap})
	later := b.ahead()
	b.work()
	people := b.people(4)
	for _, p := range people[:3] {
		meta.set(p, 100)
	}
	c := b.draft(retrying(2))
	b.start(c)
	b.awaitCounts(c, "three wait", func(k Counts) bool { return k.Read == 1 && k.Failed == 3 && k.Retrying == 3 })
	_, err := b.Contacts.Edit(b.ann(), people[0].ID, contact.Change{OptIn: &contact.Consent{State: contact.OptInRefused, Source: "form"}})
	b.Must(err)
	later.to(25 * time.Hour)
	b.Must(b.s.TendDue(t.Context()))
	b.awaitCounts(c, "the opt-out is refused, the others failed for good", func(k Counts) bool {
		return k.Refused == 1 && k.Failed == 2 && k.Retrying == 0
	})
	b.Must(b.s.TendDue(t.Context()))
	b.awaitStatus(c, Completed)
	b.adds(c, 4)

	other := b.draft(retrying(7))
	b.start(other)
	b.awaitCounts(other, "two wait", func(k Counts) bool { return k.Read == 1 && k.Failed == 2 && k.Retrying == 2 })
	_, err = b.s.Cancel(b.ann(), other.ID)
	b.Must(err)
	b.awaitCounts(other, "nobody is tried again", func(k Counts) bool { return k.Retrying == 0 })
	later.to(51 * time.Hour)
	b.Must(b.s.TendDue(t.Context()))
	b.adds(other, 4)
	if k := b.get(other).Counts; k.Failed != 2 || k.Queued != 0 {
		t.Errorf("a cancelled campaign tries on: %+v", k)
	}
}

func TestWhatCannotBeMendedByWaitingIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	meta := &refuses{code: "131008"}
	b := setup(t, messagetest.Options{Wrap: meta.wrap})
	b.work()
	people := b.people(3)
	meta.set(people[0], 1)
	c := b.draft(retrying(7))
	b.start(c)
	b.awaitCounts(c, "one failed", func(k Counts) bool { return k.Read == 2 && k.Failed == 1 })
	if k := b.get(c).Counts; k.Retrying != 0 {
		t.Errorf("it waits to be tried again: %+v", k)
	}
	b.Must(b.s.TendDue(t.Context()))
	b.awaitStatus(c, Completed)
	b.adds(c, 3)
}

func TestAPausedCampaignTriesNobodyAgain(t *testing.T) {
	t.Parallel()
	meta := &refuses{code: "131049"}
	b := setup(t, messagetest.Options{Wrap: meta.wrap})
	later := b.ahead()
	b.work()
	people := b.people(2)
	meta.set(people[0], 1)
	c := b.draft(retrying(7))
	b.start(c)
	b.awaitCounts(c, "one waits", func(k Counts) bool { return k.Read == 1 && k.Retrying == 1 })
	_, err := b.s.Pause(b.ann(), c.ID)
	b.Must(err)
	later.to(30 * time.Hour)
	b.Must(b.s.TendDue(t.Context()))
	b.Must(b.s.retryDue(t.Context(), b.Acme, c.ID))
	if k := b.get(c).Counts; k.Failed != 1 || k.Retrying != 1 {
		t.Fatalf("a paused campaign went on: %+v", k)
	}
	_, err = b.s.Resume(b.ann(), c.ID)
	b.Must(err)
	b.Must(b.s.TendDue(t.Context()))
	b.awaitRead(c, 2)
	b.OnceEach(2)
	b.adds(c, 2)
}

// deliveredStatus is Meta's late word that a message arrived.
func deliveredStatus(b *bundle, id uuid.UUID, to string) string {
	return fmt.Sprintf(`{"object":"whatsapp_business_account","entry":[{"id":%q,"changes":[{"field":"messages","value":{"messaging_product":"whatsapp",
		"metadata":{"display_phone_number":"1","phone_number_id":%q},"statuses":[{"id":"wamid.late","status":"delivered","timestamp":"%d",
		"recipient_id":%q,"biz_opaque_callback_data":%q}]}}]}]}`, b.Account.ID, b.Account.Numbers[0].ID, b.Clock.Now().Unix(), to, id)
}

func TestAnAttemptThatArrivedAfterAllStandsForItsPerson(t *testing.T) {
	t.Parallel()
	for failed := 1; failed <= 2; failed++ {
		t.Run(fmt.Sprintf("the first of %d", failed), func(t *testing.T) {
			t.Parallel()
			theFirstArrivesAfterAll(t, failed)
		})
	}
}

// theFirstArrivesAfterAll lets so many attempts fail, and the first arrive while one more waits.
func theFirstArrivesAfterAll(t *testing.T, failed int) {
	b := setup(t, messagetest.Options{})
	later := b.ahead()
	worker := b.work()
	b.people(1)
	capped := b.Person("Capped", 1049)
	c := b.draft(retrying(7))
	b.start(c)
	first := b.failedOnce(c)
	past := 25 * time.Hour
	for range failed - 1 {
		later.to(past)
		b.Must(b.s.TendDue(t.Context()))
		b.awaitAnother(c, first.MessageID)
		past += 49 * time.Hour
	}
	worker.Stop()
	later.to(past)
	b.Must(b.s.TendDue(t.Context()))
	b.awaitCounts(c, "the new attempt is queued", func(k Counts) bool { return k.Queued == 1 && k.Failed == 0 })
	sent := b.Sent()[capped.WAID]
	b.Post(deliveredStatus(b, first.MessageID, capped.WAID))
	b.Start(b.Messages)
	b.Await("the first stands again", func() bool {
		b.Must(b.s.TendDue(t.Context()))
		k := b.get(c).Counts
		return k.Delivered == 1 && k.Refused == 0 && k.Retrying == 0
	})
	if now := b.Sent()[capped.WAID]; now != sent {
		t.Errorf("%d requests went out after it had arrived", now-sent)
	}
	b.adds(c, 2)
	again, err := b.s.Recipients(b.ann(), c.ID, People{Outcome: "delivered"}, uuid.UUID{}, 1)
	b.Must(err)
	if len(again) != 1 || again[0].MessageID != first.MessageID || again[0].Attempts != failed {
		t.Errorf("who stands: %+v", again)
	}
}

// failedOnce waits until one person failed, and is to be tried again.
func (b *bundle) failedOnce(c Campaign) Recipient {
	b.T.Helper()
	b.awaitCounts(c, "one is held back by Meta", func(k Counts) bool { return k.Read == 1 && k.Failed == 1 && k.Retrying == 1 })
	list, err := b.s.Recipients(b.ann(), c.ID, People{Outcome: "failed"}, uuid.UUID{}, 1)
	b.Must(err)
	return list[0]
}

// awaitAnother waits until another attempt than this one failed.
func (b *bundle) awaitAnother(c Campaign, than uuid.UUID) {
	b.T.Helper()
	b.Await("the next attempt failed too", func() bool {
		list, err := b.s.Recipients(b.ann(), c.ID, People{Outcome: "retrying"}, uuid.UUID{}, 1)
		b.Must(err)
		return len(list) == 1 && list[0].MessageID != than
	})
}

// chained checks that a recipient's attempts lead to each other, whichever of them is explained.
func (b *bundle) chained(r Recipient) {
	b.T.Helper()
	e, err := b.Messages.Explain(b.ann(), r.MessageID)
	b.Must(err)
	if r.Attempts == 1 {
		if len(e.Attempts) != 0 {
			b.T.Errorf("one attempt: %+v", e.Attempts)
		}
		return
	}
	for i, attempt := range e.Attempts {
		again, err := b.Messages.Explain(b.ann(), attempt.ID)
		b.Must(err)
		last := i == len(e.Attempts)-1
		if len(again.Attempts) != r.Attempts || !again.Attempts[i].This || attempt.Superseded == last || attempt.This != last {
			b.T.Errorf("attempt %d: %+v", i+1, again.Attempts)
		}
	}
}

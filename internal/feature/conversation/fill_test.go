package conversation

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/realtime"
)

func TestNewsIsFilledWithRowsAndItems(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asha := b.person("आशा शर्मा", "+919845011001")
	b.writes(asha, "नमस्ते", time.Minute)
	of := b.only(Filter{Contact: &asha})
	must := func(v any) json.RawMessage {
		raw, err := json.Marshal(v)
		b.must(err)
		return raw
	}
	gone := news{ID: ident.New(), What: Received}
	list, err := b.s.FillList(t.Context(), b.acme, []realtime.Heard{{Topic: TopicList, Data: must(news{ID: of.ID, What: Received})}, {Topic: TopicList, Data: must(gone)}})
	b.must(err)
	var row, none struct {
		ID  uuid.UUID
		Row *Row
	}
	b.must(json.Unmarshal(list[0], &row))
	b.must(json.Unmarshal(list[1], &none))
	if row.Row == nil || row.Row.ID != of.ID || row.Row.Contact.Name != "आशा शर्मा" || row.Row.Preview != "नमस्ते" || none.ID != gone.ID || none.Row != nil {
		t.Errorf("filled %s and %s", list[0], list[1])
	}
	note := ident.New()
	b.must(b.s.AddNote(b.as(b.ann), of.ID, note, "call her", nil))
	presence := must(present{ID: of.ID, Presence: Presence{UserID: b.bob, Doing: Typing, Until: b.clock.Now()}})
	threads, err := b.s.FillThreads(t.Context(), b.acme, []realtime.Heard{
		{Topic: Topic(of.ID), Data: must(news{ID: of.ID, What: Noted, Entry: &note})}, {Topic: Topic(of.ID), Data: presence},
	})
	b.must(err)
	var item struct{ Item *Item }
	b.must(json.Unmarshal(threads[0], &item))
	if item.Item == nil || item.Item.Note == nil || item.Item.Note.Body != "call her" || string(threads[1]) != string(presence) {
		t.Errorf("filled %s and %s", threads[0], threads[1])
	}
	glimpses := map[uuid.UUID]Glimpse{}
	b.inTenant(b.as(b.ann), func(ctx context.Context, tx pgx.Tx) (err error) {
		glimpses, err = b.s.Glimpses(ctx, tx, b.acme, []uuid.UUID{of.ID, gone.ID})
		return err
	})
	if len(glimpses) != 1 || glimpses[of.ID] != (Glimpse{Name: "आशा शर्मा", Preview: "नमस्ते"}) {
		t.Errorf("glimpses %v", glimpses)
	}
}

func TestOnlyConversationsThatAreThereCanBeAttended(t *testing.T) {
	t.Parallel()
	b := setup(t)
	asha := b.person("आशा", "+919845011001")
	b.writes(asha, "hello", time.Minute)
	b.must(b.s.Attend(b.as(b.ann), b.only(Filter{Contact: &asha}).ID, Looking))
	if err := b.s.Attend(b.as(b.ann), ident.New(), Looking); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("attending nothing: %v", err)
	}
}

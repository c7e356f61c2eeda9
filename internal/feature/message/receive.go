package message

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// serviceWindow is how long a customer's message lets us answer freely; it runs from
// the customer's own time, so an old message delivered late never opens it.
const serviceWindow = 24 * time.Hour

const (
	// receiveChunk is how many messages are stored in one transaction: one POST may hold thousands.
	receiveChunk = 1000
	// oldestInbound is how far back an id goes, beyond what Meta imports of the past and its retries.
	oldestInbound = 190 * 24 * time.Hour
	// metricsGrain spares statements a row for every second; every zone's days are made of it.
	metricsGrain = 15 * time.Minute
)

// errIDTaken says that a message's id is another's already, by chance; the next try makes new ones.
var errIDTaken = errors.New("the id of an inbound message is taken")

// arriving is an inbound message on its way into the database.
type arriving struct {
	deliveredMessage
	channel  uuid.UUID
	id       uuid.UUID
	at       time.Time // the customer's own time, but never after it came
	contact  contact.Contact
	stranger bool
	source   Source
}

// refusedMessage is one that cannot be stored, and why.
type refusedMessage struct {
	arriving
	cause error
}

// arrive orders what came for one workspace by when it was written and how it came.
func (p *part) arrive() []arriving {
	list := make([]arriving, len(p.inbound))
	for i, in := range p.inbound {
		came := ident.Time(in.delivery)
		a := arriving{deliveredMessage: in, channel: p.channels[in.PhoneNumberID], at: in.At}
		if a.at.After(came) {
			a.at = came
		}
		list[i] = a
	}
	slices.SortStableFunc(list, func(a, b arriving) int {
		return cmp.Or(a.at.Compare(b.at), bytes.Compare(a.delivery[:], b.delivery[:]), cmp.Compare(a.Place, b.Place))
	})
	return list
}

// receive stores messages of one workspace, each once, and returns those that cannot be.
func (s *Service) receive(ctx context.Context, tenant uuid.UUID, list []arriving) (bad []refusedMessage, err error) {
	if err := s.makeRoom(ctx, list); err != nil {
		return nil, err
	}
	for chunk := range slices.Chunk(list, receiveChunk) {
		more, err := s.receiveBisecting(ctx, tenant, chunk)
		if err != nil {
			return nil, err
		}
		bad = append(bad, more...)
	}
	return bad, nil
}

// receiveBisecting stores messages together, and when that cannot be halves them, so that a message
// that cannot be stored is found and its neighbours are.
func (s *Service) receiveBisecting(ctx context.Context, tenant uuid.UUID, list []arriving) (bad []refusedMessage, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error { return s.receiveIn(ctx, tx, tenant, list) })
	if err == nil || transient(err) || errors.Is(err, errIDTaken) || ctx.Err() != nil {
		return nil, err
	}
	if len(list) == 1 {
		return []refusedMessage{{list[0], err}}, nil
	}
	half := len(list) / 2
	for _, part := range [][]arriving{list[:half], list[half:]} {
		more, err := s.receiveBisecting(ctx, tenant, part)
		if err != nil {
			return nil, err
		}
		bad = append(bad, more...)
	}
	return bad, nil
}

// receiveIn stores messages whole, each once, opens the service windows and tells everybody. Locks:
// Meta's ids in their order, contacts by id, then what the hooks lock, the day's counts last.
func (s *Service) receiveIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []arriving) error {
	fresh, err := takeInboundIDs(ctx, tx, tenant, list)
	if err != nil || len(fresh) == 0 {
		return err
	}
	if err := s.meet(ctx, tx, tenant, fresh); err != nil {
		return err
	}
	if err := insertInbound(ctx, tx, tenant, fresh); err != nil {
		return fmt.Errorf("store inbound messages: %w", err)
	}
	if err := contact.OpenWindows(ctx, tx, tenant, windowsOf(fresh)); err != nil {
		return fmt.Errorf("open service windows: %w", err)
	}
	if err := s.hear(ctx, tx, tenant, fresh); err != nil {
		return err
	}
	if err := s.Hooks.Received(ctx, tx, tenant, receipts(fresh)); err != nil {
		return fmt.Errorf("tell of inbound messages: %w", err)
	}
	days := make(map[time.Time]*billing.DailyCounts)
	for _, a := range fresh {
		at := a.at.Truncate(metricsGrain)
		if days[at] == nil {
			days[at] = new(billing.DailyCounts)
		}
		days[at].Inbound++
	}
	return s.Billing.AddDays(ctx, tx, tenant, days)
}

// meet finds or makes the contacts behind messages.
func (s *Service) meet(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []arriving) error {
	who := make([]contact.Identity, len(list))
	for i, a := range list {
		who[i] = contact.Identity{WAID: a.From, BSUID: a.FromUserID, Name: a.ProfileName, At: a.at}
	}
	found, err := contact.ResolveAll(ctx, tx, tenant, who)
	if err != nil {
		return fmt.Errorf("resolve contacts: %w", err)
	}
	var strangers []contact.Contact
	for i, r := range found {
		list[i].contact, list[i].stranger = r.Contact, r.Stranger
		if r.Stranger {
			strangers = append(strangers, r.Contact)
		}
	}
	if len(strangers) == 0 || s.Hooks.Met == nil {
		return nil
	}
	if err := s.Hooks.Met(ctx, tx, tenant, strangers); err != nil {
		return fmt.Errorf("meet strangers: %w", err)
	}
	return nil
}

// windowsOf are until when people may be answered freely.
func windowsOf(list []arriving) map[uuid.UUID]time.Time {
	until := make(map[uuid.UUID]time.Time)
	for _, a := range list {
		if end := a.at.Add(serviceWindow); end.After(until[a.contact.ID]) {
			until[a.contact.ID] = end
		}
	}
	return until
}

// hear lets consent act on what people said, and queues its answers.
func (s *Service) hear(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []arriving) error {
	heard := make([]consent.Heard, len(list))
	for i, a := range list {
		heard[i] = consent.Heard{ContactID: a.contact.ID, MessageID: a.id, WAMID: a.ID, Type: a.Type, Text: a.Text, Payload: a.Payload, At: a.at}
	}
	replies, err := s.Consents.Hear(ctx, tx, tenant, heard)
	if err != nil {
		return fmt.Errorf("hear what people ask for: %w", err)
	}
	var drafts []Draft
	for i, reply := range replies {
		if reply != "" {
			drafts = append(drafts, Draft{ID: ident.New(), ChannelID: list[i].channel, ContactID: list[i].contact.ID, Origin: OriginConsent,
				Priority: PriorityReply, Text: reply})
		}
	}
	if len(drafts) == 0 {
		return nil
	}
	return s.Send(ctx, tx, tenant, drafts)
}

func receipts(list []arriving) []Receipt {
	out := make([]Receipt, len(list))
	for i, a := range list {
		out[i] = Receipt{ID: a.id, ChannelID: a.channel, ContactID: a.contact.ID, WAMID: a.ID, ReplyTo: a.ReplyTo, Kind: a.Type,
			Text: a.Text, Payload: a.Payload, At: a.at, Source: a.source, Stranger: a.stranger}
	}
	return out
}

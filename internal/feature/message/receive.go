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
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
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
		a := arriving{deliveredMessage: in, channel: p.channels[in.PhoneNumberID], at: in.At, source: Source(in.Source)}
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

// receive stores messages of one workspace, each once. It returns those that cannot be stored, and those
// that are about messages not known yet.
func (s *Service) receive(ctx context.Context, tenant uuid.UUID, list []arriving) (left []refusedMessage, err error) {
	if err := s.makeRoom(ctx, list); err != nil {
		return nil, err
	}
	for chunk := range slices.Chunk(list, receiveChunk) {
		more, err := s.receiveBisecting(ctx, tenant, chunk)
		if err != nil {
			return nil, err
		}
		left = append(left, more...)
	}
	return left, nil
}

// receiveBisecting stores messages together, and when that cannot be halves them, so that a message
// that cannot be stored is found and its neighbours are.
func (s *Service) receiveBisecting(ctx context.Context, tenant uuid.UUID, list []arriving) (left []refusedMessage, err error) {
	var early []arriving
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) (err error) {
		early, err = s.receiveIn(ctx, tx, tenant, list)
		return err
	}, planning(len(list)))
	if err == nil {
		for _, a := range early {
			left = append(left, refusedMessage{a, errEarly})
		}
		return left, nil
	}
	if transient(err) || errors.Is(err, errIDTaken) || ctx.Err() != nil {
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
		left = append(left, more...)
	}
	return left, nil
}

// fewMessages are looked up one by one, whatever their number; more are worth a plan each time.
const fewMessages = 50

// planning of a transaction that stores n messages. Few and many share connections, and what was planned
// for a few in an empty database must not serve many in a full one.
func planning(n int) db.Option {
	if n <= fewMessages {
		return db.PlanOnce
	}
	return db.PlanAnew
}

// errEarly says that a reaction, an edit or a deletion came before its message; time may mend it.
var errEarly = errors.New("no message with the id that this is about is known yet")

// receiveIn stores messages whole, each once, opens the service windows and tells everybody; then it
// applies what is about messages, and returns what came before its message. Locks: Meta's ids in their
// order, contacts by id, messages by id, then what the hooks lock, the day's counts last.
func (s *Service) receiveIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []arriving) (early []arriving, err error) {
	says, about := split(list)
	if says, err = s.unknownOurs(ctx, tx, tenant, says); err != nil {
		return nil, err
	}
	fresh, err := takeInboundIDs(ctx, tx, tenant, says)
	if err != nil {
		return nil, err
	}
	if err := s.fillPlaceholders(ctx, tx, tenant, says, fresh); err != nil {
		return nil, err
	}
	people := slices.Concat(fresh, about)
	if len(people) == 0 {
		return nil, nil
	}
	if err := s.meet(ctx, tx, tenant, people); err != nil {
		return nil, err
	}
	if fresh, about = people[:len(fresh)], people[len(fresh):]; len(fresh) > 0 {
		if err := s.keep(ctx, tx, tenant, fresh); err != nil {
			return nil, err
		}
	}
	if early, err = s.amend(ctx, tx, tenant, about); err != nil || len(fresh) == 0 {
		return early, err
	}
	return early, s.Billing.AddDaysLast(ctx, tx, tenant, daysOf(fresh))
}

// split parts what is said from what is about something said.
func split(list []arriving) (says, about []arriving) {
	for _, a := range list {
		if amends(a.Type) {
			about = append(about, a)
		} else {
			says = append(says, a)
		}
	}
	return says, about
}

// keep stores messages that are new, with all that follows from them.
func (s *Service) keep(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, fresh []arriving) error {
	if err := insertInbound(ctx, tx, tenant, fresh); err != nil {
		return fmt.Errorf("store inbound messages: %w", err)
	}
	if err := s.expectMedia(ctx, tx, tenant, fresh); err != nil {
		return fmt.Errorf("expect media: %w", err)
	}
	if err := moveContacts(ctx, tx, tenant, fresh); err != nil {
		return fmt.Errorf("follow a contact: %w", err)
	}
	if until := windowsOf(fresh); len(until) > 0 {
		if err := contact.OpenWindows(ctx, tx, tenant, until); err != nil {
			return fmt.Errorf("open service windows: %w", err)
		}
	}
	if err := s.hear(ctx, tx, tenant, fresh); err != nil {
		return err
	}
	if err := s.Hooks.Received(ctx, tx, tenant, receipts(fresh)); err != nil {
		return fmt.Errorf("tell of inbound messages: %w", err)
	}
	return nil
}

// moveContacts lets contacts' addresses follow people who tell that they have others now.
func moveContacts(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []arriving) error {
	for _, a := range list {
		if a.Moved == nil || a.source != Live {
			continue
		}
		to := contact.Identity{WAID: a.Moved.WAID, BSUID: a.Moved.UserID, At: a.at}
		if err := contact.Follow(ctx, tx, tenant, a.contact.ID, to); err != nil {
			return err
		}
	}
	return nil
}

// daysOf are the day's counts of messages; the past before a number was connected is nobody's day.
func daysOf(list []arriving) map[time.Time]*billing.DailyCounts {
	days := make(map[time.Time]*billing.DailyCounts)
	for _, a := range list {
		if a.source == History {
			continue
		}
		at := a.at.Truncate(metricsGrain)
		if days[at] == nil {
			days[at] = new(billing.DailyCounts)
		}
		if a.Ours {
			days[at].Accepted++
			days[at].Sent++
		} else {
			days[at].Inbound++
		}
	}
	return days
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

// speaks says that a customer wrote it just now, to be heard and answered.
func (a arriving) speaks() bool { return a.source == Live && !a.Ours && a.Type != "system" }

// windowsOf are until when people may be answered freely.
func windowsOf(list []arriving) map[uuid.UUID]time.Time {
	until := make(map[uuid.UUID]time.Time)
	for _, a := range list {
		if end := a.at.Add(serviceWindow); a.speaks() && end.After(until[a.contact.ID]) {
			until[a.contact.ID] = end
		}
	}
	return until
}

// heard is what consent is to hear, and the number it was said to.
type heard struct {
	consent.Heard
	channel uuid.UUID
}

func (s *Service) hear(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []arriving) error {
	said := make([]heard, 0, len(list))
	for _, a := range list {
		if a.speaks() {
			said = append(said, heard{consent.Heard{ContactID: a.contact.ID, MessageID: a.id, WAMID: a.ID, Type: a.Type, Text: a.Text, Payload: a.Payload, At: a.at}, a.channel})
		}
	}
	return s.hearAll(ctx, tx, tenant, said)
}

// hearAll lets consent act on what people said, and queues its answers.
func (s *Service) hearAll(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, said []heard) error {
	list := make([]consent.Heard, len(said))
	for i, h := range said {
		list[i] = h.Heard
	}
	replies, err := s.Consents.Hear(ctx, tx, tenant, list)
	if err != nil {
		return fmt.Errorf("hear what people ask for: %w", err)
	}
	var drafts []Draft
	for i, reply := range replies {
		if reply != "" {
			drafts = append(drafts, Draft{ID: ident.New(), ChannelID: said[i].channel, ContactID: said[i].ContactID, Origin: OriginConsent,
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
		text, words := a.says()
		out[i] = Receipt{ID: a.id, ChannelID: a.channel, ContactID: a.contact.ID, WAMID: a.ID, ReplyTo: a.ReplyTo, Kind: a.Type,
			Text: text, Words: words, Payload: a.Payload, At: a.at, Source: a.source, Ours: a.Ours, Stranger: a.stranger}
	}
	return out
}

// says is what a person reads of the message, and the words that a search finds it by.
func (a arriving) says() (text, words string) {
	if a.Type == "text" && !bytes.Contains(a.Raw, []byte(`"referral"`)) {
		return a.Text, a.Text
	}
	said := whatsapp.ReadSaid(a.Raw)
	return said.Reads(), said.Searchable()
}

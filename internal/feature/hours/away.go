package hours

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Waiting is a case in which a customer has just written.
type Waiting struct {
	Case, Channel, Team, Contact uuid.UUID
	At                           time.Time // the customer's own time
	Window                       time.Time // until then free text may be written
}

// Answer is an away message that is to leave.
type Answer struct {
	ID, Channel, Contact uuid.UUID
	Text                 string
}

// stale is how late a customer's message may come in and still be answered by a machine.
const stale = time.Hour

// Greet says to who wrote while nobody is there that it is so, in the transaction that takes their
// message in: once in a case, while WhatsApp lets free text through.
func (s *Service) Greet(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Waiting) error {
	if len(list) == 0 || s.Hooks.Say == nil {
		return nil
	}
	if on, err := awayOn(ctx, tx, tenant); err != nil || !on {
		return err
	}
	book, err := s.Read(ctx, tx, tenant)
	if err != nil {
		return err
	}
	answers, err := s.answers(ctx, tx, tenant, book, list)
	if err != nil || len(answers) == 0 {
		return err
	}
	if err := s.Hooks.Say(ctx, tx, tenant, answers); err != nil {
		return fmt.Errorf("say that nobody is there: %w", err)
	}
	return nil
}

// answers are those that nobody of the case got yet, noted as said.
func (s *Service) answers(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, book *Book, list []Waiting) ([]Answer, error) {
	now := s.Clock.Now()
	closed, contacts := map[uuid.UUID]Waiting{}, []uuid.UUID{}
	for _, w := range list {
		e := book.of(w.Channel, w.Team)
		if e != nil && e.calendar.Away.On && !e.hours.Open(now) && now.Sub(w.At) < stale && now.Before(w.Window) {
			closed[w.Case] = w
			contacts = append(contacts, w.Contact)
		}
	}
	if len(closed) == 0 {
		return nil, nil
	}
	who, err := people(ctx, tx, tenant, contacts)
	if err != nil {
		return nil, fmt.Errorf("read who is to be told: %w", err)
	}
	var cases, calendars, ids []uuid.UUID
	say := map[uuid.UUID]Answer{}
	for _, w := range closed {
		p, known := who[w.Contact]
		if !known {
			continue
		}
		e := book.of(w.Channel, w.Team)
		a := Answer{ID: ident.New(), Channel: w.Channel, Contact: w.Contact, Text: e.words(p, now)}
		say[a.ID] = a
		cases, calendars, ids = append(cases, w.Case), append(calendars, e.calendar.ID), append(ids, a.ID)
	}
	return s.first(ctx, tx, tenant, say, cases, calendars, ids)
}

// first keeps the answers whose case had none.
func (s *Service) first(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, say map[uuid.UUID]Answer, cases, calendars, ids []uuid.UUID) (list []Answer, err error) {
	rows, err := tx.Query(ctx, sqlAnswered, tenant, cases, calendars, ids, s.Clock.Now())
	if err != nil {
		return nil, fmt.Errorf("note away messages: %w", err)
	}
	fresh, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	for _, id := range fresh {
		list = append(list, say[id])
	}
	return list, err
}

// words is the message in the person's language, filled in.
func (e *entry) words(p person, now time.Time) string {
	text := e.calendar.Away.text(p.Locale)
	opens := ""
	if at, ok := e.hours.NextOpen(now); ok {
		opens = opening(at.In(e.hours.in), now.In(e.hours.in), text.Language)
	}
	name := p.Name
	if name == "" {
		name = nobody(text.Language)
	}
	return strings.TrimSpace(strings.NewReplacer("{{name}}", name, "{{opens}}", opens).Replace(text.Text))
}

// text is that of the whole language code, else of its first part, else the first.
func (a Away) text(locale string) AwayText {
	base, _, _ := strings.Cut(strings.ReplaceAll(locale, "-", "_"), "_")
	for _, want := range []string{strings.ReplaceAll(locale, "-", "_"), base} {
		for _, t := range a.Texts {
			if want != "" && strings.EqualFold(strings.ReplaceAll(t.Language, "-", "_"), want) {
				return t
			}
		}
	}
	return a.Texts[0]
}

var hindiDays = [...]string{"रविवार", "सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार"}

func hindi(language string) bool { return language == "hi" || strings.HasPrefix(language, "hi_") }

func nobody(language string) string {
	if hindi(language) {
		return "जी"
	}
	return "there"
}

// opening is a time as people say it: the time of today, with the weekday of this week, else with the date.
func opening(at, now time.Time, language string) string {
	clock := at.Format("3:04 PM")
	if hindi(language) {
		clock = at.Format("15:04") + " बजे"
	}
	switch days := int(dateOf(at).Sub(dateOf(now)).Hours() / 24); {
	case days == 0:
		return clock
	case days < 7 && hindi(language):
		return hindiDays[at.Weekday()] + " " + clock
	case days < 7:
		return at.Format("Monday") + ", " + clock
	case hindi(language):
		return at.Format("2/1/2006") + " " + clock
	default:
		return at.Format("2 January") + ", " + clock
	}
}

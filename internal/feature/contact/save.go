package contact

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/platform/db"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Change is what a person writes about a contact. Nil leaves as it is; an empty string removes.
type Change struct {
	Phone  *string           `json:"phone,omitempty" maxLength:"60" doc:"In any usual form; read as the workspace's country without a country code"`
	BSUID  *string           `json:"bsuid,omitempty" maxLength:"200"`
	Name   *string           `json:"name,omitempty" maxLength:"200"`
	Email  *string           `json:"email,omitempty" maxLength:"254"`
	Locale *string           `json:"locale,omitempty" maxLength:"20"`
	Fields map[string]string `json:"fields,omitempty" doc:"Only the fields named change; an empty value removes one. Written as people write it: 1,20,000 or 25/12/2026"`
	Stage  *string           `json:"stageId,omitempty" maxLength:"36" doc:"Id of the stage the person is put into"`
	Owner  *string           `json:"ownerId,omitempty" maxLength:"36" doc:"User id of the member who looks after the person"`
	OptIn  *Consent          `json:"optIn,omitempty"`
}

// Create adds a contact with tags. An address another living contact has is a fault of kind
// conflict; a deleted one comes back to life, its consent and suppression as they were.
func (s *Service) Create(ctx context.Context, change Change, tags []uuid.UUID) (c Contact, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err = s.CreateIn(ctx, tx, tenant, change, tags)
		return err
	})
	return c, err
}

// CreateIn is Create in the caller's transaction.
func (s *Service) CreateIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, change Change, tags []uuid.UUID) (Contact, error) {
	now := s.clock.Now()
	c := Contact{ID: ident.New(), OptIn: Consent{State: OptInUnknown}, CreatedAt: now, Fields: map[string]string{}}
	var err error
	if change.OptIn, err = awaited(ctx, tx, tenant, OptInUnknown, change.OptIn); err != nil {
		return c, err
	}
	if err := apply(ctx, tx, tenant, &c, change, now); err != nil {
		return c, err
	}
	id, err := place(ctx, tx, tenant, c, change)
	if err != nil {
		return c, err
	}
	if err := recordOptIn(ctx, tx, tenant, id, Consent{State: OptInUnknown}, change.OptIn, now); err != nil {
		return c, err
	}
	t := tally{everyone(): 1}
	t.move(nil, c.StageID)
	t.move(nil, c.OwnerID)
	if err := s.tag(ctx, tx, tenant, []uuid.UUID{id}, tags, t); err != nil {
		return c, err
	}
	if err := s.heedErasure(ctx, tx, tenant, id, c, change, now); err != nil {
		return c, err
	}
	if c, err = whole(ctx, tx, tenant, id); err != nil {
		return c, err
	}
	if err := Append(ctx, tx, tenant, now, Event{Contact: id, Kind: EventCreated}); err != nil {
		return c, err
	}
	return c, s.tell(ctx, tx, tenant, movesOf(Contact{}, c, userOf(ctx)))
}

// place inserts the contact, or writes it over the deleted one that has its address.
func place(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Contact, change Change) (uuid.UUID, error) {
	inserted, err := insert(ctx, tx, tenant, c)
	if err != nil || inserted {
		return c.ID, err
	}
	found, err := byAddress(ctx, tx, tenant, c.Phone, c.BSUID, c.WAID)
	if err != nil {
		return uuid.Nil, err
	}
	if len(found) != 1 || !found[0].deleted || found[0].merged != uuid.Nil {
		return uuid.Nil, errContactExists()
	}
	old := found[0]
	if change.OptIn == nil {
		c.OptIn = old.OptIn
	}
	if c.Phone == "" {
		c.Phone, c.WAID, c.Market = old.Phone, old.WAID, old.Market
	}
	if c.BSUID == "" {
		c.BSUID = old.BSUID
	}
	c.ID = old.ID
	return c.ID, update(ctx, tx, tenant, c)
}

// tag marks contacts and writes the tally with what changed.
func (s *Service) tag(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, contacts, tags []uuid.UUID, t tally) error {
	if err := holdTags(ctx, tx, tenant, tags); err != nil {
		return err
	}
	if err := mark(ctx, tx, tenant, sortedIDs(tags), contacts, t); err != nil {
		return err
	}
	return t.write(ctx, tx, tenant)
}

// Edit changes a contact.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, change Change) (Contact, error) {
	return s.changeOne(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err := one(ctx, tx, sqlByID, tenant, id)
		if err != nil {
			return err
		}
		before, now := c, s.clock.Now()
		before.Fields = maps.Clone(c.Fields)
		change := change // the transaction may be tried again
		if change.OptIn, err = awaited(ctx, tx, tenant, c.OptIn.State, change.OptIn); err != nil {
			return err
		}
		if err := apply(ctx, tx, tenant, &c, change, now); err != nil {
			return err
		}
		err = update(ctx, tx, tenant, c)
		if db.IsUnique(err, "contacts_") {
			return errContactExists()
		}
		if err != nil {
			return err
		}
		if err := recordOptIn(ctx, tx, tenant, id, before.OptIn, change.OptIn, now); err != nil {
			return err
		}
		t := tally{}
		t.move(before.StageID, c.StageID)
		t.move(before.OwnerID, c.OwnerID)
		if err := t.write(ctx, tx, tenant); err != nil {
			return err
		}
		if err := appendChange(ctx, tx, tenant, now, before, c); err != nil {
			return err
		}
		return s.tell(ctx, tx, tenant, movesOf(before, c, userOf(ctx)))
	})
}

// appendChange tells the timeline what a person changed, unless nothing did.
func appendChange(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, now time.Time, before, after Contact) error {
	changes := difference(before, after)
	if len(changes) == 0 {
		return nil
	}
	kind := EventConsent
	if slices.ContainsFunc(changes, func(c FieldChange) bool { return !strings.HasPrefix(c.Field, "optIn") }) {
		kind = EventChanged
	}
	return Append(ctx, tx, tenant, now, Event{Contact: after.ID, Kind: kind, Changes: changes})
}

// recordOptIn appends what a person wrote about a contact's opt-in to the consent record, if it is new.
func recordOptIn(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, before Consent, written *Consent, now time.Time) error {
	if written == nil || !written.differs(before) {
		return nil
	}
	return consent.Append(ctx, tx, tenant, []uuid.UUID{id}, consent.Change{Purpose: consent.Marketing, State: consent.State(written.State),
		Via: consent.ViaOf(ctx), Source: written.Source, By: who(ctx), Shown: written.Shown, Evidence: written.Evidence, At: now})
}

// differs says whether something new is said of a consent.
func (c Consent) differs(before Consent) bool {
	return c.State != before.State || c.Evidence != before.Evidence || c.Source != before.Source
}

// apply writes the change into c, or says what is wrong where.
func apply(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c *Contact, change Change, now time.Time) error {
	region, err := country(ctx, tx, tenant)
	if err != nil {
		return err
	}
	fields, err := fieldsFor(ctx, tx, tenant, change.labels(), now)
	if err != nil {
		return err
	}
	bad := c.apply(change, region, fields, now)
	if c.Phone == "" && c.BSUID == "" && len(bad.Fields) == 0 {
		bad = bad.At("body.phone", "Give a phone number, or a WhatsApp user id.")
	}
	if bad, err = c.place(ctx, tx, tenant, change, now, bad); err != nil {
		return err
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// labels names the fields that the change would make; ill-shaped keys are told of later.
func (change Change) labels() map[string]string {
	labels := map[string]string{}
	for key := range change.Fields {
		if fieldKeyShape().MatchString(key) {
			labels[key] = labelOf(key)
		}
	}
	return labels
}

// place puts the contact into a stage and gives it an owner, both of which keep until the
// transaction ends.
func (c *Contact) place(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, change Change, now time.Time, bad *fault.Error) (*fault.Error, error) {
	stage, bad, err := c.chosen(change.Stage, c.StageID, "body.stageId", bad, func(id *uuid.UUID) error { return holdStage(ctx, tx, tenant, id) })
	if err != nil {
		return bad, err
	}
	owner, bad, err := c.chosen(change.Owner, c.OwnerID, "body.ownerId", bad, func(id *uuid.UUID) error { return holdOwner(ctx, tx, tenant, id) })
	if !sameID(c.StageID, stage) {
		c.StageID, c.StageAt = stage, &now
		if stage == nil {
			c.StageAt = nil
		}
	}
	c.OwnerID = owner
	return bad, err
}

// chosen reads an id that was given, nil for an empty one; hold sees that it exists.
func (c *Contact) chosen(text *string, old *uuid.UUID, place string, bad *fault.Error, hold func(*uuid.UUID) error) (*uuid.UUID, *fault.Error, error) {
	if text == nil {
		return old, bad, nil
	}
	if *text == "" {
		return nil, bad, nil
	}
	id, err := uuid.Parse(*text)
	if err == nil {
		err = hold(&id)
	}
	switch f, known := fault.As(err); {
	case err == nil:
		return &id, bad, nil
	case known:
		return old, bad.At(place, f.Sentence), nil
	case id == uuid.Nil:
		return old, bad.At(place, "This is no id."), nil
	}
	return old, bad, err
}

func (c *Contact) apply(change Change, region string, fields map[string]Field, now time.Time) *fault.Error {
	bad := fault.Invalid("This contact cannot be saved.")
	if change.Phone != nil {
		bad = c.setPhone(*change.Phone, region, bad)
	}
	if change.Email != nil && *change.Email != "" {
		email, ok := cleanEmail(*change.Email)
		if !ok || !storable(email) {
			bad = bad.At("body.email", "This is not an e-mail address.")
		}
		c.Email = email
	} else if change.Email != nil {
		c.Email = ""
	}
	for place, to := range map[string]struct{ from, to *string }{
		"body.bsuid": {change.BSUID, &c.BSUID}, "body.name": {change.Name, &c.Name}, "body.locale": {change.Locale, &c.Locale},
	} {
		if to.from != nil {
			*to.to = strings.TrimSpace(*to.from)
			if !storable(*to.to) {
				bad = bad.At(place, "It contains a character that cannot be stored.")
			}
		}
	}
	bad = c.setFields(change.Fields, fields, bad)
	if change.OptIn != nil && change.OptIn.differs(c.OptIn) {
		c.OptIn = Consent{State: change.OptIn.State, Source: change.OptIn.Source, Evidence: change.OptIn.Evidence, At: &now}
	}
	c.UpdatedAt = now
	return bad
}

// setPhone keeps WhatsApp's own id for a number that did not change.
func (c *Contact) setPhone(text, region string, bad *fault.Error) *fault.Error {
	if strings.TrimSpace(text) == "" {
		c.Phone, c.WAID, c.Market = "", "", ""
		return bad
	}
	phone, problem := parsePhone(text, region)
	if problem != "" {
		return bad.At("body.phone", problemSentence(problem))
	}
	if phone != c.Phone {
		c.Phone, c.WAID, c.Market = phone, digitsOf(phone), billing.Market(phone)
	}
	return bad
}

func (c *Contact) setFields(values map[string]string, fields map[string]Field, bad *fault.Error) *fault.Error {
	for _, key := range slices.Sorted(maps.Keys(values)) { // what is wrong is said in one order
		text := values[key]
		value, problem := fields[key].canonical(text)
		switch {
		case !fieldKeyShape().MatchString(key):
			bad = bad.At("body.fields", "A field's key is made of small letters, digits and underscores, and begins with a letter: "+key)
		case !storable(text) || problem == problemTooLong:
			bad = bad.At("body.fields."+key, "At most 1,000 characters.")
		case problem != "":
			bad = bad.At("body.fields."+key, problemSentence(problem))
		case value == "":
			delete(c.Fields, key)
		default:
			c.Fields[key] = value
		}
	}
	return bad
}

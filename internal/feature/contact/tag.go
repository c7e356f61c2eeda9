package contact

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// TagKind tells what a tag was made for. Both mark contacts in the same way.
type TagKind string

// The kinds: a tag says something about people, a list is people to send to.
const (
	PlainTag TagKind = "tag"
	ListTag  TagKind = "list"
)

// TagName is a tag as shown on a contact.
type TagName struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
	Kind TagKind   `json:"kind"`
}

// Tag is a tag or list with the number of contacts that have it.
type Tag struct {
	TagName
	Contacts  int64     `json:"contacts"`
	CreatedAt time.Time `json:"createdAt"`
}

const maxTags = 1000

// Tags returns all tags and lists by name. A tenant has at most 1,000.
func (s *Service) Tags(ctx context.Context) ([]Tag, error) {
	var tags []Tag
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		tags, err = allTags(ctx, tx, tenant)
		return err
	})
	return tags, err
}

// CreateTag makes a tag or list. A name taken by one of the same kind is a fault of kind conflict.
func (s *Service) CreateTag(ctx context.Context, name string, kind TagKind) (Tag, error) {
	name, err := tagName(name)
	if err != nil {
		return Tag{}, err
	}
	var tag Tag
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		var made bool
		tag, made, err = ensureTag(ctx, tx, tenant, name, kind, s.clock.Now())
		if err == nil && !made {
			return errTagExists()
		}
		return err
	})
	return tag, err
}

// RenameTag gives a tag another name.
func (s *Service) RenameTag(ctx context.Context, id uuid.UUID, name string) (Tag, error) {
	name, err := tagName(name)
	if err != nil {
		return Tag{}, err
	}
	var tag Tag
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if err := renameTag(ctx, tx, tenant, id, name, s.clock.Now()); err != nil {
			return err
		}
		tag, err = tagByID(ctx, tx, tenant, id)
		return err
	})
	return tag, err
}

// DeleteTag takes the tag away from everybody. It is gone from every list at once; a job removes
// the joins. The contacts stay.
func (s *Service) DeleteTag(ctx context.Context, id uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if err := hideTag(ctx, tx, tenant, id, s.clock.Now()); err != nil {
			return err
		}
		return s.queue.Insert(ctx, tx, dropTagArgs{Tenant: tenant, Tag: id}, nil)
	})
}

// ensureTag returns the tag of that name, made now if there is none.
func ensureTag(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, name string, kind TagKind, now time.Time) (Tag, bool, error) {
	n, err := countTags(ctx, tx, tenant)
	if err != nil {
		return Tag{}, false, err
	}
	if n >= maxTags {
		return Tag{}, false, fault.Conflict("A workspace has room for 1,000 tags and lists. Delete some first.").WithCode("too_many_tags")
	}
	tag := Tag{TagName: TagName{ID: ident.New(), Name: name, Kind: kind}, CreatedAt: now}
	made, err := insertTag(ctx, tx, tenant, tag)
	if err != nil || made {
		return tag, made, err
	}
	tag, err = tagByName(ctx, tx, tenant, name, kind)
	return tag, false, err
}

func tagName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" || firstRunes(name, 100) != name || !storable(name) {
		return "", fault.Invalid("A tag or list needs a name.").At("body.name", "Between 1 and 100 characters.")
	}
	return name, nil
}

// mark gives contacts the tags; the tally learns how many were new. The tags must be held.
func mark(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, tags, contacts []uuid.UUID, t tally) error {
	if len(tags) == 0 || len(contacts) == 0 {
		return nil
	}
	return countInto(ctx, tx, t, 1, sqlMark, tenant, tags, contacts)
}

// unmark takes the tags from contacts, whose ids are sorted.
func unmark(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, tags, contacts []uuid.UUID, t tally) error {
	if len(tags) == 0 || len(contacts) == 0 {
		return nil
	}
	return countInto(ctx, tx, t, -1, sqlUnmark, tenant, tags, contacts, contacts[0], contacts[len(contacts)-1])
}

func who(ctx context.Context) string {
	if a, ok := actor.From(ctx); ok {
		return a.Email
	}
	return ""
}

func isTooManyTags(err error) bool {
	f, ok := fault.As(err)
	return ok && f.Code == "too_many_tags"
}

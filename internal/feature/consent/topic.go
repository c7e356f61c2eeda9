package consent

import (
	"context"
	"errors"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent/intent"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
)

// Topic is something marketing is about, which a person may not want.
type Topic struct {
	ID        uuid.UUID `json:"id"`
	Name      string    `json:"name"`
	NameHindi string    `json:"nameHi,omitempty"`
	Templates []string  `json:"templates" doc:"Names of the templates that are about it"`
}

// TopicDraft is what a person writes of a topic.
type TopicDraft struct {
	Name      string   `json:"name" minLength:"1" maxLength:"60"`
	NameHindi string   `json:"nameHi,omitempty" maxLength:"60"`
	Templates []string `json:"templates,omitempty" maxItems:"200"`
}

// maxTopics keeps the preference page readable.
const maxTopics = 20

const (
	topicColumns = `select id, name, name_hi, templates from consent_topics where tenant_id = $1 and deleted_at is null`
	sqlTopics    = topicColumns + ` order by id limit 100`
	sqlTopic     = topicColumns + ` and id = $2`
	sqlAddTopic  = `
insert into consent_topics (tenant_id, id, name, name_hi, templates, created_at) values ($1, $2, $3, $4, $5, $6)`
	sqlEditTopic = `
update consent_topics set name = $3, name_hi = $4, templates = $5 where tenant_id = $1 and id = $2 and deleted_at is null`
	sqlRemoveTopic = `
update consent_topics set deleted_at = $3 where tenant_id = $1 and id = $2 and deleted_at is null`
)

func scanTopic(row pgx.CollectableRow) (Topic, error) {
	var t Topic
	err := row.Scan(&t.ID, &t.Name, &t.NameHindi, &t.Templates)
	return t, err
}

func topics(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Topic, error) {
	rows, err := tx.Query(ctx, sqlTopics, tenant)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanTopic)
}

func topic(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Topic, error) {
	rows, err := tx.Query(ctx, sqlTopic, tenant, id)
	if err != nil {
		return Topic{}, err
	}
	t, err := pgx.CollectExactlyOneRow(rows, scanTopic)
	if errors.Is(err, pgx.ErrNoRows) {
		return t, errNoTopic()
	}
	return t, err
}

func errNoTopic() error {
	return fault.NotFound("This topic does not exist, or was deleted.").WithCode("topic_not_found")
}

// TopicsByTemplate says what each template is about, by the template's name, in the caller's
// transaction. The gate asks only when somebody of a batch refused a topic.
func TopicsByTemplate(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (map[string]uuid.UUID, error) {
	found, err := topics(ctx, tx, tenant)
	if err != nil {
		return nil, err
	}
	byName := map[string]uuid.UUID{}
	for _, t := range found {
		for _, name := range t.Templates {
			byName[name] = t.ID
		}
	}
	return byName, nil
}

// Topics lists the workspace's topics.
func (s *Service) Topics(ctx context.Context) (list []Topic, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		list, err = topics(ctx, tx, tenant)
		return err
	})
	return list, err
}

// AddTopic makes a topic.
func (s *Service) AddTopic(ctx context.Context, d TopicDraft) (t Topic, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		known, err := topics(ctx, tx, tenant)
		if err != nil {
			return err
		}
		if len(known) >= maxTopics {
			return fault.Invalid("A workspace has at most 20 topics.").At("body.name", "Delete another one first.")
		}
		if t, err = d.topic(ident.New(), known); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, sqlAddTopic, tenant, t.ID, t.Name, t.NameHindi, t.Templates, s.Clock.Now())
		return err
	})
	return t, err
}

// EditTopic replaces what is known of a topic.
func (s *Service) EditTopic(ctx context.Context, id uuid.UUID, d TopicDraft) (t Topic, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := topic(ctx, tx, tenant, id); err != nil {
			return err
		}
		known, err := topics(ctx, tx, tenant)
		if err != nil {
			return err
		}
		if t, err = d.topic(id, known); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, sqlEditTopic, tenant, id, t.Name, t.NameHindi, t.Templates)
		return err
	})
	return t, err
}

// topic checks a draft against the other topics: a template is about one.
func (d TopicDraft) topic(id uuid.UUID, known []Topic) (Topic, error) {
	t := Topic{ID: id, Name: strings.TrimSpace(d.Name), NameHindi: strings.TrimSpace(d.NameHindi), Templates: []string{}}
	if t.Name == "" {
		return t, fault.Invalid("Give the topic a name.").At("body.name", "It is empty.")
	}
	taken := map[string]string{}
	for _, other := range known {
		if other.ID == id {
			continue
		}
		if intent.Normalise(other.Name) == intent.Normalise(t.Name) {
			return t, fault.Conflict("There is already a topic with this name.").At("body.name", "Choose another name.").WithCode("topic_exists")
		}
		for _, name := range other.Templates {
			taken[name] = other.Name
		}
	}
	for _, name := range d.Templates {
		if taken[name] != "" {
			return t, fault.Invalid("A template is about one topic.").At("body.templates", name+" belongs to “"+taken[name]+"”.")
		}
		t.Templates = append(t.Templates, name)
	}
	return t, nil
}

// RemoveTopic ends a topic. Who refused it keeps that in their record.
func (s *Service) RemoveTopic(ctx context.Context, id uuid.UUID) error {
	return s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		done, err := tx.Exec(ctx, sqlRemoveTopic, tenant, id, s.Clock.Now())
		if err == nil && done.RowsAffected() == 0 {
			return errNoTopic()
		}
		return err
	})
}

package segment

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Subject is something a query may ask about in this workspace, with all a screen needs to ask.
type Subject struct {
	On      string     `json:"on"`
	Label   string     `json:"label"`
	Kind    string     `json:"kind" doc:"text, number, date, boolean, choice, tag, campaign, …"`
	Ops     []Operator `json:"ops"`
	Options []Option   `json:"options,omitempty" doc:"What values it may have, where they are few"`
}

// Operator is a way to compare.
type Operator struct {
	Op    string `json:"op"`
	Label string `json:"label"`
	Of    string `json:"of,omitempty" doc:"text, number, date, id, percent, word; empty: no values"`
	Least int    `json:"least" doc:"Fewest values"`
	Most  int    `json:"most" doc:"Most values"`
	Days  string `json:"days,omitempty" doc:"optional or needed: it has days"`
}

// Option is a value with its words.
type Option struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// Language is what queries of the workspace may ask, fields first.
func (s *Service) Language(ctx context.Context) (subjects []Subject, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		subjects, err = language(ctx, tx, tenant)
		return err
	})
	return subjects, err
}

// Each lists what a subject may be, the likeliest first; the screen offers these.
const (
	sqlTagOptions   = `select id::text, name from tags where tenant_id = $1 and deleted_at is null order by name_key, id limit 1000`
	sqlStageOptions = `select id::text, name from contact_stages where tenant_id = $1 and deleted_at is null order by position, id`
	sqlOwnerOptions = `
select u.id::text, u.name from members m join users u on u.id = m.user_id where m.tenant_id = $1 order by u.name, u.id limit 1000`
	sqlSegmentOptions  = `select id::text, name from segments where tenant_id = $1 order by name_key, id limit 1000`
	sqlCampaignOptions = `select id::text, name from campaigns where tenant_id = $1 order by created_at desc, id desc limit 200`
	sqlGoalOptions     = `select id::text, name from goals where tenant_id = $1 order by archived_at is not null, name, id`
)

func language(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Subject, error) {
	fields, err := allFields(ctx, tx, tenant)
	if err != nil {
		return nil, fmt.Errorf("read fields: %w", err)
	}
	var out []Subject
	for _, s := range subjects() {
		out = append(out, offered(s.on, s.label, s.kind))
	}
	for _, f := range fields {
		out = append(out, offered("field:"+f.Key, f.Label, fieldKind(f.Type)))
	}
	return out, addOptions(ctx, tx, tenant, out)
}

func offered(on, label string, k kind) Subject {
	s := Subject{On: on, Label: label, Kind: k.name}
	for _, o := range k.ops {
		s.Ops = append(s.Ops, Operator{Op: o.name, Label: o.label, Of: o.takes.of, Least: o.takes.least, Most: o.takes.most, Days: string(o.takes.days)})
	}
	return s
}

func addOptions(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, out []Subject) error {
	sources := map[string]string{"tag": sqlTagOptions, "segment": sqlSegmentOptions, "campaign": sqlCampaignOptions,
		"stage": sqlStageOptions, "owner": sqlOwnerOptions, "goal": sqlGoalOptions}
	for i := range out {
		switch sql, listed := sources[out[i].On]; {
		case out[i].On == "optin":
			out[i].Options = []Option{{"in", "Opted in"}, {"pending", "To be confirmed"}, {"out", "Opted out"}, {"unknown", "Unknown"}}
		case listed:
			rows, err := tx.Query(ctx, sql, tenant)
			if err != nil {
				return err
			}
			if out[i].Options, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Option]); err != nil {
				return err
			}
		}
	}
	return nil
}

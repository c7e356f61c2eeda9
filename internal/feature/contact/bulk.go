package contact

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/realtime"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// BulkState is where a bulk stands.
type BulkState string

// The states. All but running are final.
const (
	BulkRunning   BulkState = "running"
	BulkDone      BulkState = "done"
	BulkCancelled BulkState = "cancelled"
	BulkFailed    BulkState = "failed"
)

// BulkKind is what a bulk does.
type BulkKind string

// What a person may ask for; the four below follow from something else and end what it began.
const (
	BulkTags   BulkKind = "tags"
	BulkStage  BulkKind = "stage"
	BulkOwner  BulkKind = "owner"
	BulkField  BulkKind = "field"
	BulkOptOut BulkKind = "optOut"
	BulkDelete BulkKind = "delete"

	BulkReform    BulkKind = "reform"    // a field's values, when its type changes
	BulkDropField BulkKind = "dropField" // the values of a deleted field
	BulkDropStage BulkKind = "dropStage" // the contacts of a deleted stage
	BulkDisown    BulkKind = "disown"    // the contacts of a member who left
)

// asked says that a person asks for it, and may cancel it.
func (k BulkKind) asked() bool {
	switch k {
	case BulkTags, BulkStage, BulkOwner, BulkField, BulkOptOut, BulkDelete:
		return true
	}
	return false
}

// BulkAction is what happens to each contact. Doing it twice is doing it once.
type BulkAction struct {
	Kind   BulkKind    `json:"kind" enum:"tags,stage,owner,field,optOut,delete,reform,dropField,dropStage,disown"`
	Add    []uuid.UUID `json:"add,omitempty" maxItems:"50" doc:"tags: those to give"`
	Remove []uuid.UUID `json:"remove,omitempty" maxItems:"50" doc:"tags: those to take away"`
	Stage  *uuid.UUID  `json:"stage,omitempty" doc:"stage: the one to put contacts into; none when absent"`
	Owner  *uuid.UUID  `json:"owner,omitempty" doc:"owner: the member's user id; none when absent"`
	Field  string      `json:"field,omitempty" maxLength:"40" doc:"field: its key"`
	Value  string      `json:"value,omitempty" maxLength:"1000" doc:"field: what everybody gets; an empty one removes"`
	Reason string      `json:"reason,omitempty" maxLength:"300" doc:"optOut: how it is known"`
}

// Bulk is a change of many contacts. Progress has the same without the filter, and is published
// on the topic "bulks" while it runs and when it ends.
type Bulk struct {
	ID         uuid.UUID  `json:"id,omitzero" doc:"Absent for named contacts, who are done at once"`
	Action     BulkAction `json:"action"`
	Filter     Filter     `json:"filter"`
	State      BulkState  `json:"state" enum:"running,done,cancelled,failed"`
	Reason     string     `json:"reason,omitempty" doc:"Why it failed"`
	Total      *int64     `json:"total,omitempty" doc:"How many the filter let through when it began, once counted"`
	Seen       int64      `json:"seen" doc:"Contacts looked at so far"`
	Changed    int64      `json:"changed" doc:"Contacts that were not so before"`
	CreatedAt  time.Time  `json:"createdAt"`
	FinishedAt *time.Time `json:"finishedAt,omitempty"`

	after position
	by    uuid.UUID
}

// BulkProgress is what the topic "bulks" carries.
type BulkProgress struct {
	ID      uuid.UUID `json:"id"`
	Kind    BulkKind  `json:"kind"`
	State   BulkState `json:"state"`
	Reason  string    `json:"reason,omitempty"`
	Total   *int64    `json:"total,omitempty"`
	Seen    int64     `json:"seen"`
	Changed int64     `json:"changed"`
}

func (b Bulk) publish(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	return realtime.Publish(ctx, tx, tenant, "bulks", BulkProgress{b.ID, b.Action.Kind, b.State, b.Reason, b.Total, b.Seen, b.Changed})
}

// StartBulk changes contacts: those named, at once, or those a filter lets through, in a job.
func (s *Service) StartBulk(ctx context.Context, action BulkAction, ids []uuid.UUID, filter *Filter) (Bulk, error) {
	var b Bulk
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if (filter == nil) == (len(ids) == 0) {
			return fault.Invalid("Name the contacts, or give a filter.").At("body.ids", "Either ids or a filter.")
		}
		if err := action.check(ctx, tx, tenant); err != nil {
			return err
		}
		if filter != nil {
			var err error
			b, err = s.startBulk(ctx, tx, tenant, action, *filter)
			return err
		}
		b = Bulk{Action: action, State: BulkDone, CreatedAt: s.clock.Now(), by: userOf(ctx)}
		rows, err := collect(ctx, tx, sqlByIDsLocked, tenant, sortedIDs(ids))
		if err != nil {
			return err
		}
		b.Seen = int64(len(rows))
		b.Changed, err = s.act(ctx, tx, tenant, b, rows)
		return err
	})
	return b, err
}

// check refuses what cannot be done to anybody, and writes a field's value as the field keeps it.
func (a *BulkAction) check(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	switch a.Kind {
	case BulkTags:
		if len(a.Add)+len(a.Remove) == 0 {
			return fault.Invalid("Say which tags to add or remove.").At("body.action.add", "Name a tag.")
		}
	case BulkStage, BulkOwner, BulkOptOut, BulkDelete:
	case BulkField:
		fields, err := holdFields(ctx, tx, tenant, []string{a.Field})
		if err != nil || len(fields) == 0 {
			return errOr(err, errNoField())
		}
		value, problem := fields[a.Field].canonical(a.Value)
		if problem != "" {
			return fault.Invalid("This value does not fit the field.").At("body.action.value", problemSentence(problem))
		}
		a.Value = value
	default:
		return fault.Invalid("This is nothing to ask for.").At("body.action.kind", "tags, stage, owner, field, optOut or delete.")
	}
	return a.hold(ctx, tx, tenant)
}

// hold keeps what the action names from being deleted meanwhile.
func (a BulkAction) hold(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	if err := holdTags(ctx, tx, tenant, append(append([]uuid.UUID{}, a.Add...), a.Remove...)); err != nil {
		return err
	}
	if err := holdStage(ctx, tx, tenant, a.Stage); err != nil {
		return err
	}
	return holdOwner(ctx, tx, tenant, a.Owner)
}

// startBulk makes the bulk with its job.
func (s *Service) startBulk(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, action BulkAction, filter Filter) (Bulk, error) {
	b := Bulk{ID: ident.New(), Action: action, Filter: filter, State: BulkRunning, CreatedAt: s.clock.Now(), by: userOf(ctx)}
	if err := insertBulk(ctx, tx, tenant, b); err != nil {
		return b, err
	}
	if err := s.queue.Insert(ctx, tx, bulkArgs{Tenant: tenant, Bulk: b.ID}, nil); err != nil {
		return b, err
	}
	return b, b.publish(ctx, tx, tenant)
}

// Bulks lists them, newest first.
func (s *Service) Bulks(ctx context.Context, p web.PageQuery) (web.Page[Bulk], error) {
	before := uuid.Max
	if err := web.DecodeCursor(p.After, &before); err != nil {
		return web.Page[Bulk]{}, err
	}
	var page web.Page[Bulk]
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		found, err := collectBulks(ctx, tx, sqlBulks, tenant, before, p.Limit+1)
		page = web.PageOf(found, p.Limit, func(b Bulk) any { return b.ID })
		return err
	})
	return page, err
}

// GetBulk returns one.
func (s *Service) GetBulk(ctx context.Context, id uuid.UUID) (Bulk, error) {
	var b Bulk
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		b, err = oneBulk(ctx, tx, sqlBulk, tenant, id)
		return err
	})
	return b, err
}

// CancelBulk stops a bulk after the chunk being written. What was changed stays so.
func (s *Service) CancelBulk(ctx context.Context, id uuid.UUID) (Bulk, error) {
	var b Bulk
	err := s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (err error) {
		if b, err = oneBulk(ctx, tx, sqlBulkLocked, tenant, id); err != nil {
			return err
		}
		switch {
		case b.State != BulkRunning:
			return fault.Conflict("This has ended already.").WithCode("bulk_ended")
		case !b.Action.Kind.asked():
			return fault.Conflict("This cannot be stopped half-way: a field or a stage would be left in between.").WithCode("bulk_needed")
		}
		return s.endBulk(ctx, tx, tenant, &b, BulkCancelled, "")
	})
	return b, err
}

func (s *Service) endBulk(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, b *Bulk, state BulkState, reason string) error {
	now := s.clock.Now()
	b.State, b.Reason, b.FinishedAt = state, reason, &now
	if _, err := tx.Exec(ctx, sqlEndBulk, tenant, b.ID, state, reason, now); err != nil {
		return err
	}
	return b.publish(ctx, tx, tenant)
}

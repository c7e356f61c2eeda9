package campaign

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Approval is a person's asking to start what costs more than one person may, and a second
// person's answer. A change of the draft makes it void.
type Approval struct {
	ID          uuid.UUID     `json:"id"`
	State       ApprovalState `json:"state" enum:"pending,approved,rejected,withdrawn,void"`
	Amount      money.Amount  `json:"amount" doc:"The most it may cost, ten-thousandths"`
	Schedule    Schedule      `json:"schedule" doc:"What an approval starts"`
	Note        string        `json:"note,omitempty" doc:"What the asking person said"`
	RequestedBy Person        `json:"requestedBy"`
	RequestedAt time.Time     `json:"requestedAt"`
	DecidedBy   *Person       `json:"decidedBy,omitempty"`
	DecidedAt   *time.Time    `json:"decidedAt,omitempty"`
	Comment     string        `json:"comment,omitempty" doc:"What the answering person said"`

	campaignID uuid.UUID
}

// Person is who did something, by name.
type Person struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
}

// ApprovalState is where an approval is in its life. Only a pending one moves, but for an
// approved one that becomes void.
type ApprovalState string

// The states.
const (
	ApprovalPending   ApprovalState = "pending"
	ApprovalApproved  ApprovalState = "approved"
	ApprovalRejected  ApprovalState = "rejected"
	ApprovalWithdrawn ApprovalState = "withdrawn"
	ApprovalVoid      ApprovalState = "void"
)

// longestComment is how much may be said with a request or an answer, in characters.
const longestComment = 1000

func checkComment(text, place string) (string, error) {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > longestComment {
		return "", fault.Invalid("Write at most 1,000 characters.").At(place, "At most 1,000 characters.")
	}
	return text, nil
}

// allowed sets how much a campaign may cost without (another) second person, and refuses one
// that may cost more. The wallet and the budget stand beside it.
func (s *Service) allowed(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c *Campaign) error {
	limit, err := approvalAbove(ctx, tx, tenant)
	if err != nil {
		return fmt.Errorf("read the workspace's limit: %w", err)
	}
	c.ApprovedCap = nil
	if limit == nil {
		return nil
	}
	approved, err := approvedAmount(ctx, tx, tenant, c.ID)
	if err != nil {
		return fmt.Errorf("read what was approved: %w", err)
	}
	most := max(*limit, approved)
	cost, err := s.cost(ctx, tx, tenant, *c)
	if err != nil {
		return err
	}
	if cost > most {
		return fault.Conflict("It may cost more than one person may start. Ask a second person to approve it.").WithCode("approval_required")
	}
	c.ApprovedCap = &most
	return nil
}

// cost is the most a campaign can cost from its start to its end: its budget, or everybody it may
// reach. What is on its way counts as committed.
func (s *Service) cost(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign) (money.Amount, error) {
	e, err := s.estimate(ctx, tx, tenant, c)
	if err != nil {
		return 0, err
	}
	total := e.Total
	if c.StartedAt != nil && e.Reachable > 0 {
		left := money.Amount(c.Counts.Pending + c.Counts.Queued)
		each := (e.Total + money.Amount(e.Reachable) - 1) / money.Amount(e.Reachable)
		total = c.Counts.Committed + left*each
	}
	if c.BudgetCap != nil {
		total = min(total, *c.BudgetCap)
	}
	return total, nil
}

// RequestApproval asks a second person to let a draft begin as the schedule says, or to let a
// campaign that stopped at its limit go on.
func (s *Service) RequestApproval(ctx context.Context, id uuid.UUID, sc Schedule, note string) (c Campaign, err error) {
	note, err = checkComment(note, "body.note")
	if err != nil {
		return c, err
	}
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Campaign) error {
		c = found
		a := actor.Must(ctx)
		if a.UserID == (uuid.UUID{}) {
			return fault.Forbidden("Only a person can ask for an approval.")
		}
		if c.Status != Draft && c.Status != Paused {
			return c.Status.may(Awaiting)
		}
		request, err := s.approvalRequest(ctx, tx, tenant, c, sc)
		if err != nil {
			return err
		}
		request.Note, request.RequestedBy.ID = note, a.UserID
		return s.ask(ctx, tx, tenant, &c, request)
	})
	return c, err
}

// approvalRequest checks that there is something to approve.
func (s *Service) approvalRequest(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c Campaign, sc Schedule) (Approval, error) {
	request := Approval{ID: ident.New(), campaignID: c.ID, State: ApprovalPending, Schedule: sc, RequestedAt: s.Clock.Now()}
	if err := s.complete(ctx, tx, tenant, c); err != nil {
		return request, err
	}
	if err := s.checkSchedule(ctx, tx, tenant, sc); err != nil {
		return request, err
	}
	limit, err := approvalAbove(ctx, tx, tenant)
	if err != nil {
		return request, fmt.Errorf("read the workspace's limit: %w", err)
	}
	if request.Amount, err = s.cost(ctx, tx, tenant, c); err != nil {
		return request, err
	}
	if limit == nil || request.Amount <= *limit {
		return request, fault.Conflict("This campaign needs no approval.").WithCode("approval_not_required")
	}
	return request, nil
}

// checkSchedule refuses what could not be begun.
func (s *Service) checkSchedule(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, sc Schedule) error {
	if sc.Repeat != nil {
		_, err := s.readRepeat(ctx, tx, tenant, *sc.Repeat)
		return err
	}
	if sc.LocalAt != "" {
		_, err := sc.localAt()
		return err
	}
	return nil
}

func (s *Service) ask(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c *Campaign, request Approval) error {
	if err := insertApproval(ctx, tx, tenant, request); err != nil {
		return err
	}
	if c.Status == Draft {
		if err := s.move(ctx, tx, tenant, c, Awaiting); err != nil {
			return err
		}
	}
	if err := s.note(ctx, tx, tenant, c.ID, "approval_requested", request.Note); err != nil {
		return err
	}
	return s.Queue.Insert(ctx, tx, ApprovalMailArgs{TenantID: tenant, ApprovalID: request.ID, State: ApprovalPending}, nil)
}

// Approve lets a campaign begin as it was asked, for at most what was asked. Whoever asked cannot.
func (s *Service) Approve(ctx context.Context, id uuid.UUID, comment string) (Campaign, error) {
	return s.decide(ctx, id, ApprovalApproved, comment, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c *Campaign, a Approval) error {
		if err := s.complete(ctx, tx, tenant, *c); err != nil {
			return err
		}
		c.ApprovedCap = &a.Amount
		if c.Status == Awaiting {
			return s.begin(ctx, tx, tenant, c, a.Schedule)
		}
		return s.goOn(ctx, tx, tenant, c)
	})
}

// Reject makes the campaign a draft again.
func (s *Service) Reject(ctx context.Context, id uuid.UUID, comment string) (Campaign, error) {
	return s.decide(ctx, id, ApprovalRejected, comment, s.backToDraft)
}

func (s *Service) backToDraft(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c *Campaign, _ Approval) error {
	if c.Status != Awaiting {
		return s.publish(ctx, tx, tenant, c.ID)
	}
	return s.move(ctx, tx, tenant, c, Draft)
}

// then is what follows an answer.
type then func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c *Campaign, a Approval) error

// decide answers the pending request by somebody else than who asked.
func (s *Service) decide(ctx context.Context, id uuid.UUID, to ApprovalState, comment string, follow then) (c Campaign, err error) {
	comment, err = checkComment(comment, "body.comment")
	if err != nil {
		return c, err
	}
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Campaign) error {
		c = found
		pending, err := pendingApproval(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		by := actor.Must(ctx).UserID
		if by == (uuid.UUID{}) || by == pending.RequestedBy.ID {
			return fault.Forbidden("A second person must answer: whoever asked cannot.").WithCode("same_person")
		}
		if err := s.settle(ctx, tx, tenant, pending, to, comment); err != nil {
			return err
		}
		if err := follow(ctx, tx, tenant, &c, pending); err != nil {
			return err
		}
		return s.Queue.Insert(ctx, tx, ApprovalMailArgs{TenantID: tenant, ApprovalID: pending.ID, State: to}, nil)
	})
	return c, err
}

// settle writes an answer and who gave it.
func (s *Service) settle(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, a Approval, to ApprovalState, comment string) error {
	if err := setApproval(ctx, tx, tenant, a.ID, to, actor.Must(ctx).UserID, s.Clock.Now(), comment); err != nil {
		return err
	}
	return s.note(ctx, tx, tenant, a.campaignID, "approval_"+string(to), comment)
}

// WithdrawApproval takes a request back; the campaign is a draft again.
func (s *Service) WithdrawApproval(ctx context.Context, id uuid.UUID) (c Campaign, err error) {
	err = s.locked(ctx, id, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, found Campaign) error {
		c = found
		pending, err := pendingApproval(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		if err := s.settle(ctx, tx, tenant, pending, ApprovalWithdrawn, ""); err != nil {
			return err
		}
		return s.backToDraft(ctx, tx, tenant, &c, pending)
	})
	return c, err
}

// voidApproval takes back what was approved or asked for, because the draft is another now. Every
// change of a draft calls it, before it stores the change.
func (s *Service) voidApproval(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c *Campaign) error {
	if c.Status != Draft && c.Status != Awaiting {
		return nil
	}
	n, err := voidApprovals(ctx, tx, tenant, c.ID)
	if err != nil {
		return fmt.Errorf("void approvals: %w", err)
	}
	if n > 0 {
		if err := s.note(ctx, tx, tenant, c.ID, "approval_void", ""); err != nil {
			return err
		}
	}
	if c.Status == Awaiting {
		return s.move(ctx, tx, tenant, c, Draft)
	}
	return nil
}

// Approvals lists what was asked and answered of a campaign, the latest first.
func (s *Service) Approvals(ctx context.Context, id uuid.UUID) (list []Approval, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		if _, err := byID(ctx, tx, tenant, id); err != nil {
			return notFound(err)
		}
		list, err = listApprovals(ctx, tx, tenant, id)
		return err
	})
	return list, err
}

func noRequest(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.Conflict("Nobody is asking for an approval of this campaign.").WithCode("status")
	}
	return err
}

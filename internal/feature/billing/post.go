package billing

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/money"
)

// Post writes what the settlements say: for each kind that occurs one transaction with its
// entries summed per account, and a usage event per message and step. One round trip; the wallet
// is locked only when the available balance changes, so it comes last in the caller's
// transaction, which must also write each settlement's HoldOpen, Posted… and Seq to the message.
// A message may occur once. A posting that is there already is a mistake, and an error.
func (s *Service) Post(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, at time.Time, settlements []Settlement) error {
	b := newPostBatch(at, len(settlements))
	for _, st := range settlements {
		if err := b.add(st); err != nil {
			return err
		}
	}
	if b.usage.len() == 0 {
		return nil
	}
	if err := b.run(ctx, tx, tenant); err != nil {
		return fmt.Errorf("post %d settlements: %w", len(settlements), err)
	}
	return nil
}

// postBatch gathers the settlements of a batch into one transaction per kind.
type postBatch struct {
	charge, release, adjustment *posting
	usage                       *usageRows
}

func newPostBatch(at time.Time, n int) *postBatch {
	return &postBatch{
		charge: newPosting(KindCharge, at), release: newPosting(KindRelease, at),
		adjustment: newPosting(KindAdjustment, at), usage: newUsageRows(n),
	}
}

func (b *postBatch) add(st Settlement) error {
	seq := st.Standing.Seq
	if st.Close && st.Standing.Base+st.Standing.Markup != st.Standing.Hold {
		return fmt.Errorf("message %s: hold %d is not its price %d + %d",
			st.Standing.MessageID, st.Standing.Hold, st.Standing.Base, st.Standing.Markup)
	}
	if st.Close {
		seq++
		b.close(st, seq)
	}
	if st.Adjust {
		seq++
		b.adjust(st, seq)
	}
	return nil
}

func (b *postBatch) close(st Settlement, seq int) {
	post, row := b.release, b.row(st, UsageReleased, seq)
	if st.Charged {
		post, row.kind = b.charge, UsageCharged
		row.base, row.markup = st.Standing.Base, st.Standing.Markup
		post.move(AccountHeld, AccountBaseCost, row.base)
		post.move(AccountHeld, AccountMarkup, row.markup)
	} else {
		post.move(AccountHeld, AccountAvailable, st.Standing.Hold)
	}
	row.hold, row.holdTransaction = st.Standing.Hold, st.Standing.HoldTransaction
	b.write(post, row, st.Standing.Hold)
}

func (b *postBatch) adjust(st Settlement, seq int) {
	row := b.row(st, UsageAdjusted, seq)
	row.base, row.markup = st.AdjustBase, st.AdjustMarkup
	b.adjustment.move(AccountAvailable, AccountBaseCost, row.base)
	b.adjustment.move(AccountAvailable, AccountMarkup, row.markup)
	b.write(b.adjustment, row, row.base+row.markup)
}

func (b *postBatch) row(st Settlement, kind UsageKind, seq int) usageRow {
	category := Category(st.Standing.PricingCategory)
	if category == "" {
		category = Category(st.Standing.Category)
	}
	return usageRow{
		source: st.Standing.MessageID, kind: kind, seq: seq, quantity: 1, category: category,
		market: st.Standing.Market, campaign: st.Standing.CampaignID, at: b.charge.at,
	}
}

func (b *postBatch) write(post *posting, row usageRow, amount money.Amount) {
	post.amount += amount
	post.messages++
	row.transaction = post.id
	b.usage.add(row)
}

// run sends everything in one round trip, the locked wallet last but for what is written from it.
func (b *postBatch) run(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	var p pipeline
	p.add(exactly(b.usage.len(), "insert usage events"), insertUsage, b.usage.args(tenant)...)
	var posts []*posting
	for _, post := range []*posting{b.charge, b.release, b.adjustment} {
		if post.messages == 0 {
			continue
		}
		if err := post.balanced(); err != nil {
			return err
		}
		p.addPosting(tenant, post, errNoWallet)
		posts = append(posts, post)
	}
	p.addEntries(tenant, nil, posts...)
	return p.run(ctx, tx)
}

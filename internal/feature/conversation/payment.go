package conversation

import (
	"bytes"
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Payment is where a payment stands that a message of the thread asks for. Amounts are in paise.
type Payment struct {
	Status       string     `json:"status" enum:"requested,pending,failed,differs,paid" doc:"differs: paid, but not what was asked for"`
	Amount       int64      `json:"amount" doc:"What was asked for, in paise"`
	Currency     string     `json:"currency"`
	PaidAmount   *int64     `json:"paidAmount,omitempty" doc:"What was paid, in paise"`
	PaidCurrency string     `json:"paidCurrency,omitempty"`
	Method       string     `json:"method,omitempty" doc:"upi, card, wallet or netbanking, as the gateway tells"`
	Transaction  string     `json:"transaction,omitempty" doc:"The gateway's id"`
	Reference    string     `json:"reference" doc:"By which WhatsApp and the gateway know the request"`
	Failure      string     `json:"failure,omitempty" doc:"The gateway's reason for the latest try"`
	ExpiresAt    *time.Time `json:"expiresAt,omitempty" doc:"Cannot be paid afterwards"`
	PaidAt       *time.Time `json:"paidAt,omitempty"`
	CheckedAt    *time.Time `json:"checkedAt,omitempty" doc:"When WhatsApp was asked last"`
}

const sqlPayments = `
select message_id, status, amount, currency, paid_amount, paid_currency, method, transaction_id, reference, failure, expires_at, paid_at, checked_at
from payment_requests where tenant_id = $1 and message_id = any($2)`

// payments reads where payments stand that messages ask for. Where none does, nothing is read.
func payments(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, rows []messageRow) (map[uuid.UUID]*Payment, error) {
	var ids []uuid.UUID
	for _, m := range rows {
		if m.asksForMoney() {
			ids = append(ids, m.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := tx.Query(ctx, sqlPayments, tenant, ids)
	if err != nil {
		return nil, err
	}
	asked := make(map[uuid.UUID]*Payment, len(ids))
	var id uuid.UUID
	var p Payment
	_, err = pgx.ForEachRow(found, []any{&id, &p.Status, &p.Amount, &p.Currency, &p.PaidAmount, &p.PaidCurrency, &p.Method, &p.Transaction, &p.Reference,
		&p.Failure, &p.ExpiresAt, &p.PaidAt, &p.CheckedAt}, func() error {
		one := p
		asked[id] = &one
		return nil
	})
	return asked, err
}

func (m messageRow) asksForMoney() bool {
	return m.Direction == "out" && m.Kind == "interactive" && bytes.Contains(m.Body, []byte(`"`+whatsapp.TypeOrderDetails+`"`))
}

// itemWith is the message with where its payment stands.
func (m messageRow) itemWith(asked map[uuid.UUID]*Payment) Item {
	item := m.item()
	item.Message.Payment = asked[m.ID]
	return item
}

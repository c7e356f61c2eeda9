package paymentrequest

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const (
	columns = `r.message_id, r.channel_id, r.contact_id, r.reference, r.currency, r.amount, r.gateway, r.configuration, r.expires_at, r.status,
    r.paid_amount, r.paid_currency, r.method, r.transaction_id, r.failure, r.told_at, r.paid_at, r.checked_at, r.created_by, r.created_at`

	sqlAdd = `
insert into payment_requests (tenant_id, message_id, channel_id, contact_id, reference, currency, amount, gateway, configuration, expires_at,
    created_by, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict (tenant_id, message_id) do nothing`
	// A new attempt at a message asks anew, under a reference of its own.
	sqlAddAgain = `
insert into payment_requests (tenant_id, message_id, channel_id, contact_id, reference, currency, amount, gateway, configuration, expires_at,
    created_by, created_at)
select $1, $3, r.channel_id, r.contact_id, $4, r.currency, r.amount, r.gateway, r.configuration, r.expires_at, r.created_by, $5
from payment_requests r where r.tenant_id = $1 and r.message_id = $2
on conflict (tenant_id, message_id) do nothing`

	// Whose a reference is, on the number that told of it, and the conversation to lock first.
	sqlByReference = `
select r.message_id, coalesce(v.id, '00000000-0000-0000-0000-000000000000')
from payment_requests r
join channels c on c.tenant_id = $1 and c.id = r.channel_id
left join conversations v on v.tenant_id = $1 and v.contact_id = r.contact_id and v.channel_id = r.channel_id
where r.tenant_id = $1 and r.reference = $2 and c.phone_number_id = $3`
	sqlIn = `
select ` + columns + ` from payment_requests r
join conversations v on v.tenant_id = $1 and v.id = $2 and v.contact_id = r.contact_id and v.channel_id = r.channel_id
where r.tenant_id = $1 and r.message_id = $3`
	sqlLock = `select ` + columns + ` from payment_requests r where r.tenant_id = $1 and r.message_id = $2 for update`
	sqlSave = `
update payment_requests set status = $3, paid_amount = $4, paid_currency = $5, method = $6, transaction_id = $7, failure = $8, told_at = $9,
    paid_at = $10, checked_at = $11
where tenant_id = $1 and message_id = $2`
)

func add(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Request) error {
	var batch pgx.Batch
	for _, r := range list {
		batch.Queue(sqlAdd, tenant, r.MessageID, r.ChannelID, r.ContactID, r.Reference, r.Currency, r.Amount, r.Gateway, r.Configuration,
			r.ExpiresAt, r.CreatedBy, r.CreatedAt)
	}
	return tx.SendBatch(ctx, &batch).Close()
}

// asked is a request and the conversation that shows it; the nil id: there is none any more.
type asked struct{ Message, Conversation uuid.UUID }

// byReference finds a request of a number; false: nobody was asked so.
func byReference(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, phoneNumberID, reference string) (a asked, found bool, err error) {
	err = tx.QueryRow(ctx, sqlByReference, tenant, reference, phoneNumberID).Scan(&a.Message, &a.Conversation)
	if errors.Is(err, pgx.ErrNoRows) {
		return a, false, nil
	}
	return a, err == nil, err
}

// inConversation reads a request of a conversation.
func inConversation(ctx context.Context, tx pgx.Tx, tenant, conversation, message uuid.UUID) (Request, error) {
	return one(tx.Query(ctx, sqlIn, tenant, conversation, message))
}

func lock(ctx context.Context, tx pgx.Tx, tenant, message uuid.UUID) (Request, error) {
	return one(tx.Query(ctx, sqlLock, tenant, message))
}

func one(rows pgx.Rows, err error) (Request, error) {
	if err != nil {
		return Request{}, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Request])
}

func save(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, r Request) error {
	_, err := tx.Exec(ctx, sqlSave, tenant, r.MessageID, r.Status, r.PaidAmount, r.PaidCurrency, r.Method, r.TransactionID, r.Failure, r.ToldAt,
		r.PaidAt, r.CheckedAt)
	return err
}

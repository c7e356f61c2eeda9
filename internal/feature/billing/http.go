package billing

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/platform/web"
)

const (
	mayRead actor.Permission = "wallet.read"
	maySet  actor.Permission = "settings.write"
)

// Routes adds the operations on the wallet.
func (s *Service) Routes(api *web.API) {
	web.Register(api, op("/api/wallet", "getWallet", "Read the wallet's balance"), s.handleWallet)
	web.Register(api, op("/api/wallet/transactions", "listTransactions", "List the wallet's transactions"), s.handleTransactions)
	web.Register(api, op("/api/wallet/transactions/{id}", "getTransaction", "Read a transaction with its entries and messages"), s.handleTransaction)
	web.Register(api, op("/api/rates", "getRates", "Read the prices in force"), s.handleRates)
	web.Register(api, op("/api/metrics/daily", "listDailyMetrics", "Read counts and spending per day"), s.handleDaily)
	limit := op("/api/wallet/cap", "setWalletCap", "Set or remove the month's cap on spending")
	limit.Method, limit.Permission = http.MethodPut, maySet
	web.Register(api, limit, s.handleCap)
	topup := op("/api/platform/tenants/{id}/topup", "topUpTenant", "Add money to a tenant's wallet")
	topup.Method, topup.Permission, topup.Idempotent = http.MethodPost, web.Platform, true
	web.Register(api, topup, s.handleTopup)
}

func op(path, id, summary string) web.Op {
	return web.Op{Method: http.MethodGet, Path: path, ID: id, Summary: summary, Tag: "billing", Permission: mayRead}
}

type walletReply struct{ Body Wallet }

func (s *Service) handleWallet(ctx context.Context, _ *struct{}) (*walletReply, error) {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return nil, err
	}
	view, err := s.Wallet(ctx, tenant)
	return &walletReply{view}, err
}

type capRequest struct {
	Body struct {
		Cap *money.Amount `json:"cap,omitempty" doc:"Ten-thousandths of the wallet's currency; absent: no cap"`
	}
}

type monthReply struct{ Body Month }

func (s *Service) handleCap(ctx context.Context, in *capRequest) (*monthReply, error) {
	m, err := s.SetCap(ctx, in.Body.Cap)
	return &monthReply{m}, err
}

type transactionsRequest struct {
	web.PageQuery
	Kind Kind `query:"kind" enum:"topup,hold,release,charge,adjustment"`
}

type transactionsReply struct{ Body web.Page[Transaction] }

func (s *Service) handleTransactions(ctx context.Context, in *transactionsRequest) (*transactionsReply, error) {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return nil, err
	}
	var before *uuid.UUID
	if err := web.DecodeCursor(in.After, &before); err != nil {
		return nil, err
	}
	list, err := s.Transactions(ctx, tenant, in.Kind, before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	return &transactionsReply{web.PageOf(list, in.Limit, func(last Transaction) any { return last.ID })}, nil
}

type transactionRequest struct {
	ID uuid.UUID `path:"id"`
	web.PageQuery
}

// transactionDetails is a transaction with a page of the messages behind it.
type transactionDetails struct {
	Transaction
	Entries []Entry          `json:"entries" doc:"They sum to zero"`
	Charges web.Page[Charge] `json:"charges" doc:"The messages behind it; of a hold, those it has been closed for"`
}

type transactionReply struct{ Body transactionDetails }

func (s *Service) handleTransaction(ctx context.Context, in *transactionRequest) (*transactionReply, error) {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return nil, err
	}
	var after uuid.UUID
	if err := web.DecodeCursor(in.After, &after); err != nil {
		return nil, err
	}
	d, err := s.Transaction(ctx, tenant, in.ID, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	charges := web.PageOf(d.Charges, in.Limit, func(last Charge) any { return last.MessageID })
	return &transactionReply{transactionDetails{d.Transaction, d.Entries, charges}}, nil
}

type ratesReply struct{ Body RateSheet }

func (s *Service) handleRates(ctx context.Context, _ *struct{}) (*ratesReply, error) {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return nil, err
	}
	sheet, err := s.RateSheet(ctx, tenant)
	return &ratesReply{sheet}, err
}

type dailyRequest struct {
	Days int `query:"days" default:"30" minimum:"1" maximum:"366"`
}

type dailyReply struct {
	Body struct {
		Currency money.Currency `json:"currency" doc:"Of the spending"`
		Days     []Day          `json:"days" doc:"Oldest first, today last, no day left out"`
	}
}

func (s *Service) handleDaily(ctx context.Context, in *dailyRequest) (*dailyReply, error) {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return nil, err
	}
	var out dailyReply
	out.Body.Currency, out.Body.Days, err = s.Daily(ctx, tenant, in.Days)
	return &out, err
}

type topupRequest struct {
	ID   uuid.UUID `path:"id"`
	Key  string    `header:"Idempotency-Key" maxLength:"200" doc:"Required: the same key adds the money once"`
	Body struct {
		Amount   money.Amount   `json:"amount" minimum:"1" doc:"In ten-thousandths: ₹100 is 1000000"`
		Currency money.Currency `json:"currency" doc:"Must be the wallet's"`
		Reason   string         `json:"reason" minLength:"1" maxLength:"500" doc:"For the audit; the tenant reads it too"`
	}
}

type transactionOnlyReply struct{ Body Transaction }

func (s *Service) handleTopup(ctx context.Context, in *topupRequest) (*transactionOnlyReply, error) {
	done, err := s.Topup(ctx, in.ID, Topup{
		Amount: in.Body.Amount, Currency: in.Body.Currency, Reason: in.Body.Reason, Key: in.Key,
	})
	return &transactionOnlyReply{done}, err
}

package channel

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// columns is everything of a number but its token.
const columns = `tenant_id, id, phone_number_id, waba_id, portfolio_id, display_phone, verified_name,
	name_status, status, pause_reason, pause_note, pause_until, status_note, quality,
	throughput_level, throughput, coexistence, limit_tier, daily_limit, subscribed_at,
	refreshed_at, refresh_error, removed_at, created_at, updated_at, marketing_api`

// listChannels returns the numbers in use, oldest first. A tenant has tens, never thousands:
// Meta allows 20 per portfolio, so the list has no pages.
func listChannels(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) ([]Channel, error) {
	rows, err := tx.Query(ctx, `select `+columns+` from channels
		where tenant_id = $1 and removed_at is null order by id`, tenant)
	return collect(rows, err)
}

// channelsOfWABA locks the numbers of an account that are in use.
func channelsOfWABA(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, waba string) ([]Channel, error) {
	rows, err := tx.Query(ctx, `select `+columns+` from channels
		where tenant_id = $1 and waba_id = $2 and removed_at is null order by id for update`, tenant, waba)
	return collect(rows, err)
}

// channelsOfPortfolio locks the numbers in use that share a portfolio's limits.
func channelsOfPortfolio(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, portfolio string) ([]Channel, error) {
	rows, err := tx.Query(ctx, `select `+columns+` from channels
		where tenant_id = $1 and portfolio_id = $2 and removed_at is null order by id for update`, tenant, portfolio)
	return collect(rows, err)
}

// channelByID returns pgx.ErrNoRows for a number of another tenant, or none.
func channelByID(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Channel, error) {
	rows, err := tx.Query(ctx, `select `+columns+` from channels
		where tenant_id = $1 and id = $2`, tenant, id)
	return collectOne(rows, err)
}

func lockChannel(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) (Channel, error) {
	rows, err := tx.Query(ctx, `select `+columns+` from channels
		where tenant_id = $1 and id = $2 for update`, tenant, id)
	return collectOne(rows, err)
}

// channelByNumber finds a number's row, removed or not.
func channelByNumber(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, phoneNumberID string) (Channel, error) {
	rows, err := tx.Query(ctx, `select `+columns+` from channels
		where tenant_id = $1 and phone_number_id = $2 for update`, tenant, phoneNumberID)
	return collectOne(rows, err)
}

func collect(rows pgx.Rows, err error) ([]Channel, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Channel])
}

func collectOne(rows pgx.Rows, err error) (Channel, error) {
	if err != nil {
		return Channel{}, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Channel])
}

// putChannel writes a new number, or revives the removed row of the same number, whose id it
// must carry.
func putChannel(ctx context.Context, tx pgx.Tx, c Channel, sealed []byte) error {
	_, err := tx.Exec(ctx, `insert into channels (tenant_id, id, portfolio_id, display_phone, verified_name,
			name_status, status, pause_reason, pause_note, pause_until, status_note, quality,
			throughput_level, throughput, coexistence, limit_tier, daily_limit, subscribed_at,
			refreshed_at, refresh_error, removed_at, updated_at, marketing_api, phone_number_id, waba_id, token, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
			$19, $20, $21, $22, $23, $24, $25, $26, $27)
		on conflict (tenant_id, id) do update set waba_id = excluded.waba_id,
			portfolio_id = excluded.portfolio_id, display_phone = excluded.display_phone,
			verified_name = excluded.verified_name, name_status = excluded.name_status,
			token = excluded.token, status = excluded.status, pause_reason = excluded.pause_reason,
			pause_note = excluded.pause_note, pause_until = excluded.pause_until,
			status_note = excluded.status_note, quality = excluded.quality,
			throughput_level = excluded.throughput_level, throughput = excluded.throughput,
			coexistence = excluded.coexistence, limit_tier = excluded.limit_tier,
			daily_limit = excluded.daily_limit, subscribed_at = excluded.subscribed_at,
			refreshed_at = excluded.refreshed_at, refresh_error = excluded.refresh_error,
			removed_at = excluded.removed_at, updated_at = excluded.updated_at,
			marketing_api = excluded.marketing_api`,
		append(c.values(), c.PhoneNumberID, c.WABAID, sealed, c.CreatedAt)...)
	return err
}

// saveChannel writes what may change of a number that the caller has locked.
func saveChannel(ctx context.Context, tx pgx.Tx, c Channel) error {
	_, err := tx.Exec(ctx, `update channels set portfolio_id = $3, display_phone = $4, verified_name = $5,
			name_status = $6, status = $7, pause_reason = $8, pause_note = $9, pause_until = $10,
			status_note = $11, quality = $12, throughput_level = $13, throughput = $14,
			coexistence = $15, limit_tier = $16, daily_limit = $17, subscribed_at = $18,
			refreshed_at = $19, refresh_error = $20, removed_at = $21, updated_at = $22, marketing_api = $23
		where tenant_id = $1 and id = $2`, c.values()...)
	return err
}

// values are the tenant, the id and what may change, in the order of both statements above.
func (c Channel) values() []any {
	return []any{
		c.TenantID, c.ID, c.PortfolioID, c.DisplayPhone, c.VerifiedName, c.NameStatus, c.Status,
		c.PauseReason, c.PauseNote, c.PauseUntil, c.StatusNote, c.Quality, c.ThroughputLevel,
		c.Throughput, c.Coexistence, c.LimitTier, c.DailyLimit, c.SubscribedAt, c.RefreshedAt,
		c.RefreshError, c.RemovedAt, c.UpdatedAt, c.MarketingAPI,
	}
}

// sealedToken returns the sealed token, nil once the number is removed.
func sealedToken(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID) ([]byte, error) {
	var sealed []byte
	err := tx.QueryRow(ctx, `select token from channels where tenant_id = $1 and id = $2`, tenant, id).Scan(&sealed)
	return sealed, err
}

func saveToken(ctx context.Context, tx pgx.Tx, tenant, id uuid.UUID, sealed []byte) error {
	_, err := tx.Exec(ctx, `update channels set token = $3 where tenant_id = $1 and id = $2`, tenant, id, sealed)
	return err
}

// claimNumber makes a phone number id this tenant's own, for good or until freed. False: it
// has an owner already.
func claimNumber(ctx context.Context, tx pgx.Tx, c Channel, at time.Time) (bool, error) {
	tag, err := tx.Exec(ctx, `insert into channel_owners (phone_number_id, tenant_id, channel_id, created_at)
		values ($1, $2, $3, $4) on conflict (phone_number_id) do nothing`, c.PhoneNumberID, c.TenantID, c.ID, at)
	return tag.RowsAffected() == 1, err
}

func freeNumber(ctx context.Context, tx pgx.Tx, c Channel) error {
	_, err := tx.Exec(ctx, `delete from channel_owners where phone_number_id = $1 and tenant_id = $2`,
		c.PhoneNumberID, c.TenantID)
	return err
}

func ownersOf(ctx context.Context, tx pgx.Tx, phoneNumberIDs []string) ([]Owner, error) {
	rows, err := tx.Query(ctx, `select phone_number_id, tenant_id, channel_id from channel_owners
		where phone_number_id = any($1)`, phoneNumberIDs)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Owner])
}

// ownersAfter walks all numbers of the installation, in pages of limit.
func ownersAfter(ctx context.Context, tx pgx.Tx, after Owner, limit int) ([]Owner, error) {
	rows, err := tx.Query(ctx, `select phone_number_id, tenant_id, channel_id from channel_owners
		where (tenant_id, channel_id) > ($1, $2) order by tenant_id, channel_id limit $3`,
		after.TenantID, after.ChannelID, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Owner])
}

func shareWABA(ctx context.Context, tx pgx.Tx, waba string, tenant uuid.UUID, at time.Time) error {
	_, err := tx.Exec(ctx, `insert into waba_owners (waba_id, tenant_id, created_at)
		values ($1, $2, $3) on conflict (waba_id, tenant_id) do nothing`, waba, tenant, at)
	return err
}

func leaveWABA(ctx context.Context, tx pgx.Tx, waba string, tenant uuid.UUID) error {
	_, err := tx.Exec(ctx, `delete from waba_owners where waba_id = $1 and tenant_id = $2`, waba, tenant)
	return err
}

func wabaOwners(ctx context.Context, tx pgx.Tx, wabas []string) ([]WABAOwner, error) {
	rows, err := tx.Query(ctx, `select waba_id, tenant_id from waba_owners
		where waba_id = any($1) order by waba_id, tenant_id`, wabas)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[WABAOwner])
}

// wabasAfter walks all accounts of the installation, in pages of limit.
func wabasAfter(ctx context.Context, tx pgx.Tx, after WABAOwner, limit int) ([]WABAOwner, error) {
	rows, err := tx.Query(ctx, `select waba_id, tenant_id from waba_owners
		where (waba_id, tenant_id) > ($1, $2) order by waba_id, tenant_id limit $3`,
		after.WABAID, after.TenantID, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[WABAOwner])
}

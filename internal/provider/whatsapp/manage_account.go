package whatsapp

import (
	"context"
	"fmt"
	"net/url"
)

// Account is a WhatsApp Business Account (WABA).
type Account struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	Currency     string `json:"currency"`
	TimezoneID   string `json:"timezone_id"`
	ReviewStatus string `json:"account_review_status"`
	Country      string `json:"country"`
	// MarketingAPI is ONBOARDED once the account agreed to the terms of the Marketing Messages API.
	MarketingAPI string `json:"marketing_messages_lite_api_status"`
	Owner        struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"owner_business_info"`
}

// Account reads an account; Owner.ID is the portfolio that shares one daily limit.
func (c *Client) Account(ctx context.Context, token, wabaID string) (Account, error) {
	var account Account
	query := url.Values{"fields": {"id,name,currency,timezone_id,account_review_status,country,owner_business_info,marketing_messages_lite_api_status"}}
	if err := c.get(ctx, token, wabaID, query, &account); err != nil {
		return account, fmt.Errorf("get account: %w", err)
	}
	return account, nil
}

// SubscribeApp makes Meta send this account's webhooks to the token's app.
func (c *Client) SubscribeApp(ctx context.Context, token, wabaID string) error {
	if err := c.post(ctx, token, wabaID+"/subscribed_apps", nil, nil); err != nil {
		return fmt.Errorf("subscribe app: %w", err)
	}
	return nil
}

// TokenInfo is what Meta says about an access token.
type TokenInfo struct {
	AppID   string `json:"app_id"`
	Type    string `json:"type"`
	IsValid bool   `json:"is_valid"`
	// ExpiresAt is Unix seconds, 0 for never.
	ExpiresAt int64    `json:"expires_at"`
	Scopes    []string `json:"scopes"`
	Granular  []struct {
		Scope     string   `json:"scope"`
		TargetIDs []string `json:"target_ids"`
	} `json:"granular_scopes"`
}

// DebugToken asks Meta what token grants; auth is an app token or a system user's.
func (c *Client) DebugToken(ctx context.Context, auth, token string) (TokenInfo, error) {
	var reply struct {
		Data TokenInfo `json:"data"`
	}
	if err := c.get(ctx, auth, "debug_token", url.Values{"input_token": {token}}, &reply); err != nil {
		return TokenInfo{}, fmt.Errorf("debug token: %w", err)
	}
	return reply.Data, nil
}

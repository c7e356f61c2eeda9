package whatsapp

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
)

const numberFields = "id,display_phone_number,verified_name,status,quality_rating,code_verification_status,name_status,platform_type,throughput,account_mode,whatsapp_business_manager_messaging_limit,is_official_business_account,is_on_biz_app"

// PhoneNumber is a business number as Meta describes it.
type PhoneNumber struct {
	ID                 string `json:"id"`
	DisplayPhoneNumber string `json:"display_phone_number"`
	VerifiedName       string `json:"verified_name"`
	// Status is CONNECTED, PENDING, FLAGGED, RESTRICTED, BANNED …
	Status string `json:"status"`
	// QualityRating is GREEN, YELLOW, RED, NA or UNKNOWN.
	QualityRating          string `json:"quality_rating"`
	CodeVerificationStatus string `json:"code_verification_status"`
	NameStatus             string `json:"name_status"`
	PlatformType           string `json:"platform_type"`
	AccountMode            string `json:"account_mode"`
	Throughput             struct {
		// Level is STANDARD (80 messages per second), HIGH (1,000) or NOT_APPLICABLE.
		Level string `json:"level"`
	} `json:"throughput"`
	// MessagingLimit is the portfolio's TIER_250 … TIER_UNLIMITED per rolling 24 hours.
	MessagingLimit   string `json:"whatsapp_business_manager_messaging_limit"`
	OfficialAccount  bool   `json:"is_official_business_account"`
	OnTheBusinessApp bool   `json:"is_on_biz_app"`
}

// MessagesPerSecond is what the number's throughput level allows; 80 when Meta says nothing.
func (n PhoneNumber) MessagesPerSecond() int {
	if n.Throughput.Level == "HIGH" {
		return 1000
	}
	if n.OnTheBusinessApp {
		return 20
	}
	return 80
}

// DailyLimit reads a TIER_… name; ok is false for one we do not know. Unlimited is 0.
func DailyLimit(tier string) (limit int, ok bool) {
	limit, ok = map[string]int{
		"TIER_50": 50, "TIER_250": 250, "TIER_1K": 1000, "TIER_2K": 2000,
		"TIER_10K": 10000, "TIER_100K": 100000, "TIER_UNLIMITED": 0,
	}[tier]
	return limit, ok
}

// PhoneNumbers lists the numbers of an account.
func (c *Client) PhoneNumbers(ctx context.Context, token, wabaID string) ([]PhoneNumber, error) {
	var all []PhoneNumber
	query := url.Values{"fields": {numberFields}, "limit": {"100"}}
	err := c.pages(ctx, token, wabaID+"/phone_numbers", query, func(raw json.RawMessage) error {
		var number PhoneNumber
		err := json.Unmarshal(raw, &number)
		all = append(all, number)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list numbers: %w", err)
	}
	return all, nil
}

// PhoneNumber reads one number.
func (c *Client) PhoneNumber(ctx context.Context, token, phoneNumberID string) (PhoneNumber, error) {
	var number PhoneNumber
	if err := c.get(ctx, token, phoneNumberID, url.Values{"fields": {numberFields}}, &number); err != nil {
		return number, fmt.Errorf("get number: %w", err)
	}
	return number, nil
}

// RegisterNumber connects a verified number with its six-digit PIN.
func (c *Client) RegisterNumber(ctx context.Context, token, phoneNumberID, pin string) error {
	body := map[string]string{"messaging_product": "whatsapp", "pin": pin}
	if err := c.post(ctx, token, phoneNumberID+"/register", body, nil); err != nil {
		return fmt.Errorf("register number: %w", err)
	}
	return nil
}

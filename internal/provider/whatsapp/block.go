package whatsapp

import (
	"context"
	"fmt"
	"net/http"
)

// BlockFailed is Meta's code for people that could not be blocked or unblocked.
const BlockFailed = 139100

// Block keeps a person from writing to a number, and the number from writing to them. Meta takes only
// people who wrote within 24 hours. It may be repeated.
func (c *Client) Block(ctx context.Context, token, phoneNumberID string, who Address) error {
	return c.blocking(ctx, http.MethodPost, token, phoneNumberID, who)
}

// Unblock ends a block. It may be repeated.
func (c *Client) Unblock(ctx context.Context, token, phoneNumberID string, who Address) error {
	return c.blocking(ctx, http.MethodDelete, token, phoneNumberID, who)
}

func (c *Client) blocking(ctx context.Context, method, token, phoneNumberID string, who Address) error {
	user := who.Phone
	if user == "" {
		user = who.UserID
	}
	var reply struct {
		BlockUsers struct {
			Failed []struct {
				Input string `json:"input"`
			} `json:"failed_users"`
		} `json:"block_users"`
	}
	what, err := jsonCall(method, phoneNumberID+"/block_users",
		object{"messaging_product": "whatsapp", "block_users": []object{{"user": user}}})
	if err != nil {
		return err
	}
	if err := c.do(ctx, token, what, &reply); err != nil {
		return fmt.Errorf("change block: %w", err)
	}
	if len(reply.BlockUsers.Failed) > 0 {
		return fmt.Errorf("change block: %w", &Error{HTTP: http.StatusBadRequest, Code: BlockFailed})
	}
	return nil
}

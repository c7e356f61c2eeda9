package whatsapp

import (
	"context"
	"fmt"
)

// MarkRead tells the person that a message of theirs was read, and all before it; Meta takes it for thirty
// days. With typing they see that an answer is being written, for 25 seconds or until it comes. It may be
// repeated.
func (c *Client) MarkRead(ctx context.Context, token, phoneNumberID, wamid string, typing bool) error {
	body := object{"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
	if typing {
		body["typing_indicator"] = object{"type": "text"}
	}
	if err := c.post(ctx, token, phoneNumberID+"/messages", body, nil); err != nil {
		return fmt.Errorf("mark as read: %w", err)
	}
	return nil
}

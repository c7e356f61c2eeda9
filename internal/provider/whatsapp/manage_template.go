package whatsapp

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
)

// templateFields names all we read: Meta leaves quality and reasons out by default.
const templateFields = "id,name,language,status,category,sub_category,previous_category,parameter_format,rejected_reason,quality_score,message_send_ttl_seconds,components"

// ListTemplates reads all pages of an account's templates. Raw of each is the whole item.
func (c *Client) ListTemplates(ctx context.Context, token, wabaID string) ([]Template, error) {
	var all []Template
	query := url.Values{"fields": {templateFields}, "limit": {"100"}}
	err := c.pages(ctx, token, wabaID+"/message_templates", query, func(raw json.RawMessage) error {
		t, err := decodeTemplate(raw)
		all = append(all, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list templates: %w", err)
	}
	return all, nil
}

// GetTemplate reads one template.
func (c *Client) GetTemplate(ctx context.Context, token, templateID string) (Template, error) {
	var raw json.RawMessage
	if err := c.get(ctx, token, templateID, url.Values{"fields": {templateFields}}, &raw); err != nil {
		return Template{}, fmt.Errorf("get template: %w", err)
	}
	return decodeTemplate(raw)
}

// decodeTemplate reads one item. Components in a shape we do not know stay in Raw alone, so
// that one new kind of template never hides the others.
func decodeTemplate(raw json.RawMessage) (Template, error) {
	t := Template{Raw: raw}
	err := json.Unmarshal(raw, &t)
	if err == nil {
		return t, nil
	}
	var rest struct {
		Template
		Components json.RawMessage `json:"components"`
	}
	if json.Unmarshal(raw, &rest) != nil {
		return t, fmt.Errorf("decode template %q: %w", t.Name, err)
	}
	rest.Template.Components, rest.Template.Raw = nil, raw
	return rest.Template, nil
}

// CreatedTemplate is Meta's first word on a new template.
type CreatedTemplate struct {
	ID string `json:"id"`
	// Status is PENDING, APPROVED or REJECTED.
	Status string `json:"status"`
	// Category may differ from what was asked.
	Category string `json:"category"`
}

// CreateTemplate submits a template. A refusal is an *Error whose UserMessage is for the
// author.
func (c *Client) CreateTemplate(ctx context.Context, token, wabaID string, t Template) (CreatedTemplate, error) {
	var created CreatedTemplate
	t.ID, t.Status = "", ""
	if err := c.post(ctx, token, wabaID+"/message_templates", t, &created); err != nil {
		return created, fmt.Errorf("create template: %w", err)
	}
	return created, nil
}

// TemplateEdit is what may be changed of a template; the components are replaced as a whole.
type TemplateEdit struct {
	// Category of an approved template cannot be changed: leave it empty then.
	Category   string      `json:"category,omitempty"`
	TTLSeconds int         `json:"message_send_ttl_seconds,omitempty"`
	Components []Component `json:"components"`
}

// EditTemplate changes an approved, rejected or paused template. An approved one takes one edit
// in 24 hours and ten in 30 days.
func (c *Client) EditTemplate(ctx context.Context, token, templateID string, edit TemplateEdit) error {
	if err := c.post(ctx, token, templateID, edit, nil); err != nil {
		return fmt.Errorf("edit template: %w", err)
	}
	return nil
}

// UnpauseTemplate ends a pause that Meta put on while it watched how people take to the template. A
// reason says why Meta did not.
func (c *Client) UnpauseTemplate(ctx context.Context, token, templateID string) (reason string, err error) {
	var reply struct {
		Success bool   `json:"success"`
		Reason  string `json:"reason"`
	}
	if err := c.post(ctx, token, templateID+"/unpause", nil, &reply); err != nil {
		return "", fmt.Errorf("unpause template: %w", err)
	}
	if !reply.Success && reply.Reason == "" {
		reply.Reason = "it gave no reason"
	}
	return reply.Reason, nil
}

// DeleteTemplate deletes one language when templateID is set, else every language of name.
func (c *Client) DeleteTemplate(ctx context.Context, token, wabaID, name, templateID string) error {
	query := url.Values{"name": {name}}
	if templateID != "" {
		query.Set("hsm_id", templateID)
	}
	what := call{method: http.MethodDelete, path: wabaID + "/message_templates", query: query}
	if err := c.do(ctx, token, what, nil); err != nil {
		return fmt.Errorf("delete template: %w", err)
	}
	return nil
}

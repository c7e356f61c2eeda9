package whatsappsim

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// appID is the one app all tokens belong to.
const appID = "300000000000001"

func (s *Sim) wabaNode(w http.ResponseWriter, c *call, account *waba) *metaError {
	if c.Method != http.MethodGet {
		return notFound(c.id)
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"id": account.id, "name": account.name, "currency": account.currency, "timezone_id": "71",
		"account_review_status": "APPROVED", "business_verification_status": "verified", "country": "IN",
		"message_template_namespace":         "sim_" + account.id,
		"marketing_messages_lite_api_status": account.marketing.Load().Status,
		"owner_business_info":                map[string]string{"id": account.portfolio.id, "name": account.name},
	})
	return nil
}

func (s *Sim) listApps(w http.ResponseWriter, c *call) *metaError {
	account, refused := s.waba(c.id, c.token)
	if refused != nil {
		return refused
	}
	apps := []map[string]any{}
	if account.subscribed.Load() {
		app := map[string]any{"whatsapp_business_api_data": map[string]string{"id": appID, "name": "Aerostic", "link": "https://example.com"}}
		if override := account.callback.Load(); override != nil {
			app["override_callback_uri"] = *override
		}
		apps = append(apps, app)
	}
	writeJSON(w, http.StatusOK, map[string]any{"data": apps})
	return nil
}

// subscribe turns an account's webhooks on; an override must first answer hub.challenge.
func (s *Sim) subscribe(w http.ResponseWriter, c *call) *metaError {
	account, refused := s.waba(c.id, c.token)
	if refused != nil {
		return refused
	}
	var body struct {
		Override string `json:"override_callback_uri"`
		Token    string `json:"verify_token"`
	}
	if c.ContentLength != 0 {
		if refused := readJSON(c, &body); refused != nil {
			return refused
		}
	}
	if body.Override != "" {
		if err := s.challenge(c.Context(), body.Override, body.Token); err != nil {
			return fail(400, 2200, "Callback verification failed", err.Error())
		}
		account.callback.Store(&body.Override)
	}
	account.subscribed.Store(true)
	s.save()
	writeSuccess(w)
	return nil
}

func (s *Sim) unsubscribe(w http.ResponseWriter, c *call) *metaError {
	account, refused := s.waba(c.id, c.token)
	if refused != nil {
		return refused
	}
	account.subscribed.Store(false)
	s.save()
	writeSuccess(w)
	return nil
}

// challenge asks a callback to prove that it expects us.
func (s *Sim) challenge(ctx context.Context, callback, verifyToken string) error {
	target, err := url.Parse(callback)
	if err != nil {
		return fmt.Errorf("read callback address: %w", err)
	}
	want := fmt.Sprint(mix(s.seed, s.dice.Add(1)) % 10_000_000_000)
	query := target.Query()
	query.Set("hub.mode", "subscribe")
	query.Set("hub.challenge", want)
	query.Set("hub.verify_token", verifyToken)
	target.RawQuery = query.Encode()
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target.String(), nil)
	if err != nil {
		return fmt.Errorf("make challenge: %w", err)
	}
	resp, err := s.outbox.client.Do(req)
	if err != nil {
		return fmt.Errorf("challenge callback: %w", err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(io.LimitReader(resp.Body, 1024))
	if err != nil || resp.StatusCode != http.StatusOK || string(got) != want {
		return fmt.Errorf("the callback answered %d and not the challenge", resp.StatusCode)
	}
	return nil
}

func (s *Sim) debugToken(w http.ResponseWriter, c *call) *metaError {
	found := s.token(c.URL.Query().Get("input_token"))
	data := map[string]any{"app_id": appID, "type": "SYSTEM_USER", "application": "Aerostic", "is_valid": false}
	if found != nil && found.state == "" {
		targets := make([]string, 0, len(found.wabas))
		for id := range found.wabas {
			targets = append(targets, id)
		}
		slices.Sort(targets)
		scopes := []string{"whatsapp_business_management", "whatsapp_business_messaging"}
		granular := make([]map[string]any, 0, len(scopes))
		for _, scope := range scopes {
			granular = append(granular, map[string]any{"scope": scope, "target_ids": targets})
		}
		data["is_valid"], data["expires_at"], data["scopes"], data["granular_scopes"] = true, 0, scopes, granular
	}
	writeJSON(w, http.StatusOK, map[string]any{"data": data})
	return nil
}

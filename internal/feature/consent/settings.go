package consent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent/intent"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// Text is what a preference page says, in English and Hindi. Empty: our own words.
type Text struct {
	English string `json:"en" maxLength:"500"`
	Hindi   string `json:"hi" maxLength:"500"`
}

// Texts are those a workspace may word itself.
type Texts struct {
	Intro     Text `json:"intro" doc:"Above the choices"`
	Marketing Text `json:"marketing" doc:"What offers are, and that they may be stopped"`
	Utility   Text `json:"utility" doc:"What updates are"`
}

// Settings are a workspace's own rules of consent.
type Settings struct {
	Words      []Language `json:"words" maxItems:"40" doc:"Words by language; the defaults when never changed"`
	StopMeans  Purpose    `json:"stopMeans" enum:"marketing,all" doc:"What a STOP word ends"`
	StopReply  string     `json:"stopReply" maxLength:"500" doc:"Answer to STOP; empty: none"`
	StartReply string     `json:"startReply" maxLength:"500" doc:"Answer to START; empty: none"`
	Listening  bool       `json:"listening" doc:"Read free text for requests to be left alone"`
	NeedsOptIn bool       `json:"needsOptIn" doc:"Marketing goes only to people who opted in"`
	Confirming Confirming `json:"confirming" doc:"People confirm by themselves that they opted in"`
	Texts      Texts      `json:"texts"`
}

func defaultSettings() Settings {
	return Settings{Words: Defaults(), StopMeans: Marketing, Listening: true, Confirming: Confirming{Days: defaultDays}}
}

const sqlSettings = `
select words, stop_means, stop_reply, start_reply, listening, needs_opt_in, texts,
    confirming, confirm_days, confirm_channel, confirm_template, confirm_text from consent_settings where tenant_id = $1`

func readSettings(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) (Settings, error) {
	s := defaultSettings()
	var words, texts []byte
	c := &s.Confirming
	err := tx.QueryRow(ctx, sqlSettings, tenant).Scan(&words, &s.StopMeans, &s.StopReply, &s.StartReply, &s.Listening, &s.NeedsOptIn, &texts,
		&c.On, &c.Days, &c.ChannelID, &c.TemplateID, &c.Text)
	if errors.Is(err, pgx.ErrNoRows) {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("read the settings of consent: %w", err)
	}
	if words != nil {
		s.Words = nil
		err = json.Unmarshal(words, &s.Words)
	}
	return s, errors.Join(err, json.Unmarshal(texts, &s.Texts))
}

const sqlSaveSettings = `
insert into consent_settings (tenant_id, words, stop_means, stop_reply, start_reply, listening, needs_opt_in, texts, updated_at,
    confirming, confirm_days, confirm_channel, confirm_template, confirm_text)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
on conflict (tenant_id) do update set words = excluded.words, stop_means = excluded.stop_means, stop_reply = excluded.stop_reply,
    start_reply = excluded.start_reply, listening = excluded.listening, needs_opt_in = excluded.needs_opt_in,
    texts = excluded.texts, updated_at = excluded.updated_at, confirming = excluded.confirming, confirm_days = excluded.confirm_days,
    confirm_channel = excluded.confirm_channel, confirm_template = excluded.confirm_template, confirm_text = excluded.confirm_text`

func saveSettings(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, s Settings, at time.Time) error {
	words, err := json.Marshal(s.Words)
	if err != nil {
		return err
	}
	texts, err := json.Marshal(s.Texts)
	if err != nil {
		return err
	}
	c := s.Confirming
	_, err = tx.Exec(ctx, sqlSaveSettings, tenant, words, s.StopMeans, s.StopReply, s.StartReply, s.Listening, s.NeedsOptIn, texts, at,
		c.On, c.Days, c.ChannelID, c.TemplateID, c.Text)
	return err
}

// clean trims the words, drops empty and repeated ones, and refuses one that is to mean both.
func (s *Settings) clean() error {
	meaning := map[string]Meaning{}
	for i := range s.Words {
		l := &s.Words[i]
		l.Language = strings.TrimSpace(l.Language)
		if l.Language == "" {
			return fault.Invalid("Name every language.").At(fmt.Sprintf("body.words.%d.language", i), "It has no name.")
		}
		for word, m := range map[*[]string]Meaning{&l.Stop: Stop, &l.Start: Start} {
			kept, err := cleanWords(*word, m, meaning, i)
			if err != nil {
				return err
			}
			*word = kept
		}
	}
	if err := s.Confirming.clean(); err != nil {
		return err
	}
	s.NeedsOptIn = s.NeedsOptIn || s.Confirming.On
	s.StopReply, s.StartReply = strings.TrimSpace(s.StopReply), strings.TrimSpace(s.StartReply)
	return s.mustStop()
}

func cleanWords(words []string, m Meaning, meaning map[string]Meaning, language int) ([]string, error) {
	place := fmt.Sprintf("body.words.%d", language)
	kept, here := []string{}, map[string]bool{}
	for _, word := range words {
		word = strings.TrimSpace(word)
		key := intent.Normalise(word)
		switch {
		case word == "" || here[key]:
			continue
		case key == "":
			return nil, fault.Invalid("A word must have letters.").At(place, fmt.Sprintf("“%s” has none.", word))
		case utf8.RuneCountInString(word) > maxWord:
			return nil, fault.Invalid("A word is too long.").At(place, fmt.Sprintf("At most %d characters.", maxWord))
		case meaning[key] != Nothing && meaning[key] != m:
			return nil, fault.Invalid("A word cannot both stop and start.").At(place, fmt.Sprintf("“%s” is to mean both.", word))
		}
		here[key], meaning[key] = true, m
		kept = append(kept, word)
	}
	return kept, nil
}

// mustStop keeps the way out open: WhatsApp's rules want every request honoured.
func (s *Settings) mustStop() error {
	if meaningOf(s.Words, "STOP") != Stop {
		return fault.Invalid("STOP must stay a word that stops.").At("body.words", "Add “stop” to one of the languages.")
	}
	return nil
}

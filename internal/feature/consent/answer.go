package consent

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent/intent"
)

// Words that answer a question. They mean something only while an opt-in waits to be confirmed, for
// people write yes and no all day. START words confirm too, and STOP words refuse.
func yesWords() []string {
	return []string{"yes", "y", "yes please", "yes i agree", "i agree", "agree", "ok", "okay", "sure", "confirm", "confirmed", "yep", "yeah",
		"हाँ", "हां", "हा", "जी", "जी हाँ", "जी हां", "हाँ जी", "ठीक है", "सहमत", "haan", "han", "ha", "haan ji", "ji haan", "ji", "theek hai", "thik hai",
		"نعم", "اوافق", "أوافق", "موافق", "ہاں", "جی ہاں", "ஆம்", "ஆமாம்", "అవును", "হ্যাঁ", "হ্যা", "हो", "होय", "હા", "ਹਾਂ", "ਹਾਂ ਜੀ", "ಹೌದು", "അതെ",
		"sí", "si", "sim", "oui", "ja", "ya", "iya"}
}

func noWords() []string {
	return []string{"no", "n", "no thanks", "no thank you", "nope", "नहीं", "नही", "जी नहीं", "ना", "nahi", "nahin", "nahi ji", "na",
		"لا", "نہیں", "இல்லை", "வேண்டாம்", "కాదు", "వద్దు", "না", "नको", "નાહી", "ના", "ਨਹੀਂ", "ಬೇಡ", "ಇಲ್ಲ", "വേണ്ട", "ഇല്ല",
		"não", "nao", "non", "nein", "tidak"}
}

// answerOf reads an answer to the question. A message must be one of the words whole; a button, whose
// text the workspace wrote, may go on after it: "Yes, sign me up".
func (h Heard) answerOf(v vocabulary) Meaning {
	if len(h.Text)+len(h.Payload) > 16*maxWord {
		return Nothing
	}
	for _, said := range []string{intent.Normalise(h.Text), intent.Normalise(h.Payload)} {
		if said == "" {
			continue
		}
		if h.Type == "button" || h.Type == "interactive" {
			said, _, _ = strings.Cut(said, " ")
		}
		if m := v.answers[said]; m != Nothing {
			return m
		}
	}
	return Nothing
}

// hearAnswer acts on a yes or no of somebody whose opt-in waits for it.
func (s *Service) hearAnswer(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, settings Settings, said vocabulary, h Heard, via Via) (reply string, answered bool, err error) {
	meaning := h.answerOf(said)
	if meaning == Nothing {
		return "", false, nil
	}
	was, err := standingOf(ctx, tx, tenant, h.ContactID)
	if err != nil || was.marketing != Pending {
		return "", false, err
	}
	c := h.change(via)
	if meaning == Start {
		reply, err = s.hearStart(ctx, tx, tenant, settings, c)
		return reply, true, err
	}
	if err := c.answer(ctx, tx, tenant); err != nil {
		return "", true, err
	}
	return settings.StopReply, true, s.Hooks.Change(ctx, tx, tenant, []uuid.UUID{h.ContactID}, c.to(Marketing, Out))
}

// answer adds to what was heard the question that it answers.
func (c *heardChange) answer(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	w, err := waitingOf(ctx, tx, tenant, c.contact)
	if err != nil || w == nil {
		return err
	}
	c.Proof, c.Shown = w.proofOfAsking(), w.Shown
	return nil
}

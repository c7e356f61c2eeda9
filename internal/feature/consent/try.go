package consent

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/consent/intent"
)

// Reading is what a message would do, for whoever sets the words.
type Reading struct {
	Does  string  `json:"does" enum:"stop,start,understood,asks,nothing" doc:"Stops or starts by a word; is understood as a request; is laid before a person; nothing"`
	Score float64 `json:"score" doc:"How sure we are of a request in free text, 0 to 1"`
}

// Try reads a text as if a contact had written it, and changes nothing.
func (s *Service) Try(ctx context.Context, text string) (Reading, error) {
	settings, err := s.Settings(ctx)
	if err != nil {
		return Reading{}, err
	}
	switch meaningOf(settings.Words, text) {
	case Stop:
		return Reading{Does: "stop", Score: 1}, nil
	case Start:
		return Reading{Does: "start"}, nil
	}
	r := Reading{Does: "nothing", Score: intent.Score(text)}
	switch {
	case !settings.Listening:
	case r.Score >= intent.Sure:
		r.Does = "understood"
	case r.Score >= intent.Doubtful:
		r.Does = "asks"
	}
	return r, nil
}

// LinkOf is the address of a contact's preference page.
func (s *Service) LinkOf(ctx context.Context, contact uuid.UUID) (link string, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		link = s.Link(tenant, contact)
		return mustExist(ctx, tx, tenant, contact)
	})
	return link, err
}

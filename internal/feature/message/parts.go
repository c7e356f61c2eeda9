package message

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Media is the file of a message as others see it.
type Media struct {
	ID       uuid.UUID  `json:"id" doc:"Of the message"`
	Kind     string     `json:"kind" enum:"image,video,audio,document,sticker"`
	MIME     string     `json:"mime"`
	Size     int64      `json:"size" doc:"Bytes; 0 while it is not known"`
	Name     string     `json:"name,omitempty"`
	Voice    bool       `json:"voice,omitempty" doc:"A recorded voice note"`
	Animated bool       `json:"animated,omitempty"`
	State    MediaState `json:"state" enum:"pending,stored,failed,refused,erased"`
	Reason   string     `json:"reason,omitempty" doc:"Why there is no file"`
	URL      string     `json:"url" doc:"Where the file is, once it is stored"`
	SHA256   string     `json:"-"`

	blob string
}

// Reaction is an emoji of one side to a message.
type Reaction struct {
	Emoji string    `json:"emoji"`
	By    string    `json:"by" enum:"contact,business"`
	At    time.Time `json:"at"`
}

// Quoted is a message that another one answers.
type Quoted struct {
	ID        uuid.UUID `json:"id"`
	Direction string    `json:"direction" enum:"in,out"`
	Kind      string    `json:"kind"`
	Text      string    `json:"text" doc:"What a person reads of it; of a template nothing"`
}

// Parts is what stands beside a message.
type Parts struct {
	Media     *Media
	Reactions []Reaction
	Quote     *Quoted // nil when it quotes nothing, or what is not here
}

const (
	sqlMediaOf = `
select message_id, kind, mime, size, filename, voice, animated, state, reason, sha256, blob from message_media
where tenant_id = $1 and message_id = any($2)`
	sqlReactionsOf = `
select message_id, emoji, by, at from message_reactions where tenant_id = $1 and message_id = any($2) and emoji <> '' order by message_id, by`
	sqlQuoted = `
select u.wamid, m.id, m.direction, m.kind, m.body
from unnest($2::text[], $3::uuid[]) as u(wamid, id) join messages m on m.tenant_id = $1 and m.id = u.id
where m.tenant_id = $1 and m.id between $4 and $5`
)

// Stored is a message as it is stored, whose parts are wanted.
type Stored struct {
	ID   uuid.UUID
	Kind string
	Body json.RawMessage
}

// PartsOf reads what stands beside messages of a workspace.
func PartsOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, list []Stored) (map[uuid.UUID]Parts, error) {
	ids, quotes, uploads := make([]uuid.UUID, len(list)), map[uuid.UUID]string{}, map[uuid.UUID]uuid.UUID{}
	for i, m := range list {
		ids[i] = m.ID
		if wamid := QuoteOf(m.Body); wamid != "" {
			quotes[m.ID] = wamid
		}
		if id := uploadOf(m); id != (uuid.UUID{}) {
			uploads[m.ID] = id
		}
	}
	parts := make(map[uuid.UUID]Parts)
	media, err := mediaOf(ctx, tx, tenant, ids)
	if err == nil {
		err = addUploads(ctx, tx, tenant, media, uploads)
	}
	if err != nil {
		return nil, err
	}
	for id, m := range media {
		p := parts[id]
		p.Media = &m
		parts[id] = p
	}
	rows, err := tx.Query(ctx, sqlReactionsOf, tenant, ids)
	if err != nil {
		return nil, err
	}
	var id uuid.UUID
	var r Reaction
	if _, err := pgx.ForEachRow(rows, []any{&id, &r.Emoji, &r.By, &r.At}, func() error {
		p := parts[id]
		p.Reactions = append(p.Reactions, r)
		parts[id] = p
		return nil
	}); err != nil {
		return nil, err
	}
	quoted, err := quotedBy(ctx, tx, tenant, quotes)
	for id, wamid := range quotes {
		if q, here := quoted[wamid]; here {
			p := parts[id]
			p.Quote = &q
			parts[id] = p
		}
	}
	return parts, err
}

// uploadOf is the file of ours that one of our messages is; zero for none.
func uploadOf(m Stored) (id uuid.UUID) {
	var members map[string]json.RawMessage
	var file struct {
		Upload string `json:"upload"`
	}
	if json.Unmarshal(m.Body, &members) == nil && json.Unmarshal(members[m.Kind], &file) == nil {
		id, _ = uuid.Parse(file.Upload)
	}
	return id
}

const sqlUploadsOf = `select id, kind, mime_type, size, filename, voice from uploads where tenant_id = $1 and id = any($2)`

// addUploads adds the files that were sent: they are where they were uploaded to.
func addUploads(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, media map[uuid.UUID]Media, uploads map[uuid.UUID]uuid.UUID) error {
	if len(uploads) == 0 {
		return nil
	}
	rows, err := tx.Query(ctx, sqlUploadsOf, tenant, slices.Collect(maps.Values(uploads)))
	if err != nil {
		return err
	}
	found := make(map[uuid.UUID]Media)
	m := Media{State: MediaStored}
	if _, err := pgx.ForEachRow(rows, []any{&m.ID, &m.Kind, &m.MIME, &m.Size, &m.Name, &m.Voice}, func() error { found[m.ID] = m; return nil }); err != nil {
		return err
	}
	for message, id := range uploads {
		if m, here := found[id]; here {
			m.ID, m.URL = message, "/api/uploads/"+id.String()+"/file"
			media[message] = m
		}
	}
	return nil
}

func mediaOf(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]Media, error) {
	rows, err := tx.Query(ctx, sqlMediaOf, tenant, ids)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID]Media)
	var m Media
	_, err = pgx.ForEachRow(rows, []any{&m.ID, &m.Kind, &m.MIME, &m.Size, &m.Name, &m.Voice, &m.Animated, &m.State, &m.Reason, &m.SHA256, &m.blob}, func() error {
		m.URL = "/api/messages/" + m.ID.String() + "/media"
		found[m.ID] = m
		return nil
	})
	return found, err
}

func quotedBy(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, quotes map[uuid.UUID]string) (map[string]Quoted, error) {
	if len(quotes) == 0 {
		return nil, nil
	}
	wamids := make([]string, 0, len(quotes))
	for _, wamid := range quotes {
		wamids = append(wamids, wamid)
	}
	of, err := idsAnywhere(ctx, tx, tenant, wamids)
	if err != nil || len(of) == 0 {
		return nil, err
	}
	wamids = wamids[:0]
	ids := make([]uuid.UUID, 0, len(of))
	for wamid, id := range of {
		wamids, ids = append(wamids, wamid), append(ids, id)
	}
	low, high := bounds(ids)
	rows, err := tx.Query(ctx, sqlQuoted, tenant, wamids, ids, low, high)
	if err != nil {
		return nil, err
	}
	found := make(map[string]Quoted, len(ids))
	var wamid string
	var q Quoted
	var body json.RawMessage
	_, err = pgx.ForEachRow(rows, []any{&wamid, &q.ID, &q.Direction, &q.Kind, &body}, func() error {
		q.Text = Preview(q.Kind, body)
		found[wamid] = q
		return nil
	})
	return found, err
}

// Preview is what a person reads of a stored message, in or out, whatever its kind; empty for a template,
// whose words are its own, and for what was erased.
func Preview(kind string, body json.RawMessage) string {
	if len(body) == 0 || kind == "template" {
		return ""
	}
	return said(kind, body).Reads()
}

// SearchText are the words of a stored message by which a search finds it.
func SearchText(kind string, body json.RawMessage) string {
	if len(body) == 0 || kind == "template" {
		return ""
	}
	return said(kind, body).Searchable()
}

// QuoteOf is Meta's id of the message that a stored one answers; empty for none.
func QuoteOf(body json.RawMessage) string {
	if len(body) == 0 {
		return ""
	}
	s := whatsapp.ReadSaid(body)
	if s.Context.ID != "" {
		return s.Context.ID
	}
	return s.Quote
}

func said(kind string, body json.RawMessage) whatsapp.Said {
	s := whatsapp.ReadSaid(body)
	if s.Type == "" {
		s.Type = kind
	}
	return s
}

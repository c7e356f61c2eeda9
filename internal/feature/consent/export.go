package consent

import (
	"context"
	"encoding/json"
	"io"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/sheet"
)

// The whole record by person and time, in the order of its key. withdrawn is worked out as it goes by.
const sqlExport = `
select r.contact_id, coalesce(c.phone, ''), coalesce(c.bsuid, ''), coalesce(c.name, ''), r.id, r.purpose, coalesce(t.name, ''), r.state, r.frequency_days, r.via, r.source,
    r.recorded_by, r.shown, r.evidence, r.proof, r.message_id, r.batch_id, r.happened_at
from consent_records r
left join contacts c on c.tenant_id = $1 and c.id = r.contact_id
left join consent_topics t on t.tenant_id = $1 and t.id = r.topic_id
where r.tenant_id = $1 and (r.contact_id, r.id) > ($2, $3) order by r.contact_id, r.id limit $4`

// exportPage is how many records are read at a time: memory stays flat however long the record.
const exportPage = 5000

// exported is one line.
type exported struct {
	Contact            uuid.UUID
	Phone, BSUID, Name string
	ID                 uuid.UUID
	Purpose            Purpose
	Topic              string
	State              State
	Days               *int
	Via                Via
	Source, By         string
	Shown, Evidence    string
	Proof              map[string]string
	Message, Batch     *uuid.UUID
	At                 time.Time
}

// Export writes the workspace's whole consent record as CSV, as it stands at one moment. Text that a
// spreadsheet would take for a formula is disarmed.
func (s *Service) Export(ctx context.Context, w io.Writer) error {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, sheet.BOM); err != nil {
		return err
	}
	if _, err := w.Write(line("contact_id", "phone", "whatsapp_user_id", "name", "at", "purpose", "topic", "state", "frequency_days", "via",
		"source", "recorded_by", "text_shown", "evidence", "proof", "message_id", "batch_id", "record_id")); err != nil {
		return err
	}
	return s.DB.Snapshot(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		var last exported
		for {
			rows, err := tx.Query(ctx, sqlExport, tenant, last.Contact, last.ID, exportPage)
			if err != nil {
				return err
			}
			page, err := pgx.CollectRows(rows, pgx.RowToStructByPos[exported])
			if err != nil {
				return err
			}
			for _, e := range page {
				if _, err := w.Write(e.line()); err != nil {
					return err
				}
			}
			if len(page) < exportPage {
				return nil
			}
			last = page[len(page)-1]
		}
	})
}

func (e exported) line() []byte {
	days, proof := "", ""
	if e.Days != nil {
		days = strconv.Itoa(*e.Days)
	}
	if len(e.Proof) > 0 {
		raw, _ := json.Marshal(e.Proof) // strings always marshal
		proof = string(raw)
	}
	return line(e.Contact.String(), e.Phone, e.BSUID, e.Name, e.At.UTC().Format(time.RFC3339), string(e.Purpose), e.Topic, string(e.State), days,
		string(e.Via), e.Source, e.By, e.Shown, e.Evidence, proof, idText(e.Message), idText(e.Batch), e.ID.String())
}

func idText(id *uuid.UUID) string {
	if id == nil {
		return ""
	}
	return id.String()
}

func line(cells ...string) []byte {
	raw := make([][]byte, len(cells))
	for i, cell := range cells {
		raw[i] = []byte(cell)
	}
	return sheet.AppendRow(nil, raw...)
}

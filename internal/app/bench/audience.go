package bench

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/campaign"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// addContacts imports n people as a user would, and returns their list.
func (w *world) addContacts(ctx context.Context, f firm, n int) (uuid.UUID, error) {
	path := filepath.Join(w.dir, fmt.Sprintf("people-%s.csv", f.tenant))
	if err := writeSample(path, n); err != nil {
		return uuid.UUID{}, err
	}
	file, err := os.Open(path)
	if err != nil {
		return uuid.UUID{}, err
	}
	defer file.Close()
	imp, err := w.core.Contacts.Upload(f.ctx, "people.csv", bufio.NewReader(file))
	if err != nil {
		return uuid.UUID{}, fmt.Errorf("upload: %w", err)
	}
	if _, err := w.core.Contacts.Start(f.ctx, imp.ID, contact.Options{Mapping: sampleColumns(), List: "Everybody"}); err != nil {
		return uuid.UUID{}, fmt.Errorf("start import: %w", err)
	}
	if _, err := w.core.Contacts.RunImport(ctx, f.tenant, imp.ID, 0); err != nil {
		return uuid.UUID{}, fmt.Errorf("import: %w", err)
	}
	return w.listNamed(ctx, f, "Everybody")
}

// sampleColumns is what contact.WriteSample writes.
func sampleColumns() []contact.Target {
	return []contact.Target{contact.ToName, contact.ToPhone, contact.ToEmail, "field:city", "field:order_id"}
}

func writeSample(path string, n int) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := contact.WriteSample(file, n); err != nil {
		return err
	}
	return file.Close()
}

func (w *world) listNamed(ctx context.Context, f firm, name string) (uuid.UUID, error) {
	tags, err := w.core.Contacts.Tags(f.ctx)
	if err != nil {
		return uuid.UUID{}, err
	}
	for _, t := range tags {
		if t.Name == name {
			return t.ID, nil
		}
	}
	return uuid.UUID{}, fmt.Errorf("the import made no list %q", name)
}

const benchTemplate = "diwali_offer"

// mapping fills the bench's template from the contact, as a marketer would.
func mapping() []campaign.Source {
	return []campaign.Source{{Slot: "body.1", Field: "firstName", Fallback: "friend"}, {Slot: "body.2", Text: "20%"}}
}

// template finds the bench's template among those synchronised.
func (w *world) template(ctx context.Context, f firm) (id uuid.UUID, compiled *whatsapp.Compiled, err error) {
	err = w.core.DB.InTenant(ctx, f.tenant, func(ctx context.Context, tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `select id from templates where tenant_id = $1 and name = $2 and language = 'en_US'`, f.tenant, benchTemplate).Scan(&id)
		if err != nil {
			return err
		}
		t, err := w.core.Templates.ByID(ctx, tx, f.tenant, id)
		if err != nil {
			return err
		}
		compiled, err = w.core.Templates.Compiled(t)
		return err
	})
	return id, compiled, err
}

// draft makes a campaign to a list.
func (w *world) draft(ctx context.Context, f firm, list uuid.UUID) (campaign.Campaign, error) {
	id, _, err := w.template(ctx, f)
	if err != nil {
		return campaign.Campaign{}, fmt.Errorf("find template: %w", err)
	}
	name, slots := "Bench", mapping()
	return w.core.Campaigns.Create(f.ctx, campaign.Change{Name: &name, ChannelID: &f.channel.ID, TemplateID: &id,
		Audience: &contact.Audience{Tags: []uuid.UUID{list}}, Mapping: &slots})
}

// bodies renders the requests that the campaign sends, for the bare loop.
func (w *world) bodies(ctx context.Context, f firm, list uuid.UUID) ([][]byte, error) {
	_, compiled, err := w.template(ctx, f)
	if err != nil {
		return nil, err
	}
	var bodies [][]byte
	err = w.core.DB.InTenant(ctx, f.tenant, func(ctx context.Context, tx pgx.Tx) error {
		after := uuid.UUID{}
		for {
			people, err := contact.AudiencePage(ctx, tx, f.tenant, contact.Audience{Tags: []uuid.UUID{list}}, after, 5000)
			if err != nil || len(people) == 0 {
				return err
			}
			for _, p := range people {
				params := whatsapp.Params{whatsapp.Sanitise(p.Name), "20%"}
				bodies = append(bodies, compiled.AppendJSON(nil, whatsapp.Address{Phone: p.WAID}, params, p.ID.String()))
				after = p.ID
			}
		}
	})
	return bodies, err
}

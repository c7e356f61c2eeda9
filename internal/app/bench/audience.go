package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/campaign"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/link"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// oneFirm configures the simulator, starts roles here and makes one tenant with a list of
// people; its number allows perSecond messages, below zero any number.
func (w *world) oneFirm(ctx context.Context, perSecond, people int, sim map[string]any, roles ...string) (f firm, list uuid.UUID, err error) {
	if len(roles) > 0 {
		if err = w.start(ctx, roles...); err != nil {
			return f, list, err
		}
	}
	if err = w.sim.configure(ctx, sim); err != nil {
		return f, list, err
	}
	if f, err = w.addFirm(ctx, 1, perSecond); err != nil {
		return f, list, err
	}
	list, err = w.addContacts(ctx, f, people)
	return f, list, err
}

// addContacts imports n people as a user would, and returns their list.
func (w *world) addContacts(ctx context.Context, f firm, n int) (uuid.UUID, error) {
	path, err := w.writeSample(n)
	if err != nil {
		return uuid.UUID{}, err
	}
	return w.importList(ctx, f, path, "Everybody")
}

// importList imports a file into a list. A worker must run.
func (w *world) importList(ctx context.Context, f firm, path, list string) (uuid.UUID, error) {
	imp, err := w.upload(f, path)
	if err != nil {
		return uuid.UUID{}, err
	}
	if imp, err = w.startImport(f, imp, list); err != nil {
		return uuid.UUID{}, err
	}
	if _, err := w.importEnd(ctx, f, imp); err != nil {
		return uuid.UUID{}, err
	}
	return w.listNamed(f, list)
}

// upload stores a file as a user's browser does.
func (w *world) upload(f firm, path string) (contact.Import, error) {
	file, err := os.Open(path)
	if err != nil {
		return contact.Import{}, err
	}
	defer file.Close()
	imp, err := w.core.Contacts.Upload(f.ctx, "people.csv", bufio.NewReader(file))
	if err != nil {
		return imp, fmt.Errorf("upload: %w", err)
	}
	return imp, nil
}

// startImport queues the import of an uploaded file, whose people all agreed to offers: each consent
// is one more row.
func (w *world) startImport(f firm, imp contact.Import, list string) (contact.Import, error) {
	imp, err := w.core.Contacts.Start(f.ctx, imp.ID, contact.Options{Mapping: sampleColumns(), List: list,
		OptIn: &contact.OptInOption{Source: "Shop counter", Evidence: "I agree to get offers on WhatsApp"}})
	if err != nil {
		return imp, fmt.Errorf("start import: %w", err)
	}
	return imp, nil
}

// importEnd waits until a worker is done with an import.
func (w *world) importEnd(ctx context.Context, f firm, imp contact.Import) (contact.Import, error) {
	err := await(ctx, longest, lookup, func() (done bool, err error) {
		imp, err = w.core.Contacts.GetImport(f.ctx, imp.ID, contact.View{})
		return imp.State != contact.ImportRunning, err
	})
	if err != nil {
		return imp, fmt.Errorf("import is %s at row %d: %w", imp.State, imp.Rows, err)
	}
	if imp.State != contact.ImportDone {
		return imp, fmt.Errorf("import is %s: %s", imp.State, imp.Reason)
	}
	return imp, nil
}

// sampleColumns is what contact.WriteSample writes.
func sampleColumns() []contact.Target {
	return []contact.Target{contact.ToName, contact.ToPhone, contact.ToEmail, "field:city", "field:order_id"}
}

// writeSample makes a contact file of n people in the bench's folder.
func (w *world) writeSample(n int) (path string, err error) {
	path = filepath.Join(w.dir, fmt.Sprintf("people-%d.csv", n))
	file, err := os.Create(path)
	if err != nil {
		return "", err
	}
	return path, errors.Join(contact.WriteSample(file, n), file.Close())
}

func (w *world) listNamed(f firm, name string) (uuid.UUID, error) {
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
	change := campaign.Change{Name: &name, ChannelID: &f.channel.ID, TemplateID: &id,
		Audience: &contact.Audience{Tags: []uuid.UUID{list}}, Mapping: &slots}
	if w.o.Experiment {
		heldOut, days := 10, 3
		slots[1] = campaign.Source{Slot: slots[1].Slot, Link: &link.Target{URL: "https://shop.example/sale"}}
		change.Experiment = &campaign.Experiment{Weight: 1, Others: []campaign.Variant{{TemplateID: id, Mapping: slots, Weight: 1}}}
		change.HoldOut, change.RetryDays = &heldOut, &days
	}
	return w.core.Campaigns.Create(f.ctx, change)
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

// peopleOf lists a tenant's contacts.
func (w *world) peopleOf(ctx context.Context, f firm) ([]uuid.UUID, error) {
	rows, err := w.super.Query(ctx, `select id from contacts where tenant_id = $1 order by id`, f.tenant)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

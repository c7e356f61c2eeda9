package whatsappsim_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// kindCase is a golden case of provider/whatsapp.
type kindCase struct {
	Template whatsapp.Template `json:"template"`
	Values   map[string]string `json:"values"`
}

func readKind(t *testing.T, kind string) (c kindCase) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "testdata", "kinds", kind+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// Each kind is created, reviewed, listed, and then sent from what was listed, as people's
// synchronised templates are. Without any one required value Meta refuses it.
func TestEveryKindIsCreatedAndSent(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	ctx := context.Background()
	for _, kind := range whatsapp.Kinds() {
		c := readKind(t, kind)
		created, err := b.client.CreateTemplate(ctx, b.acme.Token, b.acme.ID, c.Template)
		if err != nil {
			t.Errorf("%s is not created: %v", kind, err)
			continue
		}
		var listed whatsapp.Template
		eventually(t, kind+" is approved", func() bool {
			listed, err = b.client.GetTemplate(ctx, b.acme.Token, created.ID)
			return err == nil && listed.Status == "APPROVED"
		})
		compiled, err := whatsapp.CompileTemplate(listed)
		if err != nil {
			t.Errorf("%s is listed as what cannot be sent: %v", kind, err)
			continue
		}
		if out := b.sendCompiled(compiled, c.Values, ""); out.Kind != whatsapp.Accepted {
			t.Errorf("%s is not sent: %+v", kind, out.Err)
		}
		for _, slot := range compiled.Slots() {
			if !slot.Required {
				continue
			}
			out := b.sendCompiled(compiled, c.Values, slot.Key)
			if out.Kind != whatsapp.Failed || !slices.Contains([]int{100, 131008, 132000, 132012}, out.Err.Code) {
				t.Errorf("%s without %s: %+v %v", kind, slot.Key, out, out.Err)
			}
		}
	}
}

// sendCompiled sends a template with its values but one, unchecked.
func (b *bundle) sendCompiled(compiled *whatsapp.Compiled, values map[string]string, without string) whatsapp.Outcome {
	b.t.Helper()
	params := make(whatsapp.Params, 0, len(values))
	for _, slot := range compiled.Slots() {
		value := whatsapp.Sanitise(values[slot.Key])
		if slot.Key == without {
			value = ""
		}
		params = append(params, value)
	}
	body := compiled.AppendJSON(nil, whatsapp.Address{Phone: "+919800000100"}, params, "")
	return b.client.Send(context.Background(), b.acme.Token, b.acme.Numbers[0].ID, body)
}

func TestASampleOfAnotherKindIsRefused(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	c := readKind(t, "header.image")
	c.Template.Components[0].Format = "VIDEO"
	if _, err := b.client.CreateTemplate(context.Background(), b.acme.Token, b.acme.ID, c.Template); err == nil {
		t.Error("a picture was taken as a video's sample")
	}
}

func TestEditsHaveLimits(t *testing.T) {
	t.Parallel()
	b := setup(t, nil)
	ctx := context.Background()
	welcome := b.template("welcome")
	edit := whatsapp.TemplateEdit{Components: []whatsapp.Component{{Type: "BODY", Text: "Welcome to our shop, open until nine."}}}
	if err := b.client.EditTemplate(ctx, b.acme.Token, welcome.ID, whatsapp.TemplateEdit{Category: "UTILITY", Components: edit.Components}); err == nil {
		t.Error("an approved template's category was changed")
	}
	if err := b.client.EditTemplate(ctx, b.acme.Token, welcome.ID, edit); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the edit is approved", func() bool { return b.template("welcome").Status == "APPROVED" })
	if err := b.client.EditTemplate(ctx, b.acme.Token, welcome.ID, edit); err == nil {
		t.Error("edited twice in 24 hours")
	}
	if err := b.client.EditTemplate(ctx, b.acme.Token, b.template("coupon").ID, whatsapp.TemplateEdit{Components: []whatsapp.Component{{Type: "BODY", Text: "{{1}}"}}}); err == nil {
		t.Error("an edit that breaks a rule was taken")
	}
}

func (b *bundle) template(name string) whatsapp.Template {
	b.t.Helper()
	list, err := b.client.ListTemplates(context.Background(), b.acme.Token, b.acme.ID)
	if err != nil {
		b.t.Fatal(err)
	}
	at := slices.IndexFunc(list, func(t whatsapp.Template) bool { return t.Name == name })
	if at < 0 {
		b.t.Fatalf("no template %s", name)
	}
	return list[at]
}

package whatsapp

import (
	"fmt"
	"strings"
)

// buttonParam fills one button; ok is false for a button that takes no value.
type buttonParam func(c *Compiled, b Button, key string) (wire string, p param, ok bool)

// buttonParams has one entry per button type Meta can list.
var buttonParams = map[string]buttonParam{
	"QUICK_REPLY":          quickReplyParam,
	"URL":                  urlParam,
	"OTP":                  otpParam,
	"COPY_CODE":            copyCodeParam,
	"FLOW":                 flowParam,
	"CATALOG":              catalogParam,
	"MPM":                  multiProductParam,
	"SPM":                  noParam,
	"PHONE_NUMBER":         noParam,
	"VOICE_CALL":           noParam,
	"REQUEST_CONTACT_INFO": noParam,
}

func (c *Compiled) compileButtons(buttons []Button, prefix string) ([]group, error) {
	var groups []group
	for i, button := range buttons {
		make, known := buttonParams[strings.ToUpper(button.Type)]
		if !known {
			return nil, fmt.Errorf("button %d: type %q is not known", i+1, button.Type)
		}
		wire, p, ok := make(c, button, fmt.Sprintf("%sbutton.%d", prefix, i))
		if !ok {
			continue
		}
		g := component("button", p)
		g.open = fmt.Sprintf(`{"type":"button","sub_type":"%s","index":"%d","parameters":[`, wire, i)
		groups = append(groups, g)
	}
	return groups, nil
}

func noParam(*Compiled, Button, string) (string, param, bool) { return "", param{}, false }

func quickReplyParam(c *Compiled, _ Button, key string) (string, param, bool) {
	slot := c.slot(Slot{Key: key, Kind: SlotPayload, MaxLen: 256})
	return "quick_reply", param{open: `{"type":"payload",`, close: "}", fields: []field{{key: `"payload":`, slot: slot}}}, true
}

// urlParam: an authentication template's button comes back from Meta as a URL whose suffix
// is the code of the body.
func urlParam(c *Compiled, b Button, key string) (string, param, bool) {
	if strings.EqualFold(c.template.Category, "AUTHENTICATION") {
		return otpParam(c, b, key)
	}
	if len(Placeholders(b.URL)) == 0 {
		return "", param{}, false
	}
	before, _, _ := strings.Cut(b.URL, "{{")
	s := Slot{Key: key, Kind: SlotURL, Required: true, Before: before, MaxLen: 2000}
	if len(b.Example) > 0 {
		s.Example = strings.TrimPrefix(b.Example[0], before)
	}
	return "url", textValue(c.slot(s)), true
}

func otpParam(c *Compiled, _ Button, _ string) (string, param, bool) {
	return "url", textValue(c.slot(Slot{Key: "body.1", Kind: SlotCode, Required: true, MaxLen: 15})), true
}

func textValue(slot int) param {
	return param{open: `{"type":"text",`, close: "}", fields: []field{{key: `"text":`, slot: slot}}}
}

func copyCodeParam(c *Compiled, b Button, key string) (string, param, bool) {
	s := Slot{Key: key, Kind: SlotCode, Required: true, MaxLen: 20}
	if len(b.Example) > 0 {
		s.Example = b.Example[0]
	}
	return "copy_code", param{open: `{"type":"coupon_code",`, close: "}", fields: []field{{key: `"coupon_code":`, slot: c.slot(s)}}}, true
}

func flowParam(c *Compiled, _ Button, key string) (string, param, bool) {
	return "flow", param{open: `{"type":"action","action":{`, close: "}}", fields: []field{
		{key: `"flow_token":`, slot: c.slot(Slot{Key: key, Kind: SlotPayload, MaxLen: 512}), fallback: "unused"},
		{key: `"flow_action_data":`, slot: c.slot(Slot{Key: key + ".data", Kind: SlotJSON}), encoding: asRaw},
	}}, true
}

func catalogParam(c *Compiled, _ Button, key string) (string, param, bool) {
	slot := c.slot(Slot{Key: key + ".thumbnail", Kind: SlotProduct})
	return "catalog", param{open: `{"type":"action","action":{`, close: "}}",
		fields: []field{{key: `"thumbnail_product_retailer_id":`, slot: slot}}}, true
}

func multiProductParam(c *Compiled, _ Button, key string) (string, param, bool) {
	return "mpm", param{open: `{"type":"action","action":{`, close: "}}", fields: []field{
		{key: `"thumbnail_product_retailer_id":`, slot: c.slot(Slot{Key: key + ".thumbnail", Kind: SlotProduct, Required: true})},
		{key: `"sections":`, slot: c.slot(Slot{Key: key + ".sections", Kind: SlotJSON, Required: true}), encoding: asRaw},
	}}, true
}

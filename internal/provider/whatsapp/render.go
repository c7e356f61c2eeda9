package whatsapp

import (
	"strings"
	"unicode/utf8"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// Address is whom a message goes to. Phone wins when both are set, as at Meta.
type Address struct {
	// Phone is E.164 with or without its plus.
	Phone string
	// UserID is the business-scoped user id, for people whose phone is hidden.
	UserID string
}

// MaxCallbackData is the longest biz_opaque_callback_data, in bytes.
const MaxCallbackData = 512

// AppendJSON appends the body of a send. params must have passed Check; callbackData comes
// back in every status of this message.
func (c *Compiled) AppendJSON(dst []byte, to Address, params Params, callbackData string) []byte {
	dst = appendEnvelope(dst, to, callbackData)
	dst = append(dst, c.head...)
	start := len(dst)
	dst = append(dst, `,"components":[`...)
	opened := len(dst)
	dst = appendGroups(dst, c.groups, params)
	if len(dst) == opened {
		dst = dst[:start]
	} else {
		dst = append(dst, ']')
	}
	return append(dst, '}', '}')
}

func appendEnvelope(dst []byte, to Address, callbackData string) []byte {
	dst = append(dst, `{"messaging_product":"whatsapp","recipient_type":"individual",`...)
	if to.Phone != "" {
		dst = jsonscan.AppendString(append(dst, `"to":`...), to.Phone)
	} else {
		dst = jsonscan.AppendString(append(dst, `"recipient":`...), to.UserID)
	}
	if callbackData != "" {
		dst = jsonscan.AppendString(append(dst, `,"biz_opaque_callback_data":`...), callbackData)
	}
	return append(dst, ',')
}

// appendGroups leaves out a component all of whose values are empty and optional.
func appendGroups(dst []byte, groups []group, params Params) []byte {
	first := true
	for i := range groups {
		before := len(dst)
		if !first {
			dst = append(dst, ',')
		}
		next, wrote := appendGroup(dst, &groups[i], params)
		if !wrote {
			dst = next[:before]
			continue
		}
		dst, first = next, false
	}
	return dst
}

func appendGroup(dst []byte, g *group, params Params) (out []byte, wrote bool) {
	dst = append(dst, g.open...)
	for i := range g.params {
		before := len(dst)
		if wrote {
			dst = append(dst, ',')
		}
		next, ok := appendParam(dst, &g.params[i], params)
		if !ok {
			dst = next[:before]
			continue
		}
		dst, wrote = next, true
	}
	dst = appendGroups(dst, g.cards, params)
	return append(dst, g.close...), wrote || g.always
}

func appendParam(dst []byte, p *param, params Params) (out []byte, wrote bool) {
	dst = append(dst, p.open...)
	for i := range p.fields {
		f := &p.fields[i]
		value := f.fallback
		if f.slot < len(params) && params[f.slot] != "" {
			value = params[f.slot]
		}
		if value == "" {
			continue
		}
		if wrote {
			dst = append(dst, ',')
		}
		dst, wrote = appendField(dst, f, value), true
	}
	return append(dst, p.close...), wrote
}

func appendField(dst []byte, f *field, value string) []byte {
	switch {
	case f.encoding == asRaw:
		return append(append(dst, f.key...), value...)
	case f.encoding == asMedia && isLink(value):
		dst = append(dst, `"link":`...)
	case f.encoding == asMedia:
		dst = append(dst, `"id":`...)
	default:
		dst = append(dst, f.key...)
	}
	return jsonscan.AppendString(dst, value)
}

// checkLengths measures the filled texts: Meta refuses a long result (132005). The sum of
// all lengths is an upper bound that spares most messages the filling.
func (c *Compiled) checkLengths(params Params) error {
	for _, rule := range c.lengths {
		bound := len(rule.text)
		for _, name := range Placeholders(rule.text) {
			bound += len(c.value(rule.prefix+name, params)) * max(1, strings.Count(rule.text, "{{"+name+"}}"))
		}
		if bound > rule.max && utf8.RuneCountInString(c.fillText(rule.text, rule.prefix, params)) > rule.max {
			key := strings.TrimSuffix(rule.prefix, ".")
			return &ParamError{Key: key, Problem: ParamTooLong, Sentence: "With these values the " + PlaceName(key) + " is too long for WhatsApp."}
		}
	}
	return nil
}

func (c *Compiled) fillText(text, prefix string, params Params) string {
	return fill(text, func(name string) string {
		if index, ok := c.byKey[prefix+name]; ok && index < len(params) && params[index] != "" {
			return params[index]
		}
		return "{{" + name + "}}"
	})
}

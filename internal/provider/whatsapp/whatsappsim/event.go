package whatsappsim

import (
	"strconv"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/jsonscan"
)

// category is what a message is priced as.
type category uint8

const (
	categoryMarketing category = iota
	categoryUtility
	categoryAuthentication
	categoryService
	categoryMarketingLite // by the Marketing Messages API
)

var categoryNames = [...]string{"marketing", "utility", "authentication", "service", "marketing_lite"}

// outgoing is one webhook item: a status still to be written, or a finished change.
type outgoing struct {
	delivery
	// change is {"field":…,"value":…} of something that is not a status; entries are whole
	// ones, with commas between them.
	change, entries []byte
	waba            *waba
	// acked, when not nil, is told that the callback answered 200.
	acked func()
}

// plain tells a status of a message from everything else.
func (o *outgoing) plain() bool { return o.change == nil && o.entries == nil }

// target is the account whose webhook this is.
func (o *outgoing) target() *waba {
	if o.waba != nil {
		return o.waba
	}
	return o.number.waba
}

// appendBody writes one webhook with all items: statuses of one number side by side in one
// change, each other item in its own entry.
func (s *Sim) appendBody(dst []byte, items []outgoing) []byte {
	dst = append(dst, `{"object":"whatsapp_business_account","entry":[`...)
	for i := 0; i < len(items); {
		if i > 0 {
			dst = append(dst, ',')
		}
		switch {
		case items[i].entries != nil:
			dst = append(dst, items[i].entries...)
			i++
		case items[i].change != nil:
			dst = s.appendEntry(dst, items[i].waba, items[i].change)
			i++
		default:
			n := run(items[i:])
			dst = append(append(append(dst, `{"id":"`...), items[i].target().id...), `","changes":[`...)
			dst = append(s.appendStatuses(dst, items[i:i+n]), "]}"...)
			i += n
		}
	}
	return append(dst, "]}"...)
}

// appendEntry writes a change of an account as an entry of its own.
func (s *Sim) appendEntry(dst []byte, of *waba, change []byte) []byte {
	dst = append(append(append(dst, `{"id":"`...), of.id...), '"')
	dst = strconv.AppendInt(append(dst, `,"time":`...), s.now().Unix(), 10)
	return append(append(append(dst, `,"changes":[`...), change...), "]}"...)
}

// run counts the statuses of the first item's number at the front.
func run(items []outgoing) int {
	n := 1
	for n < len(items) && items[n].plain() && items[n].number == items[0].number {
		n++
	}
	return n
}

func (s *Sim) appendStatuses(dst []byte, items []outgoing) []byte {
	dst = append(dst, `{"field":"messages","value":{"messaging_product":"whatsapp",`...)
	dst = items[0].number.appendMetadata(dst)
	if len(items) == 1 && items[0].status != statusFailed {
		dst = s.appendContacts(append(dst, ','), items[0].who)
	}
	dst = append(dst, `,"statuses":[`...)
	for i := range items {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = s.appendStatus(dst, &items[i].delivery)
	}
	return append(dst, "]}}"...)
}

func (n *number) appendMetadata(dst []byte) []byte {
	dst = append(append(dst, `"metadata":{"display_phone_number":"`...), n.digits...)
	return append(append(append(dst, `","phone_number_id":"`...), n.id...), `"}`...)
}

// firstNames are the people behind the simulated phones.
var firstNames = [...]string{"Asha", "Ann", "Bob", "आशा", "Ravi", "مريم", "Mei", "João"}

func (s *Sim) appendContacts(dst []byte, who uint64) []byte {
	dst = append(dst, `"contacts":[{"profile":{"name":`...)
	dst = jsonscan.AppendString(dst, firstNames[mix(who, 3)%uint64(len(firstNames))])
	username := s.people.username(who)
	if username != "" {
		dst = jsonscan.AppendString(append(dst, `,"username":`...), username)
	}
	dst = append(dst, '}')
	if who&foreignPerson == 0 && username == "" {
		dst = append(strconv.AppendUint(append(dst, `,"wa_id":"`...), who, 10), '"')
	}
	dst = s.appendUserID(append(dst, `,"user_id":"`...), who)
	return append(dst, `"}]`...)
}

func (s *Sim) appendStatus(dst []byte, d *delivery) []byte {
	dst = s.appendMessageID(append(dst, `{"id":"`...), d.who, d.seq)
	dst = append(append(append(dst, `","status":"`...), statusNames[d.status]...), `","timestamp":"`...)
	dst = append(strconv.AppendInt(dst, s.now().Unix(), 10), '"')
	if d.who&foreignPerson == 0 && s.people.username(d.who) == "" {
		dst = append(strconv.AppendUint(append(dst, `,"recipient_id":"`...), d.who, 10), '"')
	}
	dst = append(s.appendUserID(append(dst, `,"recipient_user_id":"`...), d.who), '"')
	if d.callback != "" {
		dst = jsonscan.AppendString(append(dst, `,"biz_opaque_callback_data":`...), d.callback)
	}
	switch d.status {
	case statusSent, statusDelivered:
		dst = d.appendPricing(dst)
	case statusFailed:
		dst = appendStatusError(dst, d.fail)
	}
	return append(dst, '}')
}

func (d *delivery) appendPricing(dst []byte) []byte {
	kind, billable, category := "regular", "true", categoryNames[d.category]
	switch {
	case d.entry:
		kind, billable, category = "free_entry_point", "false", "referral_conversion"
	case d.free:
		kind, billable = "free_customer_service", "false"
	}
	dst = append(append(dst, `,"pricing":{"billable":`...), billable...)
	dst = append(append(dst, `,"pricing_model":"PMP","type":"`...), kind...)
	dst = append(append(dst, `","category":"`...), category...)
	return append(dst, `"}`...)
}

const errorPage = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"

func appendStatusError(dst []byte, code int) []byte {
	title := whatsapp.Lookup(code).Sentence
	dst = strconv.AppendInt(append(dst, `,"errors":[{"code":`...), int64(code), 10)
	dst = jsonscan.AppendString(append(dst, `,"title":`...), title)
	dst = jsonscan.AppendString(append(dst, `,"message":`...), title)
	dst = jsonscan.AppendString(append(dst, `,"error_data":{"details":`...), title)
	return append(append(append(dst, `},"href":"`...), errorPage...), `"}]`...)
}

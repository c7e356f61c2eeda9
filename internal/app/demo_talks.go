package app

import (
	"encoding/json"
	"time"

	"github.com/aerostic/aerostic/internal/feature/conversation"
)

// demoTalk is a conversation of the demo data: what a customer wrote, and what was done about it. Nobody is
// sent more than one message, so that whoever counts at the simulator finds nobody twice.
type demoTalk struct {
	phone  string
	said   []demoSaid
	label  string
	by     string // key of who acts, to whom it is given unless nobody is to have it
	nobody bool
	reply  string
	note   string // that mentions the owner
	status conversation.Status
	rating string // what the customer answers when they are asked
}

// demoSaid is one message of a customer, ago by their own clock.
type demoSaid struct {
	ago     time.Duration
	text    string
	kind    string // "" is text
	content json.RawMessage
	file    string // in demo/, for a message that has one
}

// demoLabels are the labels of the demo data with their colours.
func demoLabels() [][2]string {
	return [][2]string{{"Order", "info"}, {"Lead", "violet"}, {"VIP", "warning"}, {"Refund", "danger"}, {"Delivery", "neutral"}, {"Happy", "success"}}
}

func demoTalks() []demoTalk {
	return []demoTalk{
		{phone: "919845012001", label: "Order", by: "owner", reply: "Yes, Ananya! Order before 2 pm and it reaches Mysuru by Thursday. Shall I add a gift note?", said: []demoSaid{
			{ago: 9 * time.Minute, text: "Hi! Is the maroon Banarasi still there? 😍"},
			{ago: 8 * time.Minute, kind: "image", file: "silk.jpg", content: json.RawMessage(`{"caption":"This one, from your window"}`)},
			{ago: 7 * time.Minute, text: "Can it reach by Friday? It is a gift for my sister in Mysuru."}}},
		{phone: "919845011002", label: "Lead", by: "agent", nobody: true, said: []demoSaid{
			{ago: 14 * time.Minute, text: "नमस्ते 🙏 क्या जयपुर में आपकी दुकान है?"},
			{ago: 12 * time.Minute, text: "मुझे शादी के लिए दस साड़ियाँ चाहिए, थोक में क्या दाम होगा?"}}},
		{phone: "971501234567", label: "Lead", by: "admin", said: []demoSaid{
			{ago: 26 * time.Minute, text: "السلام عليكم، هل توصلون إلى دبي؟"},
			{ago: 25 * time.Minute, text: "أريد الفستان الأخضر، مقاس ٣٨"}}},
		{phone: "919845011003", label: "VIP", by: "owner", said: []demoSaid{
			{ago: 33 * time.Minute, kind: "audio", file: "voice.ogg", content: json.RawMessage(`{"voice":true}`)}}},
		{phone: "919845011006", label: "Order", by: "agent", said: []demoSaid{
			{ago: 48 * time.Minute, kind: "order", content: json.RawMessage(`{"catalog_id":"777","text":"Gift wrap, please 🎁","product_items":[` +
				`{"product_retailer_id":"SAREE-12","quantity":1,"item_price":1499.5,"currency":"INR"},` +
				`{"product_retailer_id":"KURTA-3","quantity":2,"item_price":799,"currency":"INR"}]}`)}}},
		{phone: "919845011007", label: "Delivery", by: "agent", reply: "धन्यवाद देव जी, हमारा साथी आधे घंटे में पहुँचेगा। 🛵", said: []demoSaid{
			{ago: 55 * time.Minute, text: "यहाँ भेज दीजिए, गेट के पास"},
			{ago: 54 * time.Minute, kind: "location", content: json.RawMessage(`{"latitude":21.1702,"longitude":72.8311,"name":"Patel Silk House","address":"Ring Road, Surat 395002"}`)}}},
		{phone: "919845012002", label: "Refund", by: "agent", note: "@Priya Raman the blouse piece was missing from the parcel. May I refund ₹ 450?", said: []demoSaid{
			{ago: 70 * time.Minute, text: "Order #AS-20418 came without the blouse piece 😞"},
			{ago: 69 * time.Minute, text: "Please call me when you can."}}},
		{phone: "919845011005", label: "Delivery", by: "owner", status: conversation.Snoozed, reply: "Of course. I will write again tomorrow, when the courier has it.", said: []demoSaid{
			{ago: 2 * time.Hour, text: "Can you keep my parcel until I am back tomorrow?"}}},
		{phone: "919845012003", label: "Order", by: "admin", status: conversation.Pending, reply: "Thank you! Which colour may we send: peacock blue or bottle green?", said: []demoSaid{
			{ago: 3 * time.Hour, text: "I would like the Kanchipuram silk, ₹ 12,400."}}},
		{phone: "919845012004", label: "Happy", by: "agent", status: conversation.Resolved, rating: "5", said: []demoSaid{
			{ago: 4 * time.Hour, text: "My parcel came this morning. The colours are beautiful, thank you! 💛"}}},
		{phone: "919845011008", label: "Lead", by: "agent", nobody: true, said: []demoSaid{
			{ago: 27 * time.Hour, text: "Do you have linen sarees under ₹ 2,000? কলকাতায় পাঠাবেন?"}}},
	}
}

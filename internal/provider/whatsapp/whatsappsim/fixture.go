package whatsappsim

import (
	"fmt"
	"strings"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// Fixture is a ready account number n (from 1): a token, one number and one template of
// each common kind. The same n always gives the same ids.
func Fixture(n int, name string) WABASeed {
	return WABASeed{
		ID: fmt.Sprintf("2000000%06d", n), Name: name, Currency: "INR", Token: fmt.Sprintf("EAASIM%06d", n),
		Numbers: []NumberSeed{{
			ID: fmt.Sprintf("1000000%06d", n), Phone: fmt.Sprintf("9180000%05d", n), VerifiedName: name,
		}},
		Templates: FixtureTemplates(),
		Marketing: MarketingSeed{Status: "ONBOARDED"},
		Payments:  []PaymentSeed{{Name: orElse(strings.ToLower(strings.ReplaceAll(name, " ", "-")), "shop") + "-razorpay", Provider: "RazorPay", MID: fmt.Sprintf("acc_SIM%06d", n), Status: "Active"}},
	}
}

// FixtureTemplates are the approved templates of a fixture.
func FixtureTemplates() []whatsapp.Template {
	return []whatsapp.Template{
		{Name: "welcome", Language: "en_US", Category: "MARKETING", Components: []whatsapp.Component{
			{Type: "BODY", Text: "Welcome to our shop! Reply here whenever you need a hand."},
		}},
		offer("en_US", "Hello {{1}}, your {{2}} discount is ready. Come and see!", "Shop", "Stop promotions"),
		offer("hi", "नमस्ते {{1}}, आपकी {{2}} की छूट तैयार है। आइए और देखिए!", "खरीदें", "प्रचार बंद करें"),
		offer("ar", "مرحبا {{1}}، خصمك {{2}} جاهز الآن. تعال وشاهد!", "تسوق", "إيقاف العروض"),
		{Name: "order_update", Language: "en_US", Category: "UTILITY", ParameterFormat: "NAMED", Components: []whatsapp.Component{
			{Type: "HEADER", Format: "TEXT", Text: "Order {{order_id}}", Example: &whatsapp.Example{HeaderTextNamed: []whatsapp.NamedExample{{Name: "order_id", Example: "A-17"}}}},
			{Type: "BODY", Text: "Hi {{first_name}}, your order {{order_id}} left us today.", Example: &whatsapp.Example{BodyTextNamed: []whatsapp.NamedExample{{Name: "first_name", Example: "Asha"}, {Name: "order_id", Example: "A-17"}}}},
			{Type: "BUTTONS", Buttons: []whatsapp.Button{{Type: "URL", Text: "Track", URL: "https://shop.example.com/o/{{1}}", Example: whatsapp.Strings{"https://shop.example.com/o/A-17"}}}},
		}},
		{Name: "new_collection", Language: "en_US", Category: "MARKETING", Components: []whatsapp.Component{
			{Type: "HEADER", Format: "IMAGE", Example: &whatsapp.Example{HeaderHandle: []string{"4::aW1hZ2U="}}},
			{Type: "BODY", Text: "Hi {{1}}, our new collection is in the shop.", Example: &whatsapp.Example{BodyText: whatsapp.BodyExamples{{"Ann"}}}},
			{Type: "FOOTER", Text: "Reply STOP to opt out"},
		}},
		{Name: "coupon", Language: "en_US", Category: "MARKETING", Components: []whatsapp.Component{
			{Type: "BODY", Text: "Thank you, {{1}}! Here is a code for your next visit.", Example: &whatsapp.Example{BodyText: whatsapp.BodyExamples{{"Ann"}}}},
			{Type: "BUTTONS", Buttons: []whatsapp.Button{{Type: "COPY_CODE", Text: "Copy offer code", Example: whatsapp.Strings{"ACME10"}}}},
		}},
		{Name: "picks", Language: "en_US", Category: "MARKETING", Components: []whatsapp.Component{
			{Type: "BODY", Text: "Two picks for you this week."},
			{Type: "CAROUSEL", Cards: []whatsapp.Card{card("Cotton kurta, now {{1}}.", "₹499"), card("Silk scarf, now {{1}}.", "₹299")}},
		}},
		{Name: "login_code", Language: "en_US", Category: "AUTHENTICATION", Components: []whatsapp.Component{
			{Type: "BODY", Text: "*{{1}}* is your verification code.", AddSecurityRecommendation: true},
			{Type: "BUTTONS", Buttons: []whatsapp.Button{{Type: "URL", Text: "Copy code", URL: "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}"}}},
		}},
	}
}

func offer(language, body, shop, stop string) whatsapp.Template {
	return whatsapp.Template{Name: "diwali_offer", Language: language, Category: "MARKETING", ParameterFormat: "POSITIONAL", Components: []whatsapp.Component{
		{Type: "BODY", Text: body, Example: &whatsapp.Example{BodyText: whatsapp.BodyExamples{{"Asha", "20%"}}}},
		{Type: "FOOTER", Text: "Acme"},
		{Type: "BUTTONS", Buttons: []whatsapp.Button{
			{Type: "URL", Text: shop, URL: "https://shop.example.com/diwali"}, {Type: "QUICK_REPLY", Text: stop}}},
	}}
}

func card(body, example string) whatsapp.Card {
	return whatsapp.Card{Components: []whatsapp.Component{
		{Type: "HEADER", Format: "IMAGE", Example: &whatsapp.Example{HeaderHandle: []string{"4::aW1hZ2U="}}},
		{Type: "BODY", Text: body, Example: &whatsapp.Example{BodyText: whatsapp.BodyExamples{{example}}}},
		{Type: "BUTTONS", Buttons: []whatsapp.Button{{Type: "QUICK_REPLY", Text: "Tell me more"}}},
	}}
}

package template

import (
	"github.com/google/uuid"
)

// Draft is a template as a person writes it.
type Draft struct {
	ChannelID  uuid.UUID         `json:"channelId" doc:"A number of the account that shall own the template"`
	Name       string            `json:"name" maxLength:"512" doc:"a-z, 0-9 and _"`
	Language   string            `json:"language" maxLength:"16" doc:"Meta's code, such as en_US or hi"`
	Category   Category          `json:"category" enum:"MARKETING,UTILITY,AUTHENTICATION"`
	TTLSeconds int               `json:"ttlSeconds,omitempty" minimum:"-1" doc:"How long WhatsApp tries to deliver, -1 for 30 days; 0 leaves it to Meta"`
	Header     *Header           `json:"header,omitempty"`
	Offer      *Offer            `json:"offer,omitempty" doc:"Makes it a limited-time offer"`
	Body       string            `json:"body,omitempty" maxLength:"4096" doc:"Variables as {{1}}, {{2}} or {{first_name}}; empty for an authentication template"`
	Footer     string            `json:"footer,omitempty" maxLength:"1024"`
	Buttons    []Button          `json:"buttons,omitempty" maxItems:"20"`
	Cards      []Card            `json:"cards,omitempty" maxItems:"20" doc:"Makes it a carousel"`
	Code       *Code             `json:"code,omitempty" doc:"What Meta's fixed text of an authentication template says beside the code"`
	Examples   map[string]string `json:"examples,omitempty" doc:"A sample value for each variable of the body, for Meta's reviewers"`
}

// Header is the part above the body.
type Header struct {
	Format   string     `json:"format" enum:"TEXT,IMAGE,VIDEO,GIF,DOCUMENT,LOCATION,PRODUCT"`
	Text     string     `json:"text,omitempty" maxLength:"1024" doc:"With at most one variable"`
	Example  string     `json:"example,omitempty" maxLength:"1024" doc:"A sample value for the variable"`
	SampleID *uuid.UUID `json:"sampleId,omitempty" doc:"Of the uploaded sample, for a media header"`
	Handle   string     `json:"handle,omitempty" maxLength:"4096" doc:"Meta's handle of a sample uploaded elsewhere; wins over sampleId"`
}

// Offer is the line of a limited-time offer.
type Offer struct {
	Text    string `json:"text" maxLength:"256"`
	Expires bool   `json:"expires" doc:"Shows a countdown to a time chosen when it is sent"`
}

// Card is one card of a carousel.
type Card struct {
	Header   *Header           `json:"header,omitempty"`
	Body     string            `json:"body,omitempty" maxLength:"1024"`
	Buttons  []Button          `json:"buttons,omitempty" maxItems:"10"`
	Examples map[string]string `json:"examples,omitempty"`
}

// Code is what an authentication template says beside the code.
type Code struct {
	Security       bool `json:"security" doc:"Adds that the code must not be shared"`
	ExpiresMinutes int  `json:"expiresMinutes,omitempty" minimum:"0" maximum:"1000" doc:"Adds after how many minutes the code expires, 1 to 90; 0 says nothing"`
}

// Button is one button below the message.
type Button struct {
	Type         string   `json:"type" enum:"QUICK_REPLY,URL,PHONE_NUMBER,COPY_CODE,FLOW,CATALOG,MPM,SPM,OTP,VOICE_CALL,REQUEST_CONTACT_INFO"`
	Text         string   `json:"text,omitempty" maxLength:"256"`
	URL          string   `json:"url,omitempty" maxLength:"4096" doc:"May end in {{1}}"`
	PhoneNumber  string   `json:"phoneNumber,omitempty" maxLength:"64"`
	Example      string   `json:"example,omitempty" maxLength:"4096" doc:"The whole URL with a sample value, or the sample code"`
	FlowID       string   `json:"flowId,omitempty" maxLength:"64" doc:"Of a published WhatsApp Flow"`
	FlowScreen   string   `json:"flowScreen,omitempty" maxLength:"256" doc:"Its first screen; empty: the Flow asks its endpoint"`
	OTPType      string   `json:"otpType,omitempty" enum:"COPY_CODE,ONE_TAP,ZERO_TAP"`
	AutofillText string   `json:"autofillText,omitempty" maxLength:"256"`
	Apps         []OTPApp `json:"apps,omitempty" maxItems:"20" doc:"Android apps that may read the code"`
	ZeroTapTerms bool     `json:"zeroTapTerms,omitempty" doc:"The author consents to Meta's terms for zero taps"`
}

// OTPApp is an app that may read a one-time code by itself.
type OTPApp struct {
	PackageName   string `json:"packageName" maxLength:"256"`
	SignatureHash string `json:"signatureHash" maxLength:"64"`
}

// headers lists the draft's headers with the slot of each one's media.
func (d Draft) headers() map[string]*Header {
	found := map[string]*Header{}
	if d.Header != nil {
		found["header.media"] = d.Header
	}
	for i, card := range d.Cards {
		if card.Header != nil {
			found[cardKey(i)+"header.media"] = card.Header
		}
	}
	return found
}

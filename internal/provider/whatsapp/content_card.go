package whatsapp

// ContactCard is a person's card. Its members are as Meta names them, so that a card that was
// received can be sent on.
type ContactCard struct {
	Name      CardName      `json:"name"`
	Phones    []CardPhone   `json:"phones,omitempty"`
	Emails    []CardEmail   `json:"emails,omitempty"`
	Addresses []CardAddress `json:"addresses,omitempty"`
	Org       *CardOrg      `json:"org,omitempty"`
	URLs      []CardURL     `json:"urls,omitempty"`
	Birthday  string        `json:"birthday,omitempty" doc:"YYYY-MM-DD"`
}

// CardName is a name: the whole and at least one part of it.
type CardName struct {
	Formatted string `json:"formatted_name"`
	First     string `json:"first_name,omitempty"`
	Middle    string `json:"middle_name,omitempty"`
	Last      string `json:"last_name,omitempty"`
	Prefix    string `json:"prefix,omitempty"`
	Suffix    string `json:"suffix,omitempty"`
}

// CardPhone is a number; with a WhatsApp id it can be written to.
type CardPhone struct {
	Phone string `json:"phone,omitempty"`
	Type  string `json:"type,omitempty"`
	WAID  string `json:"wa_id,omitempty"`
}

// CardEmail is an address for mail.
type CardEmail struct {
	Email string `json:"email,omitempty"`
	Type  string `json:"type,omitempty"`
}

// CardAddress is where somebody lives or works.
type CardAddress struct {
	Street      string `json:"street,omitempty"`
	City        string `json:"city,omitempty"`
	State       string `json:"state,omitempty"`
	Zip         string `json:"zip,omitempty"`
	Country     string `json:"country,omitempty"`
	CountryCode string `json:"country_code,omitempty"`
	Type        string `json:"type,omitempty"`
}

// CardOrg is whom somebody works for.
type CardOrg struct {
	Company    string `json:"company,omitempty"`
	Department string `json:"department,omitempty"`
	Title      string `json:"title,omitempty"`
}

// CardURL is a web address.
type CardURL struct {
	URL  string `json:"url,omitempty"`
	Type string `json:"type,omitempty"`
}

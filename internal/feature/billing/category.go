package billing

import "strings"

// The categories that have a rate.
const (
	CategoryMarketing         = "marketing"
	CategoryUtility           = "utility"
	CategoryAuthentication    = "authentication"
	CategoryAuthInternational = "authentication_international"
	CategoryService           = "service"
)

// Category returns the rate category of a template's category or of pricing.category in a
// status webhook (reference/whatsapp-cloud-api.md section 2.3). It is empty for one that has no
// rate of its own: such a message keeps the price it was held at.
func Category(name string) string {
	switch strings.ToLower(name) {
	case "marketing", "marketing_lite", "group_marketing":
		return CategoryMarketing
	case "utility", "group_utility":
		return CategoryUtility
	case "authentication":
		return CategoryAuthentication
	case "authentication-international", "authentication_international":
		return CategoryAuthInternational
	case "service", "group_service":
		return CategoryService
	}
	return ""
}

package mail

import (
	"net/mail"
	"strings"
)

const longestAddress = 254 // RFC 5321, section 4.5.3.1.3

// CleanAddress returns the form in which an address is stored and compared: trimmed and in
// lower case. It is false for anything but a bare address such as ann@example.com.
func CleanAddress(text string) (string, bool) {
	address := strings.ToLower(strings.TrimSpace(text))
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || len(address) > longestAddress {
		return "", false
	}
	return address, true
}

package channel

import (
	"strconv"
	"strings"
)

// Messages per second by Meta's throughput level (reference/whatsapp-cloud-api.md 7.1).
const (
	standardThroughput    = 80
	highThroughput        = 1000
	coexistenceThroughput = 20
)

// throughput turns Meta's level into messages per second. A number that is also used in the
// WhatsApp Business app has a fixed rate whatever its level says.
func throughput(level string, coexistence bool) int {
	switch {
	case coexistence:
		return coexistenceThroughput
	case strings.EqualFold(level, "HIGH"):
		return highThroughput
	default:
		return standardThroughput
	}
}

// dailyLimit reads a messaging tier: "TIER_2K" is 2000, "TIER_UNLIMITED" nil. Older events
// carry a bare number, -1 for no limit. False: not understood, keep what is known.
func dailyLimit(tier string) (limit *int, ok bool) {
	text := strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(tier)), "TIER_")
	if text == "UNLIMITED" || text == "-1" {
		return nil, true
	}
	factor := 1
	switch {
	case strings.HasSuffix(text, "K"):
		factor, text = 1000, strings.TrimSuffix(text, "K")
	case strings.HasSuffix(text, "M"):
		factor, text = 1_000_000, strings.TrimSuffix(text, "M")
	}
	number, err := strconv.Atoi(text)
	if err != nil || number <= 0 || number > 1_000_000_000 {
		return nil, false
	}
	number *= factor
	return &number, true
}

// setTier keeps a tier that is understood.
func (c *Channel) setTier(tier string) {
	if limit, ok := dailyLimit(tier); ok {
		c.LimitTier, c.DailyLimit = tier, limit
	}
}

// quality reads Meta's rating; what it does not know is unknown.
func quality(text string) Quality {
	switch q := Quality(strings.ToUpper(text)); q {
	case Green, Yellow, Red:
		return q
	default:
		return UnknownQuality
	}
}

// digits keeps the digits of a phone number as Meta displays it, for comparing two spellings.
func digits(phone string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, phone)
}

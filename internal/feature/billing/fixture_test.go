package billing

import "time"

// noon is when the tests happen: after the first rate card began.
var noon = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)

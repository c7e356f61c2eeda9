package whatsappsim

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// cursor hides a position, so that nobody computes one.
func cursor(at int) string {
	return base64.URLEncoding.EncodeToString([]byte("QVFI:" + strconv.Itoa(at)))
}

func readCursor(text string) (at int, ok bool) {
	raw, err := base64.URLEncoding.DecodeString(text)
	if err != nil {
		return 0, false
	}
	digits, ok := strings.CutPrefix(string(raw), "QVFI:")
	if !ok {
		return 0, false
	}
	at, err = strconv.Atoi(digits)
	return at, err == nil && at >= 0
}

// badCursor has its own code since v24.0.
func badCursor(version string) *metaError {
	major, _, _ := strings.Cut(strings.TrimPrefix(version, "v"), ".")
	if n, err := strconv.Atoi(major); err == nil && n < 24 {
		return param("Invalid cursors values")
	}
	return fail(400, 131059, "Invalid paging cursor", "The cursor is not valid any more; start again")
}

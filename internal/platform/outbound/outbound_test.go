package outbound

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

func TestPublic(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"142.250.183.10": true, "2404:6800:4009:80b::200a": true, "1.1.1.1": true, "2001:4860:4860::8888": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false, "0.0.0.0": false,
		"100.64.1.1": false, "224.0.0.1": false, "255.255.255.255": false, "::1": false, "::": false, "fe80::1": false, "fd00::1": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "64:ff9b::a00:1": false, "2002:7f00:1::": false, "2001:db8::1": false,
	} {
		if got := Public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s is public: %v", address, got)
		}
	}
}

func TestAClientReachesNothingInside(t *testing.T) {
	t.Parallel()
	asked := false
	inside := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer inside.Close()
	port := inside.URL[strings.LastIndex(inside.URL, ":"):]
	for _, to := range []string{inside.URL, "https://localhost" + port, "http://example.com/", "https://[::1]" + port, "https://0.0.0.0" + port} {
		r, err := New(Config{}).Get(to)
		if !errors.Is(err, ErrPrivate) {
			t.Errorf("%s: %v", to, err)
		}
		if r != nil {
			_ = r.Body.Close()
		}
	}
	if asked {
		t.Error("a request came through")
	}
}

func TestAClientFollowsNoRedirect(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.RedirectHandler("http://169.254.169.254/", http.StatusFound))
	defer server.Close()
	r, err := New(Config{Private: true}).Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusFound {
		t.Errorf("answered %d", r.StatusCode)
	}
}

func TestCheckRefusesWhatCannotBeReached(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "http://fcm.googleapis.com/x", "https://127.0.0.1/x", "https://localhost/x", "https://ann:secret@1.1.1.1/", "https://[fd00::1]/", "ftp://1.1.1.1/"} {
		if Check(t.Context(), url) == nil {
			t.Errorf("%q passes", url)
		}
	}
	if err := Check(t.Context(), "https://1.1.1.1/push"); err != nil {
		t.Error(err)
	}
}

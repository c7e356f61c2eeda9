package whatsappsim_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// BenchmarkSimSend sends through real HTTP on the loopback with our client; both ends share
// the machine.
func BenchmarkSimSend(b *testing.B) {
	for _, hooks := range []bool{false, true} {
		b.Run(fmt.Sprintf("webhooks=%v", hooks), func(b *testing.B) { benchmarkSend(b, hooks) })
	}
}

func benchmarkSend(b *testing.B, hooks bool) {
	callback := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer callback.Close()
	config := whatsappsim.DefaultConfig()
	config.Scenarios = false
	if hooks {
		config.Webhook.URL, config.Webhook.Batch = callback.URL, 100
	}
	acme := whatsappsim.Fixture(1, "Acme")
	acme.Numbers[0].Throughput = -1
	sim := whatsappsim.New(whatsappsim.Options{Seed: 1, Config: &config, WABAs: []whatsappsim.WABASeed{acme}})
	defer sim.Close()
	server := httptest.NewServer(sim.Handler())
	defer server.Close()
	client, err := whatsapp.New(whatsapp.Config{BaseURL: server.URL})
	if err != nil {
		b.Fatal(err)
	}
	defer client.Close()
	compiled, err := whatsapp.CompileTemplate(acme.Templates[1])
	if err != nil {
		b.Fatal(err)
	}
	var next atomic.Int64
	b.SetParallelism(16)
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		var body []byte
		for pb.Next() {
			phone := fmt.Sprintf("+9198%08d", next.Add(1))
			body = compiled.AppendJSON(body[:0], whatsapp.Address{Phone: phone}, whatsapp.Params{"Asha", "20%", ""}, "0198f0aa-1111-7abc-8def-000000000001")
			if out := client.Send(context.Background(), acme.Token, acme.Numbers[0].ID, body); out.Kind != whatsapp.Accepted {
				b.Errorf("%+v %v", out, out.Err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "sends/s")
}

// BenchmarkSimHandler is the simulator's own cost, without a network; people who wrote, and whose
// phones are therefore kept, must not show in it.
func BenchmarkSimHandler(b *testing.B) {
	for _, phones := range []int{0, 256} {
		b.Run(fmt.Sprintf("phones=%d", phones), func(b *testing.B) { benchmarkHandler(b, phones) })
	}
}

func benchmarkHandler(b *testing.B, phones int) {
	config := whatsappsim.DefaultConfig()
	config.Scenarios = false
	acme := whatsappsim.Fixture(1, "Acme")
	acme.Numbers[0].Throughput = -1
	sim := whatsappsim.New(whatsappsim.Options{Seed: 1, Config: &config, WABAs: []whatsappsim.WABASeed{acme}})
	defer sim.Close()
	compiled, err := whatsapp.CompileTemplate(acme.Templates[1])
	if err != nil {
		b.Fatal(err)
	}
	for i := range phones {
		if err := sim.OpenPhone(acme.Numbers[0].ID, fmt.Sprintf("9197%08d", i), "Asha"); err != nil {
			b.Fatal(err)
		}
	}
	handler := sim.Handler()
	url := "/v25.0/" + acme.Numbers[0].ID + "/messages"
	var body []byte
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		i++
		body = compiled.AppendJSON(body[:0], whatsapp.Address{Phone: fmt.Sprintf("+9198%08d", i)}, whatsapp.Params{"Asha", "20%", ""}, "0198f0aa-1111-7abc-8def-000000000001")
		r, _ := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+acme.Token)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	}
}

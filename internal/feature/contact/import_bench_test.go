package contact

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/aerostic/aerostic/internal/platform/sheet"
)

// BenchmarkImport imports 100,000 new people with one list, from stored file to last commit.
func BenchmarkImport(b *testing.B) {
	const rows = 100_000
	var file bytes.Buffer
	if err := WriteSample(&file, rows); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		test := setup(b)
		imp := must(test.Upload(test.ctx, "people.csv", bytes.NewReader(file.Bytes())))(b)
		o := guessed(imp)
		o.List = "Diwali 2026"
		must(test.Start(test.ctx, imp.ID, o))(b)
		b.StartTimer()
		started := time.Now()
		must(test.RunImport(context.WithoutCancel(test.ctx), test.acme, imp.ID, 0))(b)
		b.ReportMetric(rows/time.Since(started).Seconds(), "rows/s")
	}
}

// BenchmarkParseRow reads and checks rows without a database.
func BenchmarkParseRow(b *testing.B) {
	const rows = 10_000
	var file bytes.Buffer
	if err := WriteSample(&file, rows); err != nil {
		b.Fatal(err)
	}
	o := Options{Mapping: []Target{ToName, ToPhone, ToEmail, "field:city", "field:order_id"}}
	for b.Loop() {
		c := &chunker{reader: sheet.NewReader(bytes.NewReader(file.Bytes()), ',', 0), parser: newRowParser(o, "IN", nil), next: 1}
		for {
			k, err := c.read()
			if err != nil {
				b.Fatal(err)
			}
			if k.last {
				break
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
}

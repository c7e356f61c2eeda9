package bench

import (
	"context"
	"fmt"
	"slices"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// simBench posts messages at the simulator with the bare loop: what it takes by itself.
func simBench(ctx context.Context, o Options) (Result, error) {
	if o.Concurrency == 0 {
		o.Concurrency = defaultConcurrency
	}
	sim, err := startSim(ctx)
	if err != nil {
		return nil, err
	}
	defer sim.close()
	if err := sim.configure(ctx, quiet()); err != nil {
		return nil, err
	}
	seed, err := sim.addAccount(ctx, 1, -1)
	if err != nil {
		return nil, err
	}
	bodies, err := simBodies(o.Recipients)
	if err != nil {
		return nil, err
	}
	url := fmt.Sprintf("%s/v25.0/%s/messages", sim.url, seed.Numbers[0].ID)
	took, err := bare(ctx, url, seed.Token, bodies, o.Concurrency)
	if err != nil {
		return nil, err
	}
	judged, err := sim.recipients(ctx)
	if err != nil {
		return nil, err
	}
	return Result{{"messages", o.Recipients}, {"per_second", per(o.Recipients, took)},
		{"duplicates", judged.duplicates}, {"lost", o.Recipients - len(judged.people)}}, nil
}

// simBodies are the bench's template to n people.
func simBodies(n int) ([][]byte, error) {
	templates := whatsappsim.FixtureTemplates()
	at := slices.IndexFunc(templates, func(t whatsapp.Template) bool { return t.Name == benchTemplate && t.Language == "en_US" })
	compiled, err := whatsapp.CompileTemplate(templates[at])
	if err != nil {
		return nil, err
	}
	bodies := make([][]byte, n)
	for i := range bodies {
		to := whatsapp.Address{Phone: fmt.Sprintf("91%010d", 7_000_000_000+i)}
		bodies[i] = compiled.AppendJSON(nil, to, whatsapp.Params{"Asha", "20%"}, fmt.Sprint(i))
	}
	return bodies, nil
}

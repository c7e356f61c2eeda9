package campaign

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/money"
	"github.com/aerostic/aerostic/internal/platform/stat"
)

// Result is what a campaign, or one of its variants, brought for its money.
type Result struct {
	Taken         int64         `json:"taken" doc:"Messages WhatsApp accepted: what the rates are of"`
	Delivered     int64         `json:"delivered"`
	Read          int64         `json:"read"`
	Replied       int64         `json:"replied"`
	Clicked       int64         `json:"clicked" doc:"People who clicked a tracked link"`
	Converted     int64         `json:"converted" doc:"People of whom a conversion counts for it"`
	Failed        int64         `json:"failed"`
	Charged       money.Amount  `json:"charged"`
	DeliveredRate stat.Rate     `json:"deliveredRate"`
	ReadRate      stat.Rate     `json:"readRate"`
	RepliedRate   stat.Rate     `json:"repliedRate"`
	ClickedRate   stat.Rate     `json:"clickedRate"`
	ConvertedRate stat.Rate     `json:"convertedRate"`
	FailedRate    stat.Rate     `json:"failedRate" doc:"Of everybody handed over"`
	PerDelivered  *money.Amount `json:"perDelivered,omitempty"`
	PerRead       *money.Amount `json:"perRead,omitempty"`
	PerReply      *money.Amount `json:"perReply,omitempty"`
	PerClick      *money.Amount `json:"perClick,omitempty" doc:"Per person who clicked"`
	PerConverted  *money.Amount `json:"perConverted,omitempty" doc:"Per person who converted"`
}

// taken is how many messages WhatsApp accepted, whatever came of them.
func (k Counts) taken() int64 { return k.Accepted + k.Sent + k.Delivered + k.Read + k.Expired }

func rateOf(hits, of int64) stat.Rate { return stat.Share{Hits: hits, Of: of}.Rate() }

func resultOf(k Counts) Result {
	taken, delivered := k.taken(), k.Delivered+k.Read
	return Result{Taken: taken, Delivered: delivered, Read: k.Read, Replied: k.Replied, Clicked: k.Clicked, Converted: k.converted, Failed: k.Failed, Charged: k.Charged,
		DeliveredRate: rateOf(delivered, taken), ReadRate: rateOf(k.Read, taken), RepliedRate: rateOf(k.Replied, taken),
		ClickedRate: rateOf(k.Clicked, taken), ConvertedRate: rateOf(k.converted, taken),
		FailedRate:   rateOf(k.Failed, taken+k.Failed),
		PerDelivered: each(k.Charged, delivered), PerRead: each(k.Charged, k.Read), PerReply: each(k.Charged, k.Replied),
		PerClick: each(k.Charged, k.Clicked), PerConverted: each(k.Charged, k.converted)}
}

// each is the cost of one result, rounded; nil where there is none.
func each(cost money.Amount, results int64) *money.Amount {
	if results == 0 {
		return nil
	}
	one := (cost + money.Amount(results)/2) / money.Amount(results)
	return &one
}

// VariantReport is one variant with its people and results.
type VariantReport struct {
	Variant    int16     `json:"variant"`
	Name       string    `json:"name" doc:"A, B, …"`
	TemplateID uuid.UUID `json:"templateId"`
	Counts     Counts    `json:"counts"`
	Result     Result    `json:"result"`
}

// Verdict is whether the variants differ by a metric.
type Verdict struct {
	Metric  Metric    `json:"metric" enum:"read,replied,clicked,converted"`
	Best    int16     `json:"best" doc:"The variant with the highest rate"`
	P       stat.Rate `json:"p" doc:"How likely such differences are by chance alone, corrected for the number of versions"`
	Certain bool      `json:"certain" doc:"p below 5 %"`
	More    int64     `json:"more,omitempty" doc:"About how many people per version a sure answer would take, when there is none"`
	Words   string    `json:"words"`
}

// Comparison is the variants of a campaign side by side.
type Comparison struct {
	Variants []VariantReport `json:"variants"`
	Verdicts []Verdict       `json:"verdicts"`
}

// Variants compares a campaign's variants; of one without others there is nothing to compare.
func (s *Service) Variants(ctx context.Context, id uuid.UUID) (cmp Comparison, err error) {
	err = s.inTenant(ctx, func(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
		c, err := byID(ctx, tx, tenant, id)
		if err != nil || c.Experiment == nil {
			return notFound(err)
		}
		counts, err := variantCounts(ctx, tx, tenant, id)
		if err != nil {
			return fmt.Errorf("read variants: %w", err)
		}
		cmp = compareVariants(c, counts)
		return nil
	})
	return cmp, err
}

func compareVariants(c Campaign, counts []Counts) (cmp Comparison) {
	for i, k := range counts {
		variant := int16(i + 1)
		cmp.Variants = append(cmp.Variants, VariantReport{variant, variantName(variant), c.as(variant).TemplateID, k, resultOf(k)})
	}
	for _, m := range metrics() {
		if len(counts) > 1 && c.judges(m, counts) {
			cmp.Verdicts = append(cmp.Verdicts, verdict(m, counts))
		}
	}
	return cmp
}

// judges says whether there is something to say of a metric: clicks need links and conversions
// goals, which most campaigns do without.
func (c Campaign) judges(m Metric, counts []Counts) bool {
	if m == MetricRead || m == MetricReplied {
		return true
	}
	wins := c.Experiment.Winner != nil && c.Experiment.Winner.Metric == m
	return wins || slices.ContainsFunc(counts, func(k Counts) bool { return m.hits(k) > 0 })
}

// did puts a metric in words.
var did = map[Metric]string{MetricRead: "read", MetricReplied: "answered", MetricClicked: "clicked", MetricConverted: "followed by a conversion"}

// verdict judges by one metric: all together by chi-square, the best against each other variant
// by a z test with Holm's correction. Both must say that it is no chance.
func verdict(m Metric, counts []Counts) Verdict {
	shares := make([]stat.Share, len(counts))
	for i, k := range counts {
		shares[i] = stat.Share{Hits: m.hits(k), Of: k.taken()}
	}
	v := Verdict{Metric: m, Best: best(counts, m), P: stat.SameP(shares)}
	top, next := shares[v.Best-1], stat.Share{}
	var ps []stat.Rate
	for i, s := range shares {
		if i == int(v.Best-1) {
			continue
		}
		ps = append(ps, stat.PairP(top, s))
		if next.Of == 0 || s.Rate() > next.Rate() {
			next = s
		}
	}
	for _, p := range stat.Holm(ps) {
		v.P = max(v.P, p)
	}
	v.Certain = v.P < stat.Level && top.Rate() > next.Rate()
	v.judge(top, next, len(ps))
	return v
}

func (v *Verdict) judge(top, next stat.Share, rivals int) {
	name := variantName(v.Best)
	rates := fmt.Sprintf("%s against %s", percent(top.Rate()), percent(next.Rate()))
	switch {
	case top.Of == 0 || next.Of == 0:
		v.Words = "Nothing to compare yet."
	case v.Certain:
		v.Words = fmt.Sprintf("Version %s is %s more often: %s. Chance alone makes such a difference in %s of tests.", name, did[v.Metric], rates, chance(v.P))
	case top.Rate() == next.Rate():
		v.Words = "No difference so far."
	default:
		v.More = max(0, stat.SampleSize(next.Rate(), top.Rate()-next.Rate(), rivals)-min(top.Of, next.Of))
		v.Words = fmt.Sprintf("Version %s is ahead with %s, but that may be chance.", name, rates)
		if v.More > 0 {
			v.Words = fmt.Sprintf("Version %s is ahead with %s, but that may be chance: not enough people to tell. About %d more per version would.", name, rates, v.More)
		}
	}
}

func percent(rate stat.Rate) string { return fmt.Sprintf("%.1f %%", rate*100) }

// chance writes a p value as people read it.
func chance(p stat.Rate) string {
	if p < 0.001 {
		return "fewer than 0.1 %"
	}
	return percent(p)
}

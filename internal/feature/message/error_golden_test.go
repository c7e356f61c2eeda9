package message

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/platform/ident"
	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// metaCode is a line of testdata/error_codes.txt.
type metaCode struct {
	name          string // of its golden case
	code, subcode int
	http          int
	when          string // S: answers the request; A: reported later
}

func metaCodes(t *testing.T) (list []metaCode) {
	t.Helper()
	file, err := os.Open("testdata/error_codes.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		part := strings.Fields(lines.Text())
		if len(part) != 3 {
			continue // the head
		}
		c := metaCode{name: strings.ReplaceAll(part[0], "/", "_"), when: part[2]}
		if _, err := fmt.Sscanf(part[0], "%d/%d", &c.code, &c.subcode); err != nil {
			_, _ = fmt.Sscanf(part[0], "%d", &c.code)
		}
		c.http, _ = strconv.Atoi(part[1])
		list = append(list, c)
	}
	return list
}

// metaAnswers is a Meta that refuses every message with the code its path names.
func metaAnswers(t *testing.T) *whatsapp.Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var status, code, subcode int
		part := strings.Split(r.URL.Path, "/")
		if _, err := fmt.Sscanf(part[2], "%d_%d_%d", &status, &code, &subcode); err != nil {
			t.Errorf("the path %s", r.URL.Path)
		}
		body := map[string]any{"code": code, "message": "As Meta says it", "error_data": map[string]any{"details": "Meta's details"}}
		if subcode != 0 {
			body["error_subcode"] = subcode
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{"error": body})
	}))
	t.Cleanup(server.Close)
	client, err := whatsapp.New(whatsapp.Config{BaseURL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

// errorCase is a golden case: what a code means, what a person reads, and what becomes of a message.
type errorCase struct {
	Code     int    `json:"code"`
	Subcode  int    `json:"subcode,omitempty"`
	Class    string `json:"class"`
	Action   string `json:"action"`
	Sentence string `json:"sentence"`
	Next     string `json:"next,omitempty"`
	// TriedAnew is when a campaign that tries failures again does; empty: not.
	TriedAnew string `json:"triedAnewAfter,omitempty"`
	Campaign  became `json:"answersACampaignsMessage"`
	Single    became `json:"answersAnotherMessage"`
	Later     became `json:"reportedLater"`
}

// became is what a code made of a message and of what it belongs to.
type became struct {
	Outcome  string `json:"outcome,omitempty"` // of the request
	State    State  `json:"state"`
	Due      string `json:"dueAfter,omitempty"`
	Awaits   string `json:"awaitsEvidence,omitempty"`
	Retries  int16  `json:"retriesSpent,omitempty"`
	Hold     string `json:"hold"`
	Charged  bool   `json:"charged,omitempty"`
	Number   string `json:"number,omitempty"`
	Paused   bool   `json:"campaignPaused,omitempty"`
	Contact  string `json:"contact,omitempty"`
	Headline string `json:"headline,omitempty"` // what its page says
	Advice   string `json:"advice,omitempty"`
	Did      string `json:"did,omitempty"`
}

// TestEveryMetaErrorBecomesWhatItsCaseSays runs each code through the real client, the reaction to its
// answer, the merge and the settlement, and holds it against its golden case.
func TestEveryMetaErrorBecomesWhatItsCaseSays(t *testing.T) {
	t.Parallel()
	client := metaAnswers(t)
	seen := map[string]bool{}
	for _, c := range metaCodes(t) {
		seen[c.name+".json"] = true
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			holdGolden(t, filepath.Join("testdata", "errors", c.name+".json"), c.play(t, client))
		})
	}
	files, err := os.ReadDir("testdata/errors")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !seen[file.Name()] {
			t.Errorf("%s is of no code", file.Name())
		}
	}
}

func holdGolden(t *testing.T, file string, played any) {
	t.Helper()
	got, err := json.MarshalIndent(played, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("no golden case: %v", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s: run with UPDATE_GOLDEN=1 if this is right (-written +made):\n%s", file, diff)
	}
}

func (c metaCode) play(t *testing.T, client *whatsapp.Client) errorCase {
	t.Helper()
	advice := (&whatsapp.Error{Code: c.code, Subcode: c.subcode, HTTP: c.http}).Advice()
	reads := Explain("", kept(advice.Code))
	e := errorCase{Code: c.code, Subcode: c.subcode, Class: string(advice.Class), Action: actionNames[advice.Action], Sentence: advice.Sentence, Next: advice.Next}
	if advice.Later > 0 {
		e.TriedAnew = advice.Later.String()
	}
	if e.Action == "" || e.Sentence == "" || c.subcode == 0 && reads.Title == "" {
		t.Errorf("%s has no action or no sentence: %+v", c.name, e)
	}
	e.Campaign, e.Single = c.answers(t, client, modelID('C', 1)), c.answers(t, client, uuid.UUID{})
	e.Later = c.reported()
	return e
}

// answers plays the code as the answer to a request.
func (c metaCode) answers(t *testing.T, client *whatsapp.Client, campaign uuid.UUID) became {
	t.Helper()
	r := heldRow(campaign)
	it := item{gated: gated{candidate: candidate{id: r.id, campaignID: campaign}}, claim: r.claim}
	out := client.Send(t.Context(), "token", fmt.Sprintf("%d_%d_%d", c.http, c.code, c.subcode), []byte(`{}`))
	rep, also := answer(it, out, noon, 15*time.Minute, 0.5)
	b := record(r, rep)
	b.Outcome, b.Paused = out.Kind.String(), also.halt != 0
	switch {
	case also.trip != nil:
		b.Number = "stopped"
	case also.slow:
		b.Number = "slowed"
	}
	return b
}

// reported plays the code as a status that comes after the message was taken.
func (c metaCode) reported() became {
	r := heldRow(modelID('C', 1))
	record(r, Report{MessageID: r.id, State: Accepted, At: noon, WAMID: "wamid.1"})
	code := c.code
	if c.subcode > 1000 {
		code = c.subcode // webhooks carry no subcodes
	}
	status := whatsapp.StatusEvent{ID: "wamid.1", Status: whatsapp.StatusFailed, At: noon.Add(time.Second), Errors: []whatsapp.EventError{{Code: code, Details: "Meta's details"}}}
	b := record(r, statusReport(r.id, status))
	if blames(whatsapp.Lookup(code)) {
		b.Number = "stopped, or its campaign, once a fifth of the last hundred fail so"
	}
	return b
}

// heldRow is a claimed message with its money set aside.
func heldRow(campaign uuid.UUID) *row {
	r := sendingRow()
	r.id, r.campaignID, r.contactID = ident.At(noon), campaign, modelID('P', 1)
	r.category, r.market, r.holdOpen, r.holdTx, r.hold = CategoryMarketing, "India", true, r.claim, 9494
	r.price = price{base: 8631, markup: 863}
	return r
}

// record merges and settles a report as a batch of results does, and says what became.
func record(r *row, rep Report) became {
	m := newMerging(modelID('T', 1), noon)
	m.merge(r, []Report{rep})
	settled, err := m.settlements(func(s billing.Standing) (billing.Price, error) {
		return billing.Owed(s.State, s.PricingType, billing.Price{Base: s.Base, Markup: s.Markup}), nil
	})
	b := became{State: r.state, Retries: r.retries, Charged: r.posted.base != 0, Hold: "open"}
	switch {
	case err != nil:
		b.Hold = err.Error()
	case len(settled) == 1 && settled[0].Close:
		b.Hold = "released"
	}
	if !r.dueAt.IsZero() {
		b.Due = r.dueAt.Sub(noon).String()
	}
	if !r.deadline.IsZero() && r.state == InDoubt {
		b.Awaits = r.deadline.Sub(noon).String()
	}
	for _, n := range m.news {
		b.Contact = heeds[n.advice.Action]
	}
	st := &story{storyRow: storyRow{State: r.state, Reason: r.reason, ErrorCode: r.errorCode, WAMID: r.wamid, AcceptedAt: instant(&r.acceptedAt), EndedAt: instant(&r.endedAt)}}
	b.Headline, b.Advice = st.headline(), st.advice()
	if end, ended := st.end(); ended {
		b.Did = end.Did
	}
	for _, i := range m.incidents {
		b.Did = toldIncident{Kind: i.kind, At: i.at, Detail: i.detail}.stage().Did
	}
	return b
}

// heeds is what Service.heed does to a contact.
var heeds = map[whatsapp.Action]string{whatsapp.SuppressContact: "opted out of marketing", whatsapp.MarkUnreachable: "marked unreachable"}

var actionNames = map[whatsapp.Action]string{
	whatsapp.Retry: "retry", whatsapp.SlowNumber: "slow the number", whatsapp.SlowManagement: "slow management calls", whatsapp.DelayRecipient: "delay the recipient",
	whatsapp.PauseCampaign: "pause the campaign", whatsapp.PauseNumber: "pause the number", whatsapp.PauseBilling: "pause the number, billing",
	whatsapp.PauseCountry: "pause the country", whatsapp.SuppressContact: "stop marketing to the contact", whatsapp.MarkUnreachable: "mark the contact unreachable",
	whatsapp.MarketingCooldown: "no marketing for a while", whatsapp.UseTemplate: "use a template", whatsapp.Reauthorise: "reconnect the number",
	whatsapp.Register: "register the number", whatsapp.Fail: "fail", whatsapp.Ambiguous: "ambiguous", whatsapp.Done: "done already",
}

// TestEveryKnownCodeIsListed holds the list against the table of the code.
func TestEveryKnownCodeIsListed(t *testing.T) {
	t.Parallel()
	listed := map[int]bool{}
	for _, c := range metaCodes(t) {
		listed[c.code], listed[c.subcode] = true, true
	}
	for _, code := range whatsapp.Codes() {
		if !listed[code] {
			t.Errorf("code %d has advice and stands not in testdata/error_codes.txt", code)
		}
	}
}

// reference is Meta's error table as the project keeps it, beside the repository; a clone alone lacks it.
const reference = "../../../../shared/reference/whatsapp-cloud-api.md"

// TestTheListIsTheReferences holds the list against the reference, where that is at hand.
func TestTheListIsTheReferences(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(reference)
	if os.IsNotExist(err) {
		t.Skip("the reference is not beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, c := range metaCodes(t) {
		listed[c.name], listed[strconv.Itoa(c.code)], listed[strconv.Itoa(c.subcode)] = true, true, true
	}
	codes := referenceCodes(string(raw))
	if len(codes) < 90 {
		t.Fatalf("read %d codes in the reference", len(codes))
	}
	for _, code := range codes {
		if !listed[code] {
			t.Errorf("code %s of the reference stands not in testdata/error_codes.txt", code)
		}
	}
}

// referenceCodes reads the first column of section 8.2: "131045", "133005 / 133008", "200–299".
func referenceCodes(text string) (codes []string) {
	_, table, _ := strings.Cut(text, "### 8.2 Table")
	table, _, _ = strings.Cut(table, "### 8.3")
	number := regexp.MustCompile(`\d+(–\d+)?`)
	for _, line := range strings.Split(table, "\n") {
		column := strings.Split(line, "|")
		if len(column) < 3 {
			continue
		}
		for _, code := range number.FindAllString(column[1], -1) {
			from, to, isRange := strings.Cut(code, "–")
			low, _ := strconv.Atoi(from)
			high, _ := strconv.Atoi(to)
			switch {
			case isRange && high-low > 10:
				codes = append(codes, from+"-"+to)
			case isRange:
				for n := low; n <= high; n++ {
					codes = append(codes, strconv.Itoa(n))
				}
			default:
				codes = append(codes, code)
			}
		}
	}
	return codes
}

package whatsappsim

import "time"

// scenario is the fate of a recipient, told by the last four digits of their number. It
// lets anyone provoke any outcome by choosing whom to write to.
type scenario uint16

const (
	scenarioNone      scenario = 0
	scenarioAmbiguous scenario = 5000 // HTTP 500 after recording
	scenarioDrop      scenario = 5002 // connection broken after recording
	scenarioHang      scenario = 9999 // recorded, never answered
)

// asyncScenarios are accepted and then fail by webhook with a code.
var asyncScenarios = map[scenario]int{
	1026: 131026, 1042: 131042, 1047: codeWindow, 1048: 131048, 1049: 131049, 1050: 131050, 1053: 131053,
	472: 130472, 2015: 132015,
}

// syncScenarios are refused at once.
var syncScenarios = map[scenario]*metaError{
	429:  errRate,
	1056: errPair,
	1031: errLocked,
	1016: fail(500, 131016, "Service unavailable", "A service is temporarily unavailable"),
	1009: errPhone,
}

// scenarioOf looks at the number's end.
func scenarioOf(who uint64) scenario {
	if who&foreignPerson != 0 {
		return scenarioNone
	}
	end := scenario(who % 10000)
	switch end {
	case scenarioAmbiguous, scenarioDrop, scenarioHang:
		return end
	}
	if asyncScenarios[end] != 0 || syncScenarios[end] != nil {
		return end
	}
	return scenarioNone
}

// throttles is how often a throttling scenario refuses one person: a limit passes.
const throttles = 2

// refusal is the answer of a scenario that refuses at once; nil lets the message on.
func (sc scenario) refusal(from *number, who uint64) *metaError {
	refused := syncScenarios[sc]
	if refused != errRate && refused != errPair {
		return refused
	}
	throttled := from.update(who, func(p *person) bool {
		p.refusals++
		return p.refusals <= throttles
	})
	if !throttled {
		return nil
	}
	return refused
}

// Codes of failures the simulator decides on its own.
const (
	codeWindow     = 131047
	codeStopped    = 131050
	codeDailyLimit = 131048
	codeLost       = 131026
	codeMedia      = 131053
	codeTarget     = 131009 // a reaction to what is not there any more
	codeDropped    = 132015
)

// fate is the code a message will fail with by webhook, 0 for none.
func (s *Sim) fate(from *number, req *sendRequest, open bool, now time.Time, config *Config) int {
	if code := asyncScenarios[req.scenario]; code != 0 {
		return code
	}
	switch {
	case req.template == nil && !open:
		return codeWindow
	case (req.category == categoryMarketing || req.category == categoryMarketingLite) && s.people.hasStopped(req.who):
		return codeStopped
	case !open && !from.waba.portfolio.begin(req.who, now):
		return codeDailyLimit
	case s.unfit(req):
		return codeMedia
	case req.kind == "reaction" && s.gone(from, req):
		return codeTarget
	case config.Webhook.FailRate > 0 && unit(mix(s.seed, req.seq<<8|1)) < config.Webhook.FailRate:
		return codeLost
	}
	return 0
}

// freeServiceMessages is what Meta gives each number per month; the simulator's months
// never end.
const freeServiceMessages = 1000

// pricing tells whether the message costs nothing.
func (n *number) pricing(req *sendRequest, open bool) bool {
	if req.category != categoryService || !open {
		return false
	}
	return n.service.Add(1) <= freeServiceMessages
}

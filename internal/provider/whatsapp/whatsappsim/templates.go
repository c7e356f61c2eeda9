package whatsappsim

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/aerostic/aerostic/internal/provider/whatsapp"
)

// maxTemplates is what an unverified account may have.
const maxTemplates = 6000

func (s *Sim) templateByID(id string, by *token) *template {
	s.mu.RLock()
	defer s.mu.RUnlock()
	found := s.templates[id]
	if found == nil || !by.grants(found.waba.id) {
		return nil
	}
	return found
}

func (s *Sim) listTemplates(w http.ResponseWriter, c *call) *metaError {
	account, refused := s.limited(w, c)
	if refused != nil {
		return refused
	}
	var all []whatsapp.Template
	account.mu.RLock()
	for _, found := range account.listed {
		if wire := found.snapshot(); wanted(&wire, c) {
			all = append(all, wire)
		}
	}
	account.mu.RUnlock()
	from, to, paging, refused := pageOf(c, len(all))
	if refused != nil {
		return refused
	}
	page := all[from:to]
	for i := range page {
		onlyFields(&page[i], c.URL.Query().Get("fields"))
	}
	writePage(w, append([]whatsapp.Template{}, page...), paging)
	return nil
}

func wanted(t *whatsapp.Template, c *call) bool {
	query := c.URL.Query()
	for name, have := range map[string]string{"name": t.Name, "status": t.Status, "category": t.Category, "language": t.Language} {
		if want := query.Get(name); want != "" && !strings.EqualFold(want, have) {
			return false
		}
	}
	return true
}

// onlyFields leaves out what Meta does not send unless asked.
func onlyFields(t *whatsapp.Template, fields string) {
	asked := map[string]bool{}
	for _, field := range strings.Split(fields, ",") {
		asked[field] = true
	}
	if !asked["quality_score"] {
		t.QualityScore = nil
	}
	if !asked["rejected_reason"] {
		t.RejectedReason = ""
	}
	if !asked["previous_category"] {
		t.PreviousCategory = ""
	}
}

func (s *Sim) createTemplate(w http.ResponseWriter, c *call) *metaError {
	account, refused := s.limited(w, c)
	if refused != nil {
		return refused
	}
	var wire whatsapp.Template
	if refused := readJSON(c, &wire); refused != nil {
		return refused
	}
	normalise(&wire)
	if refused := account.refuseTemplate(&wire); refused != nil {
		return refused
	}
	storeOTP(&wire)
	wire.ID, wire.Status, wire.RejectedReason = "", statusPending, "NONE"
	made := s.addTemplate(account, wire)
	s.save()
	s.review(made)
	writeJSON(w, http.StatusOK, map[string]string{"id": made.id, "status": statusPending, "category": wire.Category})
	return nil
}

// normalise upper-cases what Meta upper-cases.
func normalise(t *whatsapp.Template) {
	t.Category = strings.ToUpper(t.Category)
	if t.ParameterFormat = strings.ToUpper(t.ParameterFormat); t.ParameterFormat == "" {
		t.ParameterFormat = "POSITIONAL"
	}
	normaliseParts(t.Components)
}

func normaliseParts(parts []whatsapp.Component) {
	for i := range parts {
		part := &parts[i]
		part.Type, part.Format = strings.ToUpper(part.Type), strings.ToUpper(part.Format)
		for j := range part.Buttons {
			part.Buttons[j].Type = strings.ToUpper(part.Buttons[j].Type)
		}
		for j := range part.Cards {
			normaliseParts(part.Cards[j].Components)
		}
	}
}

// storeOTP words an authentication template and stores its button, as Meta does.
func storeOTP(t *whatsapp.Template) {
	if t.Category != "AUTHENTICATION" {
		return
	}
	parts := t.Components
	for i := range parts {
		if parts[i].Type == "BODY" && parts[i].Text == "" {
			parts[i].Text = "*{{1}}* is your verification code."
			if parts[i].AddSecurityRecommendation {
				parts[i].Text += " For your security, do not share this code."
			}
		}
		if m := parts[i].CodeExpirationMinutes; parts[i].Type == "FOOTER" && m > 0 {
			parts[i].Text = fmt.Sprintf("This code expires in %d minutes.", m)
		}
		for j := range parts[i].Buttons {
			button := &parts[i].Buttons[j]
			if button.Type != "OTP" {
				continue
			}
			button.Type, button.URL = "URL", "https://www.whatsapp.com/otp/code/?otp_type="+button.OTPType+"&code=otp{{1}}"
			if button.Text == "" {
				button.Text = "Copy code"
			}
		}
	}
}

func (w *waba) refuseTemplate(t *whatsapp.Template) *metaError {
	w.mu.RLock()
	_, exists := w.templates[templateKey(t.Name, t.Language)]
	count := len(w.templates)
	w.mu.RUnlock()
	switch {
	case exists:
		return userError(2388024, "Content in This Language Already Exists", "There is already "+t.Language+" content for this template. You can create a new template and try again.")
	case count >= maxTemplates:
		return userError(2388019, "Message Template Limit Exceeded", "You have reached the limit of message templates.")
	}
	return refuseText(t)
}

// refuseText holds a new or edited template against Meta's rules.
func refuseText(t *whatsapp.Template) *metaError {
	for _, finding := range whatsapp.Lint(*t) {
		if finding.Severity == whatsapp.SeverityError {
			return userError(lintSubcode(finding.Rule), "Template is not valid", finding.Place+": "+finding.Sentence)
		}
	}
	if format := wrongSample(t.Components); format != "" {
		return userError(2388047, "Header sample is not valid", "The sample of the header is not of type "+format+".")
	}
	return nil
}

func userError(subcode int, title, message string) *metaError {
	return &metaError{status: 400, code: 100, subcode: subcode, kind: "OAuthException", message: "Invalid parameter",
		userTitle: title, userMessage: message}
}

// lintSubcode is Meta's number for a broken rule.
func lintSubcode(rule string) int {
	switch {
	case strings.HasSuffix(rule, "variable-at-edge"):
		return 2388299
	case strings.HasSuffix(rule, "too-many-variables"):
		return 2388293
	case strings.HasSuffix(rule, "too-long"):
		return 2388040
	case strings.HasPrefix(rule, "header"):
		return 2388047
	case strings.HasPrefix(rule, "footer"):
		return 2388073
	default:
		return 2388072
	}
}

// review gives the verdict after a while: names ending in _reject are rejected, utility
// names ending in _promo are approved as marketing.
func (s *Sim) review(t *template) {
	wait := time.Duration(s.config.Load().ApprovalMS) * time.Millisecond
	s.done.Add(1)
	go func() {
		defer s.done.Done()
		select {
		case <-time.After(wait):
		case <-s.stop:
			return
		}
		if t.status() != statusPending {
			return
		}
		name := t.snapshot().Name
		switch {
		case strings.HasSuffix(name, "_reject"):
			s.setStatus(t, statusRejected, "INVALID_FORMAT", "")
		case strings.HasSuffix(name, "_promo") && t.snapshot().Category == "UTILITY":
			s.recategorise(t, "MARKETING")
			s.setStatus(t, statusApproved, "NONE", "")
		default:
			s.setStatus(t, statusApproved, "NONE", "")
		}
	}()
}

func (s *Sim) templateNode(w http.ResponseWriter, c *call, t *template) *metaError {
	switch c.Method {
	case http.MethodGet:
		wire := t.snapshot()
		onlyFields(&wire, c.URL.Query().Get("fields"))
		writeJSON(w, http.StatusOK, wire)
		return nil
	case http.MethodPost:
		return s.editTemplate(w, c, t)
	default:
		return notFound(c.id)
	}
}

func (s *Sim) editTemplate(w http.ResponseWriter, c *call, t *template) *metaError {
	var edit struct {
		Components []whatsapp.Component `json:"components"`
		Category   string               `json:"category"`
		TTL        int                  `json:"message_send_ttl_seconds"`
	}
	if refused := readJSON(c, &edit); refused != nil {
		return refused
	}
	edited := t.snapshot()
	if refused := s.refuseEdit(t, edited, edit.Category); refused != nil {
		return refused
	}
	if edit.Components != nil {
		edited.Components = edit.Components
	}
	if edit.Category != "" {
		edited.Category = edit.Category
	}
	edited.TTLSeconds = edit.TTL
	normalise(&edited)
	if refused := refuseText(&edited); refused != nil {
		return refused
	}
	storeOTP(&edited)
	t.change(func(wire *whatsapp.Template) {
		edited.Status = statusPending
		*wire = edited
	})
	s.save()
	s.review(t)
	writeSuccess(w)
	return nil
}

// refuseEdit: which templates may be edited, what of them and how often.
func (s *Sim) refuseEdit(t *template, now whatsapp.Template, category string) *metaError {
	switch {
	case now.Status != statusApproved && now.Status != statusRejected && now.Status != statusPaused:
		return userError(2388025, "Template can't be edited", "Only approved, rejected or paused templates can be edited.")
	case now.Status != statusApproved:
		return nil
	case category != "" && !strings.EqualFold(category, now.Category):
		return userError(2388025, "Template can't be edited", "The category of an approved template can't be changed.")
	case !t.countEdit(s.now()):
		return userError(2388025, "Template can't be edited", "An approved template can be edited once in 24 hours and 10 times in 30 days.")
	}
	return nil
}

// countEdit counts an edit of an approved template, if one is left.
func (t *template) countEdit(now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	recent := t.edits[:0]
	for _, at := range t.edits {
		if now.Sub(at) < 30*24*time.Hour {
			recent = append(recent, at)
		}
	}
	t.edits = recent
	if len(recent) >= 10 || len(recent) > 0 && now.Sub(recent[len(recent)-1]) < 24*time.Hour {
		return false
	}
	t.edits = append(t.edits, now)
	return true
}

func (s *Sim) deleteTemplate(w http.ResponseWriter, c *call) *metaError {
	account, refused := s.limited(w, c)
	if refused != nil {
		return refused
	}
	name, id := c.URL.Query().Get("name"), c.URL.Query().Get("hsm_id")
	gone := account.removeTemplates(func(t *whatsapp.Template) bool { return t.Name == name && (id == "" || t.ID == id) })
	if len(gone) == 0 {
		return userError(2593002, "Message Template Not Found", "The message template wasn't found.")
	}
	s.mu.Lock()
	for _, t := range gone {
		delete(s.templates, t.id)
	}
	s.mu.Unlock()
	s.save()
	writeSuccess(w)
	return nil
}

func (w *waba) removeTemplates(matches func(*whatsapp.Template) bool) []*template {
	w.mu.Lock()
	defer w.mu.Unlock()
	var gone, kept []*template
	for _, found := range w.listed {
		wire := found.snapshot()
		if !matches(&wire) {
			kept = append(kept, found)
			continue
		}
		gone = append(gone, found)
		delete(w.templates, templateKey(wire.Name, wire.Language))
	}
	w.listed = kept
	return gone
}

func (s *Sim) unpause(w http.ResponseWriter, c *call) *metaError {
	found := s.templateByID(c.id, c.token)
	if found == nil {
		return notFound(c.id)
	}
	if found.status() != statusPaused {
		writeJSON(w, http.StatusOK, map[string]any{"success": false, "reason": "Template is not paused"})
		return nil
	}
	s.setStatus(found, statusApproved, "NONE", "UNPAUSED")
	writeSuccess(w)
	return nil
}

package consent

import (
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/web"
)

// The preference page is plain HTML: it works on any phone, without JavaScript and without signing in.
// The token in its address is the only credential, so no other site can post it; nothing changes by
// looking at it, because chat apps fetch links to preview them.

//go:embed page.html
var pageHTML string

const pageTimeout = 10 * time.Second

func (s *Service) pageRoutes(api *web.API) {
	op := web.Op{Path: PagePath + "{token}", Tag: "consent", Permission: web.Public, Limit: web.LimitAnonymous, Timeout: pageTimeout, BodyLimit: 16 << 10, Quiet: true}
	show, save := op, op
	show.Method, show.ID, show.Summary = http.MethodGet, "showPreferences", "A contact's page of choices, as HTML"
	save.Method, save.ID, save.Summary = http.MethodPost, "savePreferences", "A contact's choices, as a form"
	page := template.Must(template.New("page").Parse(pageHTML))
	api.Mount(show, func(w http.ResponseWriter, r *http.Request) { s.showPage(api, page, w, r) })
	api.Mount(save, func(w http.ResponseWriter, r *http.Request) { s.savePage(api, w, r) })
}

// pageView is what the page shows.
type pageView struct {
	Words    pageWords
	Other    string // the other language's code
	Business string
	Phone    string // masked: the link may have been passed on
	Standing pageStanding
	Topics   []pageTopic
	Choices  []pageChoice
	Saved    bool
	Nonce    string
}

type pageTopic struct {
	ID, Name string
	On       bool
}

type pageChoice struct {
	Days int
	Text string
	On   bool
}

// pageStanding is how the contact stands.
type pageStanding struct {
	Marketing  State // unknown: neither answer is chosen, for silence is no consent
	Utility    State
	Left       bool
	Suppressed bool // by the workspace: the page cannot change that
	Days       int
	TopicsOut  []uuid.UUID
}

func (s *Service) showPage(api *web.API, page *template.Template, w http.ResponseWriter, r *http.Request) {
	tenant, contact, ok := s.open(r.PathValue("token"))
	if !ok {
		s.pageGone(page, w, r)
		return
	}
	view, err := s.pageView(r.Context(), tenant, contact, languageOf(r))
	if errors.Is(err, pgx.ErrNoRows) {
		s.pageGone(page, w, r)
		return
	}
	if err != nil {
		api.WriteError(w, r, err)
		return
	}
	view.Saved = r.URL.Query().Has("saved")
	writePage(page, w, http.StatusOK, view)
}

// pageGone answers a link that is none, in words a person can use.
func (s *Service) pageGone(page *template.Template, w http.ResponseWriter, r *http.Request) {
	lang := languageOf(r)
	writePage(page, w, http.StatusNotFound, pageView{Words: wordsOf(lang), Other: otherLanguage(lang)})
}

func writePage(page *template.Template, w http.ResponseWriter, status int, view pageView) {
	view.Nonce = rand.Text()
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", view.Words.Lang)
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'nonce-"+view.Nonce+"'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "same-origin") // the address is a credential; a form of ours still says where it is from
	h.Set("X-Robots-Tag", "noindex, nofollow")
	w.WriteHeader(status)
	_ = page.Execute(w, view) // the reader left
}

const sqlPagePerson = `
select t.name, coalesce(c.phone, ''), c.opt_in, case when c.utility_out then 'out' else 'in' end, c.suppressed_at is not null,
    c.suppressed_at is not null and c.suppressed_by = 'contact', c.marketing_days, c.topics_out
from contacts c join tenants t on t.tenant_id = $1
where c.tenant_id = $1 and c.id = (select coalesce(x.merged_into, x.id) from contacts x where x.tenant_id = $1 and x.id = $2)`

// pagePerson is the contact as the page needs it.
type pagePerson struct {
	business, phone string
	pageStanding
}

func readPerson(ctx context.Context, tx pgx.Tx, tenant, contact uuid.UUID) (p pagePerson, err error) {
	err = tx.QueryRow(ctx, sqlPagePerson, tenant, contact).Scan(&p.business, &p.phone, &p.Marketing, &p.Utility, &p.Suppressed, &p.Left,
		&p.Days, &p.TopicsOut)
	return p, err
}

func (s *Service) pageView(ctx context.Context, tenant, contact uuid.UUID, lang string) (view pageView, err error) {
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		p, err := readPerson(ctx, tx, tenant, contact)
		if err != nil {
			return err
		}
		settings, err := readSettings(ctx, tx, tenant)
		if err != nil {
			return err
		}
		list, err := topics(ctx, tx, tenant)
		view = pageView{Words: wordsOf(lang).with(settings.Texts, lang, p.business), Other: otherLanguage(lang), Business: p.business,
			Phone: mask(p.phone), Standing: p.pageStanding, Topics: p.topics(list, lang)}
		view.Choices = view.choices()
		return err
	})
	return view, err
}

func (p pagePerson) topics(list []Topic, lang string) []pageTopic {
	shown := make([]pageTopic, len(list))
	for i, t := range list {
		shown[i] = pageTopic{ID: t.ID.String(), Name: t.label(lang), On: !slices.Contains(p.TopicsOut, t.ID)}
	}
	return shown
}

func (t Topic) label(lang string) string {
	if lang == "hi" && t.NameHindi != "" {
		return t.NameHindi
	}
	return t.Name
}

// frequencies are what a person may choose, in days.
func frequencies() []int { return []int{0, 7, 30} }

func (v pageView) choices() []pageChoice {
	list := make([]pageChoice, len(frequencies()))
	for i, days := range frequencies() {
		list[i] = pageChoice{Days: days, Text: v.Words.Often[i], On: days == v.Standing.Days}
	}
	return list
}

// mask leaves the last four digits of a number.
func mask(phone string) string {
	if len(phone) < 5 {
		return ""
	}
	return "•••• " + phone[len(phone)-4:]
}

func (s *Service) savePage(api *web.API, w http.ResponseWriter, r *http.Request) {
	err := web.SameOrigin(r.Context())
	if err == nil {
		err = s.choose(r)
	}
	if err != nil {
		api.WriteError(w, r, err)
		return
	}
	w.Header().Set("Referrer-Policy", "same-origin")
	http.Redirect(w, r, r.URL.Path+"?saved&lang="+languageOf(r), http.StatusSeeOther)
}

// choose records what the form says that is not so already.
func (s *Service) choose(r *http.Request) error {
	tenant, contact, ok := s.open(r.PathValue("token"))
	if !ok {
		return fault.NotFound("This link is not valid any more.").WithCode("link_gone")
	}
	if err := r.ParseForm(); err != nil {
		return fault.Invalid("The form could not be read. Load the page again.").Wrap(err)
	}
	lang := languageOf(r)
	return s.DB.InTenant(r.Context(), tenant, func(ctx context.Context, tx pgx.Tx) error {
		p, err := readPerson(ctx, tx, tenant, contact)
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.NotFound("This link is not valid any more.").WithCode("link_gone")
		} else if err != nil {
			return err
		}
		settings, err := readSettings(ctx, tx, tenant)
		if err != nil {
			return err
		}
		list, err := topics(ctx, tx, tenant)
		if err != nil {
			return err
		}
		form := pageForm{Request: r, now: p, topics: list, lang: lang, words: wordsOf(lang).with(settings.Texts, lang, p.business),
			change: Change{Via: ViaPage, Source: p.business, By: ByContact, At: s.Clock.Now(), Proof: s.proofOf(r)}}
		return s.Hooks.Change(ctx, tx, tenant, []uuid.UUID{contact}, form.changes()...)
	})
}

// proofOf is what is kept of a request: a keyed hash of its address, and the browser.
func (s *Service) proofOf(r *http.Request) map[string]string {
	info := web.Request(r.Context())
	return map[string]string{"address": hashOf(s.signing[0], info.IP.String()), "browser": info.UserAgent}
}

// languageOf is Hindi for whoever asks for it, by the page's switch or their browser; else English.
func languageOf(r *http.Request) string {
	if lang := r.FormValue("lang"); lang == "hi" || lang == "en" {
		return lang
	}
	best, quality := "en", 0.0
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		q := 1.0
		if _, value, found := strings.Cut(params, "q="); found {
			q, _ = strconv.ParseFloat(strings.TrimSpace(value), 64)
		}
		base, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if (base == "hi" || base == "en") && q > quality {
			best, quality = base, q
		}
	}
	return best
}

func otherLanguage(lang string) string {
	if lang == "hi" {
		return "en"
	}
	return "hi"
}

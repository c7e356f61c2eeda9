package bench

import "net/http"

// page is a screen of the web app with the calls that it makes.
type page struct {
	route    string // its file below web/apps/app/src/routes
	operator bool   // opened by an operator of the installation
	calls    []call
}

// call is one request. Its path and its body have places like {campaign} for what changes from
// one opening to the next; a path's first place is the id that the document calls {id}.
type call struct {
	path  string
	body  string // as JSON; empty: GET
	pages int    // how many pages are read; 0: the first
	live  bool   // counts what nothing keeps a count of
}

func (c call) verb() string {
	if c.body == "" {
		return http.MethodGet
	}
	return http.MethodPost
}

func get(path string) call                { return call{path: path} }
func list(path string) call               { return call{path: path, pages: 5} }
func ask(path, body string) call          { return call{path: path, body: body} }
func count(path, body string) call        { return call{path: path, body: body, live: true} }
func scan(path string) call               { return call{path: path, live: true} }
func on(route string, calls ...call) page { return page{route: route, calls: calls} }

// appPages is every page of the app.
func appPages() []page {
	pages := append(contactPages(), campaignPages()...)
	pages = append(pages, templatePages()...)
	pages = append(pages, inboxPages()...)
	return append(pages, workspacePages()...)
}

// contactPages reads lists with every filter of the toolbar, searches, and single contacts.
func contactPages() []page {
	list100 := "/api/contacts?limit=100"
	return []page{
		on("_app/contacts/index", list(list100), list(list100+"&sort=name"), list(list100+"&q={name}"), list(list100+"&q={phone}"), list(list100+"&q={email}"),
			list(list100+"&tag={tag}"), list(list100+"&tag={tag}&sort=name"), list(list100+"&tag={tag}&q={name}"), list(list100+"&optIn={optin}"),
			list(list100+"&suppressed=true"), list(list100+"&suppressed=false"), list(list100+"&stage={stage}"), list(list100+"&stage=none"),
			list(list100+"&owner={owner}"), list(list100+"&owner=none"), list(list100+"&stage={stage}&owner={owner}"), list(list100+"&owner={owner}&sort=name"),
			list(list100+"&segment={segment}"), list(list100+"&segment={segment}&sort=name"), list(list100+"&where={where}"), scan(list100+"&where={rare}"),
			get("/api/tags"), get("/api/stages"), get("/api/fields"), get("/api/segments"), get("/api/members?limit=100"),
			list("/api/bulks?limit=10"), get("/api/bulks/{bulk}"), get("/api/segments/language")),
		on("_app/contacts/$id", get("/api/contacts/{contact}"), list("/api/contacts/{contact}/timeline?limit=30"), list("/api/contacts/{busy}/timeline?limit=30"),
			list("/api/contacts/{busy}/timeline?limit=30&kind={kind}"), list("/api/contacts/{busy}/consents?limit=20"),
			get("/api/contacts/{contact}/preferences-link"), get("/api/contacts/{contact}/opt-in-wait"), get("/api/contacts/{contact}/requests"), get("/api/contact-requests/{request}"),
			get("/api/fields"), get("/api/stages"), get("/api/tags"), list("/api/contacts?q={name}&limit=8"), get("/p/{preferences}")),
		on("_app/contacts/board", get("/api/stages"), list("/api/contacts?stage={stage}&limit=30"), list("/api/contacts?stage=none&limit=30"),
			list("/api/contacts?stage={stage}&owner={owner}&limit=30"), list("/api/contacts?stage=none&owner={owner}&limit=30")),
		on("_app/contacts/duplicates", list("/api/duplicates?limit=20")),
		on("_app/contacts/tags", get("/api/tags")),
		on("_app/contacts/fields", get("/api/fields")),
		on("_app/contacts/segments.index", get("/api/segments")),
		on("_app/contacts/segments.new", get("/api/segments/language"), count("/api/segments/preview", `{"query":{where}}`)),
		on("_app/contacts/segments.$segmentId", get("/api/segments/{segment}"), get("/api/segments/language"),
			count("/api/segments/preview", `{"query":{"on":"segment","op":"is","values":["{segment}"]}}`)),
		on("_app/contacts/import/index", list("/api/imports?limit=20"), get("/api/workspace")),
		on("_app/contacts/import/$id", get("/api/imports/{import}"), get("/api/fields"), get("/api/tags")),
	}
}

func campaignPages() []page {
	views := []string{"", "&status=running,paused,scheduled,repeating,awaiting_approval", "&status=draft", "&status=completed,cancelled"}
	var lists []call
	for _, view := range views {
		lists = append(lists, list("/api/campaigns?limit=50"+view), list("/api/campaigns?limit=50&q={title}"+view))
	}
	one := "/api/campaigns/{sent}"
	people := one + "/recipients?limit=100"
	return []page{
		on("_app/campaigns/index", append(lists, get("/api/tags"), get("/api/segments"))...),
		on("_app/campaigns/new", get("/api/channels"), get("/api/templates/{template}"), list("/api/templates?wabaId={waba}&status=APPROVED&q={prefix}")),
		on("_app/campaigns/compare", get("/api/campaigns/compare?id={sent},{small},{draft}"),
			list("/api/campaigns?status=running,paused,completed,cancelled&limit=100")),
		on("_app/campaigns/$id/index", get(one), get(one+"/failures"), get(one+"/links"), get(one+"/conversions"), get(one+"/approvals"), get(one+"/log"),
			get("/api/campaigns/{test}/variants"), get("/api/campaigns/{test}/lift"), get("/api/campaigns/{running}/waits"),
			get("/api/campaigns/{series}/series"), list("/api/campaigns/{series}/occurrences?limit=20"), get("/api/goals"),
			get("/api/campaigns/{recategorised}/category-change"), get("/api/templates/{template}"), get("/api/channels"), get("/api/tags")),
		on("_app/campaigns/$id/people", get(one), get(one+"/failures"), list(people), list(people+"&outcome=read"), list(people+"&outcome=delivered"),
			list(people+"&outcome=failed"), list(people+"&outcome=failed&reason=meta:131026"), list(people+"&outcome=refused"), list(people+"&outcome=replied"),
			list(people+"&outcome=read_no_reply"), list(people+"&outcome=retrying"), list(people+"&outcome=pending"), list(people+"&outcome=waiting"),
			list(people+"&outcome=sent"), list(people+"&outcome=in_doubt"), list(people+"&outcome=unknown"), list(people+"&outcome=held_out"),
			list("/api/campaigns/{test}/recipients?limit=100&variant=2"), get("/api/messages/{message}"), get("/api/contacts/{contact}")),
		on("_app/campaigns/$id/clicks", get(one), get(one+"/links"), list(one+"/clicks?limit=100"), list(one+"/clicks?limit=100&link=1")),
		on("_app/campaigns/$id/edit", get("/api/campaigns/{draft}"), get("/api/channels"), get("/api/templates/{template}"), get("/api/fields"), get("/api/tags"),
			get("/api/segments"), list("/api/templates?wabaId={waba}&status=APPROVED"), list("/api/templates?wabaId={waba}&status=APPROVED&q={prefix}"),
			get("/api/link-domains"), get("/api/workspace"), list("/api/contacts?q={name}&limit=8"),
			ask("/api/campaigns/repeat", `{"rule":"FREQ=WEEKLY;BYDAY=MO","startsOn":"2027-01-04","time":"10:00","holidays":"run","lateHours":2}`),
			count("/api/campaigns/{draft}/preview", `{}`), count("/api/campaigns/{draft}/estimate", `{}`), count("/api/campaigns/{draft}/plan", `{}`),
			count("/api/campaigns/{draft}/sample-size", `{"metric":"read","effect":0.05}`)),
	}
}

func templatePages() []page {
	return []page{
		on("_app/templates/index", list("/api/templates"), list("/api/templates?q={prefix}"), list("/api/templates?status=REJECTED"),
			list("/api/templates?category=UTILITY"), list("/api/templates?language=hi"), list("/api/templates?wabaId={waba}&status=PAUSED")),
		on("_app/templates/new", get("/api/channels"), get("/api/templates/{template}"),
			ask("/api/templates/lint", `{"channelId":"{channel}","name":"offer_of_the_day","language":"en_US","category":"MARKETING","body":"Hello from us all today"}`)),
		on("_app/templates/performance", get("/api/templates/performance?days=30&order=replyRate"), get("/api/templates/performance?days=90&order=costPerRead")),
		on("_app/templates/$id/index", get("/api/templates/{template}"), list("/api/templates/{template}/events?limit=20"),
			get("/api/templates/{template}/performance?days=30"), get("/api/channels")),
		on("_app/templates/$id/edit", get("/api/templates/{template}"), get("/api/channels"), get("/api/link-domains")),
	}
}

// inboxPages opens the inbox with every tab and filter. What single conversations take, `bench inbox` measures.
func inboxPages() []page {
	rows := "/api/conversations?limit=50"
	return []page{
		on("_app/inbox/route", list(rows), list(rows+"&status=resolved"), list(rows+"&status=all"), list(rows+"&assignee=me"), list(rows+"&assignee=none"),
			list(rows+"&status=all&unread=true"), list(rows+"&mentions=true"), list(rows+"&sla=breached"), list(rows+"&channel={channel}"), get("/api/conversations/counts"),
			get("/api/conversations/search?limit=30&q={name}"), get("/api/conversation-views"), get("/api/labels"), get("/api/teams"), get("/api/closing-reasons"),
			get("/api/inbox/settings"), get("/api/members?limit=100"), get("/api/channels"), list("/api/canned-replies?limit=100"), get("/api/macros"),
			get("/api/desk/members"), get("/api/desk/queue"), get("/api/assignment-rules")),
	}
}

func workspacePages() []page {
	return []page{
		on("_app", get("/api/me"), get("/api/wallet")),
		on("_app/overview", get("/api/metrics/daily?days=60"), get("/api/metrics/daily?days=180"), list("/api/campaigns?limit=5"), get("/api/campaigns?status=paused"),
			get("/api/templates?status=REJECTED"), get("/api/templates?status=PAUSED"), get("/api/templates?status=DISABLED"), get("/api/templates?status=APPROVED"),
			get("/api/channels"), get("/api/wallet"), get("/api/contacts?limit=1")),
		on("_app/numbers", get("/api/channels"), get("/api/channels/{channel}")),
		on("_app/consent", get("/api/consent/settings"), get("/api/consent/topics"), get("/api/consent/default-words"),
			list("/api/consent/requests?open=true&limit=50"), list("/api/consent/requests?open=false&limit=50"), list("/api/templates?category=MARKETING")),
		on("_app/messages/$id", get("/api/messages/{message}"), get("/api/messages/{message}/explain")),
		on("_app/sequences/index", list("/api/sequences"), list("/api/events?name=order")),
		on("_app/goals", get("/api/goals"), list("/api/conversions?limit=100")),
		on("_app/wallet", get("/api/wallet"), get("/api/rates"), list("/api/wallet/transactions?limit=100"), list("/api/wallet/transactions?kind={money}&limit=100"),
			list("/api/wallet/transactions/{transaction}?limit=50")),
		on("_app/team", list("/api/members?limit=100"), list("/api/invitations?limit=100")),
		on("_app/settings", get("/api/workspace"), get("/api/workspace/holidays"), get("/api/link-domains"), get("/api/fields")),
		on("_app/settings_.inbox", get("/api/calendars"), get("/api/calendars/now"), get("/api/sla/policies"), get("/api/csat/settings"), get("/api/channels"), get("/api/labels"),
			get("/api/members?limit=100"), get("/api/teams"), get("/api/desk/members"), get("/api/desk/queue"), get("/api/assignment-rules"), get("/api/closing-reasons"),
			get("/api/inbox/settings"), list("/api/canned-replies?limit=50"), list("/api/canned-replies?limit=50&q={name}"), get("/api/macros")),
		on("_app/inbox_.reports", get("/api/support/report?from=2026-01-01&to=2026-01-30&by=day"), get("/api/support/report?from=2026-01-01&to=2026-03-31&by=person"),
			get("/api/support/report?from=2026-01-01&to=2026-03-31&by=team"), get("/api/support/report?from=2026-01-01&to=2026-03-31&by=channel"),
			list("/api/sla/breaches?limit=50"), list("/api/sla/breaches?state=due_soon&limit=50"), list("/api/csat/answers?limit=50")),
		on("_app/profile", get("/api/me")),
		on("_app/notifications", list("/api/notifications?limit=30"), get("/api/notifications/unread")),
		on("_app/settings_.notifications", get("/api/notifications/preferences"), get("/api/notifications/devices")),
		{route: "_app/platform", operator: true, calls: []call{list("/api/platform/tenants?sort=name&limit=100"), list("/api/platform/tenants?sort=newest&limit=100"),
			list("/api/platform/set-asides?limit=100")}},
		on("_auth/invite.$token", get("/api/auth/invitations/{invitation}")),
	}
}

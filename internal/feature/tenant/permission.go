package tenant

import (
	"slices"

	"github.com/aerostic/aerostic/internal/platform/actor"
)

// The permissions of the product. A route names one of them, or one of web's three that no
// role holds (public, signed-in, platform).
const (
	OverviewRead  actor.Permission = "overview.read"
	ContactRead   actor.Permission = "contact.read"
	ContactWrite  actor.Permission = "contact.write"
	ContactImport actor.Permission = "contact.import"
	ContactManage actor.Permission = "contact.manage" // fields and stages: what all contacts have
	// ContactPrivacy: export everything about a person, and erase them.
	ContactPrivacy actor.Permission = "contact.privacy"
	ConsentExport  actor.Permission = "consent.export"
	TemplateRead   actor.Permission = "template.read"
	TemplateWrite  actor.Permission = "template.write"
	CampaignRead   actor.Permission = "campaign.read"
	CampaignWrite  actor.Permission = "campaign.write" // create, edit, test
	CampaignSend   actor.Permission = "campaign.send"  // start, pause, resume, cancel
	// CampaignApprove: say yes or no to what another person wants to start.
	CampaignApprove actor.Permission = "campaign.approve"
	// CampaignOverride: send beyond the frequency cap.
	CampaignOverride actor.Permission = "campaign.override"
	GoalWrite        actor.Permission = "goal.write"
	Convert          actor.Permission = "conversion.write" // report what people did
	EventWrite       actor.Permission = "event.write"      // tell events, which start sequences
	InboxRead        actor.Permission = "inbox.read"
	InboxReply       actor.Permission = "inbox.reply"  // answer, assign, note, resolve
	InboxManage      actor.Permission = "inbox.manage" // teams, rules, hours, SLAs, shared replies, reports
	WalletRead       actor.Permission = "wallet.read"
	WalletTopup      actor.Permission = "wallet.topup"
	ChannelRead      actor.Permission = "channel.read"
	ChannelWrite     actor.Permission = "channel.write"
	TeamRead         actor.Permission = "team.read"
	TeamWrite        actor.Permission = "team.write"
	SettingsWrite    actor.Permission = "settings.write"
	// Platform is the operator's, whatever workspace they are in; web.Platform is the same word.
	Platform actor.Permission = "platform"
)

type holder struct {
	permission actor.Permission
	roles      []Role
	platform   bool
}

// table is the whole of authorisation: what is not in it is refused.
func table() []holder {
	everybody, managers := []Role{Owner, Admin, Agent}, []Role{Owner, Admin}
	return []holder{
		{permission: OverviewRead, roles: everybody},
		{permission: ContactRead, roles: everybody},
		{permission: ContactWrite, roles: everybody},
		{permission: ContactImport, roles: managers},
		{permission: ContactManage, roles: managers},
		{permission: ContactPrivacy, roles: managers},
		{permission: ConsentExport, roles: managers},
		{permission: TemplateRead, roles: everybody},
		{permission: TemplateWrite, roles: managers},
		{permission: CampaignRead, roles: everybody},
		{permission: CampaignWrite, roles: managers},
		{permission: CampaignSend, roles: managers},
		{permission: CampaignApprove, roles: managers},
		{permission: CampaignOverride, roles: []Role{Owner}},
		{permission: GoalWrite, roles: managers},
		{permission: Convert, roles: managers},
		{permission: EventWrite, roles: managers},
		{permission: InboxRead, roles: everybody},
		{permission: InboxReply, roles: everybody},
		{permission: InboxManage, roles: managers},
		{permission: WalletRead, roles: everybody},
		{permission: WalletTopup, platform: true},
		{permission: ChannelRead, roles: everybody},
		{permission: ChannelWrite, roles: managers},
		{permission: TeamRead, roles: everybody},
		{permission: TeamWrite, roles: managers},
		{permission: SettingsWrite, roles: managers},
		{permission: Platform, platform: true},
	}
}

// Allows says whether a member with role, or an operator of the platform, holds p. What it does
// not know it refuses.
func Allows(role string, platform bool, p actor.Permission) bool {
	for _, h := range table() {
		if h.permission == p {
			return (h.platform && platform) || slices.Contains(h.roles, Role(role))
		}
	}
	return false
}

// Permissions lists what a member with role, or an operator, holds, in the table's order.
func Permissions(role string, platform bool) []actor.Permission {
	held := []actor.Permission{}
	for _, h := range table() {
		if Allows(role, platform, h.permission) {
			held = append(held, h.permission)
		}
	}
	return held
}

package app

import (
	"context"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/campaign"
	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/feature/conversation"
	"github.com/aerostic/aerostic/internal/feature/csat"
	"github.com/aerostic/aerostic/internal/feature/goal"
	"github.com/aerostic/aerostic/internal/feature/link"
	"github.com/aerostic/aerostic/internal/feature/paymentrequest"
	"github.com/aerostic/aerostic/internal/feature/segment"
	"github.com/aerostic/aerostic/internal/feature/sequence"
)

// forgetting is how a feature forgets people.
type forgetting func(ctx context.Context, tenant uuid.UUID, contacts []uuid.UUID) error

// keepers are the tables of other features that name contacts, with what becomes of them when a person
// asks for what is kept, is erased, or turns out to be two contacts. person_test.go holds them against
// the database.
func (c *Core) keepers() []contact.Keeper {
	erased := func(forget forgetting) func(context.Context, uuid.UUID, contact.Erasure) error {
		return func(ctx context.Context, tenant uuid.UUID, e contact.Erasure) error {
			return forget(ctx, tenant, e.Contacts)
		}
	}
	const ids = "ids and times alone, of a contact of whom nothing is left; counts stand on them"
	const messages = "of messages, which stand among the messages"
	return []contact.Keeper{
		{Table: "contact_activity", Section: "activity", Read: segment.KeptActivity, Forget: erased(c.Segments.ForgetActivity),
			Carry: segment.CarryActivity, Return: segment.ReturnActivity},
		{Table: "contact_activity_log", Unread: "on its way into contact_activity, within a minute",
			Kept: "on its way into contact_activity, without a word", Stays: "spread within a minute"},
		{Table: "consent_records", Section: "consents", Read: consent.KeptRecords, Forget: c.forgetRecords,
			Stays: "append-only: read through merged_into"},
		{Table: "consent_requests", Section: "requestsToBeLeftAlone", Read: consent.KeptRequests, Forget: erased(c.Consents.ForgetRequests),
			Carry: consent.CarryRequests, Return: consent.ReturnRequests},
		{Table: "consent_confirmations", Section: "toConfirm", Read: consent.KeptConfirmations, Forget: erased(c.Consents.ForgetConfirmations),
			Carry: consent.CarryConfirmation, Return: consent.ReturnConfirmation},
		{Table: "campaign_recipients", Section: "campaigns", Read: campaign.KeptRecipients, Forget: erased(c.Campaigns.Forget),
			Carry: c.Campaigns.Carry, Return: c.Campaigns.Return},
		{Table: "campaign_acts", Section: "acts", Read: campaign.KeptActs, Kept: ids, Stays: "moves with campaign_recipients"},
		{Table: "conversations", Section: "conversations", Read: conversation.KeptConversations, Forget: erased(c.Conversations.Forget),
			Carry: c.Conversations.Carry, Return: conversation.Return},
		{Table: "csat_asks", Section: "ratings", Read: csat.Kept, Forget: erased(c.Ratings.Forget), Carry: csat.Carry, Return: csat.Return},
		{Table: "payment_requests", Section: "paymentRequests", Read: paymentrequest.Kept, Forget: erased(c.Payments.Forget),
			Carry: paymentrequest.Carry, Return: paymentrequest.Return},
		{Table: "conversation_cases", Section: "cases", Read: conversation.KeptCases, Kept: "forgotten with conversations", Stays: "moves with conversations"},
		{Table: "messages", Unread: "the export's messages", Forget: erased(c.Messages.ForgetLoose),
			Stays: "moves with campaign_recipients; the others are read through merged_into"},
		{Table: "marketing_touches", Unread: messages, Kept: ids, Stays: "copied when the merge settles campaigns"},
		{Table: "portfolio_reach", Unread: messages, Kept: ids, Stays: "counts a day for Meta's limit: one person too many errs on the safe side"},
		{Table: "link_clickers", Unread: "follow from link_clicks", Kept: ids, Carry: link.CarryClickers, Return: link.ReturnClickers},
		{Table: "link_clicks", Section: "clicks", Read: link.KeptClicks, Kept: ids, Carry: link.CarryClicks, Return: link.ReturnClicks},
		{Table: "sequence_enrolments", Section: "sequences", Read: sequence.KeptEnrolments, Forget: erased(c.Sequences.ForgetEnrolments),
			Carry: c.Sequences.Carry, Return: sequence.Return},
		{Table: "sequence_sends", Unread: messages, Kept: ids, Stays: "moves with sequence_enrolments"},
		{Table: "sequence_events", Section: "events", Read: sequence.KeptEvents, Forget: erased(c.Sequences.ForgetEvents),
			Carry: sequence.CarryEvents, Return: sequence.ReturnEvents},
		{Table: "conversions", Section: "conversions", Read: goal.Kept, Forget: erased(c.Goals.Forget), Carry: goal.Carry, Return: goal.Return},
	}
}

func (c *Core) forgetRecords(ctx context.Context, tenant uuid.UUID, e contact.Erasure) error {
	return c.Consents.ForgetRecords(ctx, tenant, e.Contacts, e.Hashes)
}

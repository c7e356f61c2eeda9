package whatsapp

import "time"

// The answers for groups of codes that say the same to the tenant.
const (
	retrySentence  = "WhatsApp had a temporary problem."
	tokenSentence  = "WhatsApp no longer accepts this number's access token."
	tokenNext      = "Connect the number again under Numbers."
	lockedNext     = "Open WhatsApp Manager, read the notice on the account and ask Meta for a review."
	templateNext   = "Synchronise templates, correct the template or the mapping, then resume the campaign."
	requestNext    = "Nothing to do: please tell support if it happens again."
	manageSentence = "Meta limits how often an account's settings may be called; we wait and go on."
	pinNext        = "Enter the number's six-digit PIN under Numbers, or reset it in WhatsApp Manager."
	migrateNext    = "Finish the number's move in WhatsApp Manager, then connect it again."
)

var (
	objectGone = Advice{Code: 33, Class: ClassAuth, Action: Reauthorise,
		Sentence: "WhatsApp does not show us this number or account any more.", Next: tokenNext}
	permissionGone = Advice{Class: ClassAuth, Action: Reauthorise,
		Sentence: "A permission for this WhatsApp account is missing or was removed.", Next: tokenNext}
	unknownCode = Advice{Class: ClassRequest, Action: Fail,
		Sentence: "WhatsApp refused the message for a reason we do not know yet.", Next: "Try one message again; if it fails too, send us its details."}
)

// adviceTable maps each documented code once. Source: Meta's error code page, Graph v25.0.
var adviceTable = byCode(
	// Temporary. Synchronously these may have been processed; only Replay ones have not.
	Advice{Code: 1, Class: ClassTransient, Action: Ambiguous, Later: time.Hour, Sentence: retrySentence},
	Advice{Code: 2, Class: ClassTransient, Action: Ambiguous, Later: time.Hour, Sentence: "WhatsApp was down for a moment."},
	Advice{Code: 131000, Class: ClassTransient, Action: Ambiguous, Later: time.Hour, Sentence: "WhatsApp had an internal error.", Next: "Send it again if the person did not get it."},
	Advice{Code: 131016, Class: ClassTransient, Action: Ambiguous, Later: time.Hour, Sentence: "WhatsApp was not available."},
	Advice{Code: 133004, Class: ClassTransient, Action: Ambiguous, Later: time.Hour, Sentence: "WhatsApp's server was not available."},
	Advice{Code: 2494100, Class: ClassTransient, Action: Retry, Replay: true, Wait: time.Minute, Later: time.Hour, Sentence: "Meta is working on this number; sending goes on afterwards."},
	Advice{Code: 131059, Class: ClassTransient, Action: Retry, Sentence: "A list at Meta changed while we read it; we start again."},

	// Rates.
	Advice{Code: 4, Class: ClassManagement, Action: SlowManagement, Replay: true, Wait: time.Minute, Sentence: manageSentence},
	Advice{Code: 80007, Class: ClassManagement, Action: SlowManagement, Replay: true, Wait: time.Minute, Sentence: manageSentence},
	Advice{Code: 80008, Class: ClassManagement, Action: SlowManagement, Replay: true, Wait: time.Minute, Sentence: manageSentence},
	Advice{Code: 130429, Class: ClassNumberRate, Action: SlowNumber, Replay: true, Later: time.Hour, Sentence: "The number sent faster than WhatsApp allows; we slow down and go on."},
	Advice{Code: 131057, Class: ClassNumberRate, Action: SlowNumber, Replay: true, Wait: time.Minute, Later: time.Hour, Sentence: "WhatsApp is raising the number's speed; sending goes on in a minute."},
	Advice{Code: 131056, Class: ClassPairRate, Action: DelayRecipient, Replay: true, Wait: time.Second, Later: time.Hour, Sentence: "Too many messages to this person in a short time; we wait a little."},

	// Authorisation.
	Advice{Code: 0, Class: ClassAuth, Action: Reauthorise, Sentence: tokenSentence, Next: tokenNext},
	Advice{Code: 3, Class: ClassAuth, Action: Reauthorise, Sentence: "The connection lacks a capability it needs.", Next: tokenNext},
	Advice{Code: 10, Class: ClassAuth, Action: Reauthorise, Sentence: "WhatsApp denied permission for this account.", Next: tokenNext},
	Advice{Code: 190, Class: ClassAuth, Action: Reauthorise, Sentence: tokenSentence, Next: tokenNext},
	Advice{Code: 131005, Class: ClassAuth, Action: Reauthorise, Sentence: "WhatsApp denied access to this number.", Next: tokenNext},

	// The account or number.
	Advice{Code: 33, Class: ClassAccount, Action: PauseNumber, Sentence: "WhatsApp does not show us this number any more: it was deleted there, or our access ended.", Next: "Connect the number again under Numbers, or another one."},
	Advice{Code: 368, Class: ClassAccount, Action: PauseNumber, Sentence: "Meta blocked the account for a while for breaking its policies.", Next: lockedNext},
	Advice{Code: 130497, Class: ClassAccount, Action: PauseCountry, Sentence: "This account may not message people in that country.", Next: "Leave the country out of the audience."},
	Advice{Code: 131031, Class: ClassAccount, Action: PauseNumber, Sentence: "Meta locked this WhatsApp account.", Next: lockedNext},
	Advice{Code: 131037, Class: ClassAccount, Action: PauseNumber, Sentence: "The number's display name is not approved yet.", Next: "Have the display name approved in WhatsApp Manager."},
	Advice{Code: 131048, Class: ClassAccount, Action: PauseNumber, Wait: 24 * time.Hour, Sentence: "WhatsApp limits this number because people blocked or reported its messages, or its daily limit is used up.", Next: "Wait a day, then go on with engaged contacts and better targeted messages."},
	Advice{Code: 134011, Class: ClassAccount, Action: Fail, Sentence: "The terms of WhatsApp Payments are not accepted.", Next: "Accept the terms in WhatsApp Manager; everything but payment requests goes on meanwhile."},
	Advice{Code: 131042, Class: ClassBilling, Action: PauseBilling, Sentence: "Meta has a problem with the account's payment method.", Next: "Add or correct the payment method in WhatsApp Manager, then resume."},

	// Registration.
	Advice{Code: 131045, Class: ClassRegister, Action: Register, Sentence: "The number is not registered properly.", Next: "Register the number again under Numbers."},
	Advice{Code: 133000, Class: ClassRegister, Action: Register, Sentence: "An earlier deregistration did not finish.", Next: "Deregister the number, then register it again."},
	Advice{Code: 133005, Class: ClassRegister, Action: Register, Sentence: "The PIN is wrong.", Next: pinNext},
	Advice{Code: 133008, Class: ClassRegister, Action: Register, Sentence: "Too many wrong PINs were entered.", Next: "Wait as long as Meta says, then enter the right PIN."},
	Advice{Code: 133009, Class: ClassRegister, Action: Register, Sentence: "PINs were entered too fast.", Next: "Wait a little, then enter the PIN again."},
	Advice{Code: 133006, Class: ClassRegister, Action: Register, Sentence: "The number must be verified first.", Next: "Verify the number by SMS or call under Numbers."},
	Advice{Code: 133010, Class: ClassRegister, Action: Register, Sentence: "The number is not registered.", Next: "Register the number under Numbers."},
	Advice{Code: 133015, Class: ClassRegister, Action: Register, Wait: 5 * time.Minute, Sentence: "The number was deleted a moment ago.", Next: "Wait five minutes, then register it."},
	Advice{Code: 133016, Class: ClassRegister, Action: Register, Wait: 72 * time.Hour, Sentence: "The number was registered too often.", Next: "Wait three days before registering it again."},
	Advice{Code: 136024, Class: ClassRegister, Action: Done, Sentence: "The number is verified already."},

	// The person.
	Advice{Code: 130403, Class: ClassContact, Action: MarkUnreachable, Sentence: "You blocked this person.", Next: "Unblock them to write to them."},
	Advice{Code: 131026, Class: ClassContact, Action: MarkUnreachable, Sentence: "The message cannot be delivered: the person has no WhatsApp, an old version, or has not accepted its terms.", Next: "Check the number, or reach the person another way."},
	Advice{Code: 131050, Class: ClassOptOut, Action: SuppressContact, Sentence: "The person stopped marketing messages from you.", Next: "Leave them out of marketing until they opt in again."},
	Advice{Code: 131049, Class: ClassCooldown, Action: MarketingCooldown, Wait: 24 * time.Hour, Later: 24 * time.Hour, Sentence: "WhatsApp held the message back, because the person gets much marketing already or is in a country where marketing is not delivered.", Next: "Wait at least a day before sending marketing to this person."},
	Advice{Code: 130472, Class: ClassCooldown, Action: Fail, Sentence: "The person is part of a WhatsApp experiment and gets no marketing now. It was not charged.", Next: "Reach the person another way, or later."},
	Advice{Code: 131047, Class: ClassWindow, Action: UseTemplate, Sentence: "More than 24 hours have passed since the person's last message.", Next: "Send an approved template instead."},

	// Templates.
	Advice{Code: 132000, Class: ClassTemplate, Action: PauseCampaign, Sentence: "The number of values does not fit the template.", Next: templateNext},
	Advice{Code: 132001, Class: ClassTemplate, Action: PauseCampaign, Sentence: "The template does not exist in this language or is not approved.", Next: templateNext},
	Advice{Code: 132005, Class: ClassTemplate, Action: Fail, Sentence: "With this person's values the text becomes too long.", Next: "Shorten the values or the template."},
	Advice{Code: 132007, Class: ClassTemplate, Action: PauseCampaign, Sentence: "The template's text breaks a rule on characters or format.", Next: templateNext},
	Advice{Code: 132008, Class: ClassTemplate, Action: PauseCampaign, Sentence: "WhatsApp rejected one of the template's values.", Next: templateNext},
	Advice{Code: 132012, Class: ClassTemplate, Action: PauseCampaign, Sentence: "A value has the wrong format for the template.", Next: templateNext},
	Advice{Code: 132015, Class: ClassTemplate, Action: PauseCampaign, Sentence: "WhatsApp paused the template because of low quality.", Next: "Wait until it resumes, or use another template."},
	Advice{Code: 132016, Class: ClassTemplate, Action: PauseCampaign, Sentence: "WhatsApp disabled the template for good.", Next: "Create a new template."},
	Advice{Code: 132018, Class: ClassTemplate, Action: Fail, Sentence: "A value for this person has line breaks, tabs or many spaces.", Next: "Clean the contact's fields."},
	Advice{Code: 132068, Class: ClassTemplate, Action: PauseCampaign, Sentence: "The template's WhatsApp Flow is blocked.", Next: "Mend the Flow in WhatsApp Manager."},
	Advice{Code: 132069, Class: ClassTemplate, Action: PauseCampaign, Sentence: "The template's WhatsApp Flow is throttled.", Next: "Mend the Flow in WhatsApp Manager; ten messages an hour pass until then."},
	Advice{Code: 131053, Class: ClassTemplate, Action: Fail, Sentence: "WhatsApp could not use the message's picture, video or file.", Next: "Check its type, size and link."},
	Advice{Code: 131061, Class: ClassTemplate, Action: PauseCampaign, Sentence: "This template may only be sent through the Marketing Messages API.", Next: "Use another template."},
	Advice{Code: 131062, Class: ClassTemplate, Action: Fail, Sentence: "This template needs the person's phone number, which we do not have.", Next: "Ask the person for the number."},
	Advice{Code: 131063, Class: ClassTemplate, Action: PauseCampaign, Sentence: "The account allows marketing only through the Marketing Messages API.", Next: "Change the setting in WhatsApp Manager."},
	Advice{Code: 131064, Class: ClassTemplate, Action: PauseCampaign, Sentence: "Meta blocked the template for its wrong category.", Next: "Create it again with the right category."},
	Advice{Code: 134100, Class: ClassTemplate, Action: PauseCampaign, Sentence: "Only marketing templates may be sent this way.", Next: templateNext},
	Advice{Code: 134101, Class: ClassTemplate, Action: Retry, Wait: 10 * time.Minute, Later: time.Hour, Sentence: "The template is new and still spreading at Meta.", Next: "Try again in ten minutes."},
	Advice{Code: 134102, Class: ClassTemplate, Action: PauseCampaign, Sentence: "The template is not available for marketing messages.", Next: templateNext},

	// The request.
	Advice{Code: 100, Class: ClassRequest, Action: Fail, Sentence: "WhatsApp did not understand a part of the message.", Next: requestNext},
	Advice{Code: 131008, Class: ClassRequest, Action: Fail, Sentence: "A value the message needs is missing.", Next: "Check the template's mapping, buttons too."},
	Advice{Code: 131009, Class: ClassRequest, Action: Fail, Sentence: "A value of the message is not valid; often it is the phone number.", Next: "Check the contact's number and values."},
	Advice{Code: 131021, Class: ClassRequest, Action: Fail, Sentence: "The recipient is the sending number itself."},
	Advice{Code: 131030, Class: ClassRequest, Action: Fail, Sentence: "A test number may only write to numbers on its allow list.", Next: "Add the person to the list in the Meta app, or use a real number."},
	Advice{Code: 131051, Class: ClassRequest, Action: Fail, Sentence: "WhatsApp does not support this type of message.", Next: requestNext},
	Advice{Code: 131055, Class: ClassRequest, Action: Fail, Sentence: "This message may not be sent this way.", Next: requestNext},
	Advice{Code: 135000, Class: ClassRequest, Action: Fail, Sentence: "WhatsApp could not handle the message.", Next: "Send it once more."},
	Advice{Code: 137000, Class: ClassRequest, Action: Fail, Sentence: "The person's identity changed since it was last confirmed.", Next: "Confirm the person's identity, then send again."},
	Advice{Code: 139100, Class: ClassRequest, Action: Fail, Sentence: "Some people could not be blocked or unblocked.", Next: "Only people who wrote in the last 24 hours can be blocked."},
	Advice{Code: 36007, Class: ClassAuth, Action: Fail, Sentence: "The sign-up code expired.", Next: "Start connecting the number again."},
	Advice{Code: 36008, Class: ClassAuth, Action: Fail, Sentence: "The sign-up came back to another address.", Next: "Start connecting the number again."},
	Advice{Code: 36009, Class: ClassAuth, Action: Fail, Sentence: "The sign-up code was used already.", Next: "Start connecting the number again."},

	// Making templates: Meta sends these as subcodes of 100, with its own words.
	Advice{Code: 2388019, Class: ClassTemplate, Action: Fail, Sentence: "The account has as many templates as Meta allows.", Next: "Delete templates you no longer use."},
	Advice{Code: 2388023, Class: ClassTemplate, Action: Fail, Sentence: "A template of this name and language is being deleted.", Next: "Choose another name."},
	Advice{Code: 2388024, Class: ClassTemplate, Action: Fail, Sentence: "A template of this name and language exists.", Next: "Choose another name."},
	Advice{Code: 2388040, Class: ClassTemplate, Action: Fail, Sentence: "A text of the template is too long.", Next: "Shorten it."},
	Advice{Code: 2388047, Class: ClassTemplate, Action: Fail, Sentence: "The template's header has a wrong format.", Next: "Correct the header."},
	Advice{Code: 2388072, Class: ClassTemplate, Action: Fail, Sentence: "The template's body has a wrong format.", Next: "Correct the body."},
	Advice{Code: 2388073, Class: ClassTemplate, Action: Fail, Sentence: "The template's footer has a wrong format.", Next: "Correct the footer."},
	Advice{Code: 2388293, Class: ClassTemplate, Action: Fail, Sentence: "The template has too many variables for its length.", Next: "Add words or remove variables."},
	Advice{Code: 2388299, Class: ClassTemplate, Action: Fail, Sentence: "The template starts or ends with a variable.", Next: "Put words before the first and after the last variable."},

	// Only to be told.
	Advice{Code: 131052, Class: ClassInfo, Action: Fail, Sentence: "WhatsApp could not fetch the file this person sent.", Next: "Ask the person to send it again."},
	Advice{Code: 131060, Class: ClassInfo, Action: Fail, Sentence: "This message can only be seen in the WhatsApp Business app."},
	Advice{Code: 147001, Class: ClassInfo, Action: Fail, Sentence: "The business username is not valid.", Next: "Choose another username."},
	Advice{Code: 147002, Class: ClassInfo, Action: Fail, Sentence: "The business username is not available.", Next: "Choose another username."},
	Advice{Code: 147003, Class: ClassInfo, Action: Fail, Sentence: "This number may not have a business username.", Next: "See the number's state in WhatsApp Manager."},
	Advice{Code: 147004, Class: ClassInfo, Action: Fail, Sentence: "The business username cannot be changed now.", Next: "Try again later."},
	Advice{Code: 200005, Class: ClassInfo, Action: Fail, Sentence: "Template insights are not available for this account."},
	Advice{Code: 200006, Class: ClassInfo, Action: Fail, Sentence: "Template insights cannot be switched off."},
	Advice{Code: 200007, Class: ClassInfo, Action: Fail, Sentence: "Template insights are not switched on.", Next: "Switch them on in WhatsApp Manager."},
	Advice{Code: 1752041, Class: ClassInfo, Action: Done, Sentence: "The Marketing Messages API is being switched on already."},
	Advice{Code: 2388001, Class: ClassInfo, Action: Fail, Sentence: "The number's move to this account failed.", Next: migrateNext},
	Advice{Code: 2388012, Class: ClassInfo, Action: Fail, Sentence: "The number is in use in this account already.", Next: migrateNext},
	Advice{Code: 2388091, Class: ClassInfo, Action: Fail, Sentence: "The number cannot be moved now.", Next: migrateNext},
	Advice{Code: 2388093, Class: ClassInfo, Action: Fail, Sentence: "The number's move needs its two-step PIN switched off.", Next: migrateNext},
	Advice{Code: 2388103, Class: ClassInfo, Action: Fail, Sentence: "The number's move is not allowed between these accounts.", Next: migrateNext},
	Advice{Code: 2593107, Class: ClassInfo, Action: Done, Sentence: "The WhatsApp Business app's data is synchronised already."},
	Advice{Code: 2593108, Class: ClassInfo, Action: Fail, Sentence: "The app's data can only be fetched within a day of connecting.", Next: "Disconnect and connect the number again."},
	Advice{Code: 2593109, Class: ClassInfo, Action: Fail, Sentence: "The business chose not to share its chat history."},
)

func byCode(list ...Advice) map[int]Advice {
	table := make(map[int]Advice, len(list))
	for _, advice := range list {
		table[advice.Code] = advice
	}
	return table
}

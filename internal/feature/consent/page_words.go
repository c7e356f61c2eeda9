package consent

import "strings"

// pageWords is the page in one language. %s stands for the business.
type pageWords struct {
	Lang      string
	Title     string
	Intro     string
	Marketing string
	Utility   string
	Yes, No   string
	Topics    string
	HowOften  string
	Often     []string // as frequencies
	Save      string
	Saved     string
	LeaveHead string
	Leave     string
	LeaveDo   string
	LeftHead  string
	Return    string
	ReturnDo  string
	Blocked   string
	Pending   string
	GoneHead  string
	Gone      string
	For       string
	Switch    string // to the other language, in that language
}

func wordsOf(lang string) pageWords {
	if lang == "hi" {
		return hindi()
	}
	return english()
}

func english() pageWords {
	return pageWords{
		Lang: "en", Title: "Your choices", Intro: "Choose what %s may send you on WhatsApp. You can change this at any time.",
		Marketing: "Offers and news from %s on WhatsApp", Utility: "Updates about your orders and appointments",
		Yes: "Yes, send me these", No: "No, thank you", Topics: "What may offers be about?", HowOften: "How often at most?",
		Often: []string{"As they come", "Once a week", "Once a month"}, Save: "Save my choices", Saved: "Your choices are saved.",
		LeaveHead: "Stop everything", Leave: "%s will send you nothing at all on WhatsApp: no offers, no order updates, no replies.",
		LeaveDo: "Stop all messages", LeftHead: "You get no messages from %s.", Return: "Get messages from %s on WhatsApp again, offers included.",
		ReturnDo: "Start again", Blocked: "Messages to this number are switched off. Please contact %s to change that.",
		Pending:  "We asked you in the chat. Answer YES there to confirm.",
		GoneHead: "This link does not work", Gone: "It may have been cut off. Open it again from the message, or write STOP in the chat to get no more offers.",
		For: "For the number", Switch: "हिन्दी में देखें",
	}
}

func hindi() pageWords {
	return pageWords{
		Lang: "hi", Title: "आपकी पसंद", Intro: "चुनिए कि %s आपको WhatsApp पर क्या भेज सकता है। आप इसे कभी भी बदल सकते हैं।",
		Marketing: "WhatsApp पर %s के ऑफ़र और ख़बरें", Utility: "आपके ऑर्डर और अपॉइंटमेंट की जानकारी",
		Yes: "हाँ, भेजिए", No: "नहीं, धन्यवाद", Topics: "ऑफ़र किन चीज़ों के बारे में हों?", HowOften: "ज़्यादा से ज़्यादा कितनी बार?",
		Often: []string{"जब भी आएँ", "हफ़्ते में एक बार", "महीने में एक बार"}, Save: "मेरी पसंद सहेजें", Saved: "आपकी पसंद सहेज ली गई है।",
		LeaveHead: "सब कुछ बंद करें", Leave: "%s आपको WhatsApp पर कुछ भी नहीं भेजेगा: न ऑफ़र, न ऑर्डर की जानकारी, न जवाब।",
		LeaveDo: "सभी मैसेज बंद करें", LeftHead: "आपको %s से कोई मैसेज नहीं मिलता।", Return: "WhatsApp पर %s के मैसेज फिर से पाएँ, ऑफ़र भी।",
		ReturnDo: "फिर से शुरू करें", Blocked: "इस नंबर पर मैसेज बंद हैं। इसे बदलने के लिए %s से संपर्क करें।",
		Pending:  "हमने आपसे चैट में पूछा है। पक्का करने के लिए वहाँ हाँ लिखें।",
		GoneHead: "यह लिंक काम नहीं करता", Gone: "शायद यह अधूरा है। इसे मैसेज से फिर खोलें, या ऑफ़र बंद करने के लिए चैट में STOP लिखें।",
		For: "नंबर", Switch: "View in English",
	}
}

// with puts in the workspace's own wording where it has one, and the name of the business.
func (w pageWords) with(t Texts, lang, business string) pageWords {
	for own, ours := range map[*Text]*string{&t.Intro: &w.Intro, &t.Marketing: &w.Marketing, &t.Utility: &w.Utility} {
		if text := own.in(lang); text != "" {
			*ours = text
		}
	}
	for _, text := range []*string{&w.Intro, &w.Marketing, &w.Utility, &w.Leave, &w.LeftHead, &w.Return, &w.Blocked} {
		*text = strings.ReplaceAll(*text, "%s", business)
	}
	return w
}

func (t Text) in(lang string) string {
	if lang == "hi" {
		return strings.TrimSpace(t.Hindi)
	}
	return strings.TrimSpace(t.English)
}

// answer is the label of a choice.
func (w pageWords) answer(s State) string {
	if s == In {
		return w.Yes
	}
	return w.No
}

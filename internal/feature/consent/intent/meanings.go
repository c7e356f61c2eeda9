package intent

import (
	"strings"
	"sync"
)

// meanings brings spellings and forms of the words that matter together. A word of messages is "msg"
// in all three languages, so that what is learnt of one is known of the others.
var meanings = sync.OnceValue(func() map[string]string {
	table := map[string]string{}
	for line := range strings.SplitSeq(sameWords, "\n") {
		same, words, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		for _, word := range strings.Fields(words) {
			table[Normalise(word)] = same
		}
	}
	return table
})

const sameWords = `
msg: message messages msgs mesage mesages massage massages messege messeges text texts sms smses msgg mssg मैसेज मेसेज मेसज मैसेजेस मैसेजों संदेश संदेशों सन्देश
msging: messaging texting whatsapping msging pinging
promo: promotion promotions promotional promos advertisement advertisements advertising ad ads advert adverts marketing campaign campaigns broadcast broadcasts विज्ञापन विज्ञापनों प्रमोशन प्रमोशनल मार्केटिंग प्रचार ऐड
offer: offers deal deals discount discounts sale sales ऑफर ऑफ़र ऑफर्स ऑफरों सेल डिस्काउंट
notice: notification notifications alert alerts update updates newsletter newsletters communication communications नोटिफिकेशन सूचना सूचनाएँ सूचनाएं अपडेट
spam: spamming spammer spammers spams स्पैम
please: pls plz plzz plss pliz kindly request प्लीज प्लीज़ कृपया kripya kripaya krupya
dont: donot dnt don
want: wants wish need needs
num: number numbers no nmbr nmber numbr mobile नंबर नम्बर मोबाइल
list: lists database db system records broadcastlist लिस्ट सूची डेटाबेस सिस्टम
remove: delete erase removing deleting exclude
unsub: unsubscribe unsubscribed unsubscribing optout deregister अनसब्सक्राइब अनसबस्क्राइब
bother: disturb disturbing bothering annoy annoying irritate irritating harass harassing harassment trouble troubling pester
pareshan: परेशान तंग डिस्टर्ब preshan pareshaan tang
nahi: nhi nahin nai nhin ni naahi nahii nahee नहीं नही नहि
mat: mt matt मत ना
chahiye: chaiye chahie chaie chahiyee chaahiye chahye चाहिए चाहिये
bhej: bhejo bhejna bhejiye bhejiyega bheje bhejen bhejte bhejta bheja bhejoge bhejenge भेजो भेजना भेजिए भेजें भेजे भेजते भेजा भेज bhejdo
kar: karo kro karna krna kariye kijiye kijiyega kare karen karte krte karta kiya kar kr krdo kardo kardijiye करो करना करें करे कीजिए करिए करते किया कर कीजिये
do: dijiye dijie dena den dedo दो दीजिए दें देना दीजिये
band: bandh bund bnd बंद बन्द
stop: stopp stap स्टॉप स्टाप रोको रोक rok roko
hata: hatao hatado hatana hataiye hatadijiye हटा हटाओ हटाएँ हटाएं हटाना हटाइए निकाल निकालो nikal nikalo nikaal
mujhe: muje mjhe mujhey mujko mujhko mereko humko hume humein hame मुझे मुझको हमें हमको
mera: mere meri hamara hamare हमारा हमारे मेरा मेरे मेरी
aapka: aapke aapki tumhara tumhare tumhari apke apka आपका आपके आपकी तुम्हारा तुम्हारे
order: orders ऑर्डर आर्डर
dobara: dubara phir fir wapas दोबारा दुबारा फिर
aage: aagey aainda आगे आइंदा
yaar: yar यार भाई bhai bro
`

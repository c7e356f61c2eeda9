package consent

// Defaults are the words of a workspace that did not change them. They leave out what shoppers say
// of orders ("cancel", "end", Hindi रुको for "wait") and single words that mean closed as often as
// stop: those are left to the reading of free text, or to the workspace.
func Defaults() []Language {
	return []Language{
		{"English", []string{"stop", "stop all", "stopall", "stop promotions", "stop messages", "stop marketing", "unsubscribe",
			"opt out", "optout", "remove me", "stop msg", "stop please", "please stop", "stop sending messages", "stop it"},
			[]string{"start", "unstop", "subscribe", "opt in", "optin", "resubscribe", "start messages", "start promotions"}},
		{"हिन्दी", []string{"स्टॉप", "स्टाप", "बंद करो", "बंद करें", "बंद कर दो", "बन्द करो", "बन्द करें", "मैसेज बंद करो", "मैसेज बंद करें",
			"मैसेज मत भेजो", "मैसेज न भेजें", "संदेश बंद करें", "संदेश न भेजें", "मत भेजो", "मुझे मैसेज मत भेजो", "अनसब्सक्राइब", "सदस्यता समाप्त करें"},
			[]string{"स्टार्ट", "शुरू", "शुरू करो", "शुरू करें", "चालू करो", "चालू करें", "फिर से शुरू करें", "सब्सक्राइब"}},
		{"Hinglish", []string{"band karo", "band kro", "band kardo", "band kar do", "bandh karo", "message band karo", "msg band karo", "msg band kro",
			"messages band karo", "message mat bhejo", "msg mat bhejo", "msg mat bhejna", "message na bheje", "mat bhejo", "message nahi chahiye"},
			[]string{"chalu karo", "chalu kro", "chaalu karo", "shuru karo", "shuru kro", "start karo", "phir se shuru karo"}},
		{"العربية", []string{"إيقاف", "ايقاف", "توقف", "أوقف", "أوقف الرسائل", "إلغاء الاشتراك", "الغاء الاشتراك", "لا ترسل", "لا ترسلوا رسائل"},
			[]string{"ابدأ", "اشتراك", "اشترك", "تفعيل"}},
		{"اردو", []string{"بند کرو", "بند کریں", "میسج بند کرو", "میسج مت بھیجو"}, []string{"شروع کرو", "شروع کریں", "شروع"}},
		{"தமிழ்", []string{"நிறுத்து", "நிறுத்தவும்", "நிறுத்துங்கள்", "ஸ்டாப்", "அனுப்ப வேண்டாம்", "மெசேஜ் அனுப்ப வேண்டாம்"},
			[]string{"தொடங்கு", "தொடங்கவும்", "தொடங்குங்கள்", "ஸ்டார்ட்"}},
		{"తెలుగు", []string{"ఆపు", "ఆపండి", "ఆపివేయండి", "స్టాప్", "మెసేజ్\u200cలు ఆపండి", "పంపవద్దు"}, []string{"ప్రారంభించు", "ప్రారంభించండి", "మొదలుపెట్టండి", "స్టార్ట్"}},
		{"বাংলা", []string{"বন্ধ করুন", "বন্ধ করো", "মেসেজ বন্ধ করুন", "স্টপ", "পাঠাবেন না", "মেসেজ পাঠাবেন না"}, []string{"শুরু করুন", "শুরু করো", "চালু করুন", "স্টার্ট"}},
		{"मराठी", []string{"थांबवा", "बंद करा", "मेसेज बंद करा", "मेसेज पाठवू नका", "पाठवू नका"}, []string{"सुरू करा", "चालू करा"}},
		{"ગુજરાતી", []string{"બંધ કરો", "મેસેજ બંધ કરો", "સ્ટોપ", "મોકલશો નહીં"}, []string{"શરૂ કરો", "ચાલુ કરો"}},
		{"ਪੰਜਾਬੀ", []string{"ਬੰਦ ਕਰੋ", "ਮੈਸੇਜ ਬੰਦ ਕਰੋ", "ਸਟਾਪ"}, []string{"ਸ਼ੁਰੂ ਕਰੋ", "ਚਾਲੂ ਕਰੋ"}},
		{"ಕನ್ನಡ", []string{"ನಿಲ್ಲಿಸಿ", "ನಿಲ್ಲಿಸು", "ಸ್ಟಾಪ್", "ಮೆಸೇಜ್ ನಿಲ್ಲಿಸಿ"}, []string{"ಪ್ರಾರಂಭಿಸಿ", "ಆರಂಭಿಸಿ"}},
		{"മലയാളം", []string{"നിർത്തുക", "നിർത്തൂ", "സ്റ്റോപ്പ്", "മെസേജ് അയക്കരുത്"}, []string{"തുടങ്ങുക", "ആരംഭിക്കുക"}},
		{"Español", []string{"parar", "baja", "darme de baja", "cancelar suscripción", "detener", "alto", "no más mensajes", "no enviar más"},
			[]string{"alta", "empezar", "iniciar", "suscribir", "suscribirme"}},
		{"Português", []string{"parar", "sair", "descadastrar", "cancelar inscrição", "não quero receber", "pare", "remover"},
			[]string{"começar", "voltar", "inscrever", "quero receber"}},
		{"Français", []string{"arrêt", "arrêter", "arrêtez", "désabonner", "se désabonner", "désinscription"}, []string{"démarrer", "commencer", "s'abonner"}},
		{"Deutsch", []string{"stopp", "abmelden", "abbestellen", "keine nachrichten"}, []string{"anmelden", "starten"}},
		{"Bahasa Indonesia", []string{"berhenti", "berhenti berlangganan", "hentikan"}, []string{"mulai", "langganan", "berlangganan"}},
	}
}

package intent

import "strings"

// Features are what the model sees of a text: its words as people mean them, pairs and triples of
// neighbours, pairs a little apart, and the pieces of long words, so that a new spelling is not a new
// word. Each is there once.
func Features(text string) []string {
	tokens := tokenise(text)
	if len(tokens) == 0 {
		return nil
	}
	s := set{seen: map[string]bool{}}
	for i, token := range tokens {
		s.add("w " + token)
		s.pieces(token)
		for ahead := 1; ahead <= 4 && i+ahead < len(tokens); ahead++ {
			s.add("s " + token + " " + tokens[i+ahead])
		}
		if i+1 < len(tokens) {
			s.add("b " + token + " " + tokens[i+1])
		}
		if i+2 < len(tokens) {
			s.add("t " + token + " " + tokens[i+1] + " " + tokens[i+2])
		}
	}
	s.add("b ^ " + tokens[0])
	s.add("b " + tokens[len(tokens)-1] + " $")
	s.add("length " + lengthClass(len(tokens)))
	return s.list
}

type set struct {
	list []string
	seen map[string]bool
}

func (s *set) add(feature string) {
	if !s.seen[feature] {
		s.seen[feature] = true
		s.list = append(s.list, feature)
	}
}

// pieces are the runs of four characters of a word of five or more.
func (s *set) pieces(token string) {
	runes := []rune(token)
	if len(runes) < 5 {
		return
	}
	for i := 0; i+4 <= len(runes); i++ {
		s.add("c " + string(runes[i:i+4]))
	}
}

func lengthClass(n int) string {
	switch {
	case n <= 2:
		return "tiny"
	case n <= 6:
		return "short"
	case n <= 12:
		return "middling"
	case n <= 24:
		return "long"
	}
	return "very long"
}

// tokenise cuts a text into words, each as what it means.
func tokenise(text string) []string {
	words := strings.Fields(Normalise(text))
	if len(words) > maxTokens {
		words = words[:maxTokens]
	}
	table := meanings()
	for i, word := range words {
		word = squeeze(word)
		if same := table[word]; same != "" {
			word = same
		}
		words[i] = word
	}
	return words
}

// squeeze shortens letters typed three times and more: pleaseee, nahiii.
func squeeze(word string) string {
	runes := []rune(word)
	kept := runes[:0]
	for i, r := range runes {
		if i >= 2 && runes[i-1] == r && runes[i-2] == r {
			continue
		}
		kept = append(kept, r)
	}
	if n := len(kept); n >= 3 && kept[n-1] == kept[n-2] && len(kept) < len([]rune(word)) {
		kept = kept[:n-1]
	}
	return string(kept)
}

package bench

import (
	"strconv"
	"time"

	"github.com/google/uuid"
)

func (s inboxSeed) deck() deck {
	now := time.Now().UTC()
	d := deck{"talk": s.talks, "longest": s.talks[:1], "never": {"zzzq", "अआइई"}, "view": s.views, "rare_channel": {s.channel.String()},
		"from": {now.AddDate(0, -1, 0).Format(time.DateOnly), now.AddDate(0, -11, 0).Format(time.DateOnly)}, "to": {now.Format(time.DateOnly)}}
	d.add("team", s.teams[:inboxTeams-1]...)
	d.add("rare_team", s.teams[inboxTeams-1])
	d.add("label", s.labels[:inboxLabels-2]...)
	d.add("rare_label", s.labels[inboxLabels-2])
	d.add("old_label", s.labels[inboxLabels-1])
	d.add("member", s.members...)
	s.addWords(d)
	return d
}

func (d deck) add(place string, ids ...uuid.UUID) {
	for _, id := range ids {
		d[place] = append(d[place], id.String())
	}
}

// addWords are what people look for: what is said often and seldom, in all scripts, whole and begun.
func (s inboxSeed) addWords(d deck) {
	n := len(s.words)
	begin := func(word string, letters int) string { return string([]rune(word)[:letters]) }
	for i := range 10 {
		common, rare := s.words[i], s.words[n-1-7*i]
		d["common"], d["rare"] = append(d["common"], common), append(d["rare"], rare)
		d["two"], d["rare_two"] = append(d["two"], common+" "+s.words[n/2+i]), append(d["rare_two"], rare+" "+s.words[n-5-9*i])
		d["begun"], d["letter"] = append(d["begun"], begin(s.words[20*i], 3)), append(d["letter"], begin(s.words[20*i], 1))
		d["rare_begun"] = append(d["rare_begun"], rare+" "+begin(s.words[20*i], 1))
		d["hindi"], d["arabic"] = append(d["hindi"], s.words[3+8*i]), append(d["arabic"], s.words[5+80*i])
		order := strconv.Itoa(100_000 + s.orders*i/10*10 + 1)
		d["order"], d["order_begun"] = append(d["order"], "order "+order), append(d["order_begun"], order+" ord")
		d["order_never"] = append(d["order_never"], "order "+begin(rare, 4)+"q")
	}
	d["emoji"] = emoji
}

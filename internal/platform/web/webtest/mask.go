package webtest

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
)

// mask replaces what differs from run to run by names, and back.
type mask struct {
	names  map[string]string // value → name
	values map[string]string // name → value
	counts map[string]int
	shapes []shape
}

type shape struct {
	kind    string
	pattern *regexp.Regexp
}

func newMask(known map[string]string) *mask {
	m := &mask{names: map[string]string{}, values: map[string]string{}, counts: map[string]int{}, shapes: []shape{
		{"uuid", regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)},
		{"time", regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)`)},
	}}
	for name, value := range known {
		m.learn(name, value)
	}
	return m
}

func (m *mask) learn(name, value string) {
	m.names[value], m.values[name] = name, value
}

// hide turns values into names, learning new ones by their shape.
func (m *mask) hide(text string) string {
	for _, value := range m.known() {
		text = strings.ReplaceAll(text, value, "{{"+m.names[value]+"}}")
	}
	for _, s := range m.shapes {
		text = s.pattern.ReplaceAllStringFunc(text, func(value string) string {
			if _, ok := m.names[value]; !ok {
				m.counts[s.kind]++
				m.learn(fmt.Sprintf("%s%d", s.kind, m.counts[s.kind]), value)
			}
			return "{{" + m.names[value] + "}}"
		})
	}
	return text
}

// known lists values, the longest first, so that one inside another is replaced last.
func (m *mask) known() []string {
	values := make([]string, 0, len(m.names))
	for value := range m.names {
		values = append(values, value)
	}
	sort.Slice(values, func(i, j int) bool {
		return len(values[i]) > len(values[j]) || len(values[i]) == len(values[j]) && values[i] < values[j]
	})
	return values
}

// fill turns names into values.
func (m *mask) fill(text string) string {
	for name, value := range m.values {
		text = strings.ReplaceAll(text, "{{"+name+"}}", value)
	}
	return text
}

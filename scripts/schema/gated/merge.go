package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// merger joins releases: what a field says is written once, or from each release in which it changed.
type merger struct {
	releases []string
	sections map[string]map[string][]string
}

func newMerger() *merger {
	return &merger{sections: map[string]map[string][]string{"fields": {}, "filtered": {}, "markers": {}}}
}

func (m *merger) add(release string, drops, markers gating) {
	m.releases = append(m.releases, release)
	for structure, fields := range drops {
		for field, one := range fields {
			section := "fields"
			if one.filtered {
				section = "filtered"
			}
			m.set(section, structure+" "+field, one.gates)
		}
	}
	for structure, fields := range markers {
		for field, one := range fields {
			m.set("markers", structure+" "+field, one.gates)
		}
	}
}

func (m *merger) set(section, key, gates string) {
	values := m.sections[section][key]
	for len(values) < len(m.releases)-1 {
		values = append(values, "")
	}
	m.sections[section][key] = append(values, gates)
}

func (m *merger) document(sections ...string) []byte {
	var parts []string
	for _, section := range sections {
		parts = append(parts, text(section)+": {\n"+m.section(section)+"\n}")
	}
	return []byte("{\n" + strings.Join(parts, ",\n") + "\n}\n")
}

// section has a line a struct, in the order of their names.
func (m *merger) section(section string) string {
	structures := map[string][]string{}
	for _, key := range slices.Sorted(maps.Keys(m.sections[section])) {
		structure, field, _ := strings.Cut(key, " ")
		structures[structure] = append(structures[structure], text(field)+": "+m.value(m.sections[section][key]))
	}
	var lines []string
	for _, structure := range slices.Sorted(maps.Keys(structures)) {
		lines = append(lines, text(structure)+": { "+strings.Join(structures[structure], ", ")+" }")
	}
	return strings.Join(lines, ",\n")
}

// value is the gates, or by release since which they hold; null where a release does not gate the field.
func (m *merger) value(values []string) string {
	for len(values) < len(m.releases) {
		values = append(values, "")
	}
	var changes []string
	for i, value := range values {
		if (i == 0 && value == "") || (i > 0 && value == values[i-1]) {
			continue
		}
		said := "null"
		if value != "" {
			said = text(value)
		}
		changes = append(changes, text(m.releases[i])+": "+said)
	}
	return "{ " + strings.Join(changes, ", ") + " }"
}

func text(value any) string {
	written, err := json.Marshal(value)
	must(err)
	return strings.ReplaceAll(string(written), `\u0026`, "&")
}

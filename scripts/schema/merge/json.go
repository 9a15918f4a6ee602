package main

import (
	"bytes"
	"encoding/json"
	"strings"
)

// object is a JSON object that keeps its order and is written with one member a line.
type object []member

// inline is an object that is written on one line.
type inline object

type member struct {
	name  string
	value any
}

func (o object) document() []byte {
	var out bytes.Buffer
	o.write(&out, "")
	out.WriteString("\n")
	return out.Bytes()
}

func (o object) write(out *bytes.Buffer, indent string) {
	out.WriteString("{")
	for i, m := range o {
		if i > 0 {
			out.WriteString(",")
		}
		out.WriteString("\n" + indent + " ")
		out.WriteString(text(m.name) + ": ")
		if nested, ok := m.value.(object); ok {
			nested.write(out, indent+" ")
		} else {
			out.WriteString(text(m.value))
		}
	}
	out.WriteString("\n" + indent + "}")
}

// text is a value on one line.
func text(value any) string {
	if members, ok := value.(inline); ok {
		var parts []string
		for _, m := range members {
			parts = append(parts, text(m.name)+": "+text(m.value))
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	must(encoder.Encode(value))
	return strings.TrimSpace(out.String())
}

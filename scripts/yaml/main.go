// Writes what kubectl reads in documents: for each line of the file that -facts names, the field "kubectl" anew.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"log"
	"os"
	"strconv"

	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/yaml"
)

// A fact is a document with its name and what kubectl reads in it.
type fact struct {
	Name    string  `json:"name"`
	Text    string  `json:"text"`
	Kubectl reading `json:"kubectl"`
}

// A reading is the values of a stream, or the error that ends it.
type reading struct {
	Values []any  `json:"values,omitempty"`
	Error  string `json:"error,omitempty"`
}

// The size of the buffer that the resource builder of kubectl gives its decoder.
const bufferSize = 4096

func main() {
	path := flag.String("facts", "", "the file to write anew")
	flag.Parse()
	if err := rewrite(*path); err != nil {
		log.Fatal(err)
	}
}

func rewrite(path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var written bytes.Buffer
	encoder := json.NewEncoder(&written)
	encoder.SetEscapeHTML(false)
	lines := bufio.NewScanner(bytes.NewReader(content))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var one fact
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			return err
		}
		one.Kubectl = read(one.Text)
		if err := encoder.Encode(one); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	return os.WriteFile(path, written.Bytes(), 0o644)
}

// read decodes as the resource builder of kubectl does: raw JSON first, then numbers as int64 or float64. It skips null.
func read(text string) reading {
	decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader([]byte(text)), bufferSize)
	var values []any
	for {
		var raw json.RawMessage
		if err := decoder.Decode(&raw); errors.Is(err, io.EOF) {
			return reading{Values: values}
		} else if err != nil {
			return reading{Error: err.Error()}
		}
		raw = bytes.TrimSpace(raw)
		if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
			continue
		}
		var value any
		if err := utiljson.Unmarshal(raw, &value); err != nil {
			return reading{Error: err.Error()}
		}
		values = append(values, exact(value))
	}
}

// exact writes integers that a float64 cannot hold as {"int64": "…"}, which readers of JSON would round.
func exact(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key, entry := range value {
			value[key] = exact(entry)
		}
	case []any:
		for index, item := range value {
			value[index] = exact(item)
		}
	case int64:
		if float64(value) >= 1<<63 || int64(float64(value)) != value {
			return map[string]any{"int64": strconv.FormatInt(value, 10)}
		}
	}
	return value
}

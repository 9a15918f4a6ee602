package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"
)

// rendered writes a value so that values of different types never look alike. A value of a type of Kubernetes is
// written by the name of its type: what it holds is asked for by functions.
func rendered(value ref.Val) string {
	switch of := value.(type) {
	case types.Null:
		return "null"
	case types.Bool:
		return strconv.FormatBool(bool(of))
	case types.Int:
		return strconv.FormatInt(int64(of), 10)
	case types.Uint:
		return strconv.FormatUint(uint64(of), 10) + "u"
	case types.Double:
		return double(float64(of))
	case types.String:
		return quoted(string(of))
	case types.Bytes:
		return fmt.Sprintf("bytes(%x)", []byte(of))
	case types.Timestamp:
		return fmt.Sprintf("timestamp(%d, %d)", of.Unix(), of.Nanosecond())
	case types.Duration:
		return fmt.Sprintf("duration(%d)", of.Nanoseconds())
	case *types.Optional:
		if !of.HasValue() {
			return "optional()"
		}
		return "optional(" + rendered(of.GetValue()) + ")"
	case ref.Type:
		return "type(" + of.TypeName() + ")"
	case traits.Mapper:
		var entries []string
		for each := of.Iterator(); each.HasNext() == types.True; {
			key := each.Next()
			entries = append(entries, rendered(key)+": "+rendered(of.Get(key)))
		}
		sort.Strings(entries)
		return "{" + strings.Join(entries, ", ") + "}"
	case traits.Lister:
		var items []string
		for each := of.Iterator(); each.HasNext() == types.True; {
			items = append(items, rendered(each.Next()))
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	return value.Type().TypeName()
}

// double writes a number as JavaScript's toExponential does.
func double(value float64) string {
	switch {
	case math.IsNaN(value):
		return "NaN"
	case math.IsInf(value, 0):
		return map[bool]string{true: "Infinity", false: "-Infinity"}[value > 0]
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(value, 'e', -1, 64), "e")
	sign, digits := exponent[:1], strings.TrimLeft(exponent[1:], "0")
	if digits == "" {
		digits = "0"
	}
	return mantissa + "e" + sign + digits
}

func quoted(text string) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	check(encoder.Encode(text))
	return strings.TrimSuffix(out.String(), "\n")
}

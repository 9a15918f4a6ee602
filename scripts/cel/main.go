// Command cel evaluates expressions as the API server does, with the environment of a release, and writes what it
// answers, a line each; and what the environment declares.
//
//	go run . -release 1.36 -expressions FILE -verdicts FILE -declarations FILE
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"log"
	"os"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apiserver/pkg/cel/environment"
	"k8s.io/apiserver/pkg/cel/library"
)

// verdict is what the server answers to an expression: it refuses it, or it gives it a type, and a value or an error.
type verdict struct {
	Expr    string `json:"expr"`
	Refused string `json:"refused,omitempty"`
	Type    string `json:"type,omitempty"`
	Value   string `json:"value,omitempty"`
	Error   string `json:"error,omitempty"`
	// What the evaluation cost, and what it was estimated to cost at least and at most.
	Cost     *uint64    `json:"cost,omitempty"`
	Estimate *[2]uint64 `json:"estimate,omitempty"`
}

// The variables that expressions may use; test/cel/table.test.ts has the same.
var variables = map[string]struct {
	of    *cel.Type
	value any
}{
	"s":   {cel.StringType, "hello wörld"},
	"i":   {cel.IntType, int64(7)},
	"u":   {cel.UintType, uint64(7)},
	"d":   {cel.DoubleType, 2.5},
	"b":   {cel.BoolType, true},
	"l":   {cel.ListType(cel.StringType), []string{"b", "a"}},
	"n":   {cel.ListType(cel.IntType), []int64{3, 1, 2}},
	"m":   {cel.MapType(cel.StringType, cel.IntType), map[string]int64{"k": 1}},
	"x":   {cel.DynType, map[string]any{"a": int64(1), "n": nil, "b": []any{int64(1), "two"}, "s": "text"}},
	"y":   {cel.DynType, []any{int64(1), 2.5, "three", true, nil}},
	"nul": {cel.DynType, types.NullValue},
	// Asks the cluster: such expressions are compiled, and not evaluated.
	"authorizer": {library.AuthorizerType, nil},
}

func main() {
	release := flag.String("release", "", "the release whose environment evaluates")
	expressions := flag.String("expressions", "", "expressions, a line each; # begins a comment")
	verdicts := flag.String("verdicts", "", "where to write the verdicts")
	declarations := flag.String("declarations", "", "where to write what the environment declares")
	flag.Parse()

	// A server of a release lets new expressions use what the release before it knew.
	at := version.MustParse(*release)
	base := environment.MustBaseEnvSet(version.MajorMinor(at.Major(), at.Minor()-1))
	options := []cel.EnvOption{library.JSONPatch()}
	values := map[string]any{}
	for name, variable := range variables {
		options = append(options, cel.Variable(name, variable.of))
		values[name] = variable.value
	}
	set, err := base.Extend(environment.VersionedOptions{IntroducedVersion: version.MajorMinor(1, 0), EnvOptions: options})
	check(err)
	env := set.NewExpressionsEnv()

	write(*declarations, declared(env))
	var lines []any
	for _, expression := range read(*expressions) {
		lines = append(lines, judged(env, expression, values))
	}
	write(*verdicts, lines)
}

func judged(env *cel.Env, expression string, values map[string]any) verdict {
	out := verdict{Expr: expression}
	ast, issues := env.Compile(expression)
	if issues != nil && issues.Err() != nil {
		// As the server does: the first line, without the drawing of where it is.
		var messages []string
		for _, problem := range issues.Errors() {
			messages = append(messages, problem.Message)
		}
		out.Refused = strings.Join(messages, "; ")
		return out
	}
	out.Type = ast.OutputType().String()
	if estimate, err := env.EstimateCost(ast, &library.CostEstimator{SizeEstimator: &noSizes{}}); err == nil {
		out.Estimate = &[2]uint64{estimate.Min, estimate.Max}
	}
	if strings.Contains(expression, "authorizer") {
		return out
	}
	program, err := env.Program(ast)
	if err != nil {
		return verdict{Expr: expression, Refused: err.Error()}
	}
	value, details, err := program.Eval(values)
	if details != nil {
		out.Cost = details.ActualCost()
	}
	if err != nil {
		out.Error = err.Error()
	} else {
		out.Value = rendered(value)
	}
	return out
}

func read(file string) (lines []string) {
	text, err := os.ReadFile(file)
	check(err)
	scanner := bufio.NewScanner(bytes.NewReader(text))
	for scanner.Scan() {
		if line := strings.TrimSpace(scanner.Text()); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

func write(file string, lines []any) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for _, line := range lines {
		check(encoder.Encode(line))
	}
	check(os.WriteFile(file, out.Bytes(), 0o644))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

package main

import (
	"fmt"
	"sort"
	"strings"

	"github.com/google/cel-go/cel"
)

// declaration is one way to call a function, or a macro.
type declaration struct {
	Function string `json:"function,omitempty"`
	Overload string `json:"overload,omitempty"`
	// As (list(A), A) -> int; of a method with what it is called on in front: list(A).(A) -> int
	Signature string `json:"signature,omitempty"`
	Macro     string `json:"macro,omitempty"`
}

func declared(env *cel.Env) (lines []any) {
	var found []declaration
	for name, function := range env.Functions() {
		for _, overload := range function.OverloadDecls() {
			var args []string
			for _, arg := range overload.ArgTypes() {
				args = append(args, arg.String())
			}
			receiver := ""
			if overload.IsMemberFunction() {
				receiver, args = args[0]+".", args[1:]
			}
			signature := fmt.Sprintf("%s(%s) -> %s", receiver, strings.Join(args, ", "), overload.ResultType())
			found = append(found, declaration{Function: name, Overload: overload.ID(), Signature: signature})
		}
	}
	for _, macro := range env.Macros() {
		found = append(found, declaration{Macro: macro.MacroKey()})
	}
	sort.Slice(found, func(a, b int) bool {
		return found[a].Function+" "+found[a].Overload+found[a].Macro < found[b].Function+" "+found[b].Overload+found[b].Macro
	})
	for _, one := range found {
		lines = append(lines, one)
	}
	return lines
}

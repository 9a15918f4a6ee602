// Command controllers reads what synth writes as Argo CD, Flux and registries do, with their own code, and prints what each
// made of it as JSON. The tests beside it judge that.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
)

var commands = map[string]func(context.Context, []string) (any, error){
	"argocd":   readByArgoCD,
	"flux":     readByFlux,
	"registry": pushAndPull,
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		return fmt.Errorf("expected argocd, flux or registry")
	}
	result, err := commands[os.Args[1]](context.Background(), os.Args[2:])
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}

// Writes what kubectl and an API server make of an object that is applied as client-side apply does: for random states
// of it as it was applied, as it is to be applied, and as the server has it.
package main

import (
	"encoding/json"
	"flag"
	"log"
	"math/rand"
	"os"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/jsonmergepatch"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
)

// A fact is three states of an object, with the patch that kubectl sends and what becomes of the third.
type fact struct {
	Kind     string          `json:"kind"`
	Original json.RawMessage `json:"original"`
	Modified json.RawMessage `json:"modified"`
	Live     json.RawMessage `json:"live"`
	Patch    json.RawMessage `json:"patch,omitempty"`
	Result   json.RawMessage `json:"result,omitempty"`
	// Who refuses it: "kubectl" or "server".
	Refused string `json:"refused,omitempty"`
}

// The kinds, each with what makes a random state; a nil type is that of a custom resource.
var kinds = []struct {
	name   string
	sample any
	random func(*rand.Rand) object
	count  int
}{
	{"Deployment", appsv1.Deployment{}, deployment, 120},
	{"Service", corev1.Service{}, service, 60},
	{"Widget", nil, widget, 60},
}

func main() {
	path := flag.String("facts", "", "the file to write")
	flag.Parse()
	file, err := os.Create(*path)
	if err != nil {
		log.Fatal(err)
	}
	encoder := json.NewEncoder(file)
	encoder.SetEscapeHTML(false)
	random := rand.New(rand.NewSource(1))
	for _, kind := range kinds {
		for range kind.count {
			one := factOf(kind.name, kind.sample, kind.random, random)
			if err := encoder.Encode(one); err != nil {
				log.Fatal(err)
			}
		}
	}
	if err := file.Close(); err != nil {
		log.Fatal(err)
	}
}

func factOf(name string, sample any, state func(*rand.Rand) object, random *rand.Rand) fact {
	original, modified, live := text(state(random)), text(state(random)), text(state(random))
	one := fact{Kind: name, Original: original, Modified: modified, Live: live}
	var err error
	if sample == nil {
		if one.Patch, err = jsonmergepatch.CreateThreeWayJSONMergePatch(original, modified, live); err != nil {
			log.Fatal(err)
		}
		if one.Result, err = jsonpatch.MergePatch(live, one.Patch); err != nil {
			log.Fatal(err)
		}
		return one
	}
	meta, err := strategicpatch.NewPatchMetaFromStruct(sample)
	if err != nil {
		log.Fatal(err)
	}
	if one.Patch, err = strategicpatch.CreateThreeWayMergePatch(original, modified, live, meta, true); err != nil {
		one.Refused = "kubectl"
		return one
	}
	if one.Result, err = strategicpatch.StrategicMergePatch(live, one.Patch, sample); err != nil {
		one.Refused = "server"
	}
	return one
}

func text(value any) json.RawMessage {
	encoded, err := json.Marshal(value)
	if err != nil {
		log.Fatal(err)
	}
	return encoded
}

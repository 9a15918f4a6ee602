package main

import (
	"fmt"
	"math/rand"
)

type object = map[string]any

// once in n times.
func once(random *rand.Rand, n int) bool { return random.Intn(n) == 0 }

func oneOf[T any](random *rand.Rand, values ...T) T { return values[random.Intn(len(values))] }

// some of the values in random order, now and then one of them twice.
func some(random *rand.Rand, values ...any) []any {
	random.Shuffle(len(values), func(i, j int) { values[i], values[j] = values[j], values[i] })
	chosen := values[:random.Intn(len(values)+1)]
	if len(chosen) > 0 && once(random, 8) {
		chosen = append(append([]any{}, chosen...), chosen[0])
	}
	return chosen
}

// put sets a field more often than not, rarely to null.
func put(random *rand.Rand, into object, key string, value any) {
	switch {
	case once(random, 20):
		into[key] = nil
	case !once(random, 3):
		into[key] = value
	}
}

func metadata(random *rand.Rand) object {
	meta := object{"name": "a"}
	labels := object{}
	for _, key := range []string{"app", "tier", "team"} {
		put(random, labels, key, oneOf(random, "x", "y"))
	}
	put(random, meta, "labels", labels)
	put(random, meta, "finalizers", some(random, "a.io/x", "b.io/x", "c.io/x"))
	return meta
}

func deployment(random *rand.Rand) object {
	spec := object{}
	put(random, spec, "replicas", 1+random.Intn(2))
	strategy := object{"type": oneOf(random, "Recreate", "RollingUpdate")}
	put(random, strategy, "rollingUpdate", object{"maxSurge": random.Intn(2)})
	put(random, spec, "strategy", strategy)
	pod := object{}
	put(random, pod, "containers", containers(random))
	put(random, pod, "volumes", volumes(random))
	put(random, pod, "tolerations", some(random, object{"key": "a"}, object{"key": "b"}))
	put(random, pod, "hostAliases", some(random, object{"ip": "1.1.1.1", "hostnames": []any{oneOf(random, "a", "b")}}))
	put(random, pod, "nodeSelector", object{"zone": oneOf(random, "a", "b")})
	spec["template"] = object{"spec": pod}
	return object{"metadata": metadata(random), "spec": spec}
}

func containers(random *rand.Rand) []any {
	var all []any
	for _, name := range []string{"a", "b", "c"} {
		container := object{"name": name}
		put(random, container, "image", oneOf(random, "x:1", "x:2"))
		put(random, container, "args", some(random, "1", "2", "3"))
		put(random, container, "env", env(random))
		put(random, container, "ports", some(random,
			object{"containerPort": 80, "protocol": "TCP"},
			object{"containerPort": 80, "protocol": "UDP"},
			object{"containerPort": 443, "name": "tls"},
			object{"containerPort": 53}))
		if once(random, 25) {
			delete(container, "name")
		}
		all = append(all, container)
	}
	return some(random, all...)
}

func env(random *rand.Rand) []any {
	var all []any
	for _, name := range []string{"A", "B", "C"} {
		all = append(all, oneOf(random,
			object{"name": name, "value": oneOf(random, "1", "2")},
			object{"name": name, "valueFrom": object{"fieldRef": object{"fieldPath": oneOf(random, "x", "y")}}}))
	}
	return some(random, all...)
}

func volumes(random *rand.Rand) []any {
	var all []any
	for index := range 3 {
		all = append(all, oneOf(random,
			object{"name": fmt.Sprint("v", index), "emptyDir": object{}},
			object{"name": fmt.Sprint("v", index), "emptyDir": object{"medium": "Memory"}},
			object{"name": fmt.Sprint("v", index), "configMap": object{"name": "c", "items": some(random, object{"key": "k"})}}))
	}
	return some(random, all...)
}

func service(random *rand.Rand) object {
	spec := object{}
	put(random, spec, "type", oneOf(random, "ClusterIP", "NodePort"))
	put(random, spec, "selector", object{oneOf(random, "app", "tier"): oneOf(random, "x", "y")})
	put(random, spec, "externalIPs", some(random, "1.1.1.1", "2.2.2.2"))
	put(random, spec, "ports", some(random,
		object{"port": 80, "protocol": "TCP", "name": "http", "targetPort": oneOf[any](random, 80, "http")},
		object{"port": 53, "protocol": "UDP", "name": "dns"},
		object{"port": 53, "protocol": "TCP", "name": "dns-tcp", "nodePort": 30000 + random.Intn(2)},
		object{"port": 443}))
	return object{"metadata": metadata(random), "spec": spec}
}

func widget(random *rand.Rand) object {
	spec := object{}
	put(random, spec, "size", random.Intn(2))
	put(random, spec, "color", oneOf[any](random, "red", "blue", object{}, true))
	put(random, spec, "parts", some(random, object{"name": "a"}, object{"name": "b", "n": nil}))
	inner := object{}
	put(random, inner, "a", random.Intn(2))
	put(random, inner, "b", object{"c": random.Intn(2)})
	put(random, inner, "d", object{})
	put(random, spec, "inner", inner)
	return object{"metadata": metadata(random), "spec": spec}
}

// Command cluster runs a Kubernetes control plane on loopback, with simulated nodes, for tests.
//
// The API server, the controllers and the scheduler are those of k8s.io/kubernetes, each in a process of its own: this
// program starts itself once for each of them. etcd and the nodes run in the first process. Built with the tag `assets`,
// it runs ready-made programs instead.
package main

import (
	"fmt"
	"os"
)

const usage = `usage: cluster FOLDER

Runs until its standard input ends, and then removes FOLDER. Prints a line of JSON once the nodes are ready:
  {"kubeconfig": "FOLDER/admin.kubeconfig", "folder": "FOLDER", "without": []}
A component that ends is started again after a second; FOLDER/pids.json has the processes. If this program is killed, it
goes on with the same data, ports and certificates when it is started in the same FOLDER.`

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
	component := os.Args[1]
	os.Args = append(os.Args[:1], os.Args[2:]...)
	if status, ran := runComponent(component); ran {
		os.Exit(status)
	}
	if err := run(component); err != nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		os.Exit(1)
	}
}

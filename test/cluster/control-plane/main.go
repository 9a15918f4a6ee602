// Command cluster runs a Kubernetes control plane on loopback, with simulated nodes, for tests.
//
// The API server, the controllers and the scheduler are those of k8s.io/kubernetes, each in a process of its own: this
// program starts itself once for each of them. etcd and the nodes run in the first process.
package main

import (
	"fmt"
	"os"

	"k8s.io/component-base/cli"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

const usage = `usage: cluster FOLDER

Runs until its standard input ends, and then removes FOLDER. Prints a line of JSON once the nodes are ready:
  {"kubeconfig": "FOLDER/kubeconfig", "pids": {"kube-apiserver": 4711, …}}
A process that ends is started again after a second.`

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
	component := os.Args[1]
	os.Args = append(os.Args[:1], os.Args[2:]...)
	switch component {
	case "kube-apiserver":
		os.Exit(cli.Run(apiserver.NewAPIServerCommand()))
	case "kube-controller-manager":
		os.Exit(cli.Run(controllers.NewControllerManagerCommand()))
	case "kube-scheduler":
		os.Exit(cli.Run(scheduler.NewSchedulerCommand()))
	}
	if err := run(component); err != nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		os.Exit(1)
	}
}

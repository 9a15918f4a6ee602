//go:build !assets

package main

import (
	"os"

	"k8s.io/component-base/cli"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

// runComponent runs a component that is linked into this program, and says that it has.
func runComponent(name string) (status int, ran bool) {
	switch name {
	case "kube-apiserver":
		return cli.Run(apiserver.NewAPIServerCommand()), true
	case "kube-controller-manager":
		return cli.Run(controllers.NewControllerManagerCommand()), true
	case "kube-scheduler":
		return cli.Run(scheduler.NewSchedulerCommand()), true
	}
	return 0, false
}

// programOf is this program itself, told which component to be.
func programOf(component string) (program string, first []string, err error) {
	self, err := os.Executable()
	return self, []string{component}, err
}

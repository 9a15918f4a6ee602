//go:build assets

package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"k8s.io/apimachinery/pkg/util/wait"
)

// With the build tag `assets`, the components are programs in the folder KUBEBUILDER_ASSETS, and none is compiled.

func runComponent(string) (int, bool) { return 0, false }

func programOf(component string) (program string, first []string, err error) {
	program, err = exec.LookPath(filepath.Join(os.Getenv("KUBEBUILDER_ASSETS"), component))
	return program, nil, err
}

func startEtcd(processes *processes, folder string, at ports) (func(), error) {
	client, peer := "http://"+addressOf(at.etcd), "http://"+addressOf(at.etcdPeer)
	if _, _, err := programOf("etcd"); err != nil {
		return nil, err
	}
	processes.keep("etcd", []string{
		"--data-dir=" + filepath.Join(folder, "etcd"), "--unsafe-no-fsync", "--log-level=error",
		"--listen-client-urls=" + client, "--advertise-client-urls=" + client,
		"--listen-peer-urls=" + peer, "--initial-advertise-peer-urls=" + peer, "--initial-cluster=default=" + peer,
	})
	err := wait.PollUntilContextTimeout(processes.ctx, 100*time.Millisecond, time.Minute, true, func(context.Context) (bool, error) {
		response, err := http.Get(client + "/health")
		if err != nil {
			return false, nil
		}
		response.Body.Close()
		return response.StatusCode == http.StatusOK, nil
	})
	if err != nil {
		return nil, fmt.Errorf("not ready after a minute, see %s: %w", filepath.Join(folder, "etcd.log"), err)
	}
	return func() {}, nil
}

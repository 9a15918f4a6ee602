package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

// run keeps a cluster in folder until standard input ends: whoever started it may be killed, and it ends as well.
func run(folder string) error {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() {
		io.Copy(io.Discard, os.Stdin)
		stop()
	}()

	ports, err := freePorts(4)
	if err != nil {
		return err
	}
	files, err := writeCredentials(folder, ports.apiserver)
	if err != nil {
		return err
	}
	etcd, err := startEtcd(folder, ports)
	if err != nil {
		return fmt.Errorf("etcd: %w", err)
	}
	defer etcd.Close()
	processes := newProcesses(ctx, folder)
	defer processes.wait()
	defer stop()
	processes.keep("kube-apiserver", apiserverFlags(files, ports))

	config, err := clientcmd.BuildConfigFromFlags("", files.kubeconfig)
	if err != nil {
		return err
	}
	config.QPS, config.Burst = 500, 1000
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	if err := untilReady(ctx, client); err != nil {
		return fmt.Errorf("the API server is not ready, see %s: %w", filepath.Join(folder, "kube-apiserver.log"), err)
	}
	processes.keep("kube-controller-manager", controllerFlags(files))
	processes.keep("kube-scheduler", schedulerFlags(files))
	if err := simulateNodes(ctx, client, files, ports.kubelet); err != nil {
		return fmt.Errorf("nodes: %w", err)
	}
	simulateStorage(ctx, client)
	if err := json.NewEncoder(os.Stdout).Encode(map[string]any{
		"kubeconfig": files.kubeconfig, "pids": processes.pids(),
	}); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

func untilReady(ctx context.Context, client kubernetes.Interface) error {
	return wait.PollUntilContextTimeout(ctx, 100*time.Millisecond, 2*time.Minute, true, func(ctx context.Context) (bool, error) {
		_, err := client.Discovery().RESTClient().Get().AbsPath("/readyz").DoRaw(ctx)
		return err == nil, nil
	})
}

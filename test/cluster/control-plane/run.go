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

// run keeps a cluster in folder until standard input ends: whoever started it may be killed, and it ends as well. In the
// folder of a cluster that was killed itself, it goes on with that one.
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

	ports, files, err := settle(folder)
	if err != nil {
		return err
	}
	processes := newProcesses(ctx, folder)
	defer processes.wait()
	closeEtcd, err := startEtcd(processes, folder, ports)
	if err != nil {
		return fmt.Errorf("etcd: %w", err)
	}
	defer closeEtcd()
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
	without := []string{}
	for component, flags := range map[string][]string{
		"kube-controller-manager": controllerFlags(files), "kube-scheduler": schedulerFlags(files),
	} {
		if _, _, err := programOf(component); err != nil {
			without = append(without, component)
			continue
		}
		processes.keep(component, flags)
	}
	if err := simulateNodes(ctx, client, files, ports.kubelet); err != nil {
		return fmt.Errorf("nodes: %w", err)
	}
	simulateStorage(ctx, client)
	simulateBalancers(ctx, client)
	if err := json.NewEncoder(os.Stdout).Encode(map[string]any{
		"kubeconfig": files.kubeconfig, "folder": folder, "without": without,
	}); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

// settle chooses the ports and makes the certificates of a new cluster; one that was killed gets its own back.
func settle(folder string) (ports, credentials, error) {
	files, file := credentialsIn(folder), filepath.Join(folder, "ports")
	if at, known := readPorts(file); known {
		return at, files, nil
	}
	at, err := freePorts()
	if err != nil {
		return at, files, err
	}
	if err := writeCredentials(folder, files, at.apiserver); err != nil {
		return at, files, err
	}
	return at, files, at.write(file)
}

func untilReady(ctx context.Context, client kubernetes.Interface) error {
	return wait.PollUntilContextTimeout(ctx, 100*time.Millisecond, 2*time.Minute, true, func(ctx context.Context) (bool, error) {
		_, err := client.Discovery().RESTClient().Get().AbsPath("/readyz").DoRaw(ctx)
		return err == nil, nil
	})
}

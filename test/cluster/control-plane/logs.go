package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

// serveLogs answers `kubectl logs`, as the kubelet of every node.
func serveLogs(ctx context.Context, client kubernetes.Interface, server keyPair, port int) error {
	certificate, err := tls.LoadX509KeyPair(server.cert, server.key)
	if err != nil {
		return err
	}
	handler := http.NewServeMux()
	handler.HandleFunc("/containerLogs/{namespace}/{pod}/{container}", func(response http.ResponseWriter, request *http.Request) {
		pod, err := client.CoreV1().Pods(request.PathValue("namespace")).Get(ctx, request.PathValue("pod"), meta.GetOptions{})
		if err != nil {
			http.Error(response, err.Error(), http.StatusNotFound)
			return
		}
		log, refusal := readLog(pod, request.PathValue("container"), request.URL.Query())
		if refusal != "" {
			http.Error(response, refusal, http.StatusBadRequest)
			return
		}
		io.WriteString(response, log)
	})
	listener, err := tls.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port), &tls.Config{Certificates: []tls.Certificate{certificate}})
	if err != nil {
		return err
	}
	go http.Serve(listener, handler)
	go func() {
		<-ctx.Done()
		listener.Close()
	}()
	return nil
}

// readLog returns the log of a run of a container, the last one or the one before it, or a kubelet's words why there is none.
func readLog(pod *core.Pod, container string, query url.Values) (log, refusal string) {
	var found *core.ContainerStatus
	edit(&pod.Status, container, func(of *core.ContainerStatus) { found = of })
	switch {
	case found == nil:
		return "", fmt.Sprintf("container %q in pod %q is not available", container, pod.Name)
	case query.Get("previous") == "true" && found.LastTerminationState.Terminated == nil:
		return "", fmt.Sprintf("previous terminated container %q in pod %q not found", container, pod.Name)
	case found.State.Waiting != nil && found.LastTerminationState.Terminated == nil:
		return "", fmt.Sprintf("container %q in pod %q is waiting to start: %s", container, pod.Name, found.State.Waiting.Reason)
	}
	lines := strings.SplitAfter(logOf(found.Image), "\n")
	lines = lines[:len(lines)-1]
	if count, err := strconv.Atoi(query.Get("tailLines")); err == nil && count < len(lines) {
		lines = lines[len(lines)-count:]
	}
	return strings.Join(lines, ""), ""
}

package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
)

// images holds the image of each container, by `namespace/pod/container`, for its log.
var images sync.Map

// serveLogs answers `kubectl logs`, as the kubelet of every node.
func serveLogs(ctx context.Context, server keyPair, port int) error {
	certificate, err := tls.LoadX509KeyPair(server.cert, server.key)
	if err != nil {
		return err
	}
	handler := http.NewServeMux()
	handler.HandleFunc("/containerLogs/", func(response http.ResponseWriter, request *http.Request) {
		image, known := images.Load(strings.TrimPrefix(request.URL.Path, "/containerLogs/"))
		if !known {
			http.NotFound(response, request)
			return
		}
		io.WriteString(response, logOf(image.(string)))
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

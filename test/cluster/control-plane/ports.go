package main

import (
	"fmt"
	"net"
	"os"
)

type ports struct {
	apiserver, kubelet, etcd, etcdPeer int
}

// readPorts returns the ports that an earlier run in the same folder wrote down.
func readPorts(file string) (ports, bool) {
	text, err := os.ReadFile(file)
	if err != nil {
		return ports{}, false
	}
	at := ports{}
	_, err = fmt.Sscan(string(text), &at.apiserver, &at.kubelet, &at.etcd, &at.etcdPeer)
	return at, err == nil
}

func (at ports) write(file string) error {
	return os.WriteFile(file, []byte(fmt.Sprintln(at.apiserver, at.kubelet, at.etcd, at.etcdPeer)), 0o600)
}

// freePorts asks the system for ports that nobody listens on.
func freePorts() (ports, error) {
	free := make([]int, 4)
	for i := range free {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return ports{}, err
		}
		defer listener.Close()
		free[i] = listener.Addr().(*net.TCPAddr).Port
	}
	return ports{free[0], free[1], free[2], free[3]}, nil
}

func addressOf(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }

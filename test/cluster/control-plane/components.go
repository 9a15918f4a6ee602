package main

import "fmt"

func apiserverFlags(files credentials, at ports) []string {
	return []string{
		fmt.Sprintf("--etcd-servers=http://127.0.0.1:%d", at.etcd),
		fmt.Sprintf("--secure-port=%d", at.apiserver),
		"--bind-address=127.0.0.1",
		"--advertise-address=127.0.0.1",
		// The Service `kubernetes` gets no endpoint, since loopback addresses are none.
		"--endpoint-reconciler-type=none",
		"--service-cluster-ip-range=10.96.0.0/16",
		"--authorization-mode=Node,RBAC",
		"--allow-privileged=true",
		"--profiling=false",
		"--client-ca-file=" + files.ca,
		"--tls-cert-file=" + files.server.cert,
		"--tls-private-key-file=" + files.server.key,
		"--kubelet-certificate-authority=" + files.ca,
		"--kubelet-client-certificate=" + files.admin.cert,
		"--kubelet-client-key=" + files.admin.key,
		"--kubelet-preferred-address-types=InternalIP",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + files.serviceAccounts,
		"--service-account-signing-key-file=" + files.serviceAccounts,
	}
}

func controllerFlags(files credentials) []string {
	return []string{
		"--kubeconfig=" + files.controllers,
		"--leader-elect=false",
		"--secure-port=0",
		"--use-service-account-credentials=true",
		"--root-ca-file=" + files.ca,
		"--service-account-private-key-file=" + files.serviceAccounts,
		"--kube-api-qps=200",
		"--kube-api-burst=400",
	}
}

func schedulerFlags(files credentials) []string {
	return []string{
		"--kubeconfig=" + files.scheduler,
		"--leader-elect=false",
		"--secure-port=0",
		"--kube-api-qps=200",
		"--kube-api-burst=400",
	}
}

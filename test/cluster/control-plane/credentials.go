package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"

	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
)

// keyPair is a certificate and its key, as files.
type keyPair struct{ cert, key string }

// credentials are the files by which the components know each other.
type credentials struct {
	ca                                 string
	server, admin                      keyPair
	kubeconfig, controllers, scheduler string
	serviceAccounts                    string
}

// authority signs certificates.
type authority struct {
	folder string
	cert   *x509.Certificate
	key    *ecdsa.PrivateKey
}

// credentialsIn names the files in folder.
func credentialsIn(folder string) credentials {
	at := func(name string) string { return filepath.Join(folder, name) }
	pair := func(name string) keyPair { return keyPair{at(name + ".crt"), at(name + ".key")} }
	return credentials{
		ca: at("ca.crt"), server: pair("server"), admin: pair("admin"), serviceAccounts: at("service-accounts.key"),
		kubeconfig: at("admin.kubeconfig"), controllers: at("controllers.kubeconfig"), scheduler: at("scheduler.kubeconfig"),
	}
}

func writeCredentials(folder string, files credentials, port int) error {
	ca, err := newAuthority(folder)
	if err != nil {
		return err
	}
	if _, err := ca.sign("server", pkix.Name{CommonName: "kube-apiserver"}); err != nil {
		return err
	}
	if _, err := writeKey(files.serviceAccounts); err != nil {
		return err
	}
	clients := []struct {
		name    string
		subject pkix.Name
		file    string
	}{
		{"admin", pkix.Name{CommonName: "admin", Organization: []string{"system:masters"}}, files.kubeconfig},
		{"controllers", pkix.Name{CommonName: "system:kube-controller-manager"}, files.controllers},
		{"scheduler", pkix.Name{CommonName: "system:kube-scheduler"}, files.scheduler},
	}
	for _, client := range clients {
		pair, err := ca.sign(client.name, client.subject)
		if err != nil {
			return err
		}
		if err := writeKubeconfig(client.file, files.ca, pair, port); err != nil {
			return err
		}
	}
	return nil
}

func newAuthority(folder string) (*authority, error) {
	key, err := writeKey(filepath.Join(folder, "ca.key"))
	if err != nil {
		return nil, err
	}
	template := certificate(pkix.Name{CommonName: "test-cluster"})
	template.IsCA, template.BasicConstraintsValid = true, true
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &authority{folder, cert, key}, writePem(filepath.Join(folder, "ca.crt"), "CERTIFICATE", der)
}

// sign makes a certificate for clients and, on loopback, for servers.
func (a *authority) sign(name string, subject pkix.Name) (keyPair, error) {
	pair := keyPair{filepath.Join(a.folder, name+".crt"), filepath.Join(a.folder, name+".key")}
	key, err := writeKey(pair.key)
	if err != nil {
		return pair, err
	}
	template := certificate(subject)
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
	template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(10, 96, 0, 1)}
	template.DNSNames = []string{"localhost", "kubernetes.default.svc"}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, key.Public(), a.key)
	if err != nil {
		return pair, err
	}
	return pair, writePem(pair.cert, "CERTIFICATE", der)
}

func certificate(subject pkix.Name) *x509.Certificate {
	serial, _ := rand.Int(rand.Reader, big.NewInt(1<<62))
	return &x509.Certificate{
		Subject: subject, SerialNumber: serial,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
}

func writeKey(file string) (*ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return nil, err
	}
	return key, writePem(file, "EC PRIVATE KEY", der)
}

func writePem(file, kind string, der []byte) error {
	return os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
}

func writeKubeconfig(file, ca string, client keyPair, port int) error {
	config := clientcmdapi.NewConfig()
	config.Clusters["test"] = &clientcmdapi.Cluster{
		Server: fmt.Sprintf("https://127.0.0.1:%d", port), CertificateAuthority: ca,
	}
	config.AuthInfos["test"] = &clientcmdapi.AuthInfo{ClientCertificate: client.cert, ClientKey: client.key}
	config.Contexts["test"] = &clientcmdapi.Context{Cluster: "test", AuthInfo: "test"}
	config.CurrentContext = "test"
	return clientcmd.WriteToFile(*config, file)
}

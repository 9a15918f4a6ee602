package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// processes are the components that run as copies of this program.
type processes struct {
	ctx    context.Context
	folder string
	done   sync.WaitGroup
	lock   sync.Mutex
	pid    map[string]int
}

func newProcesses(ctx context.Context, folder string) *processes {
	return &processes{ctx: ctx, folder: folder, pid: map[string]int{}}
}

// keep runs a component, and again whenever it ends: tests kill the API server on purpose.
func (p *processes) keep(component string, flags []string) {
	started := make(chan struct{})
	var once sync.Once
	p.done.Add(1)
	go func() {
		defer p.done.Done()
		for p.ctx.Err() == nil {
			if err := p.runOnce(component, flags, func() { once.Do(func() { close(started) }) }); err != nil {
				fmt.Fprintf(os.Stderr, "cluster: %s: %v\n", component, err)
			}
			once.Do(func() { close(started) })
			select {
			case <-p.ctx.Done():
			case <-time.After(time.Second):
			}
		}
	}()
	<-started
}

func (p *processes) runOnce(component string, flags []string, started func()) error {
	log, err := os.OpenFile(filepath.Join(p.folder, component+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	command := exec.CommandContext(p.ctx, self, append([]string{component}, flags...)...)
	command.Stdout, command.Stderr = log, log
	// Killed with this process, however that ends.
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := command.Start(); err != nil {
		return err
	}
	p.lock.Lock()
	p.pid[component] = command.Process.Pid
	p.lock.Unlock()
	started()
	err = command.Wait()
	if p.ctx.Err() != nil {
		return nil
	}
	return err
}

func (p *processes) pids() map[string]int {
	p.lock.Lock()
	defer p.lock.Unlock()
	pids := map[string]int{}
	for component, pid := range p.pid {
		pids[component] = pid
	}
	return pids
}

func (p *processes) wait() { p.done.Wait() }

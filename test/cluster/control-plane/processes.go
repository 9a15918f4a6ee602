package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// processes are the components, each of which runs as a process.
type processes struct {
	ctx    context.Context
	folder string
	done   sync.WaitGroup
	lock   sync.Mutex
	pid    map[string]int
}

func newProcesses(ctx context.Context, folder string) *processes {
	return &processes{ctx: ctx, folder: folder, pid: map[string]int{"cluster": os.Getpid()}}
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
	program, first, err := programOf(component)
	if err != nil {
		return err
	}
	command := exec.CommandContext(p.ctx, program, append(first, flags...)...)
	command.Stdout, command.Stderr = log, log
	// Killed with this process, however that ends.
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := command.Start(); err != nil {
		return err
	}
	if err := p.record(component, command.Process.Pid); err != nil {
		return err
	}
	started()
	err = command.Wait()
	if p.ctx.Err() != nil {
		return nil
	}
	return err
}

// record writes down which processes run, for tests that kill one or all.
func (p *processes) record(component string, pid int) error {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.pid[component] = pid
	text, err := json.Marshal(p.pid)
	if err != nil {
		return err
	}
	file := filepath.Join(p.folder, "pids.json")
	if err := os.WriteFile(file+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}

func (p *processes) wait() { p.done.Wait() }

package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"time"
)

// server is a program that listens on a port of the loopback interface.
type server struct {
	cmd  *exec.Cmd
	log  *os.File
	done chan error
}

// freePort asks the system for a port that nobody has.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// start starts a program and waits until its port is open. Env is added to the environment.
func start(ctx context.Context, log string, port int, env []string, name string, args ...string) (*server, error) {
	file, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	s := &server{cmd: exec.CommandContext(ctx, name, args...), log: file, done: make(chan error, 1)}
	s.cmd.Stdout, s.cmd.Stderr, s.cmd.Env = file, file, append(os.Environ(), env...)
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // so that what it starts ends with it
	s.cmd.Cancel = func() error { return syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL) }
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { s.done <- s.cmd.Wait() }()
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	for range 300 {
		if c, err := net.DialTimeout("tcp", address, time.Second); err == nil {
			c.Close()
			return s, nil
		}
		select {
		case err := <-s.done:
			s.done <- err
			s.stop()
			return nil, fmt.Errorf("%s does not start: %v\n%s", name, err, tail(log))
		case <-time.After(200 * time.Millisecond):
		case <-ctx.Done():
			s.stop()
			return nil, ctx.Err()
		}
	}
	s.stop()
	return nil, fmt.Errorf("%s does not listen\n%s", name, tail(log))
}

// stop ends the program and what it started.
func (s *server) stop() {
	pid := s.cmd.Process.Pid
	_ = syscall.Kill(-pid, syscall.SIGTERM)
	select {
	case <-s.done:
	case <-time.After(5 * time.Second):
		_ = syscall.Kill(-pid, syscall.SIGKILL)
		<-s.done
	}
	s.log.Close()
}

func tail(log string) string {
	data, err := os.ReadFile(log)
	if err != nil {
		return err.Error()
	}
	return string(data[max(0, len(data)-1000):])
}

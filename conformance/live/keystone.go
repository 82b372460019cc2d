package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/conformance/internal/debian"
	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
	"github.com/pantograph-go/pantograph/conformance/live/internal/login"
)

// keystonePackages hold Keystone and the server that runs it.
var keystonePackages = []string{"python3-keystone", "uwsgi-core", "uwsgi-plugin-python3"}

// uwsgi is the server's program, below the folder of the packages.
const uwsgi = "usr/bin/uwsgi-core"

// python is the interpreter that the packages are made for. It is the system's.
const python = "/usr/bin/python3"

// keystone logs in, with the client of the curated document, at a Keystone whose every part is Debian's.
func keystone(ctx context.Context, set settings, m *scratch.Module) error {
	k := &identityService{root: filepath.Join(set.cache, "keystone"), dir: filepath.Join(m.Dir, "keystone"), password: rand.Text()}
	if err := k.unpack(ctx, set.cache); err != nil {
		return err
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	site := login.Site{Endpoint: fmt.Sprintf("http://127.0.0.1:%d", port), Password: k.password, Region: keystoneRegion, ShortLived: k.shortLived}
	if err := k.setUp(ctx, site.Endpoint); err != nil {
		return err
	}
	s, err := k.start(ctx, time.Hour, port)
	if err != nil {
		return err
	}
	defer s.stop()
	return login.Walk(ctx, site, say)
}

// shortLived starts a server whose tokens live for a while.
func (k *identityService) shortLived(ctx context.Context, life time.Duration) (endpoint string, stop func(), err error) {
	port, err := freePort()
	if err != nil {
		return "", nil, err
	}
	s, err := k.start(ctx, life, port)
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf("http://127.0.0.1:%d", port), s.stop, nil
}

// keystoneRegion is the region of the Keystone.
const keystoneRegion = "RegionOne"

// identityService is a Keystone below a folder.
type identityService struct {
	root     string // of the packages
	dir      string // of its database, keys and settings
	password string // of its administrator
	env      []string
	uwsgi    []string // arguments, but for the port
}

// unpack gets the packages, and finds what is in them.
func (k *identityService) unpack(ctx context.Context, cache string) error {
	if err := debian.UnpackWithNeeds(ctx, cache, k.root, uwsgi, keystonePackages...); err != nil {
		return err
	}
	plugins, err := filepath.Glob(filepath.Join(k.root, "usr", "lib", "uwsgi", "plugins", "python3*_plugin.so"))
	if err != nil || len(plugins) != 1 {
		return fmt.Errorf("there is no plugin of uwsgi for Python in %s", k.root)
	}
	var libraries []string
	for _, below := range []string{"usr/lib", "lib"} {
		found, err := filepath.Glob(filepath.Join(k.root, filepath.FromSlash(below), "*-linux-*"))
		if err != nil {
			return err
		}
		libraries = append(libraries, found...)
	}
	k.env = []string{
		"PYTHONPATH=" + filepath.Join(k.root, "usr", "lib", "python3", "dist-packages"),
		"LD_LIBRARY_PATH=" + strings.Join(libraries, ":"),
		"PATH=/usr/bin:/bin",       // another Python does not come in between
		"PYTHONDONTWRITEBYTECODE=", // what is compiled stays with the packages
	}
	// It ends connections behind each answer, and has to be told to say so.
	k.uwsgi = []string{"--add-header", "Connection: close", "--plugin", plugins[0], "--master", "--die-on-term", "--need-app",
		"--processes", "1", "--threads", "4", "--wsgi-file", filepath.Join(k.root, "usr", "bin", "keystone-wsgi-public")}
	return nil
}

// settings writes those of a Keystone whose tokens live for a while.
func (k *identityService) settings(life time.Duration) (file string, err error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "[DEFAULT]\nuse_stderr = true\n")
	fmt.Fprintf(&b, "[database]\nconnection = sqlite:///%s\n", filepath.Join(k.dir, "keystone.db"))
	fmt.Fprintf(&b, "[auth]\nmethods = password,token,application_credential,totp\n")
	fmt.Fprintf(&b, "[token]\nexpiration = %d\n", int(life.Seconds()))
	fmt.Fprintf(&b, "[cache]\nbackend = dogpile.cache.memory\n") // without one, to look at a token is hundreds of queries
	// One set of keys does for all.
	for _, section := range []string{"fernet_tokens", "fernet_receipts", "credential"} {
		fmt.Fprintf(&b, "[%s]\nkey_repository = %s\n", section, filepath.Join(k.dir, "keys"))
	}
	file = filepath.Join(k.dir, life.String()+".conf")
	return file, os.WriteFile(file, b.Bytes(), 0o600)
}

// setUp makes the database, the keys, and an administrator.
func (k *identityService) setUp(ctx context.Context, endpoint string) error {
	if err := os.MkdirAll(k.dir, 0o700); err != nil {
		return err
	}
	config, err := k.settings(time.Hour)
	if err != nil {
		return err
	}
	// In this mode, which the file keeps, who reads does not lock out who writes.
	const journal = `import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("PRAGMA journal_mode = WAL")`
	if _, _, err := scratch.Run(ctx, k.dir, k.env, python, "-c", journal, filepath.Join(k.dir, "keystone.db")); err != nil {
		return err
	}
	us, err := user.Current()
	if err != nil {
		return err
	}
	group, err := user.LookupGroupId(us.Gid)
	if err != nil {
		return err
	}
	for _, args := range [][]string{
		{"db_sync"},
		{"fernet_setup", "--keystone-user", us.Username, "--keystone-group", group.Name}, // wants to hear it from root
		{"bootstrap", "--bootstrap-region-id", keystoneRegion, "--bootstrap-public-url", endpoint + "/v3"},
	} {
		command := append([]string{filepath.Join(k.root, "usr", "bin", "keystone-manage"), "--config-file", config}, args...)
		env := append([]string{"OS_BOOTSTRAP_PASSWORD=" + k.password}, k.env...) // not in the list of processes
		if _, _, err := scratch.Run(ctx, k.dir, env, python, command...); err != nil {
			return fmt.Errorf("keystone-manage %s: %w", args[0], err)
		}
	}
	return nil
}

// start serves tokens that live for a while, and waits until the service answers: uwsgi listens before it has loaded what it serves.
func (k *identityService) start(ctx context.Context, life time.Duration, port int) (*server, error) {
	config, err := k.settings(life)
	if err != nil {
		return nil, err
	}
	log := config + ".log"
	address := fmt.Sprintf("127.0.0.1:%d", port)
	env := append([]string{"OS_KEYSTONE_CONFIG_FILES=" + config}, k.env...)
	s, err := start(ctx, log, port, env, filepath.Join(k.root, uwsgi), append(k.uwsgi[:len(k.uwsgi):len(k.uwsgi)], "--http-socket", address)...)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/v3", nil)
	if err == nil {
		var resp *http.Response
		if resp, err = http.DefaultTransport.RoundTrip(req); err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return s, nil
			}
			err = fmt.Errorf("the answer of Keystone is %s", resp.Status)
		}
	}
	s.stop()
	return nil, fmt.Errorf("%w\n%s", err, tail(log))
}

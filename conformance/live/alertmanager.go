package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
	"github.com/pantograph-go/pantograph/generator"
)

// The release, in the two places it comes from.
const (
	alertmanagerPackage = "prometheus-alertmanager"                    // of Debian
	alertmanagerModule  = "github.com/prometheus/alertmanager@v0.25.0" // holds its document
)

// alertmanagerProgram is what a user would write; it is built beside the generated client.
//
//go:embed testdata/alertmanager/main.go
var alertmanagerProgram []byte

const alertmanagerSettings = `route: {receiver: default, group_by: [alertname], group_wait: 1s, routes: [{receiver: other, match: {team: x}}]}
receivers: [{name: default}, {name: other}]
`

// alertmanager generates a client of the document of a release, and drives that release with it.
func alertmanager(ctx context.Context, set settings, m *scratch.Module) error {
	root := filepath.Join(set.cache, "alertmanager")
	bin := filepath.Join(root, "usr", "bin", alertmanagerPackage)
	if err := debian(ctx, set.cache, alertmanagerPackage, root, bin); err != nil {
		return err
	}
	document, err := alertmanagerDocument(ctx)
	if err != nil {
		return err
	}
	var stdout, stderr bytes.Buffer
	args := []string{"gen", "-spec", document, "-out", filepath.Join(m.Dir, "alertmanager"), "-package", "alertmanager", "-import", scratch.Path + "/alertmanager"}
	if status := generator.Command(args, &stdout, &stderr); status != 0 {
		return fmt.Errorf("gen: status %d\n%s", status, &stderr)
	}
	if err := os.MkdirAll(filepath.Join(m.Dir, "drive"), 0o777); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(m.Dir, "drive", "main.go"), alertmanagerProgram, 0o666); err != nil {
		return err
	}
	drive := filepath.Join(m.Dir, "drive.bin")
	if _, err := m.Go(ctx, "build", "-o", drive, "./drive"); err != nil {
		return err
	}
	config := filepath.Join(m.Dir, "alertmanager.yml")
	if err := os.WriteFile(config, []byte(alertmanagerSettings), 0o666); err != nil {
		return err
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	// The package has its data below /usr/share, where ours is not: a mount namespace shows it there.
	s, err := start(ctx, filepath.Join(m.Dir, "alertmanager.log"), port, "unshare", "-rm", "sh", "-c", `mount --bind "$1" /usr/share && shift && exec "$@"`, "sh",
		filepath.Join(root, "usr", "share"), bin, "--config.file="+config, "--storage.path="+filepath.Join(m.Dir, "data"), "--web.listen-address="+address, "--cluster.listen-address=")
	if err != nil {
		return err
	}
	defer s.stop()
	out, _, err := scratch.Run(ctx, m.Dir, nil, drive, "http://"+address+"/api/v2")
	say("%s", out)
	var failed *scratch.Error
	if errors.As(err, &failed) {
		return fmt.Errorf("the program: %w", failed.Err) // what it said is printed already
	}
	return err
}

// alertmanagerDocument is the Swagger 2.0 document of the release.
func alertmanagerDocument(ctx context.Context) (string, error) {
	out, _, err := scratch.Run(ctx, os.TempDir(), nil, "go", "mod", "download", "-json", alertmanagerModule)
	if err != nil {
		return "", err
	}
	var module struct{ Dir string }
	if err := json.Unmarshal([]byte(out), &module); err != nil {
		return "", err
	}
	return filepath.Join(module.Dir, "api", "v2", "openapi.yaml"), nil
}

// debian unpacks a package into a folder; nothing of it is installed.
func debian(ctx context.Context, cache, name, root, want string) error {
	if _, err := os.Stat(want); err == nil {
		return nil
	}
	download := func() error {
		_, _, err := scratch.Run(ctx, cache, nil, "apt-get", "download", name)
		return err
	}
	if err := download(); err != nil {
		if _, _, updated := scratch.Run(ctx, cache, nil, "apt-get", "update"); updated != nil {
			return err
		}
		if err := download(); err != nil {
			return err
		}
	}
	files, err := filepath.Glob(filepath.Join(cache, name+"_*.deb"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("apt-get left no package of %s", name)
	}
	_, _, err = scratch.Run(ctx, cache, nil, "dpkg", "-x", files[len(files)-1], root)
	return err
}

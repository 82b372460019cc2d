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

	"github.com/pantograph-go/pantograph/conformance/internal/debian"
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
	if err := debian.Unpack(ctx, set.cache, root, filepath.Join("usr", "bin", alertmanagerPackage), alertmanagerPackage); err != nil {
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
	s, err := start(ctx, filepath.Join(m.Dir, "alertmanager.log"), port, nil, "unshare", "-rm", "sh", "-c", `mount --bind "$1" /usr/share && shift && exec "$@"`, "sh",
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

package cli

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write testdata/walk.golden anew")

// build builds the program and returns the folder it is in.
func build(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.Command("go", "build", "-o", filepath.Join(dir, "autoscaling"), "./autoscaling")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir
}

// command is a command that finds the program, and nothing of the user's settings.
func command(t *testing.T, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env = []string{"PATH=" + dir + string(os.PathListSeparator) + os.Getenv("PATH"), "HOME=" + t.TempDir(), "COLUMNS=80"}
	return cmd
}

// times are what differs from run to run.
var times = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`)

// TestAWalkFromTheShell: a walk through the life of a group works from the shell, and fits a terminal of 80 columns.
func TestAWalkFromTheShell(t *testing.T) {
	dir := build(t)
	out, err := command(t, dir, filepath.Join(dir, "autoscaling"), "fake", "--", "sh", "-v", "testdata/walk.sh").CombinedOutput()
	if err != nil {
		t.Errorf("%v", err)
	}
	got := times.ReplaceAllString(string(out), "2030-01-01T00:00:00Z")
	for line := range strings.Lines(got) {
		if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > 80 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	const golden = "testdata/walk.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("the walk is\n%s\n\ngo test -update writes it to %s", got, golden)
	}
}

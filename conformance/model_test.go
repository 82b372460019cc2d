package conformance

import (
	"bytes"
	"os"
	"os/exec"
	"testing"

	"github.com/pantograph-go/pantograph/generator"
)

// The example of a generator in another language, fed by dump, makes what is committed beside it.
func TestTheExampleInAnotherLanguageReadsTheModel(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no node here")
	}
	want, err := os.ReadFile("../docs/model/petstore.ts")
	if err != nil {
		t.Fatal(err)
	}
	var model, stderr bytes.Buffer
	if status := generator.Command([]string{"dump", "-stage", "model", "-spec", "consumer/petstore/openapi.yaml"}, &model, &stderr); status != 0 {
		t.Fatalf("status %d\n%s", status, &stderr)
	}
	run := func(input string) (string, error) {
		cmd := exec.Command(node, "../docs/model/typescript.mjs")
		cmd.Stdin = bytes.NewReader([]byte(input))
		out, err := cmd.Output()
		return string(out), err
	}
	got, err := run(model.String())
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("docs/model/petstore.ts is not what the example prints:\n%s", got)
	}
	if _, err := run(`{"format":2}`); err == nil {
		t.Error("a format that the example does not know is read")
	}
}

package verify

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// largePackage returns about 20 000 lines in the style of our output.
func largePackage() []Source {
	var files []Source
	for f := range 20 {
		var b strings.Builder
		b.WriteString("import (\n\"context\"\n\"errors\"\n\"fmt\"\n\"net/http\"\n\"time\"\n\"example.com/m/client/rt\"\n)\n\n")
		for i := range 20 {
			n := fmt.Sprintf("T%d_%d", f, i)
			fmt.Fprintf(&b, "// %s is a resource of the API.\n//\n// Reference: https://example.com/%s\ntype %s struct {\n", n, n, n)
			for m := range 12 {
				fmt.Fprintf(&b, "// M%d is a member. 1 to 64 characters.\nM%d string `json:\"m%d\"`\n", m, m, m)
			}
			b.WriteString("At time.Time\nDo rt.Doer\n}\n\n")
			fmt.Fprintf(&b, "// Validate reports every violation.\nfunc (t *%s) Validate() error {\nvar errs []error\n", n)
			for m := range 4 {
				fmt.Fprintf(&b, "if len(t.M%d) > 64 {\nerrs = append(errs, fmt.Errorf(\"m%d: too long: %%d\", len(t.M%d)))\n}\n", m, m, m)
			}
			b.WriteString("return errors.Join(errs...)\n}\n\n")
			fmt.Fprintf(&b, "// Get gets.\nfunc (t *%s) Get(ctx context.Context) (*http.Response, error) {\nreq, err := http.NewRequestWithContext(ctx, \"GET\", t.M0, nil)\nif err != nil {\nreturn nil, err\n}\nreturn t.Do(req)\n}\n\n", n)
		}
		files = append(files, generated(fmt.Sprintf("f%d.go", f), b.String()))
	}
	return files
}

func BenchmarkFiles(b *testing.B) {
	req := request(largePackage()...)
	lines := 0
	for _, f := range req.Files {
		lines += bytes.Count(f.Bytes, []byte("\n"))
	}
	for b.Loop() {
		if _, list := Files(req); len(list) > 0 {
			b.Fatal(list[0])
		}
	}
	b.ReportMetric(float64(lines), "lines")
}

package redact

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pantograph-go/pantograph/generator"
)

const document = `openapi: 3.1.1
info: {title: Shop, version: "1"}
servers: [{url: https://api.example.com}]
paths:
  /customers:
    get:
      operationId: listCustomers
      tags: [customers]
      responses:
        "200":
          description: OK
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Customer'}}}}
components:
  schemas:
    Customer:
      type: object
      properties: {name: {type: string}, email: {type: string}, born: {type: string, format: date-time}}
`

func generate(list string) (map[string]string, []generator.Diagnostic) {
	config := generator.NewConfig()
	config.Specs, config.Package, config.Import = []string{"api.yaml"}, "shop", "example.com/shop"
	result, diagnostics := generator.Run(generator.Options{
		Config:     *config,
		FS:         fstest.MapFS{"api.yaml": {Data: []byte(document)}},
		Extensions: []generator.Extension{&Extension{File: "redact.txt", Text: func() ([]byte, error) { return []byte(list), nil }}},
	})
	files := map[string]string{}
	for _, f := range result.Files {
		files[f.Path] = string(f.Content)
	}
	return files, diagnostics
}

func TestModelsHaveAMethodRedacted(t *testing.T) {
	files, diagnostics := generate("# ours\nCustomer.Email\nCustomer.Born\n")
	if len(diagnostics) > 0 {
		t.Fatal(diagnostics)
	}
	const want = "func (v Customer) Redacted() Customer {\n\tclearRedacted(&v.Email)\n\tclearRedacted(&v.Born)\n\treturn v\n}\n"
	if !strings.Contains(files["redacted.go"], want) {
		t.Errorf("redacted.go is\n%s", files["redacted.go"])
	}
}

func TestAListThatRotsIsAnError(t *testing.T) {
	files, diagnostics := generate("Customer.Email\nCustomer.Phone\n")
	if len(files) > 0 || len(diagnostics) != 1 || diagnostics[0].String() != `redact.txt:2:1: error: there is no field "Customer.Phone" [redact-unknown]` {
		t.Error(diagnostics)
	}
}

func TestNoListNoFile(t *testing.T) {
	files, diagnostics := generate("")
	if _, ok := files["redacted.go"]; ok || len(diagnostics) > 0 || len(files) == 0 {
		t.Error(diagnostics)
	}
}

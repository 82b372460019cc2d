package main

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"

	"github.com/pantograph-go/pantograph/conformance/internal/scratch"
	"github.com/pantograph-go/pantograph/conformance/internal/spec"
)

// load measures kin-openapi's plain load of the document as JSON, in a process of its own as generation is.
func (p *prover) load(ctx context.Context, file string, r *result) error {
	path, err := asJSON(file, p.module.Dir)
	if err != nil {
		return err
	}
	_, r.Load, err = scratch.Run(ctx, "", nil, p.self, "-load", path)
	return err
}

// asJSON returns the path of the document as JSON: its own, or that of a copy. The files it refers to stay where they are
// and what they are.
func asJSON(file, dir string) (string, error) {
	if filepath.Ext(file) == ".json" {
		return filepath.Abs(file)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	var value any
	if err := yaml.Unmarshal(data, &value); err != nil {
		return "", err
	}
	if data, err = json.Marshal(spec.Textual(value)); err != nil {
		return "", err
	}
	path := filepath.Join(dir, "document.json")
	return path, os.WriteFile(path, data, 0o666)
}

// plainLoad is all that a program does that loads a document with kin-openapi, and nothing else.
func plainLoad(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var version struct{ Swagger string }
	if err := json.Unmarshal(data, &version); err != nil {
		return err
	}
	if version.Swagger != "" {
		return json.Unmarshal(data, new(openapi2.T))
	}
	loader := openapi3.NewLoader()
	loader.IsExternalRefsAllowed = true
	_, err = loader.LoadFromDataWithPath(data, &url.URL{Path: filepath.ToSlash(path)})
	return err
}

package source

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// kin-openapi resolves and validates what the model was built from; it builds nothing. It gets every
// file as JSON, rendered from our trees after repair, through a reader that knows only our files.
//
// It is a second opinion, and its findings are warnings (errors under Strict). Where ours is the better
// informed first one, its finding is left out: see known.

// validate hands the documents to kin-openapi.
func (l *loader) validate() {
	if l.files.nodes > maxKinNodes || l.refDepth() > maxKinDepth {
		l.notef(l.specs[0].root.pos(), "validation-skipped", "the documents are too large for kin-openapi; what it would find is not reported")
		return
	}
	for _, f := range l.specs {
		k := &kin{loader: l, spec: f, rendered: map[string][]byte{}}
		k.run()
	}
}

// kin is the validation of one document.
type kin struct {
	*loader
	spec     *file
	rendered map[string][]byte
}

func (k *kin) run() {
	defer func() {
		if p := recover(); p != nil {
			k.warnf(k.spec.root.pos(), "kin-openapi", "kin-openapi could not validate the document: it panicked")
		}
	}()
	reader := openapi3.NewLoader()
	reader.ReadFromURIFunc = k.read
	location := &url.URL{Path: k.spec.name}
	data, err := k.read(nil, location)
	if err != nil {
		return
	}
	doc, err := reader.LoadFromDataWithPath(data, location)
	if err != nil {
		k.warnf(k.spec.root.pos(), "kin-openapi", "kin-openapi cannot load the document: %s", oneLine(err))
		return
	}
	// Patterns are ECMA-262 and ours to judge; unknown members are reported by the reader of each object.
	err = doc.Validate(context.Background(), openapi3.EnableMultiError(), openapi3.DisableSchemaPatternValidation())
	var list openapi3.MultiError
	if !errors.As(err, &list) && err != nil {
		list = openapi3.MultiError{err}
	}
	for _, e := range list {
		if !known(e) {
			k.report(e)
		}
	}
}

// read gives kin-openapi a file: one of ours, below the root, and never anything else.
func (k *kin) read(_ *openapi3.Loader, location *url.URL) ([]byte, error) {
	if location.Scheme != "" || location.Host != "" {
		return nil, errors.New("only files below the root are read")
	}
	if data, ok := k.rendered[location.Path]; ok {
		return data, nil
	}
	f := k.files.open(location.Path, k.spec.root)
	if f.root == nil {
		return nil, fmt.Errorf("%q cannot be read", location.Path)
	}
	data := render(f.root)
	k.rendered[location.Path] = data
	return data, nil
}

// known reports whether the finding is one that we have reported ourselves, with a better position.
func known(err error) bool {
	var parameters *openapi3.PathParametersError
	return errors.As(err, &parameters) || slices.Contains([]string{"conflicting-paths", "path-parameter-required"}, code(err))
}

// code is kin-openapi's code of a finding; its codes are kebab-case and kept stable, as ours are.
func code(err error) string {
	if coded := openapi3.CodedError(nil); errors.As(err, &coded) {
		return coded.Code()
	}
	return "invalid"
}

// report adds a finding at the innermost place that its context names.
func (k *kin) report(err error) {
	root := k.spec.root
	at := root
	finding := err // without the context that becomes a position
	down := func(n *node, cause error) {
		if n != nil {
			at, finding = n, cause
		}
	}
	code := code(err)
	for ; err != nil; err = errors.Unwrap(err) {
		switch e := err.(type) {
		case *openapi3.SectionValidationError:
			down(root.get(e.Section), e.Cause)
		case *openapi3.PathValidationError:
			down(at.get(e.Path), e.Cause)
		case *openapi3.OperationValidationError:
			down(k.follow(at).get(strings.ToLower(e.Method)), e.Cause)
		case *openapi3.ComponentValidationError:
			sections := map[string]string{
				"schema": "schemas", "parameter": "parameters", "header": "headers", "request body": "requestBodies", "response": "responses",
				"security scheme": "securitySchemes", "example": "examples", "link": "links", "callback": "callbacks",
			}
			down(root.at("components", sections[e.Section], e.Name), e.Cause)
		case *openapi3.ParameterFieldValidationError:
			if i := slices.IndexFunc(at.get("parameters").entries(), func(p *node) bool { return p.str("name") == e.ParameterName }); i >= 0 {
				at = at.get("parameters").members[i]
			}
		case *openapi3.RequiredFieldError:
			if n := at.get(e.Field); n != nil {
				at = n
			}
		}
	}
	k.warnf(at.pos(), code, "%s", oneLine(finding))
}

// oneLine is the text of an error without line breaks and without the schema that kin-openapi prints, and
// not longer than a message can be.
func oneLine(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\nSchema:")
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 300 {
		text = strings.ToValidUTF8(text[:300], "") + "…"
	}
	return text
}

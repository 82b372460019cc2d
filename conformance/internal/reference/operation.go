package reference

import (
	"maps"
	"slices"
	"strings"
)

// Operation is one of a document, or one of its variants.
type Operation struct {
	ID, Method, Path string
	At               string
	Status           []string
	Anonymous        bool
	Source           bool
	rateLimit        element
	result           string // the member of the answer that a method returns
	parameters       []Field
	places           []string // in, of each parameter
	RequestType      string
	requestRequired  bool
	Request          []Field
	requestAt        string
	responseType     string
	Response         []Field
	responseAt       string
}

var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

// Operations are those of a document, each variant by itself.
func (r *Reader) Operations(name string) []Operation {
	var operations []Operation
	doc := r.open(name)
	for _, p := range doc.get("paths").keys() {
		item := doc.get("paths", p)
		for _, method := range methods {
			e := item.get(method)
			if !e.is() {
				continue
			}
			variants := e.get("x-pantograph", "variants").items()
			if len(variants) == 0 {
				variants = []element{{}}
			}
			for _, variant := range variants {
				operations = append(operations, r.operation(doc, p, strings.ToUpper(method), item, e, variant))
			}
		}
	}
	return operations
}

func (r *Reader) operation(doc element, p, method string, item, e, variant element) Operation {
	op := Operation{ID: e.get("operationId").text(), Method: method, Path: p, At: e.at()}
	op.rateLimit = e.get("x-pantograph", "rateLimit")
	op.Source = e.get("x-pantograph", "source", "page").text() != ""
	op.result = e.get("x-pantograph", "result").text()
	responses := e.get("responses")
	if variant.is() {
		op.ID, op.At = variant.get("operationId").text(), variant.at()
		if own := variant.get("rateLimit"); own.is() {
			op.rateLimit = own
		}
		if own := variant.get("result"); own.is() {
			op.result = own.text()
		}
		if variant.get("source", "page").text() != "" {
			op.Source = true
		}
		if own := variant.get("responses"); own.is() {
			responses = own
		}
	}
	security := e.get("security")
	if !security.is() {
		security = doc.get("security")
	}
	op.Anonymous = len(security.items()) == 0 || len(security.items()[0].keys()) == 0 // the empty requirement comes first

	for _, from := range []element{item, e, variant} {
		for _, use := range from.get("parameters").items() {
			parameter := r.target(use)
			f, _ := r.field(parameter.get("name").text(), r.schema(parameter.get("schema")), parameter.get("required").text() == "true", parameter.at())
			op.parameters = append(op.parameters, f)
			op.places = append(op.places, parameter.get("in").text())
		}
	}

	body := r.target(e.get("requestBody"))
	op.requestAt = body.at()
	op.requestRequired = body.get("required").text() == "true"
	for _, mediaType := range body.get("content").keys() {
		op.RequestType += mediaType
		use := body.get("content", mediaType, "schema")
		if variant.is() {
			choices := use.get("oneOf").items()
			use = variant.get("request")
			if !slices.ContainsFunc(choices, func(c element) bool { return c.get("$ref").text() == use.get("$ref").text() }) {
				r.wrongf("%s: the request is not among those of the body", use.at())
			}
		}
		op.Request = r.fields(r.schema(use), "")
	}

	for _, status := range responses.keys() {
		if status == "default" {
			continue
		}
		op.Status = append(op.Status, status)
		response := r.target(responses.get(status))
		op.responseAt = response.at()
		for _, mediaType := range response.get("content").keys() {
			op.responseType += mediaType
			op.Response = append(op.Response, r.fields(r.schema(response.get("content", mediaType, "schema")), "")...)
		}
	}
	return op
}

// Unsourced are the places of the components that do not say where they were found.
func (r *Reader) Unsourced() (missing []string, count int) {
	for _, name := range slices.Sorted(maps.Keys(r.files)) {
		components := r.files[name].get("components", "schemas")
		for _, component := range components.keys() {
			count++
			if components.get(component, "x-pantograph", "source", "page").text() == "" {
				missing = append(missing, components.get(component).at()+": "+component)
			}
		}
	}
	return missing, count
}

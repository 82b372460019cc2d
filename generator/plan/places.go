package plan

import (
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Places: what inline types are named after. Mostly that is who uses them, the call or the type around; but what stands in a
// component that is no schema, a shared response for one, belongs to the component, whoever uses it first.

// sections are the components that hold schemas of their own, and what the names of these end in.
var sections = []struct{ pointer, suffix string }{
	{"/components/responses/", "Response"},
	{"/responses/", "Response"},
	{"/components/requestBodies/", "Request"},
	{"/components/parameters/", ""},
	{"/parameters/", ""},
}

// ownName names an inline schema: after the component in which it stands, else as is.
func (b *builder) ownName(s *model.Schema, name string) string {
	if s == nil {
		return name
	}
	for _, section := range sections {
		rest, ok := strings.CutPrefix(s.Pointer, section.pointer)
		if !ok {
			continue
		}
		component, _, _ := strings.Cut(rest, "/")
		if component == "default" || strings.Trim(component, "0123456789xX") == "" {
			return name // a list or the answers of an operation in a file of its own
		}
		word := b.namer.Exported(model.ComponentName("/" + component))
		if word == "" {
			return name
		}
		if !strings.HasSuffix(word, section.suffix) {
			word += section.suffix
		}
		return word
	}
	return name
}

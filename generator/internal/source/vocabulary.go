package source

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
)

// extension is the one key under which a document says what OpenAPI cannot.
const extension = "x-pantograph"

// want is what a member of the vocabulary must be.
type want uint8

const (
	wantText     want = iota // any text
	wantWord                 // a plain word: the only texts that become Go names
	wantFlag                 // true or false
	wantNumber               // a whole number
	wantObject               // an object with the members of its shape
	wantList                 // a list, each entry as its shape says
	wantTexts                // a list of texts
	wantMap                  // an object from any name to text
	wantWords                // an object from any name to plain words
	wantChoice               // one of the choices
	wantDuration             // a length of time: 5s, 10m
	wantMembers              // an object from dotted paths to anything
	wantSchema               // a schema, read where it is used
	wantOther                // anything: OpenAPI reads it
)

// member is a member of the vocabulary.
type member struct {
	name     string
	want     want
	shape    *shape   // of objects and lists
	choices  []string // of a choice
	required bool
}

// shape is the set of members an object of the vocabulary may have. Its name is that of its definition in
// docs/x-pantograph.schema.json.
type shape struct {
	name    string
	ref     bool // may be {$ref: …} instead
	members []member
}

func (s *shape) member(name string) (member, bool) {
	i := slices.IndexFunc(s.members, func(m member) bool { return m.name == name })
	if i < 0 {
		return member{}, false
	}
	return s.members[i], true
}

func (s *shape) names() []string {
	names := make([]string, len(s.members))
	for i, m := range s.members {
		names[i] = m.name
	}
	return names
}

// vocabulary is the whole of x-pantograph, by the place where it stands, and a rule of x-validations.
type vocabulary struct {
	document, tag, operation, parameter, schema, securityScheme *shape
	validation                                                  *shape
}

func newVocabulary() vocabulary {
	meanings := []string{
		"invalid", "unauthenticated", "permissionDenied", "notFound", "conflict", "busy", "quotaExceeded", "rateLimited", "unavailable", "internal",
	}
	source := &shape{name: "source", members: []member{
		{name: "page"}, {name: "table"}, {name: "row"}, {name: "url"}, {name: "revised"},
	}}
	credentialNames := &shape{name: "credentialNames", members: []member{
		{name: "accessKey"}, {name: "secretKey"}, {name: "securityToken"}, {name: "token"},
	}}
	resource := resourceShape(source)
	region := &shape{name: "region", members: []member{
		{name: "name", required: true}, {name: "endpoint", required: true}, {name: "summary"}, {name: "source", want: wantObject, shape: source},
	}}
	errorShape := &shape{name: "errorShape", members: []member{
		{name: "code"}, {name: "message"}, {name: "requestID"}, {name: "details"}, {name: "status"}, {name: "retryAfter"},
	}}
	errorPrefix := &shape{name: "errorPrefix", members: []member{
		{name: "code", required: true}, {name: "status", want: wantNumber}, {name: "meaning", want: wantChoice, choices: meanings},
		{name: "message"}, {name: "name", want: wantWord}, {name: "source", want: wantObject, shape: source},
	}}
	errorCode := &shape{name: "errorCode", members: append(slices.Clone(errorPrefix.members), member{name: "aliases", want: wantTexts})}
	errorStatus := &shape{name: "errorStatus", members: []member{
		{name: "status", want: wantNumber, required: true}, {name: "meaning", want: wantChoice, choices: meanings, required: true},
	}}
	errors := &shape{name: "errors", ref: true, members: []member{
		{name: "source", want: wantObject, shape: source},
		{name: "shapes", want: wantList, shape: errorShape}, {name: "requestIDHeaders", want: wantTexts},
		{name: "prefixes", want: wantList, shape: errorPrefix}, {name: "codes", want: wantList, shape: errorCode},
		{name: "statuses", want: wantList, shape: errorStatus},
	}}
	errors.members = append(errors.members, member{name: "extends", want: wantObject, shape: errors})
	page := &shape{name: "page", members: []member{
		{name: "page", required: true}, {name: "url"}, {name: "revised"},
	}}
	pages := &shape{name: "pages", ref: true, members: []member{
		{name: "base"}, {name: "revised"}, {name: "list", want: wantList, shape: page, required: true},
	}}
	rateLimit := &shape{name: "rateLimit", members: []member{
		{name: "perUser", want: wantNumber}, {name: "total", want: wantNumber}, {name: "window"},
	}}
	pagination := &shape{name: "pagination", members: []member{
		{name: "kind", want: wantChoice, choices: []string{"offset", "page", "marker", "token", "nextLink", "whole"}, required: true},
		{name: "cursor"}, {name: "limit"}, {name: "items"}, {name: "total"}, {name: "next"}, {name: "itemMarker"},
		{name: "first", want: wantNumber},
	}}
	operation := []member{
		{name: "resource", want: wantWord}, {name: "method", want: wantWord}, {name: "source", want: wantObject, shape: source},
		{name: "idempotent", want: wantFlag}, {name: "rateLimit", want: wantObject, shape: rateLimit}, {name: "result"},
		{name: "pagination", want: wantObject, shape: pagination}, {name: "errors", want: wantTexts}, {name: "batch", want: wantObject, shape: batchShape()},
		{name: "change", want: wantObject, shape: changeShape()}, {name: "session", want: wantObject, shape: sessionShape()},
		{name: "simulate", want: wantObject, shape: simulatedActShape()},
		{name: "link", want: wantObject, shape: &shape{name: "link", members: []member{{name: "method", want: wantWord, required: true}}}},
		{name: "single", want: wantObject, shape: &shape{name: "single", members: []member{{name: "method", want: wantWord, required: true}}}},
	}
	variant := &shape{name: "variant", members: append([]member{
		{name: "operationId", required: true}, {name: "summary"}, {name: "description"}, {name: "deprecated", want: wantFlag},
		{name: "request", want: wantSchema}, {name: "parameters", want: wantOther}, {name: "responses", want: wantOther},
	}, operation...)}
	represents := &shape{name: "represents", members: []member{
		{name: "type", want: wantChoice, choices: []string{"boolean", "integer", "number", "array", "time"}, required: true},
		{name: "true"}, {name: "false"}, {name: "separator"}, {name: "items", want: wantSchema}, {name: "layouts", want: wantTexts},
	}}
	return vocabulary{
		document: &shape{name: "document", members: []member{
			{name: "source", want: wantObject, shape: source}, {name: "clientParameters", want: wantTexts}, {name: "headers", want: wantMap},
			{name: "integers", want: wantChoice, choices: []string{"digits"}},
			{name: "resources", want: wantList, shape: resource}, {name: "catalog", want: wantObject, shape: &shape{name: "inCatalog", members: []member{{name: "type", required: true}, {name: "path"}}}},
			{name: "regions", want: wantList, shape: region},
			{name: "errors", want: wantObject, shape: errors}, {name: "pages", want: wantObject, shape: pages},
		}},
		tag: &shape{name: "tag", members: []member{
			{name: "name", want: wantWord}, {name: "singular", want: wantWord}, {name: "source", want: wantObject, shape: source},
		}},
		operation: &shape{name: "operation", members: append(slices.Clone(operation), member{name: "variants", want: wantList, shape: variant})},
		parameter: &shape{name: "parameter", members: []member{
			{name: "name", want: wantWord}, {name: "source", want: wantObject, shape: source},
		}},
		schema: &shape{name: "schema", members: []member{
			{name: "name", want: wantWord}, {name: "source", want: wantObject, shape: source}, {name: "unit"}, {name: "secret", want: wantFlag},
			{name: "tristate", want: wantFlag}, {name: "enumNames", want: wantWords}, {name: "enumDocs", want: wantMap},
			{name: "represents", want: wantObject, shape: represents}, {name: "codec", want: wantChoice, choices: []string{"table", "inline"}},
		}},
		validation: &shape{name: "validation", members: []member{
			{name: "id", required: true}, {name: "rule"}, {name: "message"}, {name: "messageExpression"}, {name: "fieldPath"},
			{name: "severity", want: wantChoice, choices: []string{"error", "warning", "server"}}, {name: "codes", want: wantTexts},
			{name: "source", want: wantObject, shape: source},
		}},
		securityScheme: &shape{name: "securityScheme", members: []member{
			{name: "signer", want: wantText}, {name: "paramHeaders", want: wantMap},
			{name: "environment", want: wantObject, shape: credentialNames}, {name: "file", want: wantObject, shape: credentialNames},
		}},
	}
}

// extension returns the x-pantograph object of a node, checked against its shape; nil when there is
// none. A part that is wrong is reported and removed, so that what is left can be read without care.
func (l *loader) extension(n *node, s *shape) *node {
	x := n.get(extension)
	if x == nil || l.checked[x] {
		return x
	}
	l.checked[x] = true
	if !l.check(x, s) {
		n.remove(extension)
		return nil
	}
	return x
}

// noExtension reports an x-pantograph object where the vocabulary has none.
func (l *loader) noExtension(n *node, where string) {
	if x := n.get(extension); x != nil && !l.checked[x] {
		l.checked[x] = true
		l.errorf(x.keyPos(), "vocabulary-misplaced", "%s has no %s", where, extension)
		l.hint("it stands on the document, tags, operations, parameters, schemas and security schemes")
	}
}

// check checks an object against its shape and reports whether it is an object at all.
func (l *loader) check(n *node, s *shape) bool {
	if !n.is(kindObject) {
		l.misused(n, "an object")
		return false
	}
	if s.ref && n.get("$ref") != nil {
		return true
	}
	for _, m := range s.members {
		if m.required && n.get(m.name) == nil {
			l.errorf(n.pos(), "vocabulary-incomplete", "%s needs %q", s.title(), m.name)
		}
	}
	for _, child := range slices.Clone(n.members) {
		m, ok := s.member(child.key)
		if !ok {
			l.errorf(child.keyPos(), "vocabulary-unknown", "%q is no member of %s", child.key, s.title())
			if near := diag.Nearest(child.key, s.names()); near != "" {
				l.hint("did you mean %q?", near)
			} else {
				l.hint("the members are %s", strings.Join(s.names(), ", "))
			}
			n.remove(child.key)
			continue
		}
		if !l.checkMember(child, m) {
			n.remove(child.key)
		}
	}
	return true
}

// title names the shape as a message does.
func (s *shape) title() string {
	switch s.name {
	case "validation":
		return "a rule of " + validations
	case "operation":
		return extension + " of an operation"
	case "document", "tag", "parameter", "schema", "securityScheme":
		return extension + " of a " + strings.Replace(s.name, "securityScheme", "security scheme", 1)
	}
	return extension + "." + s.name
}

// checkMember checks the value of a member and reports whether it can be used.
func (l *loader) checkMember(n *node, m member) bool {
	if len(n.members) > maxMembers/10 {
		l.errorf(n.pos(), "limit", "%s has more than %d entries", n.label(), maxMembers/10)
		return false
	}
	switch m.want {
	case wantText:
		return n.isText() || n.is(kindNumber) || n.is(kindBool) || l.misused(n, "a string")
	case wantWord:
		return l.word(n)
	case wantFlag:
		return n.is(kindBool) || l.misused(n, "true or false")
	case wantNumber:
		_, ok := n.integer()
		return ok || l.misused(n, "a whole number")
	case wantDuration:
		if !n.isText() {
			return l.misused(n, "a length of time like 5s or 10m")
		}
		if d, err := time.ParseDuration(n.text); err != nil || d <= 0 {
			l.errorf(n.pos(), "vocabulary-value", "%q is no length of time like 5s or 10m", n.text)
			return false
		}
	case wantObject:
		return l.check(n, m.shape)
	case wantChoice:
		if !n.isText() {
			return l.misused(n, "a string")
		}
		if !slices.Contains(m.choices, n.text) {
			l.errorf(n.pos(), "vocabulary-value", "%q is no %s", n.text, m.name)
			l.hint("it is one of %s", strings.Join(m.choices, ", "))
			return false
		}
	case wantList:
		if !n.is(kindArray) {
			return l.misused(n, "a list")
		}
		ok := true
		for _, entry := range n.members {
			ok = l.check(entry, m.shape) && ok
		}
		return ok
	case wantTexts:
		if !n.is(kindArray) {
			return l.misused(n, "a list of strings")
		}
		for _, entry := range n.members {
			if !entry.isText() {
				return l.misused(entry, "a string")
			}
		}
	case wantMap, wantWords:
		if !n.is(kindObject) {
			return l.misused(n, "an object")
		}
		for _, entry := range slices.Clone(n.members) {
			if ok := entry.isText() || l.misused(entry, "a string"); !ok || m.want == wantWords && !l.word(entry) {
				n.remove(entry.key)
			}
		}
	case wantMembers:
		return n.is(kindObject) || l.misused(n, "an object")
	case wantSchema:
		return n.is(kindObject) || l.misused(n, "a schema or a reference to one")
	}
	return true
}

// misused reports a value of the wrong type; it returns false.
func (l *loader) misused(n *node, wanted string) bool {
	l.errorf(n.pos(), "wrong-type", "%s must be %s, not %s", n.label(), wanted, n.kind)
	return false
}

// word reports whether the node is a plain word. Words are all that a document can put into Go text.
func (l *loader) word(n *node) bool {
	if n.isText() && len(n.text) <= 100 && regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`).MatchString(n.text) {
		return true
	}
	if n.kind >= kindArray || n.kind == kindNull {
		return l.misused(n, "a plain word")
	}
	l.errorf(n.pos(), "vocabulary-name", "%q is not a plain word", n.text)
	l.hint("names consist of ASCII letters and digits, begin with a letter, and have at most 100 of them")
	return false
}

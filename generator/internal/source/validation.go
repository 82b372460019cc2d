package source

import (
	"regexp"

	"github.com/pantograph-go/pantograph/generator/model"
)

// validations is the key of rules that keywords cannot state, in the shape that Kubernetes made familiar.
const validations = "x-validations"

// validations reads rules. A rule without an id, or without what its severity asks for, is an error: it would be a
// promise that nobody keeps.
func (l *loader) validations(m *node, outer *model.Source) []*model.Validation {
	if m == nil {
		return nil
	}
	if !m.is(kindArray) {
		l.misused(m, "a list")
		return nil
	}
	var list []*model.Validation
	for _, entry := range m.members {
		if !l.checked[entry] { // the variants of an operation share its rules
			l.checked[entry] = true
			if !l.check(entry, l.vocab.validation) {
				continue
			}
			l.checkValidation(entry)
		}
		if entry.str("id") == "" {
			continue
		}
		v := &model.Validation{
			Pos: entry.pos(), ID: entry.str("id"), Message: entry.str("message"), Severity: model.SeverityError,
			Rule: l.expression(entry.get("rule")), MessageExpression: l.expression(entry.get("messageExpression")),
			FieldPath: l.expression(entry.get("fieldPath")),
			Source:    inherit(l.source(entry.get("source")), outer),
		}
		if s := entry.str("severity"); s != "" {
			v.Severity = model.Severity(s)
		}
		for _, code := range entry.get("codes").entries() {
			v.Codes = append(v.Codes, code.text)
		}
		list = append(list, v)
		l.api.HasValidations = true
	}
	return list
}

// checkValidation looks at what the members of a rule ask of one another.
func (l *loader) checkValidation(entry *node) {
	if id := entry.get("id"); id != nil && !regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._-]{0,99}$`).MatchString(id.text) {
		l.errorf(id.pos(), "rule-id", "%q cannot be the id of a rule", id.text)
		l.hint("ids begin with a letter, then come letters, digits, '.', '_' and '-', at most 100 in all")
		entry.remove("id")
	}
	rule, severity := entry.get("rule"), entry.str("severity")
	switch {
	case severity == string(model.SeverityServer) && rule != nil:
		l.errorf(rule.keyPos(), "rule-server", "a rule that only the server can tell is not written in CEL")
		l.hint("state it as message, or take another severity")
	case severity == string(model.SeverityServer) && entry.str("message") == "":
		l.errorf(entry.pos(), "vocabulary-incomplete", "%s of severity server needs %q", l.vocab.validation.title(), "message")
	case severity != string(model.SeverityServer) && rule == nil:
		l.errorf(entry.pos(), "vocabulary-incomplete", "%s needs %q", l.vocab.validation.title(), "rule")
		l.hint("severity: server is for what only the server can tell")
	case entry.get("message") != nil && entry.get("messageExpression") != nil:
		l.errorf(entry.get("messageExpression").keyPos(), "rule-message", "the rule has a message and an expression for it")
	}
}

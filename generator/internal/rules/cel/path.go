package cel

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/rules/eval"
	"github.com/pantograph-go/pantograph/generator/model"
)

// fieldPath reads where a rule is reported, .interval.lower_bound or ['lower-bound'], and follows it through the
// members.
func (c *compiler) fieldPath(e model.Expression, self *rules.Type) []string {
	step := regexp.MustCompile(`^(\.[A-Za-z_][A-Za-z0-9_]*|\['[^']*'\])`)
	var path []string
	t := self
	for offset, rest := 0, strings.TrimSpace(e.Text); rest != ""; {
		m := step.FindString(rest)
		if m == "" {
			c.diags.Errorf(e.At(offset), "rule-path", "%q is no path of members", e.Text)
			c.diags.Hint("a path is written .interval.lower_bound, or ['lower-bound']")
			return nil
		}
		name := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(m, "['"), "."), "']")
		f := t.Field(name)
		if f == nil {
			c.diags.Errorf(e.At(offset), "rule-path", "there is no member %q", name)
			var names []string
			for _, f := range t.Fields {
				names = append(names, f.Name)
			}
			c.hintNear(name, names)
			return nil
		}
		path, t = append(path, name), f.Type
		rest, offset = rest[len(m):], offset+len([]rune(m))
	}
	return path
}

// constant is a value of the document as an expression sees it.
func constant(t *rules.Type, v model.Value) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(v))
	dec.UseNumber()
	var raw any
	if err := dec.Decode(&raw); err != nil {
		return nil, err
	}
	return eval.Bind(t, raw)
}

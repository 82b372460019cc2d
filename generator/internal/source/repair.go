package source

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// The small sins of schemas: each is a located warning, and the nearest honest meaning is taken.

func types() []string {
	return []string{"string", "integer", "number", "boolean", "array", "object", "null"}
}

func isType(name string) bool { return slices.Contains(types(), name) }

// unknownType takes a type that JSON does not have for the one that is meant, and reports whether it found that:
// many documents name types as a programming language does, or put a format in the place of the type.
func (r *schemaReader) unknownType(n *node) bool {
	meant, format := model.Type(""), ""
	switch name := strings.ToLower(n.scalar()); name {
	case "text", "str", "char", "enum":
		meant = model.TypeString
	case "date", "date-time", "time", "uuid", "email", "uri", "password", "byte", "binary":
		meant, format = model.TypeString, name
	case "datetime", "timestamp":
		meant, format = model.TypeString, "date-time"
	case "file":
		meant, format = model.TypeString, "binary"
	case "int", "long", "short":
		meant = model.TypeInteger
	case "int32", "int64", "uint32", "uint64":
		meant, format = model.TypeInteger, name
	case "float", "double", "decimal", "numeric":
		meant, format = model.TypeNumber, name
	case "bool":
		meant = model.TypeBoolean
	case "list", "set":
		meant = model.TypeArray
	case "map", "dict", "hash", "struct":
		meant = model.TypeObject
	default: // other letters, or a misspelt one
		if near := diag.Nearest(name, types()); near != "" && near[0] == name[0] && near != "null" {
			meant = model.Type(near)
		}
	}
	if meant == "" {
		r.warnf(n.pos(), "type-unknown", "%q is no JSON type; any value is taken", n.scalar())
		return false
	}
	r.warnf(n.pos(), "type-unknown", "%q is no JSON type; it is taken for %s", n.scalar(), meant)
	if !slices.Contains(r.s.Types, meant) {
		r.s.Types = append(r.s.Types, meant)
	}
	r.s.Format = cmp.Or(r.s.Format, format)
	return true
}

// isFlag reports whether a node is true or false, quoted or not.
func isFlag(n *node) bool {
	return n.is(kindBool) || n.is(kindString) && (strings.EqualFold(n.text, "true") || strings.EqualFold(n.text, "false"))
}

func isTrue(n *node) bool { return isFlag(n) && strings.EqualFold(n.text, "true") }

// requiredFlag mends required: true on a property, the way of older drafts: the object around it requires the
// property.
func (r *schemaReader) requiredFlag(flag *node) {
	r.warnf(flag.keyPos(), "required-flag", "required is a list of names on the object, not a flag of the property")
	if properties := r.n.parent; isTrue(flag) && properties != nil && properties.key == "properties" {
		r.hint("add %q to the required list of the object", r.n.key)
	}
}

// fitEnum makes the values of an enum and the type of the schema agree.
func (r *schemaReader) fitEnum() {
	s := r.s
	if len(s.Enum) == 0 || len(s.Types) == 0 {
		return
	}
	if s.Is(model.TypeArray) && !slices.ContainsFunc(s.Enum, func(e *model.Enum) bool { return e.Value[0] == '[' }) {
		r.moveEnum()
		return
	}
	var found []model.Type
	fits := true
	for _, e := range s.Enum {
		if converted, ok := convert(e.Value, s.Types); ok {
			if (converted[0] == '"') != (e.Value[0] == '"') {
				r.warnf(e.Pos, "enum-type", "the value %s is not of the type %s; it is taken for %s", e.Value, typeNames(s.Types), converted)
			}
			e.Value = converted
			continue
		}
		fits = false
	}
	if fits {
		return
	}
	for _, e := range s.Enum {
		if t := typeOf(e.Value); !slices.Contains(found, t) {
			found = append(found, t)
		}
	}
	r.warnf(r.at("enum"), "enum-type", "not all values of the enum are of the type %s; the type is taken for %s", typeNames(s.Types), typeNames(found))
	s.Types = found
}

// moveEnum gives the enum of a list to its entries.
func (r *schemaReader) moveEnum() {
	s := r.s
	pos := r.at("enum")
	places := slices.DeleteFunc(slices.Clone(s.Keywords), func(k model.KeywordPlace) bool { return k.Name != "enum" })
	switch items := s.Items; {
	case items == nil:
		s.Items = &model.Schema{Pos: pos, Enum: s.Enum, Keywords: places}
	case items.Name == "" && items.Ref == nil && len(items.Enum) == 0:
		items.Enum = s.Enum
		items.Keywords = append(items.Keywords, places...)
	default:
		r.warnf(pos, "enum-type", "the values of the enum are no lists; it is left out")
		s.Enum = nil
		return
	}
	s.Enum = nil
	r.warnf(pos, "enum-type", "the values of the enum are no lists; they are taken for those of the entries")
}

// convert makes of a value one of the types, if that loses nothing.
func convert(v model.Value, allowed []model.Type) (model.Value, bool) {
	t := typeOf(v)
	switch {
	case slices.Contains(allowed, t), t == model.TypeInteger && slices.Contains(allowed, model.TypeNumber):
		return v, true
	case t == model.TypeNumber && isWhole(v) && slices.Contains(allowed, model.TypeInteger):
		r, _ := new(big.Rat).SetString(string(v))
		return model.Value(r.Num().String()), true
	}
	if slices.Contains(allowed, model.TypeString) && (t == model.TypeInteger || t == model.TypeNumber || t == model.TypeBoolean) {
		return quote(string(v)), true
	}
	if text, ok := v.Text(); ok {
		switch {
		case isJSONNumber(text) && slices.Contains(allowed, model.TypeNumber),
			isJSONNumber(text) && isWhole(model.Value(text)) && slices.Contains(allowed, model.TypeInteger),
			(text == "true" || text == "false") && slices.Contains(allowed, model.TypeBoolean):
			return model.Value(text), true
		}
	}
	return nil, false
}

// typeOf returns the type of a JSON value that is not null.
func typeOf(v model.Value) model.Type {
	switch v[0] {
	case '"':
		return model.TypeString
	case '{':
		return model.TypeObject
	case '[':
		return model.TypeArray
	case 't', 'f':
		return model.TypeBoolean
	}
	if strings.ContainsAny(string(v), ".eE") {
		return model.TypeNumber
	}
	return model.TypeInteger
}

// isWhole reports whether a number has no fraction, as 3.0 and 1e2 have none.
func isWhole(v model.Value) bool {
	if len(v) > maxDigits || exponent(string(v)) > maxDigits {
		return false
	}
	r, ok := new(big.Rat).SetString(string(v))
	return ok && r.IsInt()
}

func typeNames(list []model.Type) string {
	names := make([]string, len(list))
	for i, t := range list {
		names[i] = string(t)
	}
	return strings.Join(names, " or ")
}

// checkLimits takes out limits that no value can keep.
func (r *schemaReader) checkLimits() {
	s := r.s
	count := func(low, high **int, lowName, highName string) {
		if *low != nil && *high != nil && **low > **high {
			r.contradiction(lowName, highName)
			*low, *high = nil, nil
		}
	}
	count(&s.MinLength, &s.MaxLength, "minLength", "maxLength")
	count(&s.MinItems, &s.MaxItems, "minItems", "maxItems")
	count(&s.MinProperties, &s.MaxProperties, "minProperties", "maxProperties")
	if s.Minimum != "" && s.Maximum != "" && compare(s.Minimum, s.Maximum) > 0 {
		r.contradiction("minimum", "maximum")
		s.Minimum, s.Maximum = "", ""
	}
	if s.MultipleOf != "" && compare(s.MultipleOf, "0") <= 0 {
		r.warnf(r.at("multipleOf"), "keyword-value", "multipleOf must be more than 0; it is left out")
		s.MultipleOf = ""
	}
}

func (r *schemaReader) contradiction(low, high string) {
	r.warnf(r.at(low), "limits-contradict", "%s is more than %s; both are left out", low, high)
	r.related(r.at(high))
}

// compare orders two numbers, whose size limit has bounded.
func compare(a, b model.Number) int {
	x, _ := new(big.Rat).SetString(string(a))
	y, _ := new(big.Rat).SetString(string(b))
	if x == nil || y == nil {
		return 0
	}
	return x.Cmp(y)
}

package cel

import (
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"github.com/pantograph-go/pantograph/generator/internal/rules"
)

// provider tells cel-go the objects of an API and their members.
type provider struct {
	*types.Registry
	objects map[string]*rules.Type
}

func newProvider() *provider {
	return &provider{Registry: types.NewEmptyRegistry(), objects: map[string]*rules.Type{}}
}

// FindStructType finds an object.
func (p *provider) FindStructType(name string) (*types.Type, bool) {
	if _, ok := p.objects[name]; ok {
		return types.NewTypeTypeWithParam(types.NewObjectType(name)), true
	}
	return p.Registry.FindStructType(name)
}

// FindStructFieldNames lists the members of an object.
func (p *provider) FindStructFieldNames(name string) ([]string, bool) {
	t, ok := p.objects[name]
	if !ok {
		return p.Registry.FindStructFieldNames(name)
	}
	names := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		names[i] = f.Name
	}
	return names, true
}

// FindStructFieldType finds a member of an object.
func (p *provider) FindStructFieldType(name, field string) (*types.FieldType, bool) {
	t, ok := p.objects[name]
	if !ok {
		return p.Registry.FindStructFieldType(name, field)
	}
	f := t.Field(field)
	if f == nil {
		return nil, false
	}
	return &types.FieldType{Type: p.celType(f.Type)}, true
}

// NewValue makes no objects: rules look at them only.
func (p *provider) NewValue(name string, _ map[string]ref.Val) ref.Val {
	return types.NewErr("no object %s can be made", name)
}

// celType is the CEL type of a value, known to the provider from now on.
func (p *provider) celType(t *rules.Type) *types.Type {
	switch t.Kind {
	case rules.Bool:
		return types.BoolType
	case rules.Int:
		return types.IntType
	case rules.Uint:
		return types.UintType
	case rules.Double:
		return types.DoubleType
	case rules.String:
		return types.StringType
	case rules.Bytes:
		return types.BytesType
	case rules.Timestamp:
		return types.TimestampType
	case rules.Duration:
		return types.DurationType
	case rules.List:
		return types.NewListType(p.celType(t.Elem))
	case rules.Map:
		return types.NewMapType(types.StringType, p.celType(t.Elem))
	case rules.Object:
		p.objects[t.Name] = t
		return types.NewObjectType(t.Name)
	}
	return types.DynType
}

// ruleType is the inverse of celType.
func (p *provider) ruleType(t *types.Type) *rules.Type {
	switch t.Kind() {
	case types.BoolKind:
		return &rules.Type{Kind: rules.Bool}
	case types.IntKind:
		return &rules.Type{Kind: rules.Int}
	case types.UintKind:
		return &rules.Type{Kind: rules.Uint}
	case types.DoubleKind:
		return &rules.Type{Kind: rules.Double}
	case types.StringKind:
		return &rules.Type{Kind: rules.String}
	case types.BytesKind:
		return &rules.Type{Kind: rules.Bytes}
	case types.TimestampKind:
		return &rules.Type{Kind: rules.Timestamp}
	case types.DurationKind:
		return &rules.Type{Kind: rules.Duration}
	case types.ListKind:
		return &rules.Type{Kind: rules.List, Elem: p.ruleType(t.Parameters()[0])}
	case types.MapKind:
		if t.Parameters()[0].Kind() == types.StringKind {
			return &rules.Type{Kind: rules.Map, Elem: p.ruleType(t.Parameters()[1])}
		}
	case types.StructKind:
		if o := p.objects[t.TypeName()]; o != nil {
			return o
		}
	}
	return &rules.Type{}
}

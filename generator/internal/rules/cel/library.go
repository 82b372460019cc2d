package cel

import (
	"fmt"
	"slices"

	celgo "cel.dev/cel-go/cel"
	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"cel.dev/cel-go/parser"
)

// What rules need and CEL does not have; docs/vocabulary.md describes it for users.
const (
	defaultOf = "@default"  // of a member: the documented default
	disjoint  = "@disjoint" // lists of lower and upper bounds, each a list of one or none
	distinct  = "@distinct" // lists of keys, of each kind one, each a list of one or none
)

// maxKeys is how many keys may tell items apart.
const maxKeys = 8

// library is our own part of the language.
type library struct{}

func (library) CompileOptions() []celgo.EnvOption {
	a := celgo.TypeParamType("A")
	list, bounds := celgo.ListType(a), celgo.ListType(celgo.ListType(a))
	var keyed []celgo.FunctionOpt
	for n := 2; n <= maxKeys; n++ {
		keys := make([]*celgo.Type, n)
		for i := range keys {
			keys[i] = celgo.ListType(celgo.ListType(celgo.TypeParamType(string(rune('A' + i)))))
		}
		keyed = append(keyed, celgo.Overload(fmt.Sprintf("lists_distinct_%d", n), keys, celgo.BoolType, celgo.FunctionBinding(areDistinct)))
	}
	return []celgo.EnvOption{
		celgo.Macros(
			celgo.GlobalMacro("effective", 1, effective),
			celgo.ReceiverMacro("isUniqueBy", 2, mapped("isUnique")),
			celgo.ReceiverVarArgMacro("isUniqueBy", isUniqueByAll),
			celgo.ReceiverMacro("isSortedBy", 2, mapped("isSorted")),
			celgo.ReceiverMacro("isDisjoint", 3, isDisjoint),
		),
		celgo.Function(defaultOf, celgo.Overload("default_of", []*celgo.Type{a}, a)),
		celgo.Function("isUnique", celgo.MemberOverload("list_is_unique", []*celgo.Type{list}, celgo.BoolType, celgo.UnaryBinding(unique))),
		celgo.Function("isSorted", celgo.MemberOverload("list_is_sorted", []*celgo.Type{list}, celgo.BoolType, celgo.UnaryBinding(sorted))),
		celgo.Function(distinct, keyed...),
		celgo.Function(disjoint, celgo.Overload("lists_disjoint", []*celgo.Type{bounds, bounds}, celgo.BoolType, celgo.BinaryBinding(areDisjoint))),
	}
}

func (library) ProgramOptions() []celgo.ProgramOption { return nil }

// effective expands effective(x.f) to has(x.f) ? x.f : the default of f.
func effective(eh celgo.MacroExprFactory, _ ast.Expr, args []ast.Expr) (ast.Expr, *common.Error) {
	if !isSelect(args[0]) {
		return nil, eh.NewError(args[0].ID(), "effective takes a member: effective(self.limit)")
	}
	x := args[0].AsSelect()
	has := eh.NewPresenceTest(eh.Copy(x.Operand()), x.FieldName())
	return eh.NewCall(operators.Conditional, has, eh.Copy(args[0]), eh.NewCall(defaultOf, args[0])), nil
}

func isSelect(e ast.Expr) bool { return e.Kind() == ast.SelectKind && !e.AsSelect().IsTestOnly() }

// mapped expands list.fBy(x, key) to list.map(x, key).f().
func mapped(function string) celgo.MacroFactory {
	return func(eh celgo.MacroExprFactory, target ast.Expr, args []ast.Expr) (ast.Expr, *common.Error) {
		list, err := parser.MakeMap(eh, target, args)
		if err != nil {
			return nil, err
		}
		return eh.NewMemberCall(function, list), nil
	}
}

// given expands list and a value of each of its items to the list of those values, each in a list of its own. One that
// is a member may be absent: then its list is empty.
func given(eh celgo.MacroExprFactory, list, variable, value ast.Expr) (ast.Expr, *common.Error) {
	one := eh.NewList(value)
	if isSelect(value) {
		x := value.AsSelect()
		one = eh.NewCall(operators.Conditional, eh.NewPresenceTest(eh.Copy(x.Operand()), x.FieldName()), one, eh.NewList())
	}
	return parser.MakeMap(eh, list, []ast.Expr{eh.Copy(variable), one})
}

// isDisjoint expands list.isDisjoint(x, lower, upper) to the comparison of all bounds. A bound that is absent: the range
// has no end there.
func isDisjoint(eh celgo.MacroExprFactory, target ast.Expr, args []ast.Expr) (ast.Expr, *common.Error) {
	return compared(eh, disjoint, target, args)
}

// isUniqueByAll expands list.isUniqueBy(x, key, key…) to the comparison of all keys. A key that is absent equals one
// that is absent, too.
func isUniqueByAll(eh celgo.MacroExprFactory, target ast.Expr, args []ast.Expr) (ast.Expr, *common.Error) {
	if len(args) < 2 || len(args) > maxKeys+1 {
		return nil, eh.NewError(target.ID(), fmt.Sprintf("isUniqueBy takes a variable and up to %d keys: list.isUniqueBy(x, x.name)", maxKeys))
	}
	return compared(eh, distinct, target, args)
}

// compared calls a function with a list of what there is of each value.
func compared(eh celgo.MacroExprFactory, function string, target ast.Expr, args []ast.Expr) (ast.Expr, *common.Error) {
	lists := make([]ast.Expr, len(args)-1)
	for i, value := range args[1:] {
		list := target
		if i > 0 {
			list = eh.Copy(target)
		}
		var err *common.Error
		if lists[i], err = given(eh, list, args[0], value); err != nil {
			return nil, err
		}
	}
	return eh.NewCall(function, lists...), nil
}

// The functions below are what cel-go computes. The tests compare our own evaluator with them.

func items(v ref.Val) []ref.Val {
	var out []ref.Val
	for it := v.(traits.Lister).Iterator(); it.HasNext() == types.True; {
		out = append(out, it.Next())
	}
	return out
}

func unique(v ref.Val) ref.Val {
	list := items(v)
	for i := range list {
		for j := range i {
			if list[i].Equal(list[j]) == types.True {
				return types.False
			}
		}
	}
	return types.True
}

func less(a, b ref.Val) bool { return a.(traits.Comparer).Compare(b) == types.IntNegOne }

func sorted(v ref.Val) ref.Val {
	list := items(v)
	for i := 1; i < len(list); i++ {
		if less(list[i], list[i-1]) {
			return types.False
		}
	}
	return types.True
}

func areDisjoint(lower, upper ref.Val) ref.Val {
	l, u := items(lower), items(upper)
	below := func(i, j int) bool {
		a, b := items(l[i]), items(u[j])
		return len(a) == 0 || len(b) == 0 || less(a[0], b[0])
	}
	for i := range l {
		for j := range i {
			if below(i, i) && below(i, j) && below(j, i) && below(j, j) {
				return types.False
			}
		}
	}
	return types.True
}

func areDistinct(keys ...ref.Val) ref.Val {
	of := make([][]ref.Val, len(keys))
	for i, key := range keys {
		of[i] = items(key)
	}
	for i := range of[0] {
		for j := range i {
			if !slices.ContainsFunc(of, func(key []ref.Val) bool { return key[i].Equal(key[j]) != types.True }) {
				return types.False
			}
		}
	}
	return types.True
}

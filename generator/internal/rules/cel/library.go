package cel

import (
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
)

// library is our own part of the language.
type library struct{}

func (library) CompileOptions() []celgo.EnvOption {
	a := celgo.TypeParamType("A")
	list, bounds := celgo.ListType(a), celgo.ListType(celgo.ListType(a))
	return []celgo.EnvOption{
		celgo.Macros(
			celgo.GlobalMacro("effective", 1, effective),
			celgo.ReceiverMacro("isUniqueBy", 2, mapped("isUnique")),
			celgo.ReceiverMacro("isSortedBy", 2, mapped("isSorted")),
			celgo.ReceiverMacro("isDisjoint", 3, isDisjoint),
		),
		celgo.Function(defaultOf, celgo.Overload("default_of", []*celgo.Type{a}, a)),
		celgo.Function("isUnique", celgo.MemberOverload("list_is_unique", []*celgo.Type{list}, celgo.BoolType, celgo.UnaryBinding(unique))),
		celgo.Function("isSorted", celgo.MemberOverload("list_is_sorted", []*celgo.Type{list}, celgo.BoolType, celgo.UnaryBinding(sorted))),
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

// isDisjoint expands list.isDisjoint(x, lower, upper) to the comparison of all bounds. A bound that is a member
// may be absent: then the range has no end there.
func isDisjoint(eh celgo.MacroExprFactory, target ast.Expr, args []ast.Expr) (ast.Expr, *common.Error) {
	bounds := func(list, bound ast.Expr) (ast.Expr, *common.Error) {
		one := eh.NewList(bound)
		if isSelect(bound) {
			x := bound.AsSelect()
			one = eh.NewCall(operators.Conditional, eh.NewPresenceTest(eh.Copy(x.Operand()), x.FieldName()), one, eh.NewList())
		}
		return parser.MakeMap(eh, list, []ast.Expr{eh.Copy(args[0]), one})
	}
	lower, err := bounds(target, args[1])
	if err != nil {
		return nil, err
	}
	upper, err := bounds(eh.Copy(target), args[2])
	if err != nil {
		return nil, err
	}
	return eh.NewCall(disjoint, lower, upper), nil
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

package plan

// RuleTable is the rules of a type or a call that no table before holds, as one array of the package: with a variable for
// each rule, the compiler would bring all of them into an order with all functions that lead to them.
type RuleTable struct {
	Var   string  `json:"var"`
	Of    string  `json:"of"` // the type, or the call
	Rules []*Rule `json:"rules"`
}

// nameTables takes the names that tables can get, before variables of functions are named, which must not hide them.
func (b *builder) nameTables() {
	for _, s := range b.pkg.Structs {
		b.variables["rules"+s.Name] = true
	}
	for _, u := range b.pkg.Codec.Unions {
		b.variables["rules"+u.Name] = true
	}
	for _, p := range b.pkg.Params {
		b.variables["rules"+p.Name] = true
	}
	for _, s := range b.pkg.Services {
		for _, m := range s.Methods {
			if m.table = "rules" + m.Call; b.variables[m.table] {
				m.table += "Call" // a type is called so
			}
			b.variables[m.table] = true
		}
	}
}

// table makes the table of rules that have none yet, since a rule may be about several types, and arguments are those of
// several methods; nil when there are none.
func (b *builder) table(name, of string, rules []*Rule) *RuleTable {
	t := &RuleTable{Var: name, Of: of}
	for _, r := range rules {
		if r.Table == "" {
			r.Table, r.Index = name, len(t.Rules)
			t.Rules = append(t.Rules, r)
		}
	}
	if len(t.Rules) == 0 {
		return nil
	}
	b.pkg.Rules = append(b.pkg.Rules, t)
	return t
}

package emit

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/pantograph-go/pantograph/generator/internal/emit/jenx"
	"github.com/pantograph-go/pantograph/generator/plan"
)

func (e *emitter) resource(name string) *jen.Statement {
	return jen.Qual(e.p.Runtime+"/resource", name)
}

// layered reports whether any service offers more than its operations.
func (e *emitter) layered() bool {
	for _, s := range e.p.Services {
		if s.Layer != nil && len(s.Layer.Extras) > 0 {
			return true
		}
	}
	return false
}

// extras prints the methods of the resource layer.
func (e *emitter) extras(f *jen.File, s *plan.Service) {
	if s.Layer == nil {
		return
	}
	for _, x := range s.Layer.Extras {
		if x.Wait != nil {
			e.goal(f, s, x.Wait)
		}
		f.Add(jenx.Comment(e.extraDocs(s, x)...))
		args, _ := e.extraArgs(s, x)
		params := pathParams(x.PathArgs)
		if x.Kind != plan.ExtraSession {
			params = append([]jen.Code{ctxParam()}, params...)
		}
		f.Func().Params(jen.Id("s").Op("*").Id(s.Type)).Id(x.Name).Params(append(append(params, args...), optsParam())...).Add(e.extraReturns(s, x)).BlockFunc(func(g *jen.Group) {
			switch x.Kind {
			case plan.ExtraFind:
				e.findBody(g, s, x)
			case plan.ExtraWait:
				e.waitBody(g, s, x)
			case plan.ExtraBatch:
				e.batchBody(g, x)
			case plan.ExtraChange:
				e.changeBody(g, s, x)
			case plan.ExtraMerge:
				e.mergeBody(g, x)
			case plan.ExtraEnsure:
				e.ensureBody(g, s, x)
			case plan.ExtraTree:
				e.treeBody(g, s, x)
			case plan.ExtraSession:
				e.sessionBody(g, x)
			case plan.ExtraSingle:
				e.singleBody(g, s, x)
			}
		})
		f.Line()
	}
}

func pathParams(args []*plan.PathArg) []jen.Code {
	var out []jen.Code
	for _, a := range args {
		out = append(out, jen.Id(a.Name).Add(jenx.Type(a.Type)))
	}
	return out
}

func pathNames(args []*plan.PathArg) []jen.Code {
	var out []jen.Code
	for _, a := range args {
		out = append(out, jen.Id(a.Name))
	}
	return out
}

// extraArgs are the arguments of a method of the layer behind those of the path, and their names.
func (e *emitter) extraArgs(s *plan.Service, x *plan.Extra) (params, names []jen.Code) {
	one := func(name string, typ *jen.Statement) {
		params, names = append(params, jen.Id(name).Add(typ)), append(names, jen.Id(name))
	}
	switch x.Kind {
	case plan.ExtraFind:
		one("nameOrID", jen.String())
	case plan.ExtraBatch:
		if x.Method.Params != nil {
			one("params", jen.Op("*").Id(x.Method.Params.Name))
		}
		if x.Only {
			one("items", jenx.Type(x.Items.Type))
		} else {
			one("req", jen.Op("*").Id(x.Method.Request.Struct.Name))
		}
	case plan.ExtraSingle:
		if x.Method.Params != nil {
			one("params", jen.Op("*").Id(x.Method.Params.Name))
		}
		one("item", jen.Op("*").Add(jenx.Type(*x.Method.Request.Type.Elem)))
	case plan.ExtraChange:
		if x.Whole {
			union := jenx.Type(x.Method.Request.Type)
			one("change", jen.Func().Params(jen.Id("have").Add(union)).Params(union.Clone(), jen.Error()))
			break
		}
		one("change", jen.Func().Params(jen.Id("req").Op("*").Id(x.Method.Request.Struct.Name)).Error())
	case plan.ExtraMerge:
		one("entries", jenx.Type(x.Map.Type))
	case plan.ExtraEnsure:
		one("req", jen.Op("*").Id(x.Method.Request.Struct.Name))
	case plan.ExtraSession:
		skip := len(x.Method.PathArgs)
		return signature(x.Method)[skip:], arguments(x.Method)[skip:]
	}
	return params, names
}

// extraReturns is what a method of the layer returns.
func (e *emitter) extraReturns(s *plan.Service, x *plan.Extra) *jen.Statement {
	pair := func(t *jen.Statement) *jen.Statement { return jen.Params(t, jen.Error()) }
	switch x.Kind {
	case plan.ExtraFind:
		return pair(jen.Op("*").Id(found(s.Layer).Name))
	case plan.ExtraWait:
		if x.Wait.Missing {
			return jen.Error()
		}
		return pair(jen.Op("*").Id(s.Layer.Item.Name))
	case plan.ExtraBatch:
		return pair(jen.Op("*").Id("BatchResult").Types(jenx.Type(*x.Items.Type.Elem)))
	case plan.ExtraEnsure:
		return pair(jen.Op("*").Id("Ensured").Types(jen.Id(s.Layer.Item.Name)))
	case plan.ExtraTree:
		return pair(jen.Op("*").Id("DeletePlan"))
	case plan.ExtraSingle:
		return pair(jen.Op("*").Add(jenx.Type(*listed(x.Method).Elem)))
	case plan.ExtraSession:
		return jen.Op("*").Id("Session").Types(e.answered(x.Method))
	}
	return returns(x.Method)
}

// listed is the list that a method returns.
func listed(m *plan.Method) plan.TypeRef {
	if m.Unwrap != nil {
		return m.Unwrap.Type
	}
	return m.Result.Type
}

// singleBody prints how one item of a list is sent.
func (e *emitter) singleBody(g *jen.Group, s *plan.Service, x *plan.Extra) {
	m := x.Method
	elem := jenx.Type(*m.Request.Type.Elem)
	g.If(jen.Id("item").Op("==").Nil()).Block(jen.Id("item").Op("=").New(elem))
	args := append([]jen.Code{jen.Id("ctx")}, pathNames(x.PathArgs)...)
	if m.Params != nil {
		args = append(args, jen.Id("params"))
	}
	g.List(jen.Id("made"), jen.Err()).Op(":=").Id("s").Dot(m.Name).Call(append(args, jen.Index().Add(elem.Clone()).Values(jen.Op("*").Id("item")), optsSpread())...)
	g.Return(e.resource("First").Call(jenx.Lit(s.Layer.What), jen.Id("made"), jen.Err()))
}

// found is what Find returns: what get answers, else an item of the list.
func found(l *plan.Layer) *plan.Struct {
	if l.Get != nil {
		return l.Item
	}
	return l.Listed
}

// extraDocs is the comment of a method of the layer.
func (e *emitter) extraDocs(s *plan.Service, x *plan.Extra) []string {
	what := s.Layer.What
	switch x.Kind {
	case plan.ExtraFind:
		how := "It is looked for in the list"
		if x.Read != nil {
			how = "It is looked for by id first, then in the list"
		}
		narrowed := ", comparing exactly."
		if x.Filter != nil {
			narrowed = ", which the server narrows and does not decide."
		}
		return []string{fmt.Sprintf("Find finds %s by its name or id. %s%s", noun(what), how, narrowed),
			"Where there is none, the error is ErrNotFound; where several have the name, it is an *AmbiguousError that lists them."}
	case plan.ExtraWait:
		text := fmt.Sprintf("%s waits until %s is %s.", x.Name, noun(what), x.Wait.Words)
		if x.Wait.Doc.Summary != "" {
			text = x.Name + " waits. " + endSentence(x.Wait.Doc.Summary)
			if rest, ok := strings.CutPrefix(x.Wait.Doc.Summary, "Until "); ok {
				text = x.Name + " waits until " + endSentence(rest)
			}
		}
		how := "It reads now and then, ever more seldom, until the context ends or the time is up: WithWait says how often and how long."
		if !x.Wait.Missing {
			how += " A *WaitError holds what was read last."
		}
		return []string{text, how}
	case plan.ExtraBatch:
		text := fmt.Sprintf("%s calls %s for a list of any length, %d at a time and a few at once (WithConcurrency).", x.Name, x.Method.Name, x.Limit)
		return []string{text, "The result says what came of each item. The error is a *BatchError where some failed."}
	case plan.ExtraSingle:
		return []string{fmt.Sprintf("%s calls %s with one, and returns what became of it.", x.Name, x.Method.Name)}
	case plan.ExtraChange:
		text := fmt.Sprintf("%s calls %s with a request made of what %s answers, after change has had its way with it.", x.Name, x.Method.Name, x.Read.Name)
		if x.IfMatch {
			return []string{text, "It is refused (ErrConflict) where somebody else has changed it meanwhile, as its ETag tells."}
		}
		return []string{text, "What others change between the two calls is overwritten."}
	case plan.ExtraMerge:
		return []string{fmt.Sprintf("%s sets entries of %s and leaves the others as they are, by %s.", x.Name, x.Map.Wire, x.Base.Name)}
	case plan.ExtraEnsure:
		return []string{fmt.Sprintf("Ensure makes sure that there is %s as req says: it creates the one of that name (%s), updates the members that differ (%s), or does nothing.", noun(what), x.Method.Name, x.Update.Name),
			"A member that differs and cannot be updated is an *ImmutableError, before anything is changed."}
	case plan.ExtraSession:
		return []string{fmt.Sprintf("%s stays logged in by %s: it logs in when a token is needed, again before the token ends, and when a service has rejected it; once for all who wait.", x.Name, x.Method.Name),
			"Give it to other clients as a provider of credentials or a source of tokens. It sends nothing before a token is needed."}
	case plan.ExtraTree:
		var steps []string
		for _, st := range x.Steps {
			steps = append(steps, st.Child.Field)
		}
		return []string{fmt.Sprintf("%s deletes %s after what belongs to it: %s.", x.Name, noun(what), strings.Join(steps, ", then ")),
			"With WithDryRun it deletes nothing and returns what it would delete. It stops at the first error."}
	}
	return nil
}

// noun puts the article in front of a noun.
func noun(of string) string {
	if of != "" && strings.ContainsRune("aeio", rune(of[0])) {
		return "an " + of
	}
	return "a " + of
}

// goal prints the static description of a wait.
func (e *emitter) goal(f *jen.File, s *plan.Service, w *plan.Goal) {
	f.Var().Id(w.Var).Op("=").Add(e.resource("Goal")).ValuesFunc(func(g *jen.Group) {
		g.Id("What").Op(":").Add(jenx.Lit(s.Layer.What))
		g.Id("Name").Op(":").Add(jenx.Lit(w.Words))
		texts := func(name string, list []string) {
			if len(list) > 0 {
				g.Id(name).Op(":").Index().String().ValuesFunc(func(g *jen.Group) {
					for _, v := range list {
						g.Add(jenx.Lit(v))
					}
				})
			}
		}
		texts("Success", w.Success)
		texts("Failure", w.Failure)
		if w.Every > 0 {
			g.Id("Every").Op(":").Add(duration(w.Every))
		}
		if w.Within > 0 {
			g.Id("Within").Op(":").Add(duration(w.Within))
		}
		if w.Settle > 0 {
			g.Id("Settle").Op(":").Lit(w.Settle)
		}
		if w.Appears {
			g.Id("Appears").Op(":").True()
		}
	})
	f.Line()
}

// duration is a length of time in the largest unit that it is a whole number of.
func duration(d time.Duration) *jen.Statement {
	for _, u := range []struct {
		of   time.Duration
		name string
	}{{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"}, {time.Millisecond, "Millisecond"}} {
		if d%u.of == 0 {
			return jen.Lit(int(d/u.of)).Op("*").Qual("time", u.name)
		}
	}
	return jen.Lit(int(d)).Op("*").Qual("time", "Nanosecond")
}

// key is the function that names a resource: its id and its name.
func (e *emitter) key(s *plan.Struct, k plan.Key) *jen.Statement {
	text := func(path []*plan.Field) *jen.Statement {
		if len(path) == 0 {
			return jen.Lit("")
		}
		return e.keyText(member(jen.Id("v"), path), path[len(path)-1])
	}
	return jen.Func().Params(jen.Id("v").Op("*").Id(s.Name)).Params(jen.Id("id"), jen.Id("name").String()).BlockFunc(func(g *jen.Group) {
		if guard := guards(jen.Id("v"), k.ID); guard != nil {
			g.If(guard).Block(jen.Return(jen.Lit(""), jen.Lit("")))
		}
		if guard := guards(jen.Id("v"), k.Name); guard != nil {
			g.If(guard).Block(jen.Return(text(k.ID), jen.Lit("")))
		}
		g.Return(text(k.ID), text(k.Name))
	})
}

// keyText is the value of a field as text.
func (e *emitter) keyText(v *jen.Statement, f *plan.Field) *jen.Statement {
	v = valueOr(v, f, 0)
	switch {
	case f.Codec.Kind != "String":
		return e.rt("PathText").Call(v)
	case f.Held().Name == "string":
		return v
	}
	return jen.String().Call(v)
}

// getCall is a call of the method that reads, with nothing but its path arguments.
func getCall(m *plan.Method, recv, ctx jen.Code, args []jen.Code, opts jen.Code) *jen.Statement {
	all := append([]jen.Code{ctx}, args...)
	if m.Params != nil {
		all = append(all, jen.Nil())
	}
	return jen.Add(recv).Dot(m.Name).Call(append(all, opts)...)
}

// match are the arguments for a call's path, out of those at hand: the value for the id, and others by the parameter they are for.
func (e *emitter) match(want, have []*plan.PathArg, id jen.Code, isID func(*plan.PathArg) bool) []jen.Code {
	var out []jen.Code
	for _, a := range want {
		if isID(a) {
			out = append(out, id)
			continue
		}
		for _, h := range have {
			if samePlace(a, h) {
				out = append(out, jen.Id(h.Name))
				break
			}
		}
	}
	return out
}

// samePlace reports whether two path arguments hold the same: of a type of their own, or of one name.
func samePlace(a, b *plan.PathArg) bool {
	if a.Type.Kind == plan.Defined {
		return b.Type.Kind == plan.Defined && a.Type.Name == b.Type.Name
	}
	return a.Wire == b.Wire
}

// isID reports whether a path argument of a service's method is the id of its resource.
func isID(l *plan.Layer) func(*plan.PathArg) bool {
	ids := l.Handle.IDs
	own := ids[len(ids)-1]
	return func(a *plan.PathArg) bool {
		return samePlace(&plan.PathArg{Wire: own.Wire, Type: own.Type}, a)
	}
}

// listCall is a call of the iterator over the resources.
func listCall(l *plan.Layer, recv jen.Code, args []jen.Code, params jen.Code, opts jen.Code) *jen.Statement {
	all := append([]jen.Code{jen.Id("ctx")}, args...)
	if l.List.Params != nil {
		all = append(all, params)
	}
	return jen.Add(recv).Dot(l.List.Pages.Name).Call(append(all, opts)...)
}

func optsSpread() *jen.Statement { return jen.Id("opts").Op("...") }

// findBody prints how a resource is found.
func (e *emitter) findBody(g *jen.Group, s *plan.Service, x *plan.Extra) {
	l := s.Layer
	what, text := jenx.Lit(l.What), jen.Id("nameOrID")
	switch {
	case x.Read == nil: // it may be an id, so the list is not narrowed to a name
		g.Return(e.resource("Lookup").Call(what, text, e.narrowed(l, x, nil, optsSpread()), e.key(l.Listed, l.ItemKey)))
	case l.Listed == l.Item:
		g.Return(e.resource("Find").Call(what, text, e.getter(l, x, text.Clone(), optsSpread()), e.narrowed(l, x, text.Clone(), optsSpread()), e.key(l.Item, l.ItemKey)))
	default:
		g.Return(e.resource("FindListed").Call(what, text, e.getter(l, x, nil, optsSpread()), e.narrowed(l, x, text.Clone(), optsSpread()), e.key(l.Listed, l.ItemKey)))
	}
}

// getter is a function that reads a resource by an id that is a text: a certain one, or its argument.
func (e *emitter) getter(l *plan.Layer, x *plan.Extra, text *jen.Statement, opts jen.Code) *jen.Statement {
	var params []jen.Code
	if text == nil {
		text = jen.Id("id")
		params = append(params, text.Clone().String())
	}
	get := func(id jen.Code) *jen.Statement {
		return jen.Return(getCall(x.Read, jen.Id("s"), jen.Id("ctx"), e.match(x.Read.PathArgs, x.PathArgs, id, isID(l)), opts))
	}
	return jen.Func().Params(params...).Params(jen.Op("*").Id(l.Item.Name), jen.Error()).BlockFunc(func(g *jen.Group) {
		if e.isString(l.ID) {
			g.Add(get(idOf(l.ID, text)))
			return
		}
		g.List(jen.Id("number"), jen.Err()).Op(":=").Add(e.resource("WholeNumber").Types(jenx.Type(l.ID)).Call(text))
		g.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err()))
		g.Add(get(jen.Id("number")))
	})
}

// narrowed is a call of the iterator over the resources, filtered by a name where the server can.
func (e *emitter) narrowed(l *plan.Layer, find *plan.Extra, name *jen.Statement, opts jen.Code) *jen.Statement {
	var params jen.Code = jen.Nil()
	if find.Filter != nil && name != nil {
		params = jen.Op("&").Id(l.List.Params.Name).Values(jen.Id(find.Filter.Name).Op(":").Add(cursorValue(find.Filter, name, "string")))
	}
	return listCall(l, jen.Id("s"), e.match(l.List.PathArgs, find.PathArgs, nil, func(*plan.PathArg) bool { return false }), params, opts)
}

// idOf is a text as the type of an id.
func idOf(t plan.TypeRef, v *jen.Statement) *jen.Statement {
	if t.Kind == plan.Defined {
		return jenx.Type(t).Call(v)
	}
	return v
}

// waitBody prints how a state is waited for.
func (e *emitter) waitBody(g *jen.Group, s *plan.Service, x *plan.Extra) {
	l, w := s.Layer, x.Wait
	var read *jen.Statement
	if x.Read != nil {
		read = getCall(x.Read, jen.Id("s"), jen.Id("ctx"), pathNames(x.PathArgs), optsSpread())
	} else {
		id := x.PathArgs[len(x.PathArgs)-1]
		list := listCall(l, jen.Id("s"), e.match(l.List.PathArgs, x.PathArgs, nil, func(*plan.PathArg) bool { return false }), jen.Nil(), optsSpread())
		text := jen.Id(id.Name)
		if !e.isString(id.Type) {
			text = e.rt("PathText").Call(text)
		} else if id.Type.Name != "string" {
			text = jen.String().Call(text)
		}
		read = e.resource("Lookup").Call(jenx.Lit(l.What), text, list, e.key(l.Listed, plan.Key{ID: l.ItemKey.ID}))
	}
	get := jen.Func().Params().Params(jen.Op("*").Id(l.Item.Name), jen.Error()).Block(jen.Return(read))
	var state *jen.Statement = jen.Nil()
	if len(w.Member) > 0 {
		value := member(jen.Id("v"), w.Member)
		state = jen.Func().Params(jen.Id("v").Op("*").Id(l.Item.Name)).Add(e.resource("State")).BlockFunc(func(g *jen.Group) {
			paths := [][]*plan.Field{w.Member}
			if n := len(w.Equals); n > 0 && !slices.Equal(w.Member[:len(w.Member)-1], w.Equals[:n-1]) {
				paths = append(paths, w.Equals)
			}
			for _, path := range paths {
				if guard := guards(jen.Id("v"), path); guard != nil {
					g.If(guard).Block(jen.Return(e.resource("State").Values()))
				}
			}
			if len(w.Equals) > 0 {
				g.Return(e.resource("Equal").Call(value, member(jen.Id("v"), w.Equals)))
				return
			}
			g.Return(jen.Id(w.Var).Dot("State").Call(e.stateText(value, w.Member[len(w.Member)-1])))
		})
	}
	name := "Wait"
	if w.Missing {
		name = "WaitGone"
	}
	g.Return(e.resource(name).Call(jen.Id("ctx"), jen.Op("&").Id(w.Var), jen.Id("opts"), get, state))
}

// stateText is the value of a state as text.
func (e *emitter) stateText(v *jen.Statement, f *plan.Field) *jen.Statement {
	if f.Codec.Kind == "String" {
		return e.keyText(v, f)
	}
	return e.rt("PathText").Call(v)
}

// batchBody prints how a list is split.
func (e *emitter) batchBody(g *jen.Group, x *plan.Extra) {
	m, items := x.Method, x.Items
	elem := *items.Type.Elem
	args := append([]jen.Code{jen.Id("ctx")}, pathNames(x.PathArgs)...)
	if m.Params != nil {
		args = append(args, jen.Id("params"))
	}
	var list *jen.Statement = jen.Id("items")
	if !x.Only {
		g.If(jen.Id("req").Op("==").Nil()).Block(jen.Id("req").Op("=").New(jen.Id(m.Request.Struct.Name)))
		list = jen.Id("req").Dot(items.Name)
	}
	key := jen.Nil()
	if e.isString(elem) {
		text := jen.String().Call(jen.Id("v"))
		if elem.Name == "string" {
			text = jen.Id("v")
		}
		key = jen.Func().Params(jen.Id("v").Add(jenx.Type(elem))).String().Block(jen.Return(text))
	}
	hidden := jen.Nil()
	if h := x.Hidden; h != nil {
		hidden = jen.Op("&").Add(e.resource("ItemErrors")).ValuesFunc(func(g *jen.Group) {
			g.Id("Code").Op(":").Add(jenx.Lit(h.Code))
			g.Id("Member").Op(":").Index().String().ValuesFunc(func(g *jen.Group) {
				for _, m := range h.Member {
					g.Add(jenx.Lit(m))
				}
			})
			for _, p := range []struct{ name, value string }{{"ID", h.ID}, {"ItemCode", h.ItemCode}, {"Message", h.Message}} {
				if p.value != "" {
					g.Id(p.name).Op(":").Add(jenx.Lit(p.value))
				}
			}
			g.Id("Errors").Op(":").Op("&").Id("api").Dot("Errors")
		})
	}
	call := jen.Func().Params(ctxParam(), jen.Id("part").Add(jenx.Type(items.Type))).Error().BlockFunc(func(g *jen.Group) {
		req := jen.Op("&").Id(m.Request.Struct.Name).Values(jen.Id(items.Name).Op(":").Id("part"))
		if !x.Only {
			g.Id("some").Op(":=").Op("*").Id("req")
			g.Id("some").Dot(items.Name).Op("=").Id("part")
			req = jen.Op("&").Id("some")
		}
		do := jen.Id("s").Dot(m.Name).Call(append(args[:len(args):len(args)], req, optsSpread())...)
		e.onlyError(g, m, do)
	})
	g.Return(e.resource("Batch").Call(jen.Id("ctx"), jenx.Lit(items.Wire), jen.Lit(x.Limit), list, jen.Id("opts"), key, hidden, call))
}

// sequence is the iterator over the items of a list.
func (e *emitter) sequence(m *plan.Method) *jen.Statement {
	elem := jenx.Type(m.Pages.Elem)
	if m.Pages.ElemPointer {
		elem = jen.Op("*").Add(elem)
	}
	return jen.Qual("iter", "Seq2").Index(jen.List(elem, jen.Error()))
}

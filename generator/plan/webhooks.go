package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Webhook is a function that decodes a call of the server: a webhook of the API, or a callback of an operation.
type Webhook struct {
	Func     string   `json:"func"` // DecodeNewPet
	Name     string   `json:"name"` // in the document
	Callback bool     `json:"callback,omitempty"`
	Doc      Text     `json:"doc"`
	Notes    []string `json:"notes,omitempty"`
	Method   string   `json:"method"`
	Body     *Body    `json:"body"`
}

// hooksPackage is the name of the package of webhooks.
const hooksPackage = "webhooks"

// hook is a webhook or callback that needs a name.
type hook struct {
	*model.Webhook
	owner *call // of a callback
}

// hooks plans the package of the calls that the server makes: webhooks of the API and callbacks of its operations,
// with the types of their bodies. It is a package of its own, with types of its own, since documents have many of
// them and programs that call the API need none.
func (b *builder) hooks(calls []*call) {
	var hooks []*hook
	for _, w := range b.api.Webhooks {
		hooks = append(hooks, &hook{Webhook: w})
	}
	for _, c := range calls {
		for _, w := range c.model.Callbacks {
			hooks = append(hooks, &hook{w, c})
		}
	}
	if hooks = slices.DeleteFunc(hooks, func(h *hook) bool { return !b.readable(h.Webhook) }); len(hooks) == 0 {
		return
	}
	opt := b.opt
	opt.Package, opt.ImportPath, opt.Test = hooksPackage, b.opt.ImportPath+"/"+hooksPackage, false
	var inner *builder
	var known settled
	for run := 1; ; run++ {
		if inner = b.hooksOf(hooks, opt, known, run); run == maxRuns || inner.settle().equal(known) {
			break
		}
		known = inner.settle()
	}
	inner.finish()
	inner.aliases()
	b.pkg.Hooks = inner.pkg
	b.diags = append(b.diags, inner.diags...)
}

// hooksOf plans the types and functions of the package, with what is known of its names.
func (b *builder) hooksOf(hooks []*hook, opt Options, known settled, run int) *builder {
	lock := b.lock.Within(hooksPackage)
	lock.restart()
	inner := newBuilder(b.api, opt, lock)
	inner.settled, inner.run = known, run
	inner.pkg.Title, inner.pkg.Documents = b.pkg.Title, b.pkg.Documents
	for _, h := range hooks {
		inner.reachFrom(hookContent(h.Webhook).Schema, reached{response: true})
	}
	inner.compareViews()
	inner.claimComponents()
	inner.share()
	var list []member
	for _, h := range hooks {
		list = append(list, inner.hookMember(h, hooks))
	}
	for i, name := range inner.members(scope{what: "webhook", kind: "webhook", fallback: "Unnamed", hint: "name one of them otherwise"}, list) {
		inner.pkg.Webhooks = append(inner.pkg.Webhooks, inner.webhook(hooks[i], name))
	}
	return inner
}

// hookMember is what a webhook's name is made of. Those that differ in the method alone say it.
func (b *builder) hookMember(h *hook, hooks []*hook) member {
	base := b.namer.Exported(h.Name)
	if h.owner != nil {
		base = h.owner.name + base
	}
	same := func(o *hook) bool { return o != h && o.Name == h.Name && o.owner == h.owner && o.Method != h.Method }
	if slices.ContainsFunc(hooks, same) {
		base += b.namer.Exported(strings.ToLower(h.Method))
	}
	return member{wire: h.Name, base: base, id: h.Pos.ID(), pos: h.Pos}
}

// readable reports whether a webhook has a JSON body. Others are said to have none that we read.
func (b *builder) readable(w *model.Webhook) bool {
	if w.Body == nil {
		return false
	}
	if hookContent(w) != nil {
		return true
	}
	b.diags.Warnf(w.Body.Pos, "unsupported-media-type", "the body of the webhook %q is not JSON; it is left to the receiver", bounded(w.Name))
	return false
}

// hookContent is the JSON content of a webhook.
func hookContent(w *model.Webhook) *model.MediaType {
	i := slices.IndexFunc(w.Body.Content, func(m *model.MediaType) bool { return answerKind(m) == BodyJSON })
	if i < 0 {
		return nil
	}
	return w.Body.Content[i]
}

func (b *builder) webhook(h *hook, name string) *Webhook {
	w := &Webhook{Name: h.Name, Doc: b.text(h.Doc), Method: h.Method}
	w.Func = b.derive("decoder", h.Pos.ID(), "Decode"+name, "Server", h.Pos)
	w.Body = b.body(hookContent(h.Webhook).Schema, place{name: name, owner: "Server"}, true)
	if h.owner != nil {
		w.Callback = true
		w.Notes = append(w.Notes, "The server sends it to "+h.Expression+" because of "+h.owner.name+".")
	}
	var headers []string
	for _, p := range h.Parameters {
		if p.In == model.InHeader {
			headers = append(headers, p.Name)
		}
	}
	if len(headers) > 0 {
		w.Notes = append(w.Notes, "Documented headers: "+strings.Join(headers, ", ")+".")
	}
	return w
}

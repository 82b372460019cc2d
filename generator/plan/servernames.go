package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// Names of servers and of their variables. A server is called what the document calls it (its name, since 3.2), else after
// the word of its description that says what it is for (Sandbox), else after what of its URL the others do not have, at last
// after its URL. Otherwise a description is prose: to change it renames nothing.

// environments are the words that say what a server is for.
var environments = []string{
	"production", "prod", "live", "sandbox", "staging", "stage", "preprod", "test", "testing", "testnet", "mainnet", "qa", "development", "dev", "demo", "mock", "local",
	"localhost", "preview", "beta",
}

// serverConstants names the servers that a user can choose: those of the API, where there are several, and those of
// operations that have several.
func (b *builder) serverConstants() {
	c := &b.pkg.Client
	var list []*Server
	own := 0 // of list, how many are the API's
	add := func(s *Server) {
		if whereIs(s.URL) == elsewhere && !slices.ContainsFunc(list, func(have *Server) bool { return have.URL == s.URL }) {
			list = append(list, s)
		}
	}
	choice := len(c.Servers) > 1 && len(b.api.Regions) == 0
	for _, l := range c.ServerLists {
		choice = choice || len(l.Servers) > 1
	}
	if !choice {
		return
	}
	for _, s := range c.Servers {
		add(s)
	}
	own = len(list)
	for _, l := range c.ServerLists {
		for _, s := range l.Servers {
			if len(l.Servers) > 1 {
				add(s)
			}
		}
	}
	members := make([]member, len(list))
	for i, name := range b.serverWords(list, own) {
		members[i] = member{wire: list[i].URL, base: name, id: list[i].URL}
	}
	for i, name := range b.members(scope{what: "server", kind: "server", fallback: "Server", hint: "describe the servers"}, members) {
		list[i].Const = b.own("Server"+name, list[i].URL)
	}
	c.Choice = list
}

// serverWords are the names of servers; the first ones, those of the API, go before those of operations.
func (b *builder) serverWords(list []*Server, own int) []string {
	shared := map[string]int{}
	for _, s := range list {
		for _, w := range distinctWords(s.URL) {
			shared[w]++
		}
	}
	open := make([][]candidate, len(list))
	for i, s := range list {
		later := rank(0)
		if i >= own {
			later = 10
		}
		add := func(ws []string, r rank) {
			if name := b.namer.Exported(strings.Join(ws, "_")); name != "" {
				open[i] = append(open[i], candidate{name, r + later})
			}
		}
		text := s.Doc.Summary
		if text == "" {
			text = s.Doc.Body
		}
		add(words(s.Name), 3)
		said := words(text)
		if j := slices.IndexFunc(said, func(w string) bool { return slices.Contains(environments, strings.ToLower(w)) }); j >= 0 {
			add(said[j:j+1], 2)
		}
		ws := distinctWords(s.URL)
		add(slices.DeleteFunc(slices.Clone(ws), func(w string) bool { return shared[w] == len(list) }), 1)
		add(ws, 0)
		if len(open[i]) == 0 {
			open[i] = []candidate{{"Default", 0}}
		}
	}
	return settle(open, nil)
}

// distinctWords are the words of a URL without its scheme, each once.
func distinctWords(text string) []string {
	if _, rest, ok := strings.Cut(text, "://"); ok {
		text = rest
	}
	var out []string
	for _, w := range words(text) {
		if w = strings.ToLower(w); !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// ServerVariable is an option that sets a variable of the servers' URLs.
type ServerVariable struct {
	Option  string         `json:"option"` // WithServerTenant
	Wire    string         `json:"wire"`
	Type    string         `json:"type,omitempty"` // of its values, where the document lists some
	Default string         `json:"default"`
	Doc     Text           `json:"doc"`
	Values  []*ServerValue `json:"values,omitempty"`
}

// ServerValue is a listed value of a variable.
type ServerValue struct {
	Const string `json:"const"`
	Text  string `json:"text"`
}

// serverVariables plans the options that set variables, one for each name.
func (b *builder) serverVariables() {
	c := &b.pkg.Client
	var list []member
	add := func(s *Server) {
		for _, v := range s.Variables {
			i := slices.IndexFunc(c.ServerVariables, func(have *ServerVariable) bool { return have.Wire == v.Name })
			if i < 0 {
				i = len(c.ServerVariables)
				c.ServerVariables = append(c.ServerVariables, &ServerVariable{Wire: v.Name, Default: v.Default, Doc: b.text(v.Doc)})
				list = append(list, member{wire: v.Name, base: "Server" + b.namer.Exported(v.Name), id: "server " + v.Name, pos: v.Pos})
			}
			at := c.ServerVariables[i]
			values := v.Enum
			if len(values) > 0 {
				values = append([]string{v.Default}, values...) // some documents do not list it
			}
			for _, text := range values {
				if !slices.ContainsFunc(at.Values, func(have *ServerValue) bool { return have.Text == text }) {
					at.Values = append(at.Values, &ServerValue{Text: text})
				}
			}
		}
	}
	if len(b.api.Regions) == 0 {
		for _, s := range c.Servers {
			add(s)
		}
	}
	for _, l := range c.ServerLists {
		for _, s := range l.Servers {
			add(s)
		}
	}
	for i, name := range b.members(scope{what: "option", kind: "option", fallback: "Variable", reserved: b.options(), hint: "rename one of the server variables"}, list) {
		v := c.ServerVariables[i]
		v.Option = "With" + name
		b.claim(v.Option, list[i].pos)
		b.serverValues(v, name, list[i].pos)
	}
}

// serverValues names the type of a variable and its constants.
func (b *builder) serverValues(v *ServerVariable, name string, pos model.Pos) {
	if len(v.Values) == 0 {
		return
	}
	v.Type = b.own(name, v.Wire)
	b.lock.pin(LockEntry{Kind: "serverType", ID: v.Wire, Name: v.Type})
	values := make([]member, len(v.Values))
	for i, value := range v.Values {
		values[i] = member{wire: value.Text, id: "server " + v.Wire + "=" + value.Text, pos: pos}
	}
	for i, word := range b.members(scope{what: "constant", kind: "value", fallback: "Empty", word: b.enumWord}, values) {
		v.Values[i].Const = b.own(v.Type+word, v.Wire+"="+v.Values[i].Text)
	}
}

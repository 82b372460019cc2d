package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/model"
)

// requirements compares what an operation asks for: any one of its alternatives.
func (w *walk) requirements(where string, old, now *model.Operation) {
	a, b := alternatives(old.Security), alternatives(now.Security)
	without := func(list, others []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(others, s) })
	}
	gone, fresh := without(a, b), without(b, a)
	c := Change{Where: where, Before: strings.Join(a, " or "), After: strings.Join(b, " or ")}
	switch {
	case len(gone) > 0 && len(fresh) > 0:
		c.Kind, c.Level, c.Text, c.Wire = "auth-changed", Major, "requests are authorized in another way", refused
	case len(gone) > 0:
		c.Kind, c.Level, c.Text, c.Wire = "auth-removed", Major, "a way to authorize a request is gone", refused
	case len(fresh) > 0:
		c.Kind, c.Level, c.Text, c.Wire = "auth-added", Minor, "there is another way to authorize a request", accepted
	default:
		return
	}
	w.add(c, old.Pos, now.Pos)
}

// alternatives are requirements in words. None at all asks for nothing.
func alternatives(list []model.SecurityRequirement) []string {
	if len(list) == 0 {
		return []string{"anonymous"}
	}
	var out []string
	for _, r := range list {
		var uses []string
		for _, u := range r {
			text := u.Scheme
			if len(u.Scopes) > 0 {
				text += " (" + strings.Join(slices.Sorted(slices.Values(u.Scopes)), ", ") + ")"
			}
			uses = append(uses, text)
		}
		if len(uses) == 0 {
			uses = []string{"anonymous"}
		}
		slices.Sort(uses)
		out = append(out, strings.Join(uses, " and "))
	}
	return out
}

// schemes compares the security schemes by name. One that is gone shows in the operations that used it.
func (w *walk) schemes(old, now []*model.SecurityScheme) {
	text := func(s *model.SecurityScheme) string {
		words := []string{s.Type, string(s.In), s.Param, s.Scheme, s.Signer, s.OpenIDConnectURL}
		for _, f := range s.Flows {
			words = append(words, string(f.Kind), f.AuthorizationURL, f.TokenURL, f.RefreshURL)
		}
		return strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), " ")
	}
	for _, s := range old {
		i := slices.IndexFunc(now, func(n *model.SecurityScheme) bool { return n.Name == s.Name })
		if i >= 0 && text(s) != text(now[i]) {
			w.add(Change{Kind: "auth-changed", Level: Major, Where: "security scheme " + s.Name, Text: "requests are authorized in another way", Wire: refused, Before: text(s), After: text(now[i])}, s.Pos, now[i].Pos)
		}
	}
}

func (w *walk) servers(where string, old, now []*model.Server) {
	url := func(list []*model.Server) func(*model.Server) bool {
		return func(s *model.Server) bool {
			return !slices.ContainsFunc(list, func(o *model.Server) bool { return o.URL == s.URL })
		}
	}
	for _, s := range old {
		if url(now)(s) {
			w.add(Change{Kind: "server-removed", Level: Major, Where: where, Text: "a server is gone", Wire: "programs built before may call what is not there any more", Before: s.URL}, s.Pos, model.Pos{})
		}
	}
	for _, s := range now {
		if url(old)(s) {
			w.add(Change{Kind: "server-added", Level: Minor, Where: where, Text: "a server is new", After: s.URL}, model.Pos{}, s.Pos)
		}
	}
}

func (w *walk) regions(old, now []*model.Region) {
	find := func(list []*model.Region, name string) *model.Region {
		for _, r := range list {
			if r.Name == name {
				return r
			}
		}
		return nil
	}
	for _, r := range old {
		where := "region " + r.Name
		switch to := find(now, r.Name); {
		case to == nil:
			w.add(Change{Kind: "region-removed", Level: Major, Where: where, Text: "the region is gone", Wire: "programs built before may call what is not there any more", Before: r.Endpoint}, r.Pos, model.Pos{})
		case to.Endpoint != r.Endpoint:
			w.add(Change{Kind: "region-changed", Level: Minor, Where: where, Text: "the region has another endpoint", Before: r.Endpoint, After: to.Endpoint}, r.Pos, to.Pos)
		}
	}
	for _, r := range now {
		if find(old, r.Name) == nil {
			w.add(Change{Kind: "region-added", Level: Minor, Where: "region " + r.Name, Text: "the region is new", After: r.Endpoint}, model.Pos{}, r.Pos)
		}
	}
}

// codes compares the documented error codes.
func (w *walk) codes(old, now *model.Errors) {
	index := func(e *model.Errors) map[string]*model.ErrorCode {
		out := map[string]*model.ErrorCode{}
		if e != nil {
			for _, c := range e.Codes {
				out[c.Code] = c
			}
		}
		return out
	}
	a, b := index(old), index(now)
	text := func(c *model.ErrorCode) string { return fmt.Sprintf("%d %s", c.Status, c.Meaning) }
	if old != nil {
		for _, c := range old.Codes {
			switch to := b[c.Code]; {
			case to == nil:
				w.add(Change{Kind: "error-removed", Level: Patch, Where: "error code " + c.Code, Text: "the code is gone", Before: text(c)}, c.Pos, model.Pos{})
			case text(c) != text(to):
				w.add(Change{Kind: "error-changed", Level: Minor, Where: "error code " + c.Code, Text: "the code means something else", Wire: newValues, Before: text(c), After: text(to)}, c.Pos, to.Pos)
			}
		}
	}
	if now != nil {
		for _, c := range now.Codes {
			if a[c.Code] == nil {
				w.add(Change{Kind: "error-added", Level: Minor, Where: "error code " + c.Code, Text: "the code is new", Wire: newValues, After: text(c)}, model.Pos{}, c.Pos)
			}
		}
	}
}

package rt

import (
	"net/http"
	"slices"
	"strings"
)

// insist puts back the parameters that credentials have replaced: a key of the client stands for what a call does not give.
func (x *exchange) insist(r *http.Request) {
	call := x.call
	for i := range call.params {
		f := &call.params[i]
		if f.kind == inHeader && r.Header.Get(f.name) != f.value {
			r.Header.Set(f.name, f.value)
		}
	}
	if len(call.query) > 0 && r.URL.RawQuery != x.target.query {
		u := *r.URL // a copy of the request may share it
		u.RawQuery = reinstate(u.RawQuery, "&", string(call.query))
		r.URL = &u
	}
	if rare := call.rare; rare != nil && len(rare.cookies) > 0 {
		r.Header.Set("Cookie", reinstate(r.Header.Get("Cookie"), "; ", string(rare.cookies)))
	}
}

// reinstate puts the pairs that a list lacks in place of those that have their names.
func reinstate(list, separator, pairs string) string {
	have := strings.Split(list, separator)
	missing := slices.DeleteFunc(strings.Split(pairs, separator), func(pair string) bool { return slices.Contains(have, pair) })
	have = slices.DeleteFunc(have, func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return slices.ContainsFunc(missing, func(m string) bool { return strings.HasPrefix(m, name+"=") })
	})
	return strings.Join(append(have, missing...), separator)
}

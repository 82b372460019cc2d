package rt

import (
	"bytes"
	"net/url"
)

// span is the part of a query that an exploded object has written: its members stand there under their own names.
type span struct {
	name     string
	from, to int
}

// spreadNames holds that no member of an exploded object has the name of another parameter that is sent: it would be a
// second value of that one.
func (c *Call) spreadNames() error {
	if c.rare == nil || len(c.rare.spread) == 0 {
		return nil
	}
	spread := c.rare.spread
	owner := map[string]int{} // 0: a parameter of its own; else the number of the object
	at := 0
	for pair := range bytes.SplitSeq(c.query, []byte("&")) {
		by := 0
		for i, s := range spread {
			if at >= s.from && at < s.to {
				by = i + 1
			}
		}
		at += len(pair) + 1
		escaped, _, _ := bytes.Cut(pair, []byte("="))
		name, err := url.QueryUnescape(string(escaped))
		if err != nil {
			name = string(escaped)
		}
		if other, taken := owner[name]; taken && other != by {
			object := spread[max(by, other)-1]
			return &ParamError{In: "query", Name: object.name, Reason: "has a member with the name of another parameter, " + quoteText(name, 80)}
		}
		owner[name] = by
	}
	return nil
}

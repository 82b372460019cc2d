package fake

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
)

// Trap is a link to the next page that leads astray.
type Trap string

// The traps. They are set where the answers of an operation say by links where the list goes on.
const (
	TrapForeign Trap = "foreign" // to another host, which is none of the service's
	TrapLoop    Trap = "loop"    // to the page that it stands on
	TrapEndless Trap = "endless" // to a page that has the same items, and leads to another one
)

// trapQuery is the query parameter that tells the pages of an endless list apart.
const trapQuery = "trap"

// Links say where an answer has the link to the next page.
type Links struct {
	Path []string // members
	Rel  bool     // there is a list of links there, with rel and href
}

// trapped writes an answer whose link leads astray.
type trapped struct {
	http.ResponseWriter
	links  Links
	trap   Trap
	at     *url.URL
	number int // of the page, as far as the trap has led
}

// Write takes the whole body: answers that are JSON are written at once.
func (t *trapped) Write(p []byte) (int, error) {
	var body map[string]any
	d := json.NewDecoder(bytes.NewReader(p))
	d.UseNumber()
	if len(t.links.Path) == 0 || d.Decode(&body) != nil || body == nil {
		return t.ResponseWriter.Write(p)
	}
	into := body
	for _, name := range t.links.Path[:len(t.links.Path)-1] {
		inner, ok := into[name].(map[string]any)
		if !ok {
			inner = map[string]any{}
			into[name] = inner
		}
		into = inner
	}
	var link any = t.link()
	if t.links.Rel {
		link = []any{map[string]any{"href": link, "rel": "next"}}
	}
	into[t.links.Path[len(t.links.Path)-1]] = link
	text, err := json.Marshal(body)
	if err != nil {
		return 0, err
	}
	if _, err := t.ResponseWriter.Write(text); err != nil {
		return 0, err
	}
	return len(p), nil
}

// WriteHeader leaves the length out: it is not that of what will be written.
func (t *trapped) WriteHeader(status int) {
	t.Header().Del("Content-Length")
	t.ResponseWriter.WriteHeader(status)
}

// link is where the trap leads.
func (t *trapped) link() string {
	u := *t.at
	switch t.trap {
	case TrapForeign:
		u.Scheme, u.Host = "https", "trap.invalid"
	case TrapEndless:
		q := u.Query()
		q.Set(trapQuery, strconv.Itoa(t.number))
		u.RawQuery = q.Encode()
	}
	return u.String()
}

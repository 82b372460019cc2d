package fake

import (
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"example.com/consumer/petstore/rt"
)

// MaxBody is the largest request body a server accepts, in bytes.
const MaxBody = 16 << 20

// Config is what a server knows about the API besides its operations.
type Config struct {
	Base            string           // path of the endpoint, in front of all operations: "/api"; mostly empty
	Shape           rt.ErrorShape    // form of error bodies: the first of the API; {"code", "message"} when zero
	RequestIDHeader string           // carries a running number; X-Request-Id when empty
	Now             func() time.Time // the time by which rules are judged; the system's when nil
}

// Route connects an operation with the function that serves it.
type Route struct {
	ID     string
	Method string
	Path   string // template, literally as in the document
	Query  string // what a query has to hold, escaped; mostly empty

	// Operations that share method and path are told apart by a constant member of the body.
	ConstPath  []string
	ConstValue string // as text, a list or an object as compact JSON

	// Or by members of the body that they cannot be without.
	Needs [][]string

	// ContentTypes are the media types of the body, for those that take others than JSON. Operations that share
	// method and path are told apart by them. They may be ranges (image/*).
	ContentTypes []string

	// Accepts are the media types of the answer. Operations that share method and path are told apart by them,
	// too: what is asked for first decides.
	Accepts  []string
	Encoding []rt.Encoding // of the members of a form or multipart body

	// Links say where answers have the link to the next page.
	Links Links

	Serve func(*Exchange)
}

// Request is a request that a server received, whatever became of it.
type Request struct {
	Operation string // id; empty when no route fits
	Method    string
	Path      string // as on the wire
	RawQuery  string // as on the wire
	Header    http.Header
	Body      []byte
}

// Server is the [http.Handler] of a fake service.
type Server struct {
	config Config
	routes []route

	mu        sync.Mutex
	requests  []Request
	unchecked bool // by WithoutValidation
	faults    []*fault
}

// New returns a server of the given routes. Where several templates fit a path, the one with the
// earliest literal segment wins, as OpenAPI has it.
func New(config Config, routes ...Route) *Server {
	if config.Shape.Code == "" && config.Shape.Message == "" {
		config.Shape = rt.ErrorShape{Code: "code", Message: "message"}
	}
	if config.RequestIDHeader == "" {
		config.RequestIDHeader = "X-Request-Id"
	}
	s := &Server{config: config}
	for _, r := range routes {
		s.routes = append(s.routes, route{Route: r, template: parseTemplate(strings.TrimRight(config.Base, "/") + r.Path), fixed: pairs(r.Query)})
	}
	return s
}

// Requests returns the requests received so far, in order.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Reset forgets the requests received so far.
func (s *Server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = nil
}

// WithoutValidation lets requests through that break rules. They are read strictly all the same.
func (s *Server) WithoutValidation() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unchecked = true
}

// checks reports whether the rules of requests are checked.
func (s *Server) checks() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.unchecked
}

// Transport returns a transport for clients of this server: see [Transport].
func (s *Server) Transport() http.RoundTripper { return Transport(s) }

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var body []byte
	var err error
	if r.Body != nil {
		body, err = io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
	}
	x := &Exchange{server: s, w: w, r: r, body: body}
	id := s.note(r, body)
	w.Header().Set(s.config.RequestIDHeader, "fake-"+strconv.Itoa(id))
	switch {
	case err != nil:
		x.refuse(http.StatusBadRequest, "the body cannot be read: "+err.Error())
		return
	case len(body) > MaxBody:
		x.refuse(http.StatusRequestEntityTooLarge, "the body is larger than "+strconv.Itoa(MaxBody)+" bytes")
		return
	}
	found, status, reason := s.find(r, body)
	if found == nil {
		x.refuse(status, reason)
		return
	}
	s.mu.Lock()
	if id <= len(s.requests) { // there may have been a Reset
		s.requests[id-1].Operation = found.ID
	}
	s.mu.Unlock()
	x.route, x.query = found, parseQuery(found.beside(r.URL.RawQuery))
	x.params, _ = found.template.match(r.URL.EscapedPath())
	x.rawParams = found.template.raw(r.URL.EscapedPath())
	if f := s.fault(found.ID); f != nil && x.suffer(f) {
		return
	}
	if found.Serve == nil {
		x.Unset(found.ID)
		return
	}
	found.Serve(x)
	if !x.answered {
		x.write(http.StatusInternalServerError, "fake", found.ID+" was not answered", nil)
	}
}

// note records a request and returns its number, from 1.
func (s *Server) note(r *http.Request, body []byte) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, Request{
		Method: r.Method, Path: r.URL.EscapedPath(), RawQuery: r.URL.RawQuery, Header: r.Header.Clone(), Body: body,
	})
	return len(s.requests)
}

// find chooses the route of a request, or says why there is none.
func (s *Server) find(r *http.Request, body []byte) (*route, int, string) {
	path, query := r.URL.EscapedPath(), pairs(r.URL.RawQuery)
	var best *route
	known := false
	for i := range s.routes {
		c := &s.routes[i]
		if _, ok := c.template.match(path); !ok || !c.within(query) {
			continue
		}
		known = true
		if c.Method == r.Method && (best == nil || c.before(best)) {
			best = c
		}
	}
	switch {
	case best == nil && known:
		return nil, http.StatusMethodNotAllowed, "no operation has the method " + r.Method + " at this path"
	case best == nil:
		return nil, http.StatusNotFound, "no operation has the path " + path
	case len(best.ConstPath)+len(best.Needs) > 0:
		return s.variant(best, r, body)
	}
	if found := s.labelled(best, r, body); found != nil {
		return found, 0, ""
	}
	return nil, http.StatusUnsupportedMediaType, "no operation takes a body of type " + strconv.Quote(r.Header.Get("Content-Type")) + " here"
}

package rt

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Client sends the calls of one API to one endpoint. It does not change after [New] and is safe for
// use by many goroutines.
type Client struct {
	api  *API
	base origin
	path string     // of the endpoint that the document gives; cut off from one the user gives, where an operation has another
	call callConfig // what calls start from

	transport http.RoundTripper
	jar       http.CookieJar
	insecure  bool             // plain http is allowed
	do        Doer             // the middleware around the transport
	wrapped   bool             // there is middleware
	now       func() time.Time // the server's, as far as known
	local     func() time.Time
	clock     ServerClock // nil: the local clock is not corrected
	observers []Observer
	constants []constant
	own       []constant // for each of the API's headers of parameters, the one with the client's value; empty: there is none

	answers lender
	origins origins // of servers that operations have, so that no call parses a URL

	secretHeaders []string // in canonical form, beside those of telling names
	requestIDs    []string // headers that may hold the id of a request, in canonical form, the best first
}

// constant is a header that every request carries, ready to be put in place.
type constant struct {
	name   string
	values []string
}

// New returns a client of the API. It needs an endpoint: by [WithRegion], by [WithEndpoint], or from
// the document, where it lists servers instead of regions.
func New(api *API, opts ...Option) (*Client, error) {
	if api == nil {
		return nil, &ParamError{In: "option", Name: "api", Reason: "is nil"}
	}
	var cfg config
	cfg.call.attemptTimeout, cfg.call.idleTimeout = DefaultAttemptTimeout, DefaultIdleTimeout
	for _, o := range opts {
		if o != nil {
			o.applyClient(&cfg)
		}
	}
	if cfg.call.err != nil {
		return nil, cfg.call.err
	}
	for _, p := range cfg.call.params {
		if !slices.Contains(api.ClientParams, p.name) {
			return nil, &ParamError{In: "option", Name: p.name, Reason: "is no parameter of the client; known are " + strings.Join(api.ClientParams, ", ")}
		}
		if reason := badSegment(p.value); reason != "" {
			return nil, &ParamError{In: "path", Name: p.name, Reason: reason}
		}
	}
	base, err := endpoint(api, &cfg)
	if err != nil {
		return nil, err
	}
	c := &Client{
		answers: new(answers),
		api:     api, base: base, call: cfg.call,
		local: cfg.now, observers: cfg.observers,
		wrapped: len(cfg.middleware) > 0, insecure: cfg.insecureHTTP,
	}
	c.path = documentPath(api)
	if c.local == nil {
		c.local = time.Now
	}
	c.now = c.local
	if cfg.serverClock != nil {
		if c.clock = cfg.serverClock(c.local); c.clock != nil {
			c.now = c.clock.Now
		}
	}
	if err := c.setTransport(&cfg); err != nil {
		return nil, err
	}
	if err := c.setHeaders(&cfg); err != nil {
		return nil, err
	}
	c.makeAuthorizers()
	c.do = c.transmit
	for _, m := range slices.Backward(cfg.middleware) {
		if m != nil {
			c.do = m(c.do)
		}
	}
	// Calls append to copies of the base: their appends must not meet in one array.
	c.call.params = slices.Clip(c.call.params)
	c.call.headers = slices.Clip(c.call.headers)
	c.call.withoutRules = slices.Clip(c.call.withoutRules)
	return c, nil
}

func (c *Client) setHeaders(cfg *config) error {
	agent := product(c.api.Name)
	if c.api.Version != "" {
		agent += "/" + product(c.api.Version)
	}
	agent += " pantograph"
	if cfg.userAgent != "" {
		agent = cfg.userAgent + " " + agent
	}
	fields := append([]HeaderField{{"User-Agent", agent}}, c.api.Headers...)
	for _, h := range fields {
		if reason := badHeader(h.Name, h.Value); reason != "" {
			return &ParamError{In: "header", Name: h.Name, Reason: reason}
		}
		c.constants = append(c.constants, constant{http.CanonicalHeaderKey(h.Name), []string{h.Value}})
	}
	for _, p := range c.api.ParamHeaders {
		var own constant
		if v, ok := c.call.param(p.Param); ok && badHeader(p.Header, v.value) == "" {
			own = constant{http.CanonicalHeaderKey(p.Header), []string{v.value}}
		}
		c.own = append(c.own, own)
	}
	for _, name := range c.api.SecretHeaders {
		c.secretHeaders = append(c.secretHeaders, http.CanonicalHeaderKey(name))
	}
	for _, name := range c.api.Errors.RequestIDHeaders {
		c.requestIDs = append(c.requestIDs, http.CanonicalHeaderKey(name))
	}
	if len(c.requestIDs) == 0 {
		c.requestIDs = usualRequestIDs[:]
	}
	for _, h := range c.call.headers {
		if reason := badHeader(h.Name, h.Value); reason != "" {
			return &ParamError{In: "header", Name: h.Name, Reason: reason}
		}
	}
	return nil
}

// product makes a token of the user agent from a name of the document.
func product(name string) string {
	out := strings.Map(func(r rune) rune {
		if r < 0x80 && (unreserved(byte(r)) || r == '+') {
			return r
		}
		return '-'
	}, name)
	if out == "" {
		return "unknown"
	}
	return out
}

// String names the client without its credentials.
func (c *Client) String() string {
	if c == nil || c.api == nil {
		return "rt.Client(nil)"
	}
	return "rt.Client(" + c.api.Name + " at " + c.base.scheme + "://" + c.base.host + c.base.path + ")"
}

// GoString is String: no verb prints what a client holds.
func (c *Client) GoString() string { return c.String() }

// Endpoint returns the URL that paths are appended to.
func (c *Client) Endpoint() string { return c.base.scheme + "://" + c.base.host + c.base.path }

// RegionError says that the document does not list a region.
type RegionError struct {
	Region string
	Known  []string
}

func (e *RegionError) Error() string {
	s := "unknown region " + strconv.Quote(e.Region)
	if e.Region == "" {
		s = "neither a region nor an endpoint is set"
	}
	if len(e.Known) == 0 {
		return s + "; set the endpoint"
	}
	return s + "; known are " + strings.Join(e.Known, ", ")
}

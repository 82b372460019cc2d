package rt

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"time"
)

// Option configures a client, in [New].
type Option interface{ applyClient(*config) }

// CallOption configures one call.
type CallOption interface{ applyCall(*callConfig) }

// SharedOption configures a client, or one call of it. A call's option wins.
type SharedOption interface {
	Option
	CallOption
}

type clientOption func(*config)

func (f clientOption) applyClient(c *config) { f(c) }

type callOption func(*callConfig)

func (f callOption) applyCall(c *callConfig) { f(c) }

type sharedOption func(*callConfig)

func (f sharedOption) applyClient(c *config)   { f(&c.call) }
func (f sharedOption) applyCall(c *callConfig) { f(c) }

// The defaults of a client.
const (
	DefaultMaxResponseSize = 64 << 20         // bytes, after decompression
	DefaultAttemptTimeout  = 60 * time.Second // of one request, its answer read
	DefaultIdleTimeout     = 2 * time.Minute  // of a download or stream, without a byte
	DefaultMaxAttempts     = 4                // requests per call
	DefaultRetryBase       = 250 * time.Millisecond
	DefaultRetryCap        = 10 * time.Second
	DefaultMaxRetryAfter   = 30 * time.Second
)

// config is what options set in New.
type config struct {
	call callConfig

	region       string
	insecureHTTP bool

	client      *http.Client
	transport   http.RoundTripper
	proxy       bool
	userAgent   string
	now         func() time.Time
	serverClock func(base func() time.Time) ServerClock
	observers   []Observer
	middleware  []Middleware
}

// callConfig is what options set for a call; the client's is the base of each.
type callConfig struct {
	params  []param
	headers []HeaderField
	query   []byte
	members []member
	link    string
	listing *listing  // nil: nothing that lists have is asked for
	parts   *division // nil: a page is read whole

	endpoint  string
	server    string  // URL, as in the document
	variables []param // of servers

	contentType string // of the body

	credentials []credential

	retry          RetryPolicy
	timeout        time.Duration
	attemptTimeout time.Duration
	idleTimeout    time.Duration
	maxResponse    int64 // 0: unset

	presence       bool
	share          bool
	strict         bool
	skipValidation bool
	withoutRules   []string
	ignoreMissing  bool

	into   *RawResponse
	header HeaderDecoder
	event  *ServerEvent
	also   *RawResponse // Send's own
	dryRun *DryRun
	err    error
}

// member is an extra member of a request body, as JSON.
type member struct {
	name  string
	value []byte
}

// Client options. Generated packages have functions of their own for these and the ones below, and would compile all that
// is inlined into those anew: the closures.

// WithRegion chooses the endpoint by the name of a region. New refuses a name that the document
// does not list; give [WithEndpoint] for regions younger than the document.
//
//go:noinline
func WithRegion(name string) Option {
	return clientOption(func(c *config) { c.region = name })
}

// WithInsecureHTTP allows an endpoint without TLS. Credentials and bodies then travel in the clear.
// An endpoint on the loopback interface needs no such leave.
//
//go:noinline
func WithInsecureHTTP() Option {
	return clientOption(func(c *config) { c.insecureHTTP = true })
}

// WithHTTPClient takes transport, cookie jar and timeout (as attempt timeout) from an
// [http.Client]. Its redirect policy is not asked: API calls never follow redirects.
//
//go:noinline
func WithHTTPClient(client *http.Client) Option {
	return clientOption(func(c *config) { c.client = client })
}

// WithTransport sends requests through a round tripper. It sees them as they go out, credentials
// included; middleware does not.
//
//go:noinline
func WithTransport(transport http.RoundTripper) Option {
	return clientOption(func(c *config) { c.transport = transport })
}

// WithProxyFromEnvironment makes the client's own transport ask HTTPS_PROXY, HTTP_PROXY and NO_PROXY.
// By default the environment is not read.
//
//go:noinline
func WithProxyFromEnvironment() Option {
	return clientOption(func(c *config) { c.proxy = true })
}

// WithUserAgent puts product tokens in front of the client's own: "backup-tool/1.2".
//
//go:noinline
func WithUserAgent(product string) Option {
	return clientOption(func(c *config) { c.userAgent = product })
}

// Options is several options as one: generated packages put together what belongs together.
//
//go:noinline
func Options(opts ...Option) Option {
	return clientOption(func(c *config) {
		for _, o := range opts {
			if o != nil {
				o.applyClient(c)
			}
		}
	})
}

// WithClock sets the source of time for signatures and dates. Waiting and timeouts follow the
// system's clock regardless.
//
//go:noinline
func WithClock(now func() time.Time) Option {
	return clientOption(func(c *config) { c.now = now })
}

// WithObserver adds a receiver of events. It is called during calls, by many goroutines.
//
//go:noinline
func WithObserver(o Observer) Option {
	return clientOption(func(c *config) {
		if o != nil {
			c.observers = append(c.observers, o)
		}
	})
}

// WithLogger logs the events of the client: attempts at level debug, retries at info, deviations
// and warnings at warn. No header, query or body is ever logged.
//
//go:noinline
func WithLogger(l *slog.Logger) Option {
	return clientOption(func(c *config) {
		if l != nil {
			c.observers = append(c.observers, logEvents(l))
		}
	})
}

// WithMiddleware wraps the sending of each attempt. The first middleware is the outermost. See
// [Middleware].
//
//go:noinline
func WithMiddleware(m ...Middleware) Option {
	return clientOption(func(c *config) { c.middleware = append(c.middleware, m...) })
}

// Options of client and call.

// WithParam sets a path parameter that the client knows: those given once for all calls, or for one.
//
//go:noinline
func WithParam(name, value string) SharedOption {
	return sharedOption(func(c *callConfig) { c.params = append(c.params, param{name: name, value: value}) })
}

// WithRetry sets when and how often requests are repeated. Fields left zero have their defaults.
//
//go:noinline
func WithRetry(p RetryPolicy) SharedOption {
	return sharedOption(func(c *callConfig) { c.retry = p })
}

// WithoutRetry makes exactly one request per call, but for the one that renews credentials.
//
//go:noinline
func WithoutRetry() SharedOption { return WithRetry(RetryPolicy{MaxAttempts: 1}) }

// WithTimeout bounds a whole call, waits and repeats included. Zero is no bound, the default: the
// context bounds it.
//
//go:noinline
func WithTimeout(d time.Duration) SharedOption {
	return sharedOption(func(c *callConfig) { c.timeout = d })
}

// WithAttemptTimeout bounds one request until its answer is read: [DefaultAttemptTimeout] unless
// set. Zero is no bound.
//
//go:noinline
func WithAttemptTimeout(d time.Duration) SharedOption {
	return sharedOption(func(c *callConfig) { c.attemptTimeout = d })
}

// WithIdleTimeout bounds each wait for more of a download or stream: [DefaultIdleTimeout] unless set. Zero
// is no bound.
//
//go:noinline
func WithIdleTimeout(d time.Duration) SharedOption {
	return sharedOption(func(c *callConfig) { c.idleTimeout = d })
}

// WithMaxResponseSize bounds the body of a response, in bytes after decompression, and each event of a
// stream: [DefaultMaxResponseSize] unless set. Downloads have no bound unless this sets one. Of lists that are read item by
// item, it bounds each item, and what stands beside them.
//
//go:noinline
func WithMaxResponseSize(bytes int64) SharedOption {
	return sharedOption(func(c *callConfig) { c.maxResponse = bytes })
}

// WithPresence records which members of a response were present, null or unknown, so that
// re-encoding it loses nothing.
//
//go:noinline
func WithPresence() SharedOption {
	return sharedOption(func(c *callConfig) { c.presence = true })
}

// WithSharedStrings makes the strings of a response parts of its body instead of copies. It saves time and memory where
// the response is kept as a whole; whoever keeps one of its strings keeps the whole body.
//
//go:noinline
func WithSharedStrings() SharedOption {
	return sharedOption(func(c *callConfig) { c.share = true })
}

// WithStrict turns every deviation of a response from its document into an error.
//
//go:noinline
func WithStrict() SharedOption {
	return sharedOption(func(c *callConfig) { c.strict = true })
}

// WithoutValidation sends requests unchecked.
//
//go:noinline
func WithoutValidation() SharedOption {
	return sharedOption(func(c *callConfig) { c.skipValidation = true })
}

// WithoutRule switches one rule off, by the id that its violations carry.
//
//go:noinline
func WithoutRule(id string) SharedOption {
	return sharedOption(func(c *callConfig) { c.withoutRules = append(c.withoutRules, id) })
}

// WithHeader sets a header, in place of what the client or the operation would send.
//
//go:noinline
func WithHeader(name, value string) SharedOption {
	return sharedOption(func(c *callConfig) { c.headers = append(c.headers, HeaderField{name, value}) })
}

// Call options.

// WithQuery adds a query parameter that the document does not know.
//
//go:noinline
func WithQuery(name, value string) CallOption {
	return callOption(func(c *callConfig) {
		if len(c.query) > 0 {
			c.query = append(c.query, '&')
		}
		c.query = appendQueryText(append(appendQueryText(c.query, name), '='), value)
	})
}

// WithContentType sets the media type of the request body, where the document leaves a choice: "image/png" for
// image/*, "text/csv" for one of several. It is not for multipart bodies.
//
//go:noinline
func WithContentType(mediaType string) CallOption {
	return callOption(func(c *callConfig) {
		if reason := badMediaType(mediaType); reason != "" {
			c.fail(&ParamError{In: "option", Name: "WithContentType", Reason: reason})
			return
		}
		c.contentType = mediaType
	})
}

// WithBodyMember adds a member to the JSON object of the request body that the document does not
// know. Value is anything that encoding/json can write. A member that the request already has is
// an error.
//
//go:noinline
func WithBodyMember(name string, value any) CallOption {
	return callOption(func(c *callConfig) {
		text, err := json.Marshal(value)
		if err != nil {
			c.fail(&ParamError{In: "body", Name: name, Reason: "cannot be written as JSON: " + err.Error()})
			return
		}
		c.members = append(c.members, member{name, text})
	})
}

// WithResponseInto captures the response in r, whatever comes of the call.
//
//go:noinline
func WithResponseInto(r *RawResponse) CallOption {
	return callOption(func(c *callConfig) { c.into = r })
}

// WithHeaderInto reads the documented headers of the response into h, whatever comes of the call.
//
//go:noinline
func WithHeaderInto(h HeaderDecoder) CallOption {
	return callOption(func(c *callConfig) { c.header = h })
}

// WithEventInto keeps the fields of each event of a stream in e, until the next one comes: its name and id
// beside the data that the stream yields.
//
//go:noinline
func WithEventInto(e *ServerEvent) CallOption {
	return callOption(func(c *callConfig) { c.event = e })
}

// WithDryRun does everything but send: the request is validated, encoded, authorized and captured in
// d, and the call returns [ErrDryRun].
//
//go:noinline
func WithDryRun(d *DryRun) CallOption {
	return callOption(func(c *callConfig) { c.dryRun = d })
}

// IgnoreMissing makes a delete succeed when the object is already gone. It is refused for other
// operations, whose result would be missing too.
//
//go:noinline
func IgnoreMissing() CallOption {
	return callOption(func(c *callConfig) { c.ignoreMissing = true })
}

// withLink sends the request to the link of a next page.
func withLink(link string) CallOption {
	return callOption(func(c *callConfig) { c.link = link })
}

func (c *callConfig) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

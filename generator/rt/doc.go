// Package rt is the runtime of generated clients: it turns a described call into HTTP requests and
// the answer into a value or a typed error.
//
// A generated method is a few lines: it describes the call (operation, path and query parameters,
// body, result) and hands it to [Client.Do]. All behaviour is here, once:
//
//	options ─> validation ─> encode ─┬─> authorize ─> send ─> read ─┬─> decode
//	                                 └──────── retry, wait ─────────┘
//
// A [Client] is immutable after [New] and safe for use by many goroutines. Nothing is logged, read
// from the environment or redirected unless an option asks for it. Credentials are added last,
// after all middleware, and never appear in errors, events or the result of String.
//
// Limits, all of which options can move: a response has at most [DefaultMaxResponseSize] bytes
// after decompression, an attempt takes at most [DefaultAttemptTimeout], a call makes at most
// [DefaultMaxAttempts] attempts, and a server-directed wait is at most [DefaultMaxRetryAfter].
//
// What every generated method calls is marked go:noinline: such calls stand in a client by the thousand, and
// a body put into each of them costs the compiler a tenth of its time, and the program more than it saves.
//
// The package imports the standard library (go1.24) and its own json package, nothing else.
package rt

// Generation1 is the handshake between generated code and this runtime: generated files declare
//
//	const _ = rt.Generation1
//
// If that line does not compile, the runtime is older than the code. Generate both anew.
const Generation1 = true

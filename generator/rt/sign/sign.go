// Package sign signs HTTP requests with SDK-HMAC-SHA256, the access key scheme of Huawei Cloud, Open Telekom Cloud
// and other clouds built on the same API gateway, and verifies such signatures.
//
// The signature is an HMAC over a canonical form of the request: method, path, query, chosen headers and the hash
// of the body. Nothing is sent and no clock is read: the result depends on the arguments alone.
//
// The rules are those of the signing guide ("API Request Signing Guide", section "Signing Algorithm"). Where the
// guide leaves room, this package does what the vendor's own Go SDK puts on the wire, and refuses to sign
// ([ErrUnsignable]) what two servers could read in two ways: an encoded slash in the path, a repeated header, a
// query that does not parse, a body that can be read once only.
//
// Limits of the servers: the date of a request may be off by [MaxSkew]; a signed body has at most 12 MB, larger
// ones need a token instead of a signature; within MaxSkew a recorded request can be sent again by whoever saw it,
// so a signature does not replace TLS.
package sign

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
)

// Algorithm is the name of the scheme, the first word of the Authorization header.
const Algorithm = "SDK-HMAC-SHA256"

// The headers the scheme knows.
const (
	HeaderDate          = "X-Sdk-Date"           // time of signing, in DateLayout
	HeaderContentSHA256 = "X-Sdk-Content-Sha256" // stands in for the hash of the body
	HeaderSecurityToken = "X-Security-Token"     // session of a temporary access key
)

// DateLayout is the form of [HeaderDate], always in UTC: 20240722T081530Z.
const DateLayout = "20060102T150405Z"

// UnsignedPayload is the value of [HeaderContentSHA256] that leaves the body out of the signature.
const UnsignedPayload = "UNSIGNED-PAYLOAD"

// MaxSkew is how far the date of a request may be from the server's clock, in either direction.
const MaxSkew = 15 * time.Minute

// ErrUnsignable is wrapped by every error of [Sign]: the request was not signed and must not be sent.
var ErrUnsignable = errors.New("sign: request cannot be signed")

// Key is an access key. It prints and marshals as a placeholder, whatever the verb or the encoder.
type Key struct {
	Access        string // names the key; sent with each request
	Secret        string // never sent
	SecurityToken string // with temporary keys only; sent as X-Security-Token
}

const redactedKey = "sign.Key(redacted)"

// Format writes a placeholder for every verb.
func (Key) Format(w fmt.State, _ rune) { _, _ = io.WriteString(w, redactedKey) }

// MarshalText returns a placeholder, so that encoding/json, encoding/xml and log/slog show no secret.
func (Key) MarshalText() ([]byte, error) { return []byte(redactedKey), nil }

// Options vary what is signed. The zero value does what the vendor's Go SDK does for JSON APIs.
type Options struct {
	// Host signs the Host header too. The vendor's guide does so in its example; its SDKs do not.
	Host bool

	// UnsignedUnlessJSON leaves a body out of the signature, as the vendor's SDKs do, when the request has a
	// Content-Type other than application/json and application/bson. Without it every body is signed, and a body
	// that is a stream is refused.
	UnsignedUnlessJSON bool
}

// Sign sets X-Sdk-Date, Authorization and, where they apply, X-Security-Token and X-Sdk-Content-Sha256 on r.
//
// The body holds the exact bytes that r will send, nil for none, and r.Body is not read. When r has a body and none is
// given, it is a stream: its bytes are read once more for their hash, by way of r.GetBody, and never held in memory. A
// stream that can be read once only, without GetBody, cannot be signed. A date that r already carries is kept; otherwise it is now. An X-Sdk-Content-Sha256 that r already carries is used, as it is, in place of the hash
// of the body. An X-Security-Token of the key replaces that of the request.
//
// Every header on r is signed, except: names that begin with Content-Type or contain an underscore (as in the vendor's
// SDKs), Authorization, headers that net/http writes itself (Host, unless asked for with [Options], Content-Length,
// Transfer-Encoding, Trailer), and hop-by-hop headers, which need not reach the server. A header set or changed
// after Sign is not protected, or breaks the signature.
//
// To send a request again, sign a copy of the unsigned request: its date must be new. The request belongs to the
// caller; Sign may run concurrently on different requests. On error r may have got a date and must be discarded.
func Sign(r *http.Request, body []byte, key Key, now time.Time, opts Options) error {
	if err := sign(r, body, key, now, opts); err != nil {
		return fmt.Errorf("%w: %w", ErrUnsignable, err)
	}
	return nil
}

func sign(r *http.Request, body []byte, key Key, now time.Time, opts Options) error {
	if key.Access == "" || key.Secret == "" {
		return errors.New("the access key or its secret is empty")
	}
	if strings.ContainsFunc(key.Access, func(c rune) bool { return c <= ' ' || c == ',' || c > '~' }) {
		return errors.New("the access key has a character that the Authorization header cannot carry")
	}
	values := new([3]string) // of the headers: they share memory
	if err := prepare(r, key, now, opts, values); err != nil {
		return err
	}
	var room [16]field
	fields, err := headersToSign(room[:0], r, opts.Host)
	if err != nil {
		return err
	}
	var hash [2 * sha256.Size]byte
	if err := bodyHash(hash[:0], r, body); err != nil {
		return err
	}
	buf, err := appendCanonical(make([]byte, 0, 1024), r, fields, hash[:])
	if err != nil {
		return err
	}
	sum := signature(buf, key.Secret, r.Header.Get(HeaderDate))

	buf = append(buf[:0], Algorithm+" Access="...)
	buf = append(buf, key.Access...)
	buf = append(buf, ", SignedHeaders="...)
	buf = appendNames(buf, fields)
	buf = append(buf, ", Signature="...)
	buf = hex.AppendEncode(buf, sum[:])
	set(r.Header, "Authorization", string(buf), values[2:])
	return nil
}

// prepare sets the headers of the scheme that are signed themselves.
func prepare(r *http.Request, key Key, now time.Time, opts Options, values *[3]string) error {
	if r.Header == nil {
		r.Header = make(http.Header)
	}
	if date := r.Header.Get(HeaderDate); date == "" {
		set(r.Header, HeaderDate, now.UTC().Format(DateLayout), values[:1])
	} else if _, err := time.Parse(DateLayout, date); err != nil {
		return fmt.Errorf("%s is not of the form %s", HeaderDate, DateLayout)
	}
	if key.SecurityToken != "" {
		set(r.Header, HeaderSecurityToken, key.SecurityToken, values[1:2])
	}
	if contentHash(r) != "" {
		return nil
	}
	if opts.UnsignedUnlessJSON && !isJSON(r.Header.Get("Content-Type")) {
		r.Header.Set(HeaderContentSHA256, UnsignedPayload)
	}
	return nil
}

// set sets a header, whose name is in canonical form, in the memory given for its value.
func set(h http.Header, name, value string, room []string) {
	room[0] = value
	h[name] = room[:1:1]
}

// bodyHash appends the hash of a body to dst, which has room for it: of the bytes given, or of a stream.
func bodyHash(dst []byte, r *http.Request, body []byte) error {
	if body != nil || r.Body == nil || r.Body == http.NoBody || contentHash(r) != "" {
		appendHash(dst, body)
		return nil
	}
	if r.GetBody == nil {
		return errors.New("the body is a stream that can be read once only: its bytes are needed before it is sent, or " + HeaderContentSHA256)
	}
	stream, err := r.GetBody()
	if err != nil {
		return err
	}
	defer stream.Close()
	h := sha256.New()
	if _, err := io.Copy(h, stream); err != nil {
		return err
	}
	hex.AppendEncode(dst, h.Sum(nil))
	return nil
}

// isJSON reports whether the vendor's SDKs sign a body of this type. No type at all counts as JSON.
func isJSON(contentType string) bool {
	if contentType == "" {
		return true
	}
	t, _, _ := mime.ParseMediaType(contentType)
	return t == "application/json" || t == "application/bson"
}

// signature is the HMAC of a canonical request signed at the given date (RFC 2104). It is made of two hashes here because
// package hmac would take half of all allocations of a signed request for it.
func signature(canonical []byte, secret, date string) [sha256.Size]byte {
	var key [sha256.BlockSize]byte
	if len(secret) > len(key) {
		sum := sha256.Sum256([]byte(secret))
		copy(key[:], sum[:])
	} else {
		copy(key[:], secret)
	}
	inner := make([]byte, len(key), 256)
	var outer [sha256.BlockSize + sha256.Size]byte
	for i, c := range key {
		inner[i], outer[i] = c^0x36, c^0x5c
	}
	sum := sha256.Sum256(appendStringToSign(inner, canonical, date))
	copy(outer[len(key):], sum[:])
	return sha256.Sum256(outer[:])
}

func appendStringToSign(dst, canonical []byte, date string) []byte {
	dst = append(dst, Algorithm+"\n"...)
	dst = append(dst, date...)
	dst = append(dst, '\n')
	return appendHash(dst, canonical)
}

// appendHash appends the SHA-256 of data in lower-case hex.
func appendHash(dst, data []byte) []byte {
	sum := sha256.Sum256(data)
	return hex.AppendEncode(dst, sum[:])
}

package sign

import (
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// ErrSignature is wrapped by every error of [Verify]. The text says what is wrong; it is for tests and logs, and tells
// an attacker more than an answer over the network should.
var ErrSignature = errors.New("sign: signature refused")

// Verify checks the signature of a request as a server does, and returns the access key that signed it. It is made
// for fake servers and tests.
//
// The body holds the bytes received; now is the server's time; secret returns the secret of an access key, and false
// for a key it does not know. Verify demands that X-Sdk-Date is signed and within [MaxSkew] of now, that each signed
// header is there exactly once, and that these are signed when they are there: X-Sdk-*, X-Security-Token,
// X-Project-Id and X-Domain-Id. A body under [UnsignedPayload] is not protected and not checked.
func Verify(r *http.Request, body []byte, now time.Time, secret func(access string) (string, bool)) (access string, err error) {
	access, err = verify(r, body, now, secret)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrSignature, err)
	}
	return access, nil
}

func verify(r *http.Request, body []byte, now time.Time, secret func(string) (string, bool)) (string, error) {
	access, list, claimed, err := parseAuthorization(r.Header["Authorization"])
	if err != nil {
		return "", err
	}
	names := strings.Split(list, ";")
	fields, err := signedHeaders(r, names)
	if err != nil {
		return "", err
	}
	for name := range r.Header {
		if mustBeSigned(name) && !slices.Contains(names, strings.ToLower(name)) {
			return "", fmt.Errorf("header %s is not signed", name)
		}
	}
	date := r.Header.Get(HeaderDate)
	at, err := time.Parse(DateLayout, date)
	if err != nil {
		return "", fmt.Errorf("%s is not of the form %s", HeaderDate, DateLayout)
	}
	if skew := now.Sub(at).Abs(); skew > MaxSkew {
		return "", fmt.Errorf("the request is dated %s from now", skew)
	}
	given := contentHash(r)
	if given != "" && given != UnsignedPayload && given != string(appendHash(nil, body)) {
		return "", errors.New("the body is not the one whose hash was signed")
	}
	key, ok := secret(access)
	if !ok {
		return "", errors.New("the access key is not known")
	}
	canonical, err := appendCanonical(nil, r, fields, appendHash(nil, body))
	if err != nil {
		return "", err
	}
	sum := signature(canonical, key, date)
	if !hmac.Equal(hex.AppendEncode(nil, sum[:]), []byte(claimed)) {
		return "", errors.New("the signature does not match the request")
	}
	return access, nil
}

// parseAuthorization takes the one Authorization header apart.
func parseAuthorization(values []string) (access, names, signature string, err error) {
	if len(values) != 1 {
		return "", "", "", fmt.Errorf("%d Authorization headers instead of one", len(values))
	}
	rest, ok := strings.CutPrefix(values[0], Algorithm+" Access=")
	access, rest, hasNames := strings.Cut(rest, ", SignedHeaders=")
	names, signature, hasSignature := strings.Cut(rest, ", Signature=")
	if !ok || !hasNames || !hasSignature || access == "" {
		return "", "", "", errors.New("the Authorization header is not of this scheme")
	}
	return access, names, signature, nil
}

// signedHeaders looks up the headers that a signature says it covers.
func signedHeaders(r *http.Request, names []string) ([]field, error) {
	if !slices.Contains(names, "x-sdk-date") {
		return nil, errors.New(HeaderDate + " is not signed")
	}
	fields := make([]field, 0, len(names))
	for i, name := range names {
		if i > 0 && names[i-1] >= name || name != strings.ToLower(name) {
			return nil, errors.New("the signed header names are not sorted, unique and in lower case")
		}
		values := r.Header.Values(name)
		if name == "host" {
			values = []string{hostOf(r)}
		}
		if len(values) != 1 {
			return nil, fmt.Errorf("signed header %s is there %d times", name, len(values))
		}
		fields = append(fields, field{name, strings.TrimSpace(values[0])})
	}
	return fields, nil
}

// mustBeSigned reports whether a header changes who asks, or for what, so that an unsigned one is an attack or a bug.
func mustBeSigned(name string) bool {
	switch name = http.CanonicalHeaderKey(name); name {
	case HeaderSecurityToken, "X-Project-Id", "X-Domain-Id":
		return true
	}
	return strings.HasPrefix(name, "X-Sdk-")
}

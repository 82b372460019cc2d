package rt

// Class is the meaning of a failure, whatever code and status it came with. A Class is an error, so
//
//	if errors.Is(err, rt.ErrNotFound) { … }
//
// works on any [*Error]. The code table of the document decides, then its prefixes, then the status.
type Class string

// The classes.
const (
	ErrInvalid          Class = "invalid"          // the request is wrong; repeating it is useless
	ErrUnauthenticated  Class = "unauthenticated"  // no credentials, or not accepted
	ErrPermissionDenied Class = "permissionDenied" // the credentials do not allow this
	ErrNotFound         Class = "notFound"         // there is no such object
	ErrConflict         Class = "conflict"         // the state of the object does not allow this
	ErrBusy             Class = "busy"             // a conflict that passes: try later
	ErrQuotaExceeded    Class = "quotaExceeded"    // a quota of the account is used up
	ErrRateLimited      Class = "rateLimited"      // too many requests; nothing was executed
	ErrUnavailable      Class = "unavailable"      // the service cannot answer now
	ErrInternal         Class = "internal"         // the service failed
)

// Error returns the class in words.
func (c Class) Error() string {
	switch c {
	case ErrPermissionDenied:
		return "permission denied"
	case ErrNotFound:
		return "not found"
	case ErrQuotaExceeded:
		return "quota exceeded"
	case ErrRateLimited:
		return "rate limited"
	}
	return string(c)
}

// statusClass is the class of an HTTP status by itself. Statuses without a meaning of their own
// (redirects among them) have none.
func statusClass(status int) Class {
	switch status {
	case 401, 407:
		return ErrUnauthenticated
	case 403:
		return ErrPermissionDenied
	case 404, 410:
		return ErrNotFound
	case 409, 412, 428:
		return ErrConflict
	case 423:
		return ErrBusy
	case 429:
		return ErrRateLimited
	case 408, 502, 503, 504:
		return ErrUnavailable
	}
	switch {
	case status >= 400 && status < 500:
		return ErrInvalid
	case status >= 500 && status < 600:
		return ErrInternal
	}
	return ""
}

// sentinel is a constant error, to be compared with errors.Is.
type sentinel string

func (s sentinel) Error() string { return string(s) }

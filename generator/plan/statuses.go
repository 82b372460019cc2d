package plan

import (
	"strconv"
	"strings"
)

// statusNumber is a documented status as the runtime has it: 200; 2 for 2XX; 0 for the default.
func statusNumber(status string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.ToUpper(status), "XX"))
	if err != nil {
		return 0
	}
	return n
}

// statusWords name the statuses that documents have, as net/http does, which no part of the generator imports.
var statusWords = map[int]string{
	0: "Default", 1: "Informational", 2: "Success", 3: "Redirect", 4: "ClientError", 5: "ServerError",
	200: "OK", 201: "Created", 202: "Accepted", 203: "NonAuthoritative", 204: "NoContent", 205: "ResetContent", 206: "PartialContent",
	207: "MultiStatus", 208: "AlreadyReported", 226: "IMUsed",
	300: "MultipleChoices", 301: "MovedPermanently", 302: "Found", 303: "SeeOther", 304: "NotModified", 307: "TemporaryRedirect", 308: "PermanentRedirect",
	400: "BadRequest", 401: "Unauthorized", 402: "PaymentRequired", 403: "Forbidden", 404: "NotFound", 405: "MethodNotAllowed", 406: "NotAcceptable",
	407: "ProxyAuthRequired", 408: "RequestTimeout", 409: "Conflict", 410: "Gone", 411: "LengthRequired", 412: "PreconditionFailed",
	413: "ContentTooLarge", 414: "URITooLong", 415: "UnsupportedMediaType", 416: "RangeNotSatisfiable", 417: "ExpectationFailed", 418: "Teapot",
	421: "MisdirectedRequest", 422: "UnprocessableContent", 423: "Locked", 424: "FailedDependency", 425: "TooEarly", 426: "UpgradeRequired",
	428: "PreconditionRequired", 429: "TooManyRequests", 431: "HeaderFieldsTooLarge", 451: "UnavailableForLegalReasons",
	500: "InternalServerError", 501: "NotImplemented", 502: "BadGateway", 503: "ServiceUnavailable", 504: "GatewayTimeout",
	505: "HTTPVersionNotSupported", 506: "VariantAlsoNegotiates", 507: "InsufficientStorage", 508: "LoopDetected", 511: "NetworkAuthRequired",
}

// statusWord is a status in a word, for names: NotFound.
func statusWord(status int) string {
	if word, ok := statusWords[status]; ok {
		return word
	}
	return "Status" + strconv.Itoa(status)
}

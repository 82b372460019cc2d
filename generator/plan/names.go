package plan

// Names.
//
// Goals: a name is unique, readable, and stable. It is made from the node's own name and place in
// the document, never from the order in which nodes were met, so that adding a schema renames no
// other.
//
// Scheme:
//   - A name the author gives (x-pantograph.name) or the lock holds is used as it is.
//   - A component is named after itself; an inline type after its place: owner plus member.
//   - An operation's types are named after the call: CreateGroupRequest, ListGroupsParams.
//   - Words are split at punctuation and at case changes, joined in CamelCase; initialisms keep
//     one case.
//
// Hard cases: names without a letter (a prefix says what they are), names that are ours (they
// yield: ErrorSchema), two nodes with one derived name (all of them take their qualified names).

import (
	"slices"
	"strings"
	"unicode"
)

// initialisms keep one case in Go names. Additions per API come from the configuration.
var initialisms = [...]string{
	"ACL", "API", "ARN", "AS", "ASCII", "AZ", "CIDR", "CPU", "CSS", "DNS", "ECS", "EIP", "ELB", "EOF", "GB", "GUID",
	"HTML", "HTTP", "HTTPS", "IAM", "ID", "IOPS", "IP", "JSON", "LB", "MAC", "NIC", "OS", "QPS", "RAM", "RPC",
	"SDK", "SLA", "SMN", "SMTP", "SQL", "SSD", "SSH", "TCP", "TLS", "TTL", "UDP", "UI", "UID", "UUID", "URI", "URL", "URN",
	"UTC", "UTF8", "VM", "VPC", "XML", "XSRF", "XSS",
}

// Namer turns wire names into Go names.
type Namer struct{ upper map[string]string }

// NewNamer returns a namer that knows the built-in initialisms and the given ones.
func NewNamer(extra []string) Namer {
	n := Namer{upper: map[string]string{"IDS": "IDs", "URLS": "URLs", "IPS": "IPs", "APIS": "APIs", "IPV4": "IPv4", "IPV6": "IPv6", "LBAAS": "LBaaS"}}
	for _, w := range initialisms {
		n.upper[w] = w
	}
	for _, w := range extra {
		n.upper[strings.ToUpper(w)] = w
	}
	return n
}

// words splits a name at punctuation and at changes of case or between letters that follow digits.
func words(name string) []string {
	var out []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			out = append(out, string(word))
			word = word[:0]
		}
	}
	runes := []rune(name)
	for i, r := range runes {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) || r > unicode.MaxASCII {
			flush()
			continue
		}
		if i > 0 && unicode.IsUpper(r) {
			prevLower := unicode.IsLower(runes[i-1]) || unicode.IsDigit(runes[i-1]) && hasLower(word)
			nextLower := i+1 < len(runes) && unicode.IsLower(runes[i+1]) && unicode.IsUpper(runes[i-1]) && !pluralTail(runes, i)
			if prevLower || nextLower {
				flush()
			}
		}
		word = append(word, r)
	}
	flush()
	return out
}

func hasLower(word []rune) bool {
	for _, r := range word {
		if unicode.IsLower(r) {
			return true
		}
	}
	return false
}

// pluralTail reports whether an upper-case run ends at i in a plural s: the D of "IDs".
func pluralTail(runes []rune, i int) bool {
	return runes[i+1] == 's' && (i+2 == len(runes) || !unicode.IsLower(runes[i+2]))
}

// Exported returns the exported Go name for a wire name, "" when it holds no letter or digit.
func (n Namer) Exported(name string) string {
	var b strings.Builder
	for _, w := range words(name) {
		b.WriteString(n.word(w))
	}
	s := b.String()
	if s != "" && unicode.IsDigit(rune(s[0])) {
		s = "N" + s
	}
	if len(s) > maxNameLength {
		s = s[:maxNameLength-8] + shortHash(name)
	}
	return s
}

// maxNameLength bounds the part of a Go name that comes from one name of the document.
const maxNameLength = 100

func (n Namer) word(w string) string {
	if up, ok := n.upper[strings.ToUpper(w)]; ok {
		return up
	}
	base := strings.TrimRight(w, "0123456789")
	if up, ok := n.upper[strings.ToUpper(base)]; ok {
		return up + w[len(base):]
	}
	if strings.ToUpper(w) == w && n.joined(w) {
		return w
	}
	if strings.ToUpper(w) == w || strings.ToLower(w) == w {
		return strings.ToUpper(w[:1]) + strings.ToLower(w[1:])
	}
	return strings.ToUpper(w[:1]) + w[1:]
}

// joined reports whether a word is initialisms written together: VPCID.
func (n Namer) joined(w string) bool {
	if w == "" {
		return true
	}
	for i := len(w); i >= 2; i-- {
		if up, ok := n.upper[w[:i]]; ok && up == w[:i] && n.joined(w[i:]) {
			return true
		}
	}
	return false
}

// Unexported returns the Go name of a variable for a wire name, never a keyword or predeclared name.
func (n Namer) Unexported(name string) string {
	exported := n.Exported(name)
	if exported == "" {
		return "value"
	}
	first := n.firstWord(exported)
	low := strings.ToLower(first) + exported[len(first):]
	if reservedWords[low] {
		low += "Value"
	}
	return low
}

// firstWord is the part of an exported name that a variable has in lower case: VPC of VPCID.
func (n Namer) firstWord(exported string) string {
	longest := ""
	for _, up := range n.upper {
		rest, ok := strings.CutPrefix(exported, up)
		if ok && len(up) > len(longest) && (rest == "" || !unicode.IsLower(rune(rest[0]))) {
			longest = up
		}
	}
	if longest == "" {
		return words(exported)[0]
	}
	return longest
}

// reservedWords are Go keywords, predeclared names, and the names generated method bodies use.
var reservedWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`break case chan const continue default defer else fallthrough for func go goto if import
		interface map package range return select struct switch type var any append bool byte cap clear close complex copy
		delete error false float32 float64 imag int int8 int16 int32 int64 iota len make max min new nil panic print println
		real recover rune string true uint uint8 uint16 uint32 uint64 uintptr ctx params req body opts out call err i s p v w r x ok page
		pager yield rt json context iter time unsafe fake http sync fmt record to base server client answer item`) {
		m[w] = true
	}
	return m
}()

// reservedTypes are the names of the package that are ours. A schema of that name yields.
var reservedTypes = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`Client New Option CallOption SharedOption Opt Some Null Int64 Float Error ValidationError Violation
		Rule Rules Region RegionEndpoint Credentials CredentialProvider Observer Middleware RetryPolicy RawResponse DryRun Code Explain
		ErrNotFound ErrConflict ErrBusy ErrQuotaExceeded ErrInvalid ErrUnauthenticated ErrPermissionDenied ErrRateLimited
		ErrUnavailable ErrInternal ErrDryRun IgnoreMissing Raw Event StaticCredentials EnvironmentCredentials FileCredentials
		WithRegion WithCredentials WithEndpoint WithInsecureHTTP WithHTTPClient WithTransport WithProxyFromEnvironment WithUserAgent
		WithClock WithObserver WithLogger WithMiddleware WithRetry WithoutRetry WithTimeout WithAttemptTimeout WithMaxResponseSize
		WithPresence WithStrict WithoutValidation WithoutRule WithHeader WithQuery WithContentType WithBodyMember WithResponseInto WithDryRun`) {
		m[w] = true
	}
	return m
}()

// reservedMethods are the methods of models. A property of that name yields.
var reservedMethods = map[string]bool{
	"MarshalJSON": true, "UnmarshalJSON": true, "DecodeStrict": true, "Validate": true, "Has": true, "IsNull": true, "Unknown": true, "Format": true, "LogValue": true,
}

// singular is the name of one of many, where the document gives none.
func singular(name string) string {
	has := func(suffixes ...string) bool {
		return slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(strings.ToLower(name), s) })
	}
	switch {
	case has("series", "ss", "us") || len(name) < 2:
		return name
	case has("ies"):
		return name[:len(name)-3] + "y"
	case has("sses", "xes", "ches", "shes", "statuses", "aliases", "buses"):
		return name[:len(name)-2]
	case has("s"):
		return name[:len(name)-1]
	}
	return name
}

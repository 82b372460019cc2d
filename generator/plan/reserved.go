package plan

// The names that are ours. docs/names.md publishes those that a document can meet: none is added but in a major release.

// goWords are Go keywords and predeclared names.
const goWords wordList = `break case chan const continue default defer else fallthrough for func go goto if import
	interface map package range return select struct switch type var any append bool byte cap clear close complex copy
	delete error false float32 float64 imag int int8 int16 int32 int64 iota len make max min new nil panic print println
	real recover rune string true uint uint8 uint16 uint32 uint64 uintptr`

// reservedWords are goWords, and the names generated method bodies use.
const reservedWords = goWords + ` ctx params req body opts out call err i s p v w r x ok page
	pager yield rt json context iter time unsafe fake http sync fmt record to base server client answer item`

// reservedTypes are the names of the package that are ours. A schema of that name yields.
const reservedTypes wordList = `Client New Option CallOption SharedOption Opt Some Null Int64 Float Error ValidationError Violation
	Rule Rules Region RegionEndpoint Credentials CredentialProvider Observer Middleware RetryPolicy RawResponse DryRun Code Explain
	ErrNotFound ErrConflict ErrBusy ErrQuotaExceeded ErrInvalid ErrUnauthenticated ErrPermissionDenied ErrRateLimited
	ErrUnavailable ErrInternal ErrDryRun IgnoreMissing Raw Number Wire FilePart FileFrom FileBytes FileAt FileFunc Event StaticCredentials EnvironmentCredentials FileCredentials
	TokenSource TokenSourceFunc OAuthConfig ServerURL WithServer
	WithRegion WithCredentials WithEndpoint WithInsecureHTTP WithHTTPClient WithTransport WithProxyFromEnvironment WithUserAgent
	WithClock WithObserver WithLogger WithMiddleware WithRetry WithoutRetry WithTimeout WithAttemptTimeout WithMaxResponseSize
	WithPresence WithSharedStrings WithStrict WithoutValidation WithoutRule WithHeader WithQuery WithContentType WithBodyMember WithResponseInto WithDryRun
	Download ServerEvent ErrorBody WithHeaderInto WithEventInto WithIdleTimeout
	WithCursor WithCursorInto WithPrefetch DecodeStrict Has IsNull UnknownMembers`

// clientFields are the methods of the client. A resource of that name yields.
var clientFields = map[string]bool{"Send": true}

// fakeServer are the methods of the fake server. The function of a call of that name yields.
var fakeServer = map[string]bool{"ServeHTTP": true, "Client": true, "Requests": true, "Forward": true, "WithoutValidation": true, "Inject": true, "Store": true}

// serviceMethods are names that go vet allows for one signature only. The method of a service yields.
var serviceMethods = map[string]bool{
	"GobDecode": true, "GobEncode": true, "MarshalJSON": true, "MarshalXML": true, "ReadByte": true, "ReadRune": true,
	"UnmarshalJSON": true, "UnmarshalXML": true, "UnreadByte": true, "UnreadRune": true, "WriteByte": true,
}

// reservedMethods are the methods of models. A property of that name yields.
var reservedMethods = map[string]bool{
	"MarshalJSON": true, "UnmarshalJSON": true, "Validate": true, "Format": true, "LogValue": true,
}

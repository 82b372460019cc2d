package plan

// AnswerKind is what a method returns beside the error.
type AnswerKind string

// The kinds of answers.
const (
	AnswerNone     AnswerKind = ""
	AnswerValue    AnswerKind = "value"    // Result, decoded
	AnswerResults  AnswerKind = "results"  // one of several bodies, by status
	AnswerDownload AnswerKind = "download" // read while it comes
	AnswerEvents   AnswerKind = "events"   // an iterator over server-sent events as they are
	AnswerStream   AnswerKind = "stream"   // an iterator over items
	AnswerRedirect AnswerKind = "redirect" // where the answer leads
)

// Answer is how the answer to a call is read.
type Answer struct {
	Kind    AnswerKind `json:"kind,omitempty"`
	Media   string     `json:"media,omitempty"`   // what a server answers with
	Accepts []string   `json:"accepts,omitempty"` // where the operation can be asked for others too
	Status  int        `json:"status"`            // of the usual answer
	Empty   int        `json:"empty,omitempty"`   // documented status without a body, where others have one: the result is nil then
	Results *Results   `json:"results,omitempty"`
	Stream  *Stream    `json:"stream,omitempty"`
}

// Results is the struct of an operation whose answers differ by status.
type Results struct {
	Name     string         `json:"name"`
	Call     string         `json:"call"`
	Bodiless []int          `json:"bodiless,omitempty"`
	Fields   []*ResultField `json:"fields"`
}

// ResultField is the body of the answers with some statuses.
type ResultField struct {
	Name     string `json:"name"`
	Doc      Text   `json:"doc"`
	Statuses []int  `json:"statuses,omitempty"`
	Rest     bool   `json:"rest,omitempty"` // of all other statuses too
	Body     *Body  `json:"body"`
}

// Stream is an answer of many items.
type Stream struct {
	Format string   `json:"format"` // function of the runtime: EventData, WholeEvents, TextEvents, Texts
	Args   []string `json:"args,omitempty"`
	Item   *Body    `json:"item,omitempty"`
}

// Failure is the documented body of failures with a status.
type Failure struct {
	Status int   `json:"status"` // 404; 4 for every 4xx; 0 for every other
	Body   *Body `json:"body"`
}

// FailureList is what an operation documents about failures. Operations that say the same share it.
type FailureList struct {
	Var  string     `json:"var"`
	List []*Failure `json:"list"`
}

// Header is a struct of documented headers. Operations with the same headers share it.
type Header struct {
	Name   string         `json:"name"`
	Call   string         `json:"call,omitempty"` // the one operation that has it; empty: several
	Fields []*HeaderField `json:"fields"`
}

// HeaderField is one documented header.
type HeaderField struct {
	Name    string   `json:"name"`
	Wire    string   `json:"wire"`
	Doc     Text     `json:"doc"`
	Type    TypeRef  `json:"type"`
	Func    string   `json:"func"`              // of the runtime: FromHeader, ListFromHeader, TimeFromHeader, JSONFromHeader
	Layouts []string `json:"layouts,omitempty"` // TimeFromHeader
	Body    *Body    `json:"body,omitempty"`    // JSONFromHeader, ObjectFromHeader
	Explode bool     `json:"explode,omitempty"` // ObjectFromHeader
}

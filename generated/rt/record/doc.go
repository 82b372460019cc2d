// Package record keeps exchanges with a service as data, and plays them back.
//
// A [Recorder] is middleware of a client: it hands each exchange, scrubbed, to a function. A
// [Replayer] is the transport of a client: it answers requests from recordings and refuses those that
// are not among them. Both use one format, JSON:
//
//	{
//	  "operation": "ListScalingGroups", "provider": "…", "source": "…", "note": "…",
//	  "request":  {"method": "GET", "path": "/v1/p/groups", "query": {"limit": ["20"]},
//	               "headers": {"Accept": "application/json"}},
//	  "response": {"status": 200, "headers": {"Content-Type": "application/json"}, "body": {…}}
//	}
//
// A body is JSON in "body", its numbers digit for digit, or other text in "text", or what is no text, in base64, in "binary".
// A multipart request has its "parts", each with a content of these forms; its boundary, which is random, counts for
// nothing.
//
// Recordings hold no credentials: of headers only those in a list are kept, members and parameters
// with telling names are masked, and further names and words can be given. Look at what you commit
// all the same.
//
// The package imports the standard library only.
package record

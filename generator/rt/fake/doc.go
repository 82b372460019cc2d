// Package fake is what generated test packages are made of: a server that holds clients to the
// document, without sockets.
//
// A generated package has a struct with one typed function per operation and gives a [Route] for each
// of them to [New]. The server finds the route of a request, decodes and validates it strictly, calls
// the function, and writes what it returns. A request that the document does not allow is refused
// with status 400, in the form in which the API reports errors; an operation without a function
// answers 501. [Transport] makes the server the transport of a client.
//
// A server is safe for use by many goroutines.
package fake

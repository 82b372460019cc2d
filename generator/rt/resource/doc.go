// Package resource is what the methods of resources do beyond one call: find by name or id, wait for a state,
// split lists, change what was read, compare what is with what is wanted, delete what depends on something.
//
// Its functions know nothing of an API. Generated methods give them closures, which make the calls, and static
// data. They keep no state, and start no goroutine that outlives them.
package resource

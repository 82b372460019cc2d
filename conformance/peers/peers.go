// Package peers pins the generator that ours is compared with, in a module of its own: nobody who uses ours needs it. The
// comparison is made by conformance/corpus, which generates into a copy of this module.
package peers

import _ "github.com/oapi-codegen/runtime" // what its output needs

package stdlib

// The embedded data is laid out for reading: what it says of a package is made into types when somebody asks for it, name by
// name. It consists of
//
//   - the place of the header, in four bytes
//   - names
//   - the header: the Go version that it tells newer things from; the tables of packages, objects and types, each the number
//     of its entries and the place of each in four bytes
//   - the entries
//
// Numbers are varints. A name is the number of its bytes and its bytes, and is referred to by its place; one that is referred
// to at 0 is empty; paths and the like stand where they are needed. Packages, objects and types are referred to by their number in their table, and 0 is none.
//
//	package   path, name, number of names; each of the names, in order: the name's place and the object, of four bytes each
//	object    kind, package, name, what it requires that is newer (a name); then
//	          constant: type, kind of constant.Kind, name of its text; of fractions, a second for the denominator; of booleans a number
//	          variable, function: type
//	          alias: type parameters, type
//	          one of another layer: nothing
//	          defined type: type parameters, underlying type, methods (name, what it requires, 1 for a pointer, type parameters, signature)
//	type      kind, then what the kind needs (see importer.typ)

// kind is what an object or a type is.
type kind = byte

// Kinds of objects.
const (
	Constant kind = iota + 1
	Variable
	Function
	Alias
	Defined
	Elsewhere // its package is one of the layer below
)

// Kinds of types.
const (
	Basic     kind = iota + 1 // its types.BasicKind
	Universal                 // a name of the universe: byte, rune, error, any, comparable
	Object                    // a defined type or an alias
	Instance                  // of a type, with type arguments
	Parameter                 // of a type or function: package, name, constraint
	Pointer
	Slice
	Array // length, element
	Map
	Channel   // direction, element
	Struct    // package, fields: name, flags, type; a tag, if the flags say so
	Signature // type parameters, parameters, results: package, and name and type of each; 1 if it is variadic
	Interface // package, 1 if it is implicit, methods (name, what it requires, signature), embedded types
	Union     // terms: 1 if it has a tilde, type
)

// Flags of fields.
const (
	Embedded = 1 << iota
	Tagged
	Newer // what it requires follows
)

package plan

import (
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/rules"
	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Options are the decisions a configuration makes.
type Options struct {
	Package     string   // Go package name
	ImportPath  string   // of the package
	Runtime     string   // import path of package rt
	Initialisms []string // in addition to the built-in ones
	Test        bool     // plan the test-support package too
	Strict      bool     // derived names that collide are errors

	Types      []TypeMapping // Go types of formats
	Formats    []string      // formats to assert
	UntypedRaw bool          // what states no type is raw JSON

	CheckResponses bool // answers can be observed by their schemas
	InlineCodec    bool // types have code to read and write them, not offsets

	Rules []*rules.Subject // that the document states in its own language
}

// Build plans a package. The lock is read for names published before, and records those of this
// run: write its Bytes with the output.
func Build(api *model.API, opt Options, lock *Lock) (*Package, diag.List) {
	uses := usesIn(api)
	moved := lock.follow(api, uses)
	var known settled
	for run := 1; ; run++ {
		lock.restart()
		b := newBuilder(api, opt, lock)
		b.diags = slices.Clone(moved)
		b.settled, b.run, b.shapes.AsWritten = known, run, opt.UntypedRaw
		if opt.Test {
			b.pkg.TestName = opt.Package + "test"
		}
		b.claimLayerNames()
		b.client()
		b.errors()
		b.reachAll()
		b.claimComponents()
		b.services()
		if learned := b.settle(); run < maxRuns && !learned.equal(known) {
			known = learned
			continue
		}
		if opt.Test {
			b.simulate(b.byName)
		}
		b.hooks(b.called)
		b.finish()
		b.aliases()
		lock.pinUses(uses)
		if opt.Test {
			b.access()
		}
		for _, s := range b.pkg.Services {
			if x := b.example(s); x != nil && opt.Test {
				b.pkg.Examples = append(b.pkg.Examples, x)
			}
		}
		if b.diags.HasErrors() {
			return nil, b.diags.Sort()
		}
		return b.pkg, b.diags.Sort()
	}
}

func newBuilder(api *model.API, opt Options, lock *Lock) *builder {
	return &builder{
		api: api, opt: opt, lock: lock, namer: NewNamer(opt.Initialisms),
		wishes: map[string][]wish{}, derived: map[string]string{}, met: map[string][]place{},
		names: map[string]model.Pos{}, variables: map[string]bool{},
		shapes: shape.New(api.Schemas), structs: map[typeKey]*Struct{}, parts: map[*model.Schema]bool{}, xmls: map[*model.Schema]*XMLDocument{}, xmlTold: map[model.Pos]bool{}, unions: map[typeKey]*Union{}, enums: map[*model.Schema]*Enum{}, named: map[*model.Schema]*Named{},
		typeNames: map[typeKey]string{}, places: map[*model.Schema]string{}, open: map[*model.Schema]bool{},
		keys: map[memberKey]model.Value{}, tells: map[memberKey]bool{}, undeclared: map[typeKey][]string{}, used: map[string]bool{}, users: map[typeKey][]typeKey{}, judging: judging{chosen: map[*model.Schema]map[*model.Schema]bool{}}, differs: map[typeKey]bool{}, same: map[*model.Schema]*model.Schema{},
		answers: map[*Method]string{}, failed: map[*model.Operation]failed{}, headerOf: map[*model.Operation]*Header{},
		codecs: map[string]int{}, wires: map[string]int{}, reach: map[typeKey]reached{}, statedRules: map[statedKey]*Rule{},
		pkg: &Package{Name: opt.Package, ImportPath: opt.ImportPath, Runtime: opt.Runtime},
	}
}

// finish does what needs all types.
func (b *builder) finish() {
	b.diags = append(b.diags, b.shapes.Diagnostics()...)
	b.unusedTypes()
	b.nameTables()
	b.lowerRules()
	b.typedAsks()
	b.checks()
	b.list()
	b.observed()
	b.secrets()
	b.finishCodec()
	b.digits()
	b.circles()
	b.hints()
	b.inlineCodec()
	b.tabulate()
}

type builder struct {
	judging

	api   *model.API
	opt   Options
	lock  *Lock
	namer Namer
	pkg   *Package
	diags diag.List

	called  []*call             // all operations
	byName  map[string]*Service // by resource
	settled settled             // between the runs before
	run     int                 // from 1
	wishes  map[string][]wish   // who wants which name
	derived map[string]string   // names given in this run, by kind and id
	met     map[string][]place  // where inline types are met, by id

	names      map[string]model.Pos // exported package-level names that are not derived and who holds them
	variables  map[string]bool      // unexported package-level names made of places
	shapes     *shape.Shapes
	structs    map[typeKey]*Struct
	parts      map[*model.Schema]bool // bodies of a multipart request with files
	xmls       map[*model.Schema]*XMLDocument
	xmlTold    map[model.Pos]bool // schemas of which it was said what XML cannot hold
	unions     map[typeKey]*Union
	enums      map[*model.Schema]*Enum
	named      map[*model.Schema]*Named
	reach      map[typeKey]reached
	keys       map[memberKey]model.Value       // values of discriminators that stand for a type
	tells      map[memberKey]bool              // optional members whose constants tell variants apart
	undeclared map[typeKey][]string            // discriminators that unions know an object by, and it does not declare
	users      map[typeKey][]typeKey           // types by what they hold
	differs    map[typeKey]bool                // types whose views for requests and responses differ
	typeNames  map[typeKey]string              // names of types, as far as they are needed
	places     map[*model.Schema]string        // what inline types in a union are named after
	used       map[string]bool                 // formats whose mapping is used
	open       map[*model.Schema]bool          // lists and maps whose items are being planned
	claimed    map[*model.Schema]string        // names of components
	same       map[*model.Schema]*model.Schema // the one for each of several that are one type

	ids        map[*model.Operation]string      // operationIds without what frameworks add to them
	short      map[*model.Operation]string      // method names, for operations without a verb
	twins      map[string]string                // resources that are one with another
	ownServers map[*model.Operation]*ServerList // servers of operations
	asked      map[*model.Operation]asked       // what operations ask for

	codecs  map[string]int     // descriptions by type and kind
	wires   map[string]int     // wire forms by their content
	answers map[*Method]string // the document's examples of responses

	failed   map[*model.Operation]failed
	headerOf map[*model.Operation]*Header

	subjects    map[*model.Schema]*rules.Subject
	statedRules map[statedKey]*Rule
}

// client plans the client type, its parameters, regions and authorization.
func (b *builder) client() {
	c := &b.pkg.Client
	for _, d := range b.api.Documents {
		b.pkg.Documents = append(b.pkg.Documents, d.File)
	}
	if len(b.api.Documents) > 0 {
		d := b.api.Documents[0]
		b.pkg.Title, b.pkg.Version = d.Title, d.Version
		b.pkg.Doc = b.text(d.Doc)
		c.Doc = b.pkg.Doc
	}
	for _, name := range b.api.ClientParameters {
		p := &ClientParam{Wire: name}
		for _, op := range b.api.Operations {
			for _, q := range op.Parameters {
				if q.In == model.InPath && q.Name == name && p.Doc.Body == "" {
					p.Doc = b.text(q.Doc)
				}
			}
		}
		c.Params = append(c.Params, p)
	}
	b.clientParams(c.Params)
	b.regions(c)
	c.Headers = b.api.Headers
	if c.Catalog = b.api.InCatalog; c.Catalog != nil {
		b.claim("Catalog", c.Catalog.Pos)
		b.claim("FromCatalog", c.Catalog.Pos)
	}
	b.schemes()
	b.requirements()
	b.servers()
}

// clientParams names the parameters of the client after those of the paths.
func (b *builder) clientParams(params []*ClientParam) {
	list := make([]member, len(params))
	for i, p := range params {
		list[i] = member{wire: p.Wire, id: "parameter " + p.Wire}
	}
	names := b.members(scope{what: "option", kind: "option", fallback: "Parameter", reserved: b.options(), hint: "rename one of the path parameters"}, list)
	for i, p := range params {
		p.Name = names[i]
		b.claim("With"+p.Name, model.Pos{})
	}
}

// regions plans the named endpoints.
func (b *builder) regions(c *Client) {
	list := make([]member, len(b.api.Regions))
	for i, r := range b.api.Regions {
		list[i] = member{wire: r.Name, id: r.Name, pos: r.Pos}
	}
	names := b.members(scope{
		what: "region", kind: "region", fallback: "Unnamed", hint: "the names of regions differ in more than case and punctuation", reserved: map[string]bool{"Endpoint": true},
		word: func(name string) string { return regionWord(b.namer, name) },
	}, list)
	for i, r := range b.api.Regions {
		region := &Region{Const: "Region" + names[i], Name: r.Name, Endpoint: r.Endpoint, Doc: b.text(r.Doc)}
		b.claim(region.Const, r.Pos)
		c.Regions = append(c.Regions, region)
	}
}

// regionWord names a region in Go: cn-north-4 is CNNorth4.
func regionWord(n Namer, name string) string {
	var b strings.Builder
	for i, w := range words(name) {
		switch {
		case len(w) <= 2 && !strings.ContainsAny(w, "0123456789"):
			b.WriteString(strings.ToUpper(w))
		case i == 0:
			b.WriteString(n.Exported(w))
		default:
			b.WriteString(strings.TrimPrefix(n.Exported("x-"+w), "X"))
		}
	}
	return b.String()
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

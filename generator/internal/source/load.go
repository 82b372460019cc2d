// Package source reads OpenAPI documents into the model. It alone knows YAML, JSON, kin-openapi and
// the versions of OpenAPI. One tree of nodes per file is the only source of positions, of order and
// of exact numbers; the model is built from it, and kin-openapi gets it as JSON to validate.
//
// A document passes through these files: read.go opens it below the root, json.go and yaml.go make
// the tree, document.go, operation.go and schema.go build the model, check.go looks at what only the
// whole can tell, kin.go validates.
package source

import (
	"io/fs"
	"os"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// Request is what to load.
type Request struct {
	Root   string   // directory; nothing outside it is read, but for Above
	FS     fs.FS    // instead of Root
	Specs  []string // documents, slash-separated, relative to the root; together they are one API
	Strict bool     // every warning is an error

	Overlays  []Overlay // applied to the documents, in this order, before they are read
	Selection           // the operations to read

	// Above is the directory above the root, and Folder the name that the root has in it. Documents may refer to
	// files there whose names say that they are documents. Without it they may not.
	Above  fs.FS
	Folder string
}

// Load reads documents and what they refer to. The API is nil when there are errors.
func Load(req Request) (*model.API, diag.List) {
	l := newLoader()
	l.selection = l.newSelector(req.Selection)
	if req.FS == nil {
		root, err := os.OpenRoot(req.Root)
		if err != nil {
			l.errorf(model.Pos{}, "root-not-read", "the root directory cannot be opened")
			return nil, l.diags
		}
		defer root.Close()
		req.FS = root.FS()
	}
	l.files.root, l.files.above, l.files.folder = req.FS, req.Above, req.Folder
	if len(req.Specs) == 0 {
		l.errorf(model.Pos{}, "no-document", "no document is given")
		return nil, l.diags
	}
	var documents []*file
	for _, name := range req.Specs {
		f := l.files.open(name, nil)
		if f.problem != nil {
			l.errorf(model.Pos{File: name}, "file-not-read", "%s", f.problem.text)
		}
		if f.root != nil {
			documents = append(documents, f)
		}
	}
	for _, o := range req.Overlays {
		l.overlay(o, documents)
	}
	for _, f := range documents {
		l.document(f)
	}
	l.finish()
	if l.files.pointers >= maxPointers {
		l.errorf(model.Pos{File: req.Specs[0], Line: 1, Col: 1}, "limit", "the documents are too large and too deeply nested to name every place in them")
	}
	l.countRest()
	if req.Strict {
		if !l.diags.HasErrors() {
			l.validate()
		}
		for i, d := range l.diags {
			if d.Severity == diag.Warning {
				l.diags[i].Severity = diag.Error
			}
		}
	}
	l.diags = l.diags.Sort()
	if l.diags.HasErrors() {
		return nil, l.diags
	}
	return l.api, l.diags
}

// loader is the state of one load.
type loader struct {
	files *reader
	vocab vocabulary
	report
	api   *model.API
	specs []*file

	schemas    map[*node]*model.Schema // by the node that defines it: a schema has one identity, however it is reached
	done       map[*node]bool          // of these, the ones that are read
	queue      []*node                 // components to read
	inner      []*node                 // parts of schemas that are referred to, to read
	named      []*node                 // component schemas, in order of first mention
	checked    map[*node]bool          // x-pantograph objects that were read
	ids        map[string][]identified // operations by the ids that documents give
	derived    []*model.Operation      // operations without one
	selection  *selector
	overlaid   int                        // values that overlays added
	all        []*model.Operation         // also those that are left out
	operations map[*node]*model.Operation // by the node that defines it; of variants, the first
	tagged     map[string]*model.Resource // by tag, whether an operation uses it or not
	resources  map[string]*model.Resource // of the API, by name
	schemes    map[string]*model.SecurityScheme
	pages      map[string]page  // of the reference, by title
	templates  map[string]*node // paths, with nameless parameters
	instances  []instance       // values to compare with their schemas
	checks     []func()         // what waits for all schemas to be read
	reported   map[*node]bool   // dangling names: variants share them
	names      map[string]bool  // of the parameters of all paths; made when the first is asked for
}

func newLoader() *loader {
	l := &loader{
		vocab:      newVocabulary(),
		api:        &model.API{},
		schemas:    map[*node]*model.Schema{},
		done:       map[*node]bool{},
		checked:    map[*node]bool{},
		ids:        map[string][]identified{},
		operations: map[*node]*model.Operation{},
		tagged:     map[string]*model.Resource{},
		resources:  map[string]*model.Resource{},
		schemes:    map[string]*model.SecurityScheme{},
		pages:      map[string]page{},
		report:     report{counts: map[string]int{}},
		templates:  map[string]*node{},
		reported:   map[*node]bool{},
	}
	l.files = &reader{files: map[string]*file{}, found: l.syntax}
	return l
}

// syntax reports a file that cannot be read as a tree.
func (l *loader) syntax(e *syntaxError, related ...model.Pos) {
	code := e.code
	if code == "" {
		code = "syntax"
	}
	if e.harmless {
		l.warnf(e.pos, code, "%s", e.message)
	} else {
		l.errorf(e.pos, code, "%s", e.message)
	}
	l.related(related...)
	if e.hint != "" {
		l.hint("%s", e.hint)
	}
}

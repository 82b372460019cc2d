package generator

import (
	"os"
	"path/filepath"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/model"
)

// load reads the documents.
func (r *run) load(strict bool) *model.API {
	root, done, err := r.disk.open(r.config.Root)
	if err != nil {
		r.diags.Errorf(r.config.Pos("root"), "config-root", "the directory %s cannot be opened", filepath.ToSlash(r.config.Root))
		return nil
	}
	defer done()
	r.inputs = newInputs()
	req := source.Request{
		FS: r.inputs.below(root, ""), Specs: r.config.Specs, Strict: strict, Overlays: r.overlays(),
		Selection: source.Selection{Include: r.config.Include, Exclude: r.config.Exclude},
	}
	if r.diags.HasErrors() {
		return nil
	}
	if dir, folder := r.config.Above(); dir != "" && r.disk.fsys == nil {
		if above, err := os.OpenRoot(dir); err == nil {
			defer above.Close()
			req.Above, req.Folder = r.inputs.below(above.FS(), "../"), folder
		}
	}
	api, list := source.Load(req)
	for _, d := range list {
		if d.Pos == (model.Pos{}) { // about what was asked for, not about what was read
			d.Pos = r.config.Pos("include")
			r.diags = append(r.diags, d)
		} else {
			r.add(r.config.Root, diag.List{d})
		}
	}
	if api != nil {
		r.stated = r.rules(api, strict)
	}
	return api
}

// overlays reads the overlays, which stand wherever the user keeps them.
func (r *run) overlays() []source.Overlay {
	var overlays []source.Overlay
	for _, file := range r.config.Overlays {
		data, err := r.disk.file(file, maxOverlay)
		if err != nil {
			r.diags.Errorf(r.config.Pos("overlays"), "config-overlay", "the overlay %s %v", filepath.ToSlash(file), err)
			continue
		}
		name := r.relative(file)
		r.inputs.add(name, data)
		overlays = append(overlays, source.Overlay{Name: name, Data: data})
	}
	return overlays
}

// maxOverlay bounds the size of an overlay.
const maxOverlay = 16 << 20

// relative is the name of a file as a path from the root; on another volume there is none, and it is named as it is.
func (r *run) relative(file string) string {
	from, err := filepath.Abs(r.config.Root)
	to, err2 := filepath.Abs(file)
	if err == nil && err2 == nil {
		if name, err := filepath.Rel(from, to); err == nil {
			return filepath.ToSlash(name)
		}
	}
	return filepath.ToSlash(file)
}

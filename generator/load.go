package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/model"
)

// load reads the documents.
func (r *run) load(strict bool) *model.API {
	root, err := os.OpenRoot(r.config.Root)
	if err != nil {
		r.diags.Errorf(r.config.Pos("root"), "config-root", "the directory %s cannot be opened", filepath.ToSlash(r.config.Root))
		return nil
	}
	defer root.Close()
	r.inputs = newInputs()
	req := source.Request{
		FS: r.inputs.below(root.FS(), ""), Specs: r.config.Specs, Strict: strict, Overlays: r.overlays(),
		Selection: source.Selection{Include: r.config.Include, Exclude: r.config.Exclude},
	}
	if r.diags.HasErrors() {
		return nil
	}
	if dir, folder := r.config.Above(); dir != "" {
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
		data, err := readOverlay(file)
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

func readOverlay(file string) ([]byte, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("does not exist")
	case err != nil || !info.Mode().IsRegular():
		return nil, errors.New("is no file that can be read")
	case info.Size() > maxOverlay:
		return nil, fmt.Errorf("is larger than %d MB", maxOverlay>>20)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, errors.New("cannot be read")
	}
	return data, nil
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

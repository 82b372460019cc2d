package generator

import (
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/internal/slot"
	"github.com/pantograph-go/pantograph/templates"
)

// slots reads the templates that the configuration names: packs of ours, and then the user's own.
func (r *run) slots() *slot.Set {
	var sources []slot.Source
	for _, name := range r.config.Packs {
		sub, err := fs.Sub(templates.FS(), name)
		if err == nil {
			_, err = fs.Stat(sub, ".")
		}
		if err != nil || strings.Contains(name, "/") {
			r.diags.Errorf(r.config.Pos("packs"), "config-pack", "there is no pack %q", name)
			if near := diag.Nearest(name, templates.Packs()); near != "" {
				r.diags.Hint("did you mean %s?", near)
			} else {
				r.diags.Hint("the packs are %s; a folder of your own is named by templates", strings.Join(templates.Packs(), ", "))
			}
			continue
		}
		sources = append(sources, slot.Source{FS: sub, Name: "pack " + name})
	}
	if dir := r.config.Templates; dir != "" {
		root, done, err := r.disk.open(dir)
		if err != nil {
			r.diags.Errorf(r.config.Pos("templates"), "config-templates", "the directory %s cannot be opened", filepath.ToSlash(dir))
			return nil
		}
		defer done()
		sources = append(sources, slot.Source{FS: r.inputs.below(root, r.relative(dir)+"/"), Name: filepath.ToSlash(dir)})
	}
	if len(sources) == 0 {
		return nil
	}
	set, list := slot.Load(sources)
	r.diags = append(r.diags, list...)
	return set
}

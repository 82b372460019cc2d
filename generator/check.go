package generator

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// mend is the command that brings an output up to date.
func mend(c *Config) string {
	file := c.Pos("").File
	switch dir := path.Dir(filepath.ToSlash(file)); {
	case file == "":
		return "pantograph gen with the flags of this check"
	case dir == ".":
		return "pantograph gen"
	default:
		return "pantograph gen " + diag.Quote(dir)
	}
}

// explainLock says what becomes of each published name that would be another.
func (r *run) explainLock(now []byte) {
	dir, done, err := r.disk.open(r.config.Out)
	if err != nil {
		return
	}
	defer done()
	old, err := fs.ReadFile(dir, lockName)
	if err != nil {
		return // drift says that it is missing
	}
	for _, c := range plan.ExplainLock(old, now) {
		r.diags.Notef(model.Pos{File: display(r.config.Out, lockName), Line: c.Line, Col: 1}, "lock-line", "%s", c.Text)
	}
}

// inputNames are the files and directories that a run read or looked for, as paths from the working directory.
func (r *run) inputNames() []string {
	names := slices.Clone(r.config.Overlays)
	if r.inputs != nil {
		for name := range r.inputs.asked {
			names = append(names, filepath.Join(r.config.Root, filepath.FromSlash(name)))
		}
	}
	if r.config.Templates != "" {
		names = append(names, r.config.Templates)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

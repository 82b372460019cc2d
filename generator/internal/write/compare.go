package write

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// plan is what has to happen on disk.
type plan struct {
	steps     []step // sorted by path; the manifest comes last
	unchanged int
	why       string // what brought the changes about
}

// step writes or removes one file.
type step struct {
	Change
	content []byte
	mode    fs.FileMode
	old     *stored // nil when there is no file yet
}

// stored is a file on disk.
type stored struct {
	content []byte
	info    fs.FileInfo
}

func (p plan) changes() []Change {
	changes := make([]Change, len(p.steps))
	for i, s := range p.steps {
		changes[i] = s.Change
	}
	sortChanges(changes)
	return changes
}

func sortChanges(changes []Change) {
	slices.SortFunc(changes, func(a, b Change) int { return cmp.Compare(a.Path, b.Path) })
}

// planned returns every file of a request sorted by path, the manifest last.
func planned(req Request, m manifest) []File {
	files := slices.Clone(req.Files)
	if req.Lock != nil {
		files = append(files, *req.Lock)
	}
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return append(files, File{Path: ManifestName, Bytes: m.encode()})
}

// compare finds the differences between the disk and a request.
func compare(root reader, req Request) (plan, diag.List) {
	before, list := readManifest(root)
	if list.HasErrors() && !req.Force {
		return plan{}, list
	}
	list = nil
	ours := before.hashes()
	ours[ManifestName] = "" // never guarded
	if req.Lock != nil {
		ours[req.Lock.Path] = ""
	}
	p := plan{why: why(before, req)}
	wanted := make(map[string]bool)
	for _, f := range planned(req, newManifest(req)) {
		wanted[f.Path] = true
		old := read(root, f.Path, &list)
		hash, known := ours[f.Path]
		s := step{Change: Change{Path: f.Path}, content: f.Bytes, mode: 0o666, old: old}
		switch {
		case old == nil:
			s.Kind = Missing
		case bytes.Equal(canonical(old.content), f.Bytes):
			p.unchanged++
			continue
		case !known:
			s.Kind = Foreign
		case hash != "" && hash != Hash(old.content):
			s.Kind = Edited
		default:
			s.Kind = Changed
		}
		p.steps = append(p.steps, s)
	}
	p.steps = append(staleSteps(root, before, wanted, &list), p.steps...)
	return p, list
}

// staleSteps returns the removal of files that are ours and not wanted any more.
func staleSteps(root reader, before manifest, wanted map[string]bool, list *diag.List) []step {
	var steps []step
	for _, f := range before.Files {
		if wanted[f.Path] {
			continue
		}
		old := read(root, f.Path, list)
		if old == nil || sameAsWanted(root, old, f.Path, wanted) {
			continue
		}
		kind := Stale
		if Hash(old.content) != f.SHA256 {
			kind = EditedStale
		}
		steps = append(steps, step{Change: Change{f.Path, kind}, old: old})
	}
	return steps
}

// sameAsWanted reports whether a stale file is, on a disk that does not tell upper from lower case,
// the same as a planned one.
func sameAsWanted(root reader, old *stored, name string, wanted map[string]bool) bool {
	for w := range wanted {
		if strings.EqualFold(w, name) {
			if info, err := root.Lstat(w); err == nil && os.SameFile(info, old.info) {
				return true
			}
		}
	}
	return false
}

// read returns a file; nil when it does not exist. Links and whatever else is not a plain file in
// plain directories is an error: we would write somewhere else than we say.
func read(root reader, name string, list *diag.List) *stored {
	pos := model.Pos{File: name}
	for end, c := range name {
		if c != '/' {
			continue
		}
		dir := name[:end]
		info, err := root.Lstat(dir)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // as for most files of a new client, which has a runtime of more than a hundred
		}
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			list.Errorf(model.Pos{File: dir}, "output-symlink", "this directory of the output is a symbolic link")
			list.Hint("replace it by a directory")
			return nil
		}
		if err == nil && !info.IsDir() {
			list.Errorf(model.Pos{File: dir}, "output-not-a-file", "this is not a directory, and %s belongs below it", name)
			return nil
		}
	}
	info, err := root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		list.Errorf(pos, "output-symlink", "a symbolic link stands where a generated file belongs")
		list.Hint("remove it")
		return nil
	}
	if err == nil && !info.Mode().IsRegular() {
		list.Errorf(pos, "output-not-a-file", "what stands where a generated file belongs is not a file")
		return nil
	}
	var content []byte
	if err == nil {
		content, err = root.ReadFile(name)
	}
	if err != nil {
		list.Errorf(pos, "output-unreadable", "this file cannot be read: %s", cause(err))
		return nil
	}
	return &stored{content: content, info: info}
}

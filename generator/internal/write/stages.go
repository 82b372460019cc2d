package write

import (
	"errors"
	"io/fs"
	"os"
	"path"
)

// treeName is the directory inside the staging directory that new directories are made in, each with the path it will have.
const treeName = stagingName + "/tree"

// stages writes files below the staging directory. It keeps a handle on each directory: a client has a runtime of more than
// a hundred files, and finding the way to each from the root costs as much as writing it.
type stages struct {
	root *os.Root
	open map[string]*os.Root
	new  map[string]string // of a directory: see above
}

func newStages(root *os.Root) *stages {
	return &stages{root: root, open: map[string]*os.Root{}, new: map[string]string{}}
}

// above is the outermost directory of the output that is not there yet, of a directory and those above it; "" when all are.
// What it says first it says ever after, also when the directory has been made.
func (s *stages) above(dir string) string {
	if dir == "." {
		return ""
	}
	if known, ok := s.new[dir]; ok {
		return known
	}
	out := s.above(path.Dir(dir))
	if out == "" {
		if _, err := s.root.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
			out = dir
		}
	}
	s.new[dir] = out
	return out
}

// write makes a file, and the directories it is in.
func (s *stages) write(name string, content []byte, mode fs.FileMode) error {
	dir, err := s.dir(path.Dir(name))
	if err != nil {
		return err
	}
	return dir.WriteFile(path.Base(name), content, mode)
}

// dir opens a directory of the staging directory, or makes it.
func (s *stages) dir(name string) (*os.Root, error) {
	if dir, ok := s.open[name]; ok {
		return dir, nil
	}
	parent := s.root
	if name != stagingName {
		var err error
		if parent, err = s.dir(path.Dir(name)); err != nil {
			return nil, err
		}
		if err := parent.Mkdir(path.Base(name), 0o777); err != nil {
			return nil, err
		}
	}
	dir, err := parent.OpenRoot(path.Base(name))
	if err == nil {
		s.open[name] = dir
	}
	return dir, err
}

// close gives the handles back.
func (s *stages) close() {
	for _, dir := range s.open {
		dir.Close()
	}
	clear(s.open)
}

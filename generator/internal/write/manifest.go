package write

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// ManifestName is the file in the output directory that lists what we wrote.
const ManifestName = "pantograph.manifest.json"

// manifestFormat is the version of the manifest's form.
const manifestFormat = 1

// manifest lists the output. It holds no time and no place, so it is equal on every machine.
type manifest struct {
	Format    int            `json:"format"`
	Generator string         `json:"generator"`
	Documents []Document     `json:"documents,omitempty"`
	Lock      string         `json:"lock,omitempty"` // names.lock, which may be edited
	Origin    *Origin        `json:"origin,omitempty"`
	Files     []manifestFile `json:"files"`
}

type manifestFile struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// newManifest describes the output of a request.
func newManifest(req Request) manifest {
	m := manifest{Format: manifestFormat, Generator: req.Generator, Documents: slices.Clone(req.Documents), Origin: req.Origin, Files: []manifestFile{}}
	slices.SortFunc(m.Documents, func(a, b Document) int { return strings.Compare(a.Path, b.Path) })
	if req.Lock != nil {
		m.Lock = req.Lock.Path
	}
	for _, f := range req.Files {
		m.Files = append(m.Files, manifestFile{f.Path, Hash(f.Bytes)})
	}
	slices.SortFunc(m.Files, func(a, b manifestFile) int { return strings.Compare(a.Path, b.Path) })
	return m
}

// encode returns the manifest as it lies on disk.
func (m manifest) encode() []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		panic(err) // strings and integers always encode
	}
	return buf.Bytes()
}

// hashes indexes the manifest's files by path.
func (m manifest) hashes() map[string]string {
	index := make(map[string]string, len(m.Files))
	for _, f := range m.Files {
		index[f.Path] = f.SHA256
	}
	return index
}

// readManifest reads the manifest of an output directory; an empty one when there is none.
func readManifest(root reader) (manifest, diag.List) {
	var list diag.List
	data, err := root.ReadFile(ManifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return manifest{}, nil
	}
	if err == nil {
		var m manifest
		if m, err = decodeManifest(data); err == nil {
			return m, nil
		}
	}
	list.Errorf(model.Pos{File: ManifestName}, "manifest-invalid", "the list of generated files cannot be read: %s", cause(err))
	list.Hint("restore it from version control; with -force, pantograph does without it and overwrites what is in its way")
	return manifest{}, list
}

func decodeManifest(data []byte) (manifest, error) {
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return manifest{}, err
	}
	if m.Format != manifestFormat {
		return manifest{}, fmt.Errorf("its format is %d, and this pantograph knows %d", m.Format, manifestFormat)
	}
	for _, f := range m.Files {
		if err := checkPath(f.Path); err != nil {
			return manifest{}, fmt.Errorf("it lists %q: %w", f.Path, err)
		}
	}
	return m, nil
}

// Hash is the hash of a file's content in the manifest. Line ends do not count: git may turn them
// into those of the system on the way to the disk, and no file of ours holds a carriage return.
func Hash(content []byte) string {
	sum := sha256.Sum256(canonical(content))
	return hex.EncodeToString(sum[:])
}

// canonical returns content with Unix line ends.
func canonical(content []byte) []byte {
	if !bytes.Contains(content, []byte("\r\n")) {
		return content
	}
	return bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
}

// Made is what an output directory says about itself.
type Made struct {
	Generator string     // version of the generator
	Documents []Document // what it was made of
	Files     []string   // what was written, but for the lock
}

// ReadMade reads what an output directory says about itself; nothing when there is no output.
func ReadMade(root reader) (Made, diag.List) {
	m, list := readManifest(root)
	made := Made{Generator: m.Generator, Documents: m.Documents}
	for _, f := range m.Files {
		made.Files = append(made.Files, f.Path)
	}
	return made, list
}

package spec

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Entry is a document of a folder.
type Entry struct {
	Name string // of its output
	File string
	Root string // the folder whose files it may refer to; empty: its own, and the one around it
}

// Reading are the arguments by which the generator reads the document.
func (e Entry) Reading() []string {
	if e.Root == "" {
		return []string{"-spec", e.File}
	}
	return []string{"-spec", e.File, "-root", e.Root}
}

// Folder lists the documents of a folder: those of its index.json, or every file at its top that is an OpenAPI document.
// Only, when not empty, names those that are wanted.
func Folder(dir string, only []string) ([]Entry, error) {
	entries, err := indexed(dir)
	if errors.Is(err, fs.ErrNotExist) {
		entries, err = found(dir)
	}
	if err != nil {
		return nil, err
	}
	for _, name := range only {
		if !slices.ContainsFunc(entries, func(e Entry) bool { return e.Name == name }) {
			return nil, fmt.Errorf("%s has no document %q", dir, name)
		}
	}
	if len(only) > 0 {
		entries = slices.DeleteFunc(entries, func(e Entry) bool { return !slices.Contains(only, e.Name) })
	}
	if len(entries) == 0 {
		return nil, fmt.Errorf("%s holds no OpenAPI document", dir)
	}
	return entries, nil
}

func indexed(dir string) ([]Entry, error) {
	data, err := os.ReadFile(filepath.Join(dir, "index.json"))
	if err != nil {
		return nil, err
	}
	var entries []Entry
	if err := json.Unmarshal(data, &entries); err != nil {
		return nil, fmt.Errorf("%s/index.json: %w", dir, err)
	}
	for i, e := range entries {
		if !filepath.IsLocal(e.File) || !filepath.IsLocal(e.Name) {
			return nil, fmt.Errorf("%s/index.json: %q is no name of a file in it", dir, e.File)
		}
		entries[i].File = filepath.Join(dir, e.File)
	}
	return entries, nil
}

func found(dir string) ([]Entry, error) {
	files, err := os.ReadDir(dir)
	var entries []Entry
	for _, f := range files {
		ext := filepath.Ext(f.Name())
		if f.IsDir() || !slices.Contains([]string{".json", ".yaml", ".yml"}, ext) {
			continue
		}
		file := filepath.Join(dir, f.Name())
		if doc, err := Open(file); err == nil && doc.IsDocument() {
			entries = append(entries, Entry{Name: strings.TrimSuffix(f.Name(), ext), File: file})
		}
	}
	return entries, err
}

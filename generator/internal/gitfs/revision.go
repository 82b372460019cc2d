package gitfs

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/storer"
)

// commit is what matters of a commit.
type commit struct {
	tree    plumbing.Hash
	parents []plumbing.Hash
}

// resolve finds the commit that a revision means: a name or a hash, which may be the start of one, and steps from there, ~2
// to the parent of the parent, ^2 to the second parent.
func (r repository) resolve(revision string) (commit, error) {
	name, steps := revision, ""
	if i := strings.IndexAny(revision, "~^"); i >= 0 {
		name, steps = revision[:i], revision[i:]
	}
	hash, err := r.named(name)
	if err != nil {
		return commit{}, err
	}
	at, err := r.commit(hash)
	for err == nil && steps != "" {
		at, steps, err = r.step(at, steps)
	}
	return at, err
}

// named is the hash of a name, or of an object whose hash begins like that.
func (r repository) named(name string) (plumbing.Hash, error) {
	if plumbing.IsHash(name) {
		return plumbing.NewHash(name), nil
	}
	if name == "@" {
		name = plumbing.HEAD.String()
	}
	for _, form := range plumbing.RefRevParseRules {
		full := plumbing.ReferenceName(fmt.Sprintf(form, name))
		if full.Validate() != nil && !besideHead(full) {
			continue
		}
		if ref, err := storer.ResolveReference(r, full); err == nil && !ref.Hash().IsZero() {
			return ref.Hash(), nil
		}
	}
	return r.abbreviated(name)
}

// besideHead reports whether a reference may lie where HEAD does: ORIG_HEAD, MERGE_HEAD.
func besideHead(name plumbing.ReferenceName) bool {
	return strings.HasSuffix(string(name), "_HEAD") && strings.Trim(string(name), "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == ""
}

// fewestDigits is how much of a hash there has to be, as for git.
const fewestDigits = 4

// abbreviated is the one hash of a commit or tag that begins so.
func (r repository) abbreviated(start string) (plumbing.Hash, error) {
	whole, err := hex.DecodeString(start[:len(start)&^1])
	if err != nil || len(start) < fewestDigits {
		return plumbing.ZeroHash, plumbing.ErrReferenceNotFound
	}
	candidates, err := r.HashesWithPrefix(whole)
	if err != nil {
		return plumbing.ZeroHash, err
	}
	var found []plumbing.Hash
	for _, hash := range candidates {
		if !strings.HasPrefix(hash.String(), strings.ToLower(start)) {
			continue
		}
		if _, err := r.commit(hash); err == nil {
			found = append(found, hash)
		}
	}
	switch len(found) {
	case 0:
		return plumbing.ZeroHash, plumbing.ErrReferenceNotFound
	case 1:
		return found[0], nil
	}
	return plumbing.ZeroHash, errors.New("several hashes begin so")
}

// commit reads a commit, or the one that a tag is of.
func (r repository) commit(hash plumbing.Hash) (commit, error) {
	var c commit
	kind, data, err := r.object(hash)
	if err != nil {
		return c, err
	}
	if kind != plumbing.CommitObject && kind != plumbing.TagObject {
		return c, errors.New("that is no commit")
	}
	for line := range bytes.Lines(data) {
		key, value, _ := strings.Cut(strings.TrimSuffix(string(line), "\n"), " ")
		switch key {
		case "": // the message begins
			return c, nil
		case "object": // of a tag
			return r.commit(plumbing.NewHash(value))
		case "tree":
			c.tree = plumbing.NewHash(value)
		case "parent":
			c.parents = append(c.parents, plumbing.NewHash(value))
		}
	}
	return c, nil
}

// step goes from a commit as the first of some steps says, and returns the others.
func (r repository) step(from commit, steps string) (commit, string, error) {
	for _, itself := range []string{"^{commit}", "^{}"} {
		if rest, ok := strings.CutPrefix(steps, itself); ok {
			return from, rest, nil
		}
	}
	digits := steps[1:]
	rest := strings.TrimLeft(digits, "0123456789")
	digits = digits[:len(digits)-len(rest)]
	number := 1
	if digits != "" {
		var err error
		if number, err = strconv.Atoi(digits); err != nil {
			return from, "", err
		}
	}
	if rest != "" && rest[0] != '~' && rest[0] != '^' {
		return from, "", fmt.Errorf("%q is not understood", steps)
	}
	if steps[0] == '^' {
		if number == 0 {
			return from, rest, nil
		}
		next, err := r.parent(from, number)
		return next, rest, err
	}
	for range number {
		var err error
		if from, err = r.parent(from, 1); err != nil {
			return from, "", err
		}
	}
	return from, rest, nil
}

// parent is a parent of a commit; the first is number 1.
func (r repository) parent(c commit, number int) (commit, error) {
	if number > len(c.parents) {
		return c, errors.New("there are not as many commits before")
	}
	return r.commit(c.parents[number-1])
}

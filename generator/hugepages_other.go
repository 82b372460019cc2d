//go:build !(linux && amd64)

package generator

// preferHugePages does nothing: other systems decide for themselves, or have pages of other sizes.
func preferHugePages(int) {}

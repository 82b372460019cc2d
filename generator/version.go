package generator

import (
	"runtime/debug"
	"strings"

	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
)

// modulePath is the module that this package belongs to.
const modulePath = "github.com/pantograph-go/pantograph"

// Version is the version of the generator: that of the module in this program, "devel" when it was
// built from a working copy.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	return versionIn(info)
}

// versionIn finds our version in a program, whose main module may be somebody else's.
func versionIn(info *debug.BuildInfo) string {
	for _, m := range append([]*debug.Module{&info.Main}, info.Deps...) {
		if m.Path == modulePath && semver.IsValid(m.Version) {
			return m.Version
		}
	}
	return "devel"
}

// release is a version as the manifest names it. What is no release is "devel", so that output does
// not change with every commit of a working copy.
func release(version string) string {
	if !semver.IsValid(version) || module.IsPseudoVersion(version) || strings.Contains(version, "+") {
		return "devel"
	}
	return version
}

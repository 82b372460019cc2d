package verify

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestBuildable(t *testing.T) {
	tests := []struct {
		path, text string
		want       bool
	}{
		{"a.go", "package p\n", true},
		{"d/a.go", "// Package p is.\npackage p\n", true},
		{"a.txt", "package p\n", false},
		{"a_test.go", "package p\n", false},
		{"a_linux.go", "package p\n", true},
		{"a_windows.go", "package p\n", false},
		{"a_b.go", "package p\n", true},
		{"_a.go", "package p\n", false},
		{".a.go", "package p\n", false},
		{"a.go", "//go:build ignore\n\npackage p\n", false},
		{"a.go", "//go:build linux\n\npackage p\n", true},
		{"a.go", "// +build ignore\n\npackage p\n", false},
		{"a.go", "//   +build ignore\n\npackage p\n", false},
		{"a.go", "package p\n\n//go:build ignore\n", true},
		{"a.go", "package p\n\nimport \"C\"\n", true},
		{"a.go", "package p\n\nvar s = \"+build\"\n", true},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, buildable(Source{Path: tt.path, Bytes: []byte(tt.text)}), "%s: %q", tt.path, tt.text)
	}
}

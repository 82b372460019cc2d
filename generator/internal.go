package generator

import (
	"fmt"
	"path"
	"runtime"
	"strings"

	"github.com/pantograph-go/pantograph/generator/internal/diag"
	"github.com/pantograph-go/pantograph/generator/model"
)

// guard turns a panic, which is a defect of ours, into a diagnostic that says where it happened:
// nobody's document deserves a stack trace. It is deferred.
func guard(list *[]Diagnostic) {
	p := recover()
	if p == nil {
		return
	}
	var found diag.List
	found.Errorf(model.Pos{}, "internal-panic", "pantograph failed: %v%s", p, failedAt())
	found.Hint("this is a defect of pantograph, not of your document: please report it with the document")
	*list = append(*list, found...)
}

// failedAt names the function of ours that panicked.
func failedAt() string {
	frames := runtime.CallersFrames(callers())
	for past := false; ; {
		f, more := frames.Next()
		if past && strings.Contains(f.Function, "/generator/") {
			return fmt.Sprintf(" (%s, %s:%d)", path.Base(f.Function), path.Base(f.File), f.Line)
		}
		past = past || strings.HasPrefix(f.Function, "runtime.gopanic")
		if !more {
			return ""
		}
	}
}

func callers() []uintptr {
	pcs := make([]uintptr, 64)
	return pcs[:runtime.Callers(2, pcs)]
}

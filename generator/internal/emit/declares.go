package emit

import (
	"bytes"
	"go/scanner"
	"go/token"
)

// declares reports whether an identifier stands in a source file by itself, neither before nor behind a dot: something there
// has that name, which hides an import of the same.
func declares(src []byte, name string) bool {
	if bytes.Count(src, []byte(name)) == bytes.Count(src, []byte(name+".")) {
		return false
	}
	var s scanner.Scanner
	files := token.NewFileSet()
	s.Init(files.AddFile("", files.Base(), len(src)), src, nil, 0)
	alone, before := false, token.PERIOD
	for {
		_, tok, text := s.Scan()
		if alone && tok != token.PERIOD {
			return true
		}
		alone = tok == token.IDENT && text == name && before != token.PERIOD && before != token.PACKAGE
		if before = tok; tok == token.EOF {
			return false
		}
	}
}

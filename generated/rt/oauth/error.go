package oauth

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// Error is a token endpoint's refusal, or that it did not answer.
type Error struct {
	Status      int    // HTTP status; 0: there was no answer
	Code        string // invalid_client, invalid_grant, invalid_scope, …; empty when the server gives none
	Description string // of the server, secrets masked
	Err         error  // why there was no answer, or none of use
}

// Error returns one line. Text of the server is quoted, and at most 200 bytes of it are kept.
func (e *Error) Error() string {
	s := "the token endpoint"
	if e.Status != 0 {
		s += " answered " + strconv.Itoa(e.Status)
		if text := http.StatusText(e.Status); text != "" && e.Code == "" {
			s += " " + text
		}
	}
	if e.Code != "" {
		s += " " + quoted(e.Code)
	}
	if e.Description != "" {
		s += ": " + quoted(e.Description)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// Temporary reports whether asking again may help.
func (e *Error) Temporary() bool {
	return e.Status == 0 || e.Status == http.StatusTooManyRequests || e.Status >= 500
}

// quoted shows text of the server: bounded, and without control characters.
func quoted(s string) string {
	const most = 200
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	q := fmt.Sprintf("%q", s)
	return q[1 : len(q)-1]
}

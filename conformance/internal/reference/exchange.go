package reference

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/cases"
	"github.com/pantograph-go/pantograph/conformance/internal/spec"
)

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// empty is an answer that says nothing.
func empty(r *http.Request) *http.Response {
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader("{}")), Request: r,
	}
}

// watch tells of what the functions of a fake server are given, and of the errors that they return. The server is a pointer to a
// struct of them.
func watch(server http.Handler, given func(arg any), tell func(error)) {
	fields := reflect.ValueOf(server).Elem()
	for i := range fields.NumField() {
		f := fields.Field(i)
		if f.Kind() != reflect.Func || f.IsNil() || !f.CanSet() {
			continue
		}
		call := reflect.ValueOf(f.Interface())
		f.Set(reflect.MakeFunc(f.Type(), func(args []reflect.Value) []reflect.Value {
			for _, arg := range args {
				given(arg.Interface())
			}
			results := call.Call(args)
			if err, failed := results[len(results)-1].Interface().(error); failed {
				tell(err)
			}
			return results
		}))
	}
}

// request is what the server receives.
func request(t *testing.T, op spec.Operation, r cases.Request) *http.Request {
	t.Helper()
	route := op.Path
	for name, value := range r.Path {
		route = strings.ReplaceAll(route, "{"+name+"}", url.PathEscape(value))
	}
	route = regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(route, "x")
	query := url.Values{}
	for name, value := range r.Query {
		query.Set(name, value)
	}
	body, err := r.JSON()
	require.NoError(t, err)
	out := httptest.NewRequest(op.Method, route+"?"+strings.ReplaceAll(query.Encode(), "%2C", ","), bytes.NewReader(body))
	if body != nil {
		out.Header.Set("Content-Type", "application/json")
		for _, m := range op.Get("requestBody", "content").Members() {
			out.Header.Set("Content-Type", m.Name)
		}
	}
	return out
}

// message is the longest text of an answer, and the answer itself where it holds none.
func message(body []byte) string {
	var answer any
	if json.Unmarshal(body, &answer) == nil {
		if text := longest(answer); text != "" {
			return text
		}
	}
	return string(body)
}

func longest(v any) (text string) {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		for _, member := range v {
			if s := longest(member); len(s) > len(text) {
				text = s
			}
		}
	}
	return text
}

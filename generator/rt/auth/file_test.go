package auth

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var fileNames = Names{AccessKey: "ak", SecretKey: "sk", SecurityToken: "security_token", Token: "token", Expires: "expires"}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestFromFile(t *testing.T) {
	const good = "\ufeff# a comment\r\n\r\n; another\r\n[basic]\r\nak = a\r\nsk=\" s = #1;\" \r\nproject_id = ignored\r\n" +
		"[global]\r\nak = g\r\n[ basic ]\r\nsecurity_token = t"
	for _, c := range []struct {
		name, text, section string
		want                Credentials
		err                 string // "" for none; "none" for ErrNone
	}{
		{name: "sections", text: good, section: "basic", want: Credentials{AccessKey: "a", SecretKey: " s = #1;", SecurityToken: "t"}},
		{name: "no section wanted", text: "token = t\n[basic]\nak = a", want: Credentials{Token: "t"}},
		{name: "expiry", text: "token=t\nexpires=2030-01-02T03:04:05Z",
			want: Credentials{Token: "t", Expires: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)}},
		{name: "another section", text: good, section: "other", err: "none"},
		{name: "empty", err: "none"},
		{name: "empty value", text: "token = ", err: "none"},
		{name: "half a key", text: good, section: "global", err: "ak is set but sk is not"},
		{name: "no equals sign", text: "token = t\nword", err: "line 2: not of the form"},
		{name: "no name", text: "= word", err: "line 1: not of the form"},
		{name: "open header", text: "[word", err: "line 1: section header"},
		{name: "twice", text: "token = word\ntoken = word", err: "line 2: a name is there twice"},
		{name: "too large", text: strings.Repeat("# 4567890123456\n", maxFile/16) + "#", err: "larger than 65536 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "credentials")
			writeFile(t, path, c.text)
			got, err := FromFile(path, c.section, fileNames).Credentials(t.Context())
			switch {
			case got != c.want:
				t.Errorf("%+v", got)
			case c.err == "none":
				if !errors.Is(err, ErrNone) {
					t.Errorf("error %v", err)
				}
			case c.err == "" && err != nil, c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)):
				t.Errorf("error %v", err)
			}
			if err != nil && strings.Contains(err.Error(), "word") {
				t.Errorf("the error shows the file: %v", err)
			}
		})
	}
	if _, err := FromFile(filepath.Join(t.TempDir(), "no"), "", fileNames).Credentials(t.Context()); !errors.Is(err, ErrNone) {
		t.Errorf("missing file: %v", err)
	}
	if _, err := FromFile(t.TempDir(), "", fileNames).Credentials(t.Context()); err == nil || errors.Is(err, ErrNone) {
		t.Errorf("directory: %v", err)
	}
}

// TestFileIsReadAgain: a cached file is read again when its credentials expire, and when they are rejected.
func TestFileIsReadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "credentials")
		expires := time.Now().Add(time.Hour).Format(time.RFC3339)
		writeFile(t, path, "token = one\nexpires = "+expires)
		p := Cached(FromFile(path, "", fileNames), nil, time.Minute)
		want := func(token string) {
			t.Helper()
			if c, err := p.Credentials(t.Context()); err != nil || c.Token != token {
				t.Errorf("token %q, %v, want %q", c.Token, err, token)
			}
		}
		want("one")
		writeFile(t, path, "token = two")
		want("one")
		time.Sleep(time.Hour)
		want("two")
		writeFile(t, path, "token = three")
		want("two")
		p.Drop(Credentials{Token: "one"})
		want("two")
		p.Drop(Credentials{Token: "two"})
		want("three")
	})
}

func FuzzParseSection(f *testing.F) {
	f.Add("[a]\nk = v\n# c\n[b]\nk = w", "a")
	f.Add("k=\"v\"\r\n;\r\n[]", "")
	f.Add("\ufeff[ a ]\nk==", "a")
	f.Fuzz(func(t *testing.T, data, section string) {
		values, err := parseSection(data, section)
		if err != nil {
			if values != nil || len(err.Error()) > 80 {
				t.Fatalf("%v, %v", values, err)
			}
			return
		}
		for name, value := range values {
			if name != strings.TrimSpace(name) || name == "" || !strings.Contains(data, name) || !strings.Contains(data, value) {
				t.Fatalf("%q = %q", name, value)
			}
			// Written plainly, it reads the same.
			if again, err := parseSection(name+" = \""+value+"\"", ""); name[0] != '#' && (err != nil || again[name] != value) {
				t.Fatalf("%q = %q, then %q, %v", name, value, again, err)
			}
		}
	})
}

package auth

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
)

// Static always gives c. An expired c is given too: the server decides.
func Static(c Credentials) Provider {
	return ProviderFunc(func(context.Context) (Credentials, error) { return c, nil })
}

// Names are the names under which the parts of credentials are found: environment variables for [FromEnv], keys for
// [FromFile]. An empty name is not looked for. The value of Expires has the form of RFC 3339.
type Names struct {
	AccessKey     string
	SecretKey     string
	SecurityToken string
	Token         string
	Expires       string
}

// FromEnv reads environment variables, anew for each request. It has none to give ([ErrNone]) if neither the access
// key, the secret key nor the token is set; one half of a key pair without the other is an error of its own.
func FromEnv(names Names) Provider {
	return ProviderFunc(func(context.Context) (Credentials, error) {
		c, err := names.read(os.Getenv)
		if err != nil {
			return Credentials{}, fmt.Errorf("%w in the environment", err)
		}
		return c, nil
	})
}

// maxFile is the size, in bytes, up to which a credentials file is read.
const maxFile = 64 << 10

// FromFile reads a section of a credentials file, anew for each request; [Cached] makes that once until expiry.
//
//	# comment; so is a line that begins with a semicolon
//	[section]
//	name = value
//
// Blanks around names and values, and one pair of double quotes around a value, do not count; the rest of the line is
// the value, # and ; included. Section "" is what stands before the first header. Names other than those asked
// for are ignored. A missing file or section, or one without credentials, is [ErrNone]. A file that cannot be read,
// is malformed, has a name twice in the section, or is larger than 64 KiB is an error; no error shows its text.
//
// The layout is that of the credentials file of the Huawei Cloud SDKs (~/.huaweicloud/credentials, section basic,
// names ak, sk and security_token).
func FromFile(path, section string, names Names) Provider {
	return ProviderFunc(func(context.Context) (Credentials, error) {
		data, err := readFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return Credentials{}, fmt.Errorf("%w: no file %s", ErrNone, path)
		} else if err != nil {
			return Credentials{}, fmt.Errorf("auth: reading credentials: %w", err)
		}
		values, err := parseSection(data, section)
		if err != nil {
			return Credentials{}, fmt.Errorf("auth: %s: %w", path, err)
		}
		c, err := names.read(func(name string) string { return values[name] })
		if err != nil {
			return Credentials{}, fmt.Errorf("%w in %s, section %q", err, path, section)
		}
		return c, nil
	})
}

func readFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = fmt.Errorf("%s is larger than %d bytes", path, maxFile)
	}
	return string(data), err
}

// parseSection returns the names and values of one section; nil if it is not there.
func parseSection(data, section string) (map[string]string, error) {
	var values map[string]string
	inside, number := section == "", 0
	for line := range strings.Lines(strings.TrimPrefix(data, "\ufeff")) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || line[0] == ';' {
			continue
		}
		if title, ok := strings.CutPrefix(line, "["); ok {
			if title, ok = strings.CutSuffix(title, "]"); !ok {
				return nil, fmt.Errorf("line %d: section header without ]", number)
			}
			inside = strings.TrimSpace(title) == section
			continue
		}
		name, value, ok := strings.Cut(line, "=")
		if name = strings.TrimSpace(name); !ok || name == "" {
			return nil, fmt.Errorf("line %d: not of the form name = value", number)
		}
		if !inside {
			continue
		}
		if _, twice := values[name]; twice {
			return nil, fmt.Errorf("line %d: a name is there twice", number)
		}
		if value = strings.TrimSpace(value); len(value) >= 2 && value[0] == '"' && value[len(value)-1] == '"' {
			value = value[1 : len(value)-1]
		}
		if values == nil {
			values = make(map[string]string)
		}
		values[name] = value
	}
	return values, nil
}

// listed returns the names that are looked for.
func (n Names) listed() []string {
	all := []string{n.AccessKey, n.SecretKey, n.SecurityToken, n.Token}
	return slices.DeleteFunc(all, func(name string) bool { return name == "" })
}

// read puts credentials together from named values.
func (n Names) read(value func(name string) string) (Credentials, error) {
	get := func(name string) string {
		if name == "" {
			return ""
		}
		return value(name)
	}
	c := Credentials{
		AccessKey:     get(n.AccessKey),
		SecretKey:     get(n.SecretKey),
		SecurityToken: get(n.SecurityToken),
		Token:         get(n.Token),
	}
	switch {
	case c.AccessKey == "" && c.SecretKey == "" && c.Token == "":
		return c, fmt.Errorf("%w: no %s", ErrNone, strings.Join(n.listed(), ", "))
	case c.AccessKey == "" && c.SecretKey != "":
		return c, fmt.Errorf("auth: %s is set but %s is not", n.SecretKey, n.AccessKey)
	case c.AccessKey != "" && c.SecretKey == "":
		return c, fmt.Errorf("auth: %s is set but %s is not", n.AccessKey, n.SecretKey)
	}
	if text := get(n.Expires); text != "" {
		expires, err := time.Parse(time.RFC3339, text)
		if err != nil {
			return c, fmt.Errorf("auth: %s is not an RFC 3339 time", n.Expires)
		}
		c.Expires = expires
	}
	return c, nil
}

// Chain gives the credentials of the first provider that has some. Only [ErrNone] passes on to the next one: a
// provider that fails for another reason ends the search, lest a broken file silently become another identity. If
// none has any, the error tells what each said.
func Chain(providers ...Provider) Dropper { return &chain{providers: slices.Clone(providers)} }

type chain struct {
	opaque
	providers []Provider
}

func (c *chain) Credentials(ctx context.Context) (Credentials, error) {
	if len(c.providers) == 0 {
		return Credentials{}, ErrNone
	}
	var missing []error
	for _, p := range c.providers {
		got, err := p.Credentials(ctx)
		if err == nil {
			return got, nil
		}
		if !errors.Is(err, ErrNone) {
			return Credentials{}, err
		}
		missing = append(missing, err)
	}
	return Credentials{}, errors.Join(missing...)
}

func (c *chain) Drop(rejected Credentials) {
	for _, p := range c.providers {
		drop(p, rejected)
	}
}

// drop tells p what was rejected if it wants to know.
func drop(p Provider, rejected Credentials) {
	if d, ok := p.(Dropper); ok {
		d.Drop(rejected)
	}
}

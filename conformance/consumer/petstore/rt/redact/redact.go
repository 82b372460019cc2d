// Package redact takes secrets out of what is shown or kept of requests and answers: by the names of what holds
// them.
package redact

import (
	"bytes"
	"mime"
	"net/url"
	"slices"
	"strings"

	"example.com/consumer/petstore/rt/json"
)

// Mask stands where a secret was.
const Mask = "***"

// Secrets says which members and parameters hold secrets: those of the names, whatever their case, and those whose
// names tell. The name "token.id" is that of the members id inside members token, also where these are lists.
type Secrets struct{ Names []string }

// Hold reports whether what has the name holds a secret.
func (s Secrets) Hold(name string) bool {
	return s.named("", name) || telling(name)
}

// telling reports whether a name by itself says that it is that of a secret.
func telling(name string) bool {
	plain := strings.NewReplacer("-", "", "_", "", ".", "").Replace(strings.ToLower(name))
	for _, word := range [...]string{"password", "passwd", "adminpass", "secret", "accesstoken", "authtoken", "securitytoken",
		"refreshtoken", "subjecttoken", "apikey", "accesskey", "privatekey", "signature", "credential", "passcode"} {
		if strings.Contains(plain, word) {
			return true
		}
	}
	return plain == "token" || plain == "auth" || plain == "authorization"
}

// named reports whether a member is one of the names. Parent is the member it stands in.
func (s Secrets) named(parent, name string) bool {
	return slices.ContainsFunc(s.Names, func(n string) bool {
		return strings.EqualFold(n, name) || parent != "" && strings.EqualFold(n, parent+"."+name)
	})
}

// Body masks secrets in a body: members of JSON, in the lines of a stream too, entries of forms, parts of a multipart
// body. Other text comes back as it is.
func (s Secrets) Body(data []byte, contentType string) []byte {
	if masked, ok := s.JSON(data); ok {
		return masked
	}
	media, params, _ := mime.ParseMediaType(contentType)
	switch {
	case media == "application/x-www-form-urlencoded":
		return []byte(s.Form(string(data)))
	case strings.HasPrefix(media, "multipart/") && params["boundary"] != "":
		return s.parts(data, params["boundary"])
	}
	return s.lines(data)
}

// JSON masks secret members of a JSON text, and reports whether it is one. Without secrets it comes back as it is.
func (s Secrets) JSON(data []byte) ([]byte, bool) {
	t, err := json.TreeOfText(data)
	if err != nil {
		return nil, false
	}
	if s.mask(&t, "") {
		return json.AppendTree(nil, &t), true
	}
	return data, true
}

// mask changes the value of a member, and reports whether it did. Text that is itself JSON, as services put it into messages, is
// masked too. Of objects with telling names the members are looked at, since such names are given to more than secrets.
func (s Secrets) mask(t *json.Tree, member string) (changed bool) {
	switch t.Kind {
	case json.TreeScalar:
		if t.Scalar != json.StringScalar || !strings.HasPrefix(t.Text, "{") && !strings.HasPrefix(t.Text, "[") {
			return false
		}
		inner, err := json.TreeOfText([]byte(t.Text))
		if err == nil && s.mask(&inner, "") {
			t.Text, changed = string(json.AppendTree(nil, &inner)), true
		}
	case json.TreeArray:
		for i := range t.Items {
			changed = s.mask(&t.Items[i], member) || changed
		}
	case json.TreeObject:
		for i := range t.Items {
			item, name := &t.Items[i], t.Names[i]
			if item.Kind != json.TreeNull && (s.named(member, name) || item.Kind != json.TreeObject && telling(name)) {
				*item = json.Tree{Kind: json.TreeScalar, Scalar: json.StringScalar, Text: Mask}
				changed = true
				continue
			}
			changed = s.mask(item, name) || changed
		}
	}
	return changed
}

// Form masks the values of secret names in a query or form.
func (s Secrets) Form(raw string) string {
	entries := strings.Split(raw, "&")
	for i, entry := range entries {
		name, _, ok := strings.Cut(entry, "=")
		plain, err := url.QueryUnescape(name)
		if ok && (err != nil || s.Hold(plain)) {
			entries[i] = name + "=" + Mask
		}
	}
	return strings.Join(entries, "&")
}

// lines masks the lines that are JSON by themselves, or the data of a server-sent event.
func (s Secrets) lines(data []byte) []byte {
	var out []byte
	for line := range bytes.Lines(data) {
		text := bytes.TrimLeft(bytes.TrimPrefix(line, []byte("data:")), " \x1e")
		text = bytes.TrimRight(text, "\r\n")
		masked, ok := s.JSON(text)
		if !ok || len(text) == 0 {
			out = append(out, line...)
			continue
		}
		at := bytes.Index(line, text)
		out = append(append(append(out, line[:at]...), masked...), line[at+len(text):]...)
	}
	return out
}

// parts masks the parts of a multipart body, which need not be there to its end.
func (s Secrets) parts(data []byte, boundary string) []byte {
	separator := []byte("--" + boundary)
	sections := bytes.Split(data, separator)
	for i, section := range sections {
		head, content, ok := bytes.Cut(section, []byte("\r\n\r\n"))
		if !ok {
			continue
		}
		name, media := partHead(head)
		masked := []byte(Mask)
		if !s.Hold(name) {
			masked = s.Body(bytes.TrimSuffix(content, []byte("\r\n")), media)
		}
		end := ""
		if bytes.HasSuffix(content, []byte("\r\n")) {
			end = "\r\n"
		}
		sections[i] = slices.Concat(head, []byte("\r\n\r\n"), masked, []byte(end))
	}
	return bytes.Join(sections, separator)
}

// partHead reads the name and the media type of a part.
func partHead(head []byte) (name, media string) {
	for line := range bytes.Lines(head) {
		field, value, _ := strings.Cut(string(line), ":")
		switch value = strings.TrimSpace(value); strings.ToLower(strings.TrimSpace(field)) {
		case "content-disposition":
			_, params, _ := mime.ParseMediaType(value)
			name = params["name"]
		case "content-type":
			media = value
		}
	}
	return name, media
}

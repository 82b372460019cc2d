package rt

import (
	"mime"
	"strings"
	"unicode/utf8"
)

// decodeText returns the text of a body. Bodies are UTF-8 unless they say that they are Latin-1, the one
// other encoding that needs no tables; in all others the bytes stay as they are.
func decodeText(body []byte, contentType string) string {
	if !utf8.Valid(body) {
		_, params, _ := mime.ParseMediaType(contentType)
		switch strings.ToLower(params["charset"]) {
		case "iso-8859-1", "latin1", "us-ascii", "windows-1252":
			var b strings.Builder
			for _, c := range body {
				b.WriteRune(rune(c))
			}
			return b.String()
		}
	}
	return string(body)
}

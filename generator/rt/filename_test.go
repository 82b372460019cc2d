package rt

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

func TestSuggestedNamesAreSafe(t *testing.T) {
	for disposition, want := range map[string]string{
		"":                                "",
		"inline":                          "",
		`attachment; filename=report.pdf`: "report.pdf",
		`attachment; filename="a b.pdf"`:  "a b.pdf",
		`attachment; filename=a b.pdf`:    "a b.pdf",
		`Attachment; FileName="x.txt"`:    "x.txt",
		`attachment; filename*=UTF-8''na%C3%AFve%20file.txt`:                  "naïve file.txt",
		`attachment; filename="fallback.txt"; filename*=UTF-8''%E2%82%AC.txt`: "€.txt",
		`attachment; filename="../../etc/passwd"`:                             "passwd",
		`attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd`:                 "passwd",
		`attachment; filename="..\\..\\autoexec.bat"`:                         "autoexec.bat",
		`attachment; filename="C:\\x.txt"`:                                    "x.txt",
		`attachment; filename="C:x.txt"`:                                      "C_x.txt",
		`attachment; filename=".bashrc"`:                                      "bashrc",
		`attachment; filename=".."`:                                           "",
		`attachment; filename="/"`:                                            "",
		`attachment; filename="a/"`:                                           "",
		`attachment; filename="CON"`:                                          "_CON",
		`attachment; filename="nul.txt"`:                                      "_nul.txt",
		`attachment; filename="COM1.log"`:                                     "_COM1.log",
		`attachment; filename*=UTF-8''lpt%C2%B9`:                              "_lpt¹",
		`attachment; filename="console.txt"`:                                  "console.txt",
		`attachment; filename*=UTF-8''a%00b%0Ac.txt`:                          "a_b_c.txt",
		`attachment; filename*=UTF-8''invoice%E2%80%AEfdp.exe`:                "invoicefdp.exe",
		`attachment; filename="x.txt. . "`:                                    "x.txt",
		`attachment; filename="a<b>c|d?e*.txt"`:                               "a_b_c_d_e_.txt",
		"attachment; filename=\"" + strings.Repeat("é", 300) + ".tar\"":       strings.Repeat("é", 98) + ".tar",
		"attachment; filename=\"" + strings.Repeat("x", 300) + "\"":           strings.Repeat("x", 200),
		"attachment; filename=\"a." + strings.Repeat("x", 300) + "\"":         "a." + strings.Repeat("x", 198),
	} {
		assert.Equal(t, want, suggestedName(disposition), disposition)
	}
}

func FuzzSuggestedNamesAreSafe(f *testing.F) {
	f.Add(`attachment; filename="../x"; filename*=UTF-8''%2e%2e%2fy`)
	f.Add("filename=\xff\x00. .con")
	f.Fuzz(func(t *testing.T, disposition string) {
		name := suggestedName(disposition)
		if name == "" {
			return
		}
		if !filepath.IsLocal(name) || filepath.Base(name) != name || strings.ContainsAny(name, "/\\:\x00\n\r") || name[0] == '.' ||
			!utf8.ValidString(name) || len(name) > maxFileName+1 || device(name) {
			t.Errorf("%q of %q", name, disposition)
		}
	})
}

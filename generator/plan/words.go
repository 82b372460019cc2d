package plan

// Words splits a name, or any text, into words of ASCII letters and digits: at other characters, and where the case
// changes.
func Words(name string) []string { return words(name) }

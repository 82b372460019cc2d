// Package rule computes what documented rules ask for, with exactly the meaning that CEL gives it: integers do not
// wrap around, strings count in code points, times have a range. What CEL calls an error is a second result that is
// false; the first is then zero.
package rule

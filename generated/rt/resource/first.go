package resource

import "fmt"

// First is the one element of a list that a server answers where one was sent. An answer without any is an error.
func First[T any](what string, list []T, err error) (*T, error) {
	switch {
	case err != nil:
		return nil, err
	case len(list) == 0:
		return nil, fmt.Errorf("the server answered no %s where one was sent", what)
	}
	return &list[0], nil
}

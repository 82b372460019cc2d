package conformance

import "testing"

// TestModelsOfEveryForm sends values of every kind that a schema can describe, and reads what no document knows.
func TestModelsOfEveryForm(t *testing.T) { testGenerated(t, "models") }

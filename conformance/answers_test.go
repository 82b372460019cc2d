package conformance

import "testing"

// TestAnswersOfEveryForm sends answers of every form through the fake server and reads them back.
func TestAnswersOfEveryForm(t *testing.T) { testGenerated(t, "answers") }

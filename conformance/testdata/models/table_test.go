package models

import (
	"testing"

	"example.com/scratch/models/rt/json"
)

func TestTheCodecDescriptionIsRight(t *testing.T) {
	if err := json.Check(&tThing, &tUser, &tUserInput, &uMethod, &uPet, &uJSON); err != nil {
		t.Fatal(err)
	}
}

// Command consumer is what a user of a generated client has: a module that requires nothing, with a
// client in it. It talks to the client's fake server, behind which a few pets live in memory.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"example.com/consumer/petstore"
	"example.com/consumer/petstore/petstoretest"
)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "consumer:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer) error {
	client, err := newShop().server().Client()
	if err != nil {
		return err
	}

	for _, name := range []string{"Ada", "Bo", "Cleo"} {
		pet, err := client.Pets.Create(ctx, &petstore.NewPet{
			Name:   name,
			Born:   petstore.Some(time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)),
			Weight: petstore.Some(4.5),
			Note:   petstore.Some("shy"),
			Tags:   []string{"small"},
		})
		if err != nil {
			return err
		}
		fmt.Fprintln(out, "in:", pet.ID, pet.Name, pet.Status)
	}

	for pet, err := range client.Pets.All(ctx, &petstore.ListPetsParams{Limit: petstore.Some(2)}) {
		if err != nil {
			return err
		}
		fmt.Fprintln(out, "here:", pet.Name, pet.Weight, pet.Born.Format(time.DateOnly), pet.Tags)
	}

	// Absent, null and empty are three different things to send.
	pet, err := client.Pets.Update(ctx, "1", &petstore.PetChange{Note: petstore.Null[string](), Tags: []string{}})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "changed: %s %v %q %q\n", pet.Name, pet.Weight, pet.Note, pet.Tags)

	_, err = client.Pets.Create(ctx, &petstore.NewPet{Weight: petstore.Some(0.0)})
	var invalid *petstore.ValidationError
	if !errors.As(err, &invalid) {
		return fmt.Errorf("this should not be valid: %w", err)
	}
	for _, v := range invalid.Violations {
		fmt.Fprintln(out, "wrong:", v.Path, v.Message)
	}

	if _, err = client.Pets.Sell(ctx, "2", &petstore.Sale{To: "Mia"}); err != nil {
		return err
	}
	_, err = client.Pets.Sell(ctx, "2", &petstore.Sale{To: "Max"})
	fmt.Fprintln(out, "sold twice:", errors.Is(err, petstore.ErrConflict))

	if err := client.Pets.Delete(ctx, "3"); err != nil {
		return err
	}
	_, err = client.Pets.Get(ctx, "3")
	fmt.Fprintln(out, "gone:", errors.Is(err, petstore.ErrNotFound))
	return client.Pets.Delete(ctx, "3", petstore.IgnoreMissing())
}

// shop keeps pets by number; nil is one that left.
type shop struct{ pets []*petstore.Pet }

func newShop() *shop { return new(shop) }

func (s *shop) server() *petstoretest.Server {
	return &petstoretest.Server{
		ListPets: func(_ context.Context, params *petstore.ListPetsParams) (*petstore.PetPage, error) {
			page := new(petstore.PetPage)
			at, _ := strconv.Atoi(params.Cursor.Or("0"))
			for ; at < len(s.pets) && len(page.Pets) < params.Limit.Or(20); at++ {
				page.Pets = append(page.Pets, *s.pets[at])
			}
			if at < len(s.pets) {
				page.NextCursor = strconv.Itoa(at)
			}
			return page, nil
		},
		CreatePet: func(_ context.Context, req *petstore.NewPet) (*petstore.Pet, error) {
			pet := &petstore.Pet{
				ID: petstore.PetID(strconv.Itoa(len(s.pets) + 1)), Name: req.Name, Status: petstore.PetStatusAvailable,
				Born: req.Born.Or(time.Time{}), Weight: req.Weight.Or(0), Note: req.Note.Or(""), Tags: req.Tags,
			}
			s.pets = append(s.pets, pet)
			return pet, nil
		},
		GetPet: func(_ context.Context, id petstore.PetID) (*petstore.Pet, error) { return s.find(id) },
		UpdatePet: func(_ context.Context, id petstore.PetID, req *petstore.PetChange) (*petstore.Pet, error) {
			pet, err := s.find(id)
			if err != nil {
				return nil, err
			}
			pet.Name, pet.Weight, pet.Note = req.Name.Or(pet.Name), req.Weight.Or(pet.Weight), req.Note.Or(pet.Note)
			if req.Note.IsNull() {
				pet.Note = ""
			}
			if req.Tags != nil {
				pet.Tags = req.Tags
			}
			return pet, nil
		},
		DeletePet: func(_ context.Context, id petstore.PetID) error {
			_, err := s.find(id)
			if err == nil {
				s.pets[number(id)] = nil
			}
			return err
		},
		SellPet: func(_ context.Context, id petstore.PetID, _ *petstore.Sale) (*petstore.Pet, error) {
			pet, err := s.find(id)
			if err != nil {
				return nil, err
			}
			if pet.Status == petstore.PetStatusSold {
				return nil, &petstore.Error{Status: 409, Code: string(petstore.CodeAlreadySold), Message: "The pet has a home."}
			}
			pet.Status = petstore.PetStatusSold
			return pet, nil
		},
	}
}

func (s *shop) find(id petstore.PetID) (*petstore.Pet, error) {
	if n := number(id); n >= 0 && n < len(s.pets) && s.pets[n] != nil {
		return s.pets[n], nil
	}
	return nil, &petstore.Error{Status: 400, Code: string(petstore.CodeNoSuchPet), Message: "The pet is not in the books."}
}

func number(id petstore.PetID) int {
	n, err := strconv.Atoi(string(id))
	if err != nil {
		return -1
	}
	return n - 1
}

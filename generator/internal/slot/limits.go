package slot

import (
	"bytes"
	"fmt"
)

// Bounds of what templates do. They count and take no time, so that they mean the same on every machine.
const (
	maxOutput      = 16 << 20 // bytes that one execution prints
	maxTotalOutput = 64 << 20 // bytes that all of a run print
	maxSteps       = 10_000_000
	stepBytes      = 64 // text that costs as much as a step
)

// budget is what a run may still do.
type budget struct{ steps, output int }

func newBudget() *budget { return &budget{steps: maxSteps, output: maxTotalOutput} }

// spend takes steps.
func (b *budget) spend(steps int) error {
	if b.steps -= steps; b.steps < 0 {
		return fmt.Errorf("the templates take more than %d steps; is there a loop without an end?", maxSteps)
	}
	return nil
}

// writer takes what an execution prints.
type writer struct {
	b      bytes.Buffer
	budget *budget
	marks  []Mark
}

// Mark says which line of a template printed what begins at an offset.
type Mark struct {
	Offset int
	File   string
	Line   int
}

func (w *writer) Write(p []byte) (int, error) {
	if w.b.Len()+len(p) > maxOutput {
		return 0, fmt.Errorf("it prints more than %d MB", maxOutput>>20)
	}
	if w.budget.output -= len(p); w.budget.output < 0 {
		return 0, fmt.Errorf("the templates print more than %d MB", maxTotalOutput>>20)
	}
	return w.b.Write(p)
}

// Checks register histories with Porcupine, for bench/porcupine/compare.ts: a history a line in, a verdict and its time
// a line out.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/anishathalye/porcupine"
)

// operation is a call on one register. An operation that is not required may never have happened; its end is that of
// the history.
type operation struct {
	Kind     string `json:"kind"`
	Value    int    `json:"value"`
	From     int    `json:"from"`
	Ok       bool   `json:"ok"`
	Required bool   `json:"required"`
	Call     int64  `json:"call"`
	End      int64  `json:"end"`
}

// register: a read sees the value, a write sets it, a compare-and-set sets it where it was `from`. What is not required
// has no output that could be wrong.
var register = porcupine.Model{
	Init: func() interface{} { return -1 },
	Step: func(state, input, _ interface{}) (bool, interface{}) {
		value := state.(int)
		op := input.(operation)
		switch op.Kind {
		case "read":
			return value == op.Value, value
		case "write":
			return true, op.Value
		default:
			if value == op.From {
				return op.Ok || !op.Required, op.Value
			}
			return !op.Ok || !op.Required, value
		}
	},
	Equal: func(a, b interface{}) bool { return a == b },
}

func main() {
	input := bufio.NewReaderSize(os.Stdin, 1<<20)
	decoder := json.NewDecoder(input)
	for decoder.More() {
		var operations []operation
		if err := decoder.Decode(&operations); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		history := make([]porcupine.Operation, len(operations))
		for i, op := range operations {
			history[i] = porcupine.Operation{ClientId: i, Input: op, Call: op.Call, Return: op.End}
		}
		began := time.Now()
		linearizable := porcupine.CheckOperations(register, history)
		fmt.Printf("%t %d\n", linearizable, time.Since(began).Nanoseconds())
	}
}

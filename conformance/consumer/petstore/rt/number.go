package rt

import "example.com/consumer/petstore/rt/json"

// Number is a JSON number in the digits it was read with. See [json.Number].
type Number = json.Number

//go:build race

package message

// Under the race detector a schedule takes many times as long: fewer are played.
const modelSchedules = 5_000

//go:build !race

package message

// The suite plays 100,000 schedules; with -race fewer (model_race_test.go).
const modelSchedules = 100_000

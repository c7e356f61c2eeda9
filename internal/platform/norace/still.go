//go:build !race

package norace

const racing = false

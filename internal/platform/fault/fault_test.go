package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/aerostic/aerostic/internal/platform/fault"
)

func TestKindOf(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		err  error
		want fault.Kind
	}{
		"nothing":         {nil, ""},
		"a stranger":      {io.EOF, fault.KindInternal},
		"invalid":         {fault.Invalid("x"), fault.KindInvalid},
		"not found":       {fault.NotFound("x"), fault.KindNotFound},
		"conflict":        {fault.Conflict("x"), fault.KindConflict},
		"forbidden":       {fault.Forbidden("x"), fault.KindForbidden},
		"unauthenticated": {fault.Unauthenticated("x"), fault.KindUnauthenticated},
		"too many":        {fault.TooMany("x"), fault.KindTooMany},
		"payment":         {fault.PaymentRequired("x"), fault.KindPaymentRequired},
		"gone":            {fault.Gone("x"), fault.KindGone},
		"unavailable":     {fault.Unavailable("x"), fault.KindUnavailable},
		"too large":       {fault.TooLarge("x"), fault.KindTooLarge},
		"wrapped":         {fmt.Errorf("launch campaign 7: %w", fault.Gone("x")), fault.KindGone},
		"the outermost":   {fault.Conflict("x").Wrap(fault.Gone("y")), fault.KindConflict},
	}
	for name, c := range cases {
		if got := fault.KindOf(c.err); got != c.want {
			t.Errorf("%s: KindOf = %q, want %q", name, got, c.want)
		}
	}
}

func TestCopiesLeaveTheOriginalAlone(t *testing.T) {
	t.Parallel()
	insufficient := fault.PaymentRequired("The wallet does not cover this.")
	first := insufficient.At("body.budget", "Too much.")
	second := first.At("body.count", "Too many.").WithCode("wallet_short").Wrap(io.EOF)

	if len(insufficient.Fields) != 0 || insufficient.Code != "" || errors.Is(insufficient, io.EOF) {
		t.Fatalf("the original changed: %v", insufficient)
	}
	if len(first.Fields) != 1 || len(second.Fields) != 2 {
		t.Fatalf("fields: %v, %v", first.Fields, second.Fields)
	}
	if !errors.Is(fmt.Errorf("hold: %w", second), insufficient) || !errors.Is(second, io.EOF) {
		t.Fatal("a copy does not match its origin or its cause")
	}
	if errors.Is(second, fault.PaymentRequired("The wallet does not cover this.")) {
		t.Fatal("two faults with the same words are not the same fault")
	}
	want := "payment_required: The wallet does not cover this." +
		" [body.budget: Too much.] [body.count: Too many.]: EOF"
	if second.Error() != want {
		t.Fatalf("Error() = %q", second.Error())
	}
}

import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { useKeys } from "./use-keys";

const resolve = vi.fn();

function Screen({ dialog = false }: { dialog?: boolean }) {
  useKeys({ e: resolve, "?": resolve });
  return (
    <>
      <textarea aria-label="Reply" />
      <button type="button">Row</button>
      {dialog && <div role="dialog" data-state="open" />}
    </>
  );
}

it("hears single keys, but not while one types, goes elsewhere or has something open", () => {
  const { rerender } = render(<Screen />);
  const row = screen.getByRole("button");
  fireEvent.keyDown(row, { key: "e" });
  fireEvent.keyDown(row, { key: "?", shiftKey: true });
  expect(resolve).toHaveBeenCalledTimes(2);
  fireEvent.keyDown(screen.getByLabelText("Reply"), { key: "e" });
  fireEvent.keyDown(row, { key: "e", ctrlKey: true });
  fireEvent.keyDown(row, { key: "g" });
  fireEvent.keyDown(row, { key: "e" });
  expect(resolve).toHaveBeenCalledTimes(2);
  fireEvent.keyDown(row, { key: "e" });
  expect(resolve).toHaveBeenCalledTimes(3);
  rerender(<Screen dialog />);
  fireEvent.keyDown(row, { key: "e" });
  expect(resolve).toHaveBeenCalledTimes(3);
});

import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { Combobox, type ComboOption } from "./combobox";
import { MultiCombobox } from "./multi-combobox";

const cities: ComboOption[] = [
  { value: "c1", label: "Pune", keywords: ["पुणे"] },
  { value: "c2", label: "Delhi", group: "North" },
];

describe("Combobox", () => {
  it("finds by label and keyword, and picks with the keyboard", async () => {
    const picked = vi.fn();
    const user = userEvent.setup();
    render(<Combobox aria-label="City" options={cities} onValueChange={picked} search="Search cities" />);
    await user.click(screen.getByRole("combobox", { name: "City" }));
    await user.keyboard("पुणे");
    expect(screen.queryByText("Delhi")).not.toBeInTheDocument();
    await user.keyboard("{Enter}");
    expect(picked).toHaveBeenCalledExactlyOnceWith("c1");
  });

  it("offers to make what is not there, and not what is", async () => {
    const made = vi.fn();
    const user = userEvent.setup();
    render(
      <Combobox aria-label="City" options={cities} onValueChange={vi.fn()} onCreate={made} search="Search" />,
    );
    await user.click(screen.getByRole("combobox", { name: "City" }));
    await user.keyboard("delhi");
    expect(screen.queryByText("Add “delhi”")).not.toBeInTheDocument();
    await user.keyboard(" cantt");
    await user.click(screen.getByText("Add “delhi cantt”"));
    expect(made).toHaveBeenCalledExactlyOnceWith("delhi cantt");
  });
});

describe("MultiCombobox", () => {
  it("keeps several, each with a cross", async () => {
    const user = userEvent.setup();
    function Cities() {
      const [value, setValue] = useState(["c1", "c2"]);
      return (
        <MultiCombobox
          aria-label="Cities"
          options={cities}
          value={value}
          onValueChange={setValue}
          search="Search"
        />
      );
    }
    render(<Cities />);
    await user.click(screen.getByRole("button", { name: "Remove Pune" }));
    expect(screen.queryByText("Pune")).not.toBeInTheDocument();
    expect(screen.getByText("Delhi")).toBeInTheDocument();
  });
});

import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { ConfirmDialog } from "./alert-dialog";
import { initialsOf } from "./avatar";
import { type Column, DataTable } from "./data-table";
import { Field } from "./field";
import { FileDrop } from "./file-drop";
import { Input } from "./input";
import { PhonePreview } from "./phone-preview";
import { ProblemAlert } from "./problem-alert";
import { Stepper } from "./stepper";

interface Person {
  id: string;
  name: string;
}

const people: Person[] = [
  { id: "1", name: "अनन्या अय्यर" },
  { id: "2", name: "فاطمة شيخ" },
  { id: "3", name: "Bob 🌿" },
];
const columns: Column<Person>[] = [
  { id: "name", header: "Name", cell: (person) => <a href={`#${person.id}`}>{person.name}</a> },
];
const rowId = (person: Person) => person.id;

function SelectablePeople({ rows = people }) {
  const [selected, setSelected] = useState(new Set<string>());
  return (
    <>
      <p>{[...selected].sort().join(" ") || "none"}</p>
      <DataTable
        label="People"
        columns={columns}
        rows={rows}
        rowId={rowId}
        rowLabel={(person) => person.name}
        selected={selected}
        onSelectedChange={setSelected}
      />
    </>
  );
}

describe("DataTable", () => {
  it("selects one row, a shift range and all", async () => {
    const user = userEvent.setup();
    render(<SelectablePeople />);
    await user.click(screen.getByRole("checkbox", { name: "Select अनन्या अय्यर" }));
    expect(screen.getByText("1", { selector: "p" })).toBeInTheDocument();
    await user.keyboard("{Shift>}");
    await user.click(screen.getByRole("checkbox", { name: "Select Bob 🌿" }));
    await user.keyboard("{/Shift}");
    expect(screen.getByText("1 2 3")).toBeInTheDocument();
    await user.click(screen.getByRole("checkbox", { name: "Select all loaded rows" }));
    expect(screen.getByText("none")).toBeInTheDocument();
  });

  it("keeps a page of 100,000 rows small", () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => ({
      id: `${index}`,
      name: `Contact ${index}`,
    }));
    render(<DataTable label="People" columns={columns} rows={rows} rowId={rowId} />);
    expect(screen.getAllByRole("row").length).toBeLessThan(150);
  });

  it("opens a row by click, but not when a link in it is clicked", async () => {
    const user = userEvent.setup();
    const open = vi.fn();
    render(<DataTable label="People" columns={columns} rows={people} rowId={rowId} onRowClick={open} />);
    await user.click(screen.getByRole("link", { name: "Bob 🌿" }));
    expect(open).not.toHaveBeenCalled();
    await user.click(screen.getByRole("link", { name: "Bob 🌿" }).closest("td") as HTMLElement);
    expect(open).toHaveBeenCalledWith(people[2]);
  });

  it("loads the next page by keyboard", async () => {
    const user = userEvent.setup();
    const more = vi.fn();
    render(
      <DataTable label="People" columns={columns} rows={people} rowId={rowId} hasMore onLoadMore={more} />,
    );
    await user.click(screen.getByRole("button", { name: "Load more" }));
    expect(more).toHaveBeenCalled();
  });

  it("shows an error with a way to try again instead of rows", async () => {
    const user = userEvent.setup();
    const retry = vi.fn();
    render(
      <DataTable
        label="People"
        columns={columns}
        rows={[]}
        rowId={rowId}
        error={{ detail: "Away." }}
        onRetry={retry}
      />,
    );
    await user.click(within(screen.getByRole("alert")).getByRole("button", { name: "Try again" }));
    expect(retry).toHaveBeenCalled();
    expect(screen.queryByRole("table")).toBeNull();
  });
});

describe("Field", () => {
  it("ties label, hint and error to its control", () => {
    const { rerender } = render(
      <Field label="Campaign name" hint="Only your team sees this">
        <Input />
      </Field>,
    );
    expect(screen.getByLabelText("Campaign name")).toHaveAccessibleDescription("Only your team sees this");
    rerender(
      <Field label="Campaign name" hint="Only your team sees this" error="Give it a name.">
        <Input />
      </Field>,
    );
    expect(screen.getByLabelText("Campaign name")).toBeInvalid();
    expect(screen.getByLabelText("Campaign name")).toHaveAccessibleDescription("Give it a name.");
  });
});

describe("ConfirmDialog", () => {
  it("waits for the word, then stays open when the action fails", async () => {
    const user = userEvent.setup();
    const send = vi.fn().mockRejectedValueOnce(new Error("refused")).mockResolvedValueOnce(undefined);
    const change = vi.fn();
    render(
      <ConfirmDialog
        open
        onOpenChange={change}
        title="Send to 12,840 people?"
        description="Costs ₹11,042."
        confirm="Send now"
        typed="SEND"
        onConfirm={send}
      />,
    );
    const button = screen.getByRole("button", { name: "Send now" });
    expect(button).toBeDisabled();
    await user.type(screen.getByLabelText("Type SEND to confirm"), "SEND");
    await user.click(button);
    expect(change).not.toHaveBeenCalled();
    await user.click(button);
    expect(change).toHaveBeenCalledWith(false);
  });
});

describe("PhonePreview", () => {
  it("fills what is known and marks what is not", () => {
    render(
      <PhonePreview
        sender="Acme"
        message={{ body: "Hi *{{1}}*, use {{2}}", buttons: [{ kind: "url", text: "Shop" }] }}
        values={{ 1: "अनन्या" }}
      />,
    );
    expect(screen.getByText("अनन्या").tagName).toBe("STRONG");
    expect(screen.getByText("{{2}}").tagName).toBe("MARK");
    expect(screen.getByText("Shop")).toBeInTheDocument();
  });
});

describe("FileDrop", () => {
  it("refuses a file that is too large and says the limit", async () => {
    const user = userEvent.setup();
    const onFile = vi.fn();
    render(<FileDrop label="Drop a CSV file here" accept=".csv" maxBytes={4} onFile={onFile} />);
    await user.upload(
      screen.getByLabelText(/Drop a CSV file/),
      new File(["phone,name"], "people.csv", { type: "text/csv" }),
    );
    expect(onFile).not.toHaveBeenCalled();
    expect(screen.getByRole("alert")).toHaveTextContent("at most 4 B");
  });
});

describe("ProblemAlert", () => {
  it("leaves out what stands beside the fields", () => {
    const error = {
      detail: "Two things need mending.",
      errors: [
        { location: "body.email", message: "Not an address." },
        { location: "body.file", message: "Row 3 has no phone." },
      ],
    };
    render(<ProblemAlert error={error} except={["email"]} />);
    expect(screen.getByRole("alert")).toHaveTextContent("Row 3 has no phone.");
    expect(screen.getByRole("alert")).not.toHaveTextContent("Not an address.");
  });
});

describe("Stepper", () => {
  it("goes back to a done step only", async () => {
    const user = userEvent.setup();
    const select = vi.fn();
    const steps = ["Template", "Audience", "Review"].map((title) => ({ id: title, title }));
    render(<Stepper label="New campaign" steps={steps} current="Audience" onSelect={select} />);
    await user.click(screen.getByRole("button", { name: /Template/ }));
    expect(select).toHaveBeenCalledWith("Template");
    expect(screen.queryByRole("button", { name: /Review/ })).toBeNull();
  });
});

describe("initialsOf", () => {
  it("takes whole letters of any script", () => {
    expect(initialsOf("अनन्या अय्यर")).toBe("अअ");
    expect(initialsOf("😀 Bob")).toBe("B");
    expect(initialsOf("😀")).toBe("😀");
    expect(initialsOf("acme")).toBe("A");
  });
});

// Dialogs: a question with fields, a choice, a notice. Each gives a promise; closing gives undefined.
import { glyph, h } from "./dom.js";

function show(title, hint, body, done) {
  return new Promise((resolve) => {
    const heading = h("h2", { id: "dialog-title" }, title);
    const close = h("button", {
      type: "button",
      className: "icon close",
      "aria-label": "Close",
      onclick: () => dialog.close(),
    });
    const dialog = h(
      "dialog",
      { "aria-labelledby": "dialog-title" },
      h("header", {}, heading, close),
      hint && h("p", { className: "hint" }, hint),
      body,
    );
    let answer;
    const finish = (value) => {
      answer = value;
      dialog.close();
    };
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    done(finish);
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Asks for fields [{ name, label, type, value, required, options, hint, min, step }] and gives their values. */
export function ask(title, fields, { action = "Send", hint } = {}) {
  const fault = h("p", { className: "fault", role: "alert", hidden: true });
  const form = h("form", {}, ...fields.map(fieldOf), fault, h("button", { className: "primary" }, action));
  return show(title, hint, form, (finish) =>
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      finish(
        Object.fromEntries(
          fields.map((field) => [field.name, answerOf(form.elements.namedItem(field.name))]),
        ),
      );
    }),
  );
}

function fieldOf(field) {
  const { label, hint, options, value, type = "text", ...rest } = field;
  if (type === "checkbox") {
    return h(
      "label",
      { className: "switch" },
      h("input", { type, checked: Boolean(value), ...rest }),
      h("span", {}, label),
    );
  }
  const small = hint && h("small", {}, hint);
  if (options) {
    return h(
      "label",
      {},
      label,
      h(
        "select",
        rest,
        ...options.map(([id, text]) => h("option", { value: id, selected: id === value }, text)),
      ),
      small,
    );
  }
  if (type === "textarea")
    return h("label", {}, label, h("textarea", { rows: 3, dir: "auto", value: value ?? "", ...rest }), small);
  return h(
    "label",
    {},
    label,
    h("input", { type, dir: "auto", value: value ?? "", autocomplete: "off", ...rest }),
    small,
  );
}

function answerOf(input) {
  if (input.type === "checkbox") return input.checked;
  if (input.type === "number") return input.value === "" ? undefined : Number(input.value);
  return input.value.trim();
}

/** Shows a body above buttons [{ label, value, primary }] and gives the value of the one tapped. */
export function sheet(title, body, actions) {
  const buttons = h("div", { className: "actions" });
  return show(title, undefined, h("div", {}, body, buttons), (finish) =>
    buttons.append(
      ...actions.map(({ label, value, primary }) =>
        h("button", { type: "button", className: primary ? "primary" : "", onclick: () => finish(value) }, label),
      ),
    ),
  );
}

/** Lets choose one of groups [{ title, items: [{ label, icon, hint, value, danger }] }] and gives its value. */
export function choose(title, groups, { hint, row = false } = {}) {
  const list = h("div", { className: row ? "choices row" : "choices" });
  return show(title, hint, list, (finish) => {
    for (const group of groups) {
      if (group.title) list.append(h("h3", { dir: "auto" }, group.title));
      for (const item of group.items) {
        const small = item.hint && h("small", { dir: "auto" }, item.hint);
        list.append(
          h(
            "button",
            {
              type: "button",
              className: item.danger ? "danger" : "",
              "aria-label": item.name,
              onclick: () => finish(item.value),
            },
            item.icon && glyph(item.icon),
            h("span", { dir: "auto" }, item.label, small),
          ),
        );
      }
    }
  });
}

/** Says something that went wrong or needs to be known. */
export const notice = (text) => choose("Notice", [{ items: [{ label: "All right" }] }], { hint: text });

/** Runs what somebody asked for and says what went wrong. */
export const attempt =
  (work) =>
  async (...given) => {
    try {
      return await work(...given);
    } catch (fault) {
      await notice(fault.message);
    }
  };

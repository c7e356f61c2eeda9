// The phone itself: off, blocked, hidden, moved to another number.
import * as api from "./api.js";
import { ask, attempt } from "./dialog.js";
import { byId } from "./dom.js";

const life = byId("life");

let follow; // what to do with a new number

/** Goes on with the chat under a new number by moved(number). */
export function onMove(moved) {
  follow = moved;
}

life.addEventListener(
  "change",
  attempt(async ({ target: { name, checked } }) => {
    if (name === "stopped") return api.user({ marketing: checked ? "stop" : "resume" });
    if (name === "hidden") return hide(checked);
    await api.state({ [name]: checked });
  }),
);

async function hide(on) {
  const values = on
    ? await ask(
        "Hide the phone number",
        [{ name: "username", label: "Username", value: "asha.k", required: true }],
        { action: "Hide" },
      )
    : { username: "" };
  if (values) await api.user({ username: values.username });
  else life.elements.hidden.checked = false;
}

byId("move").addEventListener(
  "click",
  attempt(async () => {
    const values = await ask(
      "Change the number",
      [{ name: "to", label: "New phone number", type: "tel", required: true, placeholder: "91 98765 43211" }],
      { action: "Change" },
    );
    if (!values) return;
    const to = values.to.replace(/\D/g, "");
    await api.user({ moved_to: to });
    await follow(to);
  }),
);

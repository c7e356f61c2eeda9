// The page: who writes to whom.
import { answer } from "./answer.js";
import * as api from "./api.js";
import { actions, answerTo } from "./compose.js";
import { attempt } from "./dialog.js";
import { byId, h } from "./dom.js";
import { onMove } from "./life.js";
import { listen } from "./view.js";

const who = byId("who");
const act = {
  answer: attempt(answer),
  actions: attempt(actions),
  played: (message) => !message.mine && api.state({ played: message.id }),
};

async function start() {
  const numbers = await api.numbers();
  who.elements.number.append(...numbers.map((n) => h("option", { value: n.id }, `${n.name} (+${n.phone})`)));
  const wanted = new URLSearchParams(location.search);
  for (const name of ["number", "from", "name"])
    if (wanted.has(name)) who.elements[name].value = wanted.get(name);
  await suggest();
  if (wanted.get("from") && who.elements.number.value) await openChat();
}

async function suggest() {
  if (!who.elements.number.value) return;
  const known = await api.people(who.elements.number.value);
  byId("people").replaceChildren(...known.map((person) => h("option", { value: person.from }, person.name)));
}

async function openChat() {
  const { number, from, name } = Object.fromEntries(new FormData(who));
  const fault = who.querySelector(".fault");
  api.use(number, from, name);
  try {
    await api.open();
    fault.hidden = true;
  } catch (error) {
    fault.textContent = error.message;
    fault.hidden = false;
    return;
  }
  history.replaceState(null, "", `?${new URLSearchParams({ number, from, name })}`);
  document.body.classList.add("chatting");
  byId("chat").hidden = byId("life").hidden = false;
  answerTo(undefined);
  listen(act);
  byId("compose").elements.text.focus();
}

who.addEventListener("submit", (event) => {
  event.preventDefault();
  openChat();
});
who.elements.number.addEventListener("change", suggest);
byId("back").addEventListener("click", () => {
  document.body.classList.remove("chatting");
  who.elements.number.focus();
});
onMove(async (to) => {
  who.elements.from.value = to;
  await openChat();
});

attempt(start)();

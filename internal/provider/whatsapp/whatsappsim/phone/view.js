// The chat as the phone shows it, kept up to date by the stream of the simulator.
import * as api from "./api.js";
import { bubble } from "./bubble.js";
import { byId, h } from "./dom.js";
import { day } from "./format.js";

const list = byId("messages");
const log = byId("log");
const life = byId("life");
const messages = new Map();

/** Who holds the phone, and whom they write to; as the simulator told last. */
export const shown = { me: {}, business: {} };

let stream;
let act = {};
let typingEnds;

/** Shows the open phone. acts: answer, actions and played, what can be done to a message. */
export function listen(acts) {
  act = acts;
  stream?.close();
  stream = api.events();
  stream.onmessage = (event) => show(JSON.parse(event.data));
}

function show(view) {
  if (view.fresh) messages.clear();
  Object.assign(shown, { me: view.me, business: view.business });
  for (const message of view.messages) messages.set(message.id, message);
  drawPhone();
  drawMessages(view.fresh, view.messages);
  if (view.messages.some((message) => !message.mine)) look();
}

function drawPhone() {
  byId("business").textContent = shown.business.name;
  byId("avatar").textContent = [...shown.business.name][0];
  document.title = `${shown.business.name} on ${shown.me.name}’s phone`;
  clearTimeout(typingEnds);
  if (shown.me.typing > 0) typingEnds = setTimeout(typingOver, shown.me.typing);
  drawStatus();
  const states = {
    off: shown.me.off,
    blocked: shown.me.blocked,
    stopped: shown.me.stopped,
    hidden: shown.me.username !== "",
  };
  for (const [name, on] of Object.entries(states)) life.elements[name].checked = on;
}

function typingOver() {
  shown.me.typing = 0;
  drawStatus();
}

function drawStatus() {
  const words = statusOf(shown.me);
  if (byId("status").textContent !== words) byId("status").textContent = words;
  byId("status").classList.toggle("busy", shown.me.typing > 0);
}

function statusOf(me) {
  if (me.off) return "This phone is off";
  if (me.blocked) return "You blocked this business";
  if (me.typing > 0) return "typing…";
  const phone = /^\d/.test(me.phone) ? `+${me.phone}` : me.phone;
  return `You are ${me.name}, ${me.username ? `@${me.username}` : phone}`;
}

const near = () => log.scrollHeight - log.scrollTop - log.clientHeight < 120;
const toEnd = () => (log.scrollTop = log.scrollHeight);

function drawMessages(fresh, changed) {
  const follow = fresh || near() || changed.some((message) => message.mine && message.state === "sent");
  const draw = (message) =>
    bubble(message, messages.get(message.quote), { ...act, grown: () => follow && toEnd() });
  if (fresh) list.replaceChildren();
  for (const message of [...changed].sort((a, b) => a.order - b.order)) {
    const old = list.querySelector(`[data-id="${CSS.escape(message.id)}"]`);
    if (old) old.replaceWith(draw(message));
    else append(message, draw(message));
  }
  if (!list.firstChild)
    list.append(
      h("li", { class: "note", id: "nothing" }, `Write the first message to ${shown.business.name}.`),
    );
  if (follow) toEnd();
}

function append(message, item) {
  byId("nothing")?.remove();
  const words = day(message.at);
  if ([...list.querySelectorAll(".note")].at(-1)?.textContent !== words)
    list.append(h("li", { class: "note" }, words));
  list.append(item);
}

/** Whoever has the chat before them has read it. */
function look() {
  if (document.visibilityState === "visible" && document.body.classList.contains("chatting") && !shown.me.off)
    api.read().catch(() => {});
}
document.addEventListener("visibilitychange", look);

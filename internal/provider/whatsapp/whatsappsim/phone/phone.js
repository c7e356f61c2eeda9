// The page: who writes to whom, and the chat.
import * as api from "./api.js";
import { answer } from "./answer.js";
import { attach } from "./attach.js";
import { bubble, summary } from "./bubble.js";
import { ask, choose, notice } from "./dialog.js";
import { byId, h } from "./dom.js";
import { day } from "./format.js";
import { canRecord, record, sendVoice } from "./voice.js";

const who = byId("who");
const life = byId("life");
const list = byId("messages");
const compose = byId("compose");
const text = compose.elements.text;

let stream;
let me = {};
let business = {};
let reply; // the message that is being answered
let recording; // ends the recording
let typingEnds;
const messages = new Map();

/** Runs what somebody asked for and says what went wrong. */
const attempt = (work) => async (...given) => {
  try {
    return await work(...given);
  } catch (fault) {
    await notice(fault.message);
  }
};

// ---- who writes to whom

async function start() {
  const numbers = await api.numbers();
  who.elements.number.append(...numbers.map((n) => h("option", { value: n.id }, `${n.name} (+${n.phone})`)));
  const wanted = new URLSearchParams(location.search);
  for (const name of ["number", "from", "name"]) if (wanted.has(name)) who.elements[name].value = wanted.get(name);
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
  byId("chat").hidden = life.hidden = false;
  answerTo(undefined);
  listen();
  text.focus();
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

// ---- what the phone shows

function listen() {
  stream?.close();
  stream = api.events();
  stream.onmessage = (event) => show(JSON.parse(event.data));
}

function show(view) {
  if (view.fresh) messages.clear();
  ({ me, business } = view);
  for (const message of view.messages) messages.set(message.id, message);
  drawPhone();
  drawMessages(view.fresh, view.messages);
  if (view.messages.some((message) => !message.mine)) look();
}

function drawPhone() {
  byId("business").textContent = business.name;
  byId("avatar").textContent = [...business.name][0];
  document.title = `${business.name} on ${me.name}’s phone`;
  clearTimeout(typingEnds);
  if (me.typing > 0) typingEnds = setTimeout(() => ((me.typing = 0), drawStatus()), me.typing);
  drawStatus();
  const states = { off: me.off, blocked: me.blocked, stopped: me.stopped, hidden: me.username !== "" };
  for (const [name, on] of Object.entries(states)) life.elements[name].checked = on;
}

function drawStatus() {
  const shown = me.username ? `@${me.username}` : `+${me.phone}`;
  const words = me.off ? "This phone is off" : me.blocked ? "You blocked this business" : me.typing > 0 ? "typing…" : `You are ${me.name}, ${shown}`;
  if (byId("status").textContent !== words) byId("status").textContent = words;
  byId("status").classList.toggle("busy", me.typing > 0);
}

const log = byId("log");
const near = () => log.scrollHeight - log.scrollTop - log.clientHeight < 120;
const toEnd = () => (log.scrollTop = log.scrollHeight);
const act = {
  answer: attempt(answer),
  actions: attempt(actions),
  played: (message) => !message.mine && api.state({ played: message.id }),
};

function drawMessages(fresh, changed) {
  const follow = fresh || near() || changed.some((message) => message.mine && message.state === "sent");
  const draw = (message) => bubble(message, messages.get(message.quote), { ...act, grown: () => follow && toEnd() });
  if (fresh) list.replaceChildren();
  for (const message of [...changed].sort((a, b) => a.order - b.order)) {
    const old = list.querySelector(`[data-id="${CSS.escape(message.id)}"]`);
    if (old) old.replaceWith(draw(message));
    else append(message, draw(message));
  }
  if (!list.firstChild) list.append(h("li", { class: "note", id: "nothing" }, `Write the first message to ${business.name}.`));
  if (follow) toEnd();
}

function append(message, item) {
  byId("nothing")?.remove();
  const words = day(message.at);
  if ([...list.querySelectorAll(".note")].at(-1)?.textContent !== words) list.append(h("li", { class: "note" }, words));
  list.append(item);
}

/** Whoever has the chat before them has read it. */
function look() {
  if (document.visibilityState === "visible" && document.body.classList.contains("chatting") && !me.off) api.read().catch(() => {});
}
document.addEventListener("visibilitychange", look);

// ---- what the customer does

function answerTo(message) {
  reply = message;
  byId("answering").hidden = !message;
  if (!message) return;
  byId("answering-who").textContent = message.mine ? "You" : business.name;
  byId("answering-what").textContent = summary(message);
  text.focus();
}
byId("answering-off").addEventListener("click", () => answerTo(undefined));

async function actions(message) {
  const young = Date.now() - message.at < 15 * 60 * 1000;
  const items = [
    { value: "reply", label: "Reply" },
    { value: "forward", label: "Forward to this business" },
    message.mine && message.type === "text" && young && { value: "edit", label: "Edit", hint: "Within 15 minutes" },
    message.mine && { value: "revoke", label: "Delete for everyone", danger: true },
  ].filter(Boolean);
  const emojis = ["👍", "❤️", "😂", "😮", "😢", "🙏", ""].map((emoji) => ({ value: `react ${emoji}`, label: emoji || "✕", name: emoji ? `React with ${emoji}` : "Take the reaction back" }));
  const chosen = await choose("Message", [{ items: emojis }, { title: summary(message).slice(0, 80), items }]);
  if (chosen?.startsWith("react ")) return api.send({ type: "reaction", content: { message_id: message.id, emoji: chosen.slice(6) || undefined } });
  if (chosen) await deeds[chosen](message);
}

const deeds = {
  reply: async (message) => answerTo(message),
  forward: ({ type, content }) => api.send(type === "template" || type === "interactive" ? { text: content.body?.text ?? content.body, forwarded: true } : { type, content, forwarded: true }),
  revoke: (message) => api.send({ type: "revoke", content: { original_message_id: message.id } }),
  edit: async (message) => {
    const values = await ask("Edit the message", [{ name: "body", label: "Message", type: "textarea", value: message.content.body, required: true, maxlength: 4096 }], { action: "Save" });
    if (values?.body) await api.send({ type: "edit", content: { original_message_id: message.id, message: { context: { id: message.id }, type: "text", text: { body: values.body } } } });
  },
};

function drawSend() {
  const send = byId("send");
  const words = recording ? "Send the voice note" : text.value.trim() ? "Send" : "Record a voice note";
  send.setAttribute("aria-label", words);
  send.classList.toggle("voice", words === "Record a voice note");
  byId("attach").setAttribute("aria-label", recording ? "Throw the recording away" : "Attach");
  compose.classList.toggle("recording", Boolean(recording));
  text.placeholder = recording ? "Recording…" : "Message";
  text.disabled = Boolean(recording);
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 140)}px`;
}

const submit = attempt(async () => {
  const body = text.value.trim();
  const quoted = reply?.id;
  if (recording) return endRecording(true);
  if (!body) return startRecording();
  text.value = "";
  drawSend();
  answerTo(undefined);
  try {
    await api.send({ text: body, reply_to: quoted });
  } catch (fault) {
    text.value = body; // nothing somebody wrote is lost
    drawSend();
    throw fault;
  }
});

async function startRecording() {
  if (!canRecord()) return notice("This browser cannot record here. Choose Attach, then Audio file.");
  recording = await record().catch(() => undefined);
  drawSend();
  if (!recording) await notice("There is no microphone, or it may not be used. Choose Attach, then Audio file.");
}

async function endRecording(keep) {
  const stop = recording;
  recording = undefined;
  drawSend();
  const sound = await stop(keep);
  if (sound) await sendVoice(sound, reply?.id);
  answerTo(undefined);
}

compose.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
text.addEventListener("input", drawSend);
text.addEventListener("keydown", (event) => {
  if (event.key === "Escape") answerTo(undefined);
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (text.value.trim()) submit();
});
byId("attach").addEventListener("click", attempt(async () => {
  if (recording) return endRecording(false);
  if (await attach(reply?.id)) answerTo(undefined);
}));

// ---- the phone itself

life.addEventListener("change", attempt(async ({ target: { name, checked } }) => {
  if (name === "stopped") return api.user({ marketing: checked ? "stop" : "resume" });
  if (name === "hidden") return hide(checked);
  await api.state({ [name]: checked });
}));

async function hide(on) {
  const values = on ? await ask("Hide the phone number", [{ name: "username", label: "Username", value: "asha.k", required: true }], { action: "Hide" }) : { username: "" };
  if (values) await api.user({ username: values.username });
  else life.elements.hidden.checked = false;
}

byId("move").addEventListener("click", attempt(async () => {
  const values = await ask("Change the number", [{ name: "to", label: "New phone number", type: "tel", required: true, placeholder: "91 98765 43211" }], { action: "Change" });
  if (!values) return;
  const to = values.to.replace(/\D/g, "");
  await api.user({ moved_to: to });
  who.elements.from.value = to;
  await openChat();
}));

drawSend();
attempt(start)();

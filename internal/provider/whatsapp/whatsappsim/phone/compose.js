// What the customer does: writing, answering, and the menu of a message.
import * as api from "./api.js";
import { attach } from "./attach.js";
import { summary } from "./bubble.js";
import { ask, attempt, choose, notice } from "./dialog.js";
import { byId } from "./dom.js";
import { shown } from "./view.js";
import { canRecord, record, sendVoice } from "./voice.js";

const compose = byId("compose");
const text = compose.elements.text;

let reply; // the message that is being answered
let recording; // ends the recording

/** Quotes a message in what is sent next; undefined quotes none. */
export function answerTo(message) {
  reply = message;
  byId("answering").hidden = !message;
  if (!message) return;
  byId("answering-who").textContent = message.mine ? "You" : shown.business.name;
  byId("answering-what").textContent = summary(message);
  text.focus();
}
byId("answering-off").addEventListener("click", () => answerTo(undefined));

/** The menu of a message. */
export async function actions(message) {
  const young = Date.now() - message.at < 15 * 60 * 1000;
  const items = [
    { value: "reply", label: "Reply" },
    { value: "forward", label: "Forward to this business" },
    message.mine &&
      message.type === "text" &&
      young && { value: "edit", label: "Edit", hint: "Within 15 minutes" },
    message.mine && { value: "revoke", label: "Delete for everyone", danger: true },
  ].filter(Boolean);
  const emojis = ["👍", "❤️", "😂", "😮", "😢", "🙏", ""].map((emoji) => ({
    value: `react ${emoji}`,
    label: emoji || "✕",
    name: emoji ? `React with ${emoji}` : "Take the reaction back",
  }));
  const chosen = await choose("Message", [
    { items: emojis },
    { title: summary(message).slice(0, 80), items },
  ]);
  if (chosen?.startsWith("react "))
    return api.send({
      type: "reaction",
      content: { message_id: message.id, emoji: chosen.slice(6) || undefined },
    });
  if (chosen) await deeds[chosen](message);
}

const deeds = {
  reply: async (message) => answerTo(message),
  forward: ({ type, content }) =>
    api.send(
      type === "template" || type === "interactive"
        ? { text: content.body?.text ?? content.body, forwarded: true }
        : { type, content, forwarded: true },
    ),
  revoke: (message) => api.send({ type: "revoke", content: { original_message_id: message.id } }),
  edit: async (message) => {
    const values = await ask(
      "Edit the message",
      [
        {
          name: "body",
          label: "Message",
          type: "textarea",
          value: message.content.body,
          required: true,
          maxlength: 4096,
        },
      ],
      { action: "Save" },
    );
    if (values?.body)
      await api.send({
        type: "edit",
        content: {
          original_message_id: message.id,
          message: { context: { id: message.id }, type: "text", text: { body: values.body } },
        },
      });
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
  if (!recording)
    await notice("There is no microphone, or it may not be used. Choose Attach, then Audio file.");
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
byId("attach").addEventListener(
  "click",
  attempt(async () => {
    if (recording) return endRecording(false);
    if (await attach(reply?.id)) answerTo(undefined);
  }),
);

drawSend();

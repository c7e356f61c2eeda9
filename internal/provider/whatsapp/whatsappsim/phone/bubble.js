// One message as it looks on the phone.
import { fileURL } from "./api.js";
import { glyph, h, link } from "./dom.js";
import { formatted, time } from "./format.js";
import { interactive, template } from "./rich.js";

/** A message in one line, for quotes. */
export function summary(message) {
  const { type, content = {} } = message;
  if (message.revoked) return "Deleted message";
  switch (type) {
    case "text":
      return content.body ?? "";
    case "button":
      return content.text;
    case "template":
      return content.body;
    case "interactive":
      return content.body?.text ?? (content.button_reply ?? content.list_reply)?.title ?? "Form";
    case "location":
      return content.name ?? "Location";
    case "contacts":
      return content[0]?.name?.formatted_name ?? "Contact";
    case "order":
      return "Order";
    case "image":
      return content.caption ?? "Photo";
    case "video":
      return content.caption ?? "Video";
    case "audio":
      return content.voice ? "Voice note" : "Audio";
    case "document":
      return content.filename ?? "Document";
    case "sticker":
      return "Sticker";
    default:
      return "Message";
  }
}

const source = (content) => fileURL(content.id ?? content.link ?? "");
const caption = (content) => content.caption && h("p", { dir: "auto" }, ...formatted(content.caption));

/** A file of the business or of the customer. */
export function media(type, content, act = {}) {
  switch (type) {
    case "image":
    case "sticker":
      return h("img", {
        class: type,
        src: source(content),
        alt: content.caption || (type === "image" ? "Photo" : "Sticker"),
        onload: act.grown,
      });
    case "video":
      return h("video", {
        src: source(content),
        controls: true,
        preload: "metadata",
        "aria-label": content.caption || "Video",
        onloadedmetadata: act.grown,
      });
    case "audio":
      return h("audio", {
        src: source(content),
        controls: true,
        preload: "metadata",
        "aria-label": content.voice ? "Voice note" : "Audio",
        onplay: act.played,
      });
    default:
      return h(
        "a",
        {
          class: "file",
          href: source(content),
          download: content.filename ?? "",
          target: "_blank",
          rel: "noopener",
        },
        glyph("file"),
        h("span", {}, content.filename ?? "Document"),
      );
  }
}

function place({ latitude, longitude, name, address }) {
  return [
    h(
      "div",
      { class: "about" },
      glyph("place"),
      h(
        "div",
        {},
        h("strong", { dir: "auto" }, name ?? "Location"),
        address && h("p", { dir: "auto" }, address),
        link(
          `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}`,
          `${latitude}, ${longitude}`,
        ),
      ),
    ),
  ];
}

const people = (list) =>
  list.map((person) =>
    h(
      "div",
      { class: "about" },
      glyph("person"),
      h(
        "div",
        {},
        h("strong", { dir: "auto" }, person.name?.formatted_name ?? "Contact"),
        ...(person.phones ?? []).map(({ phone }) => h("p", {}, phone)),
      ),
    ),
  );

function order(content) {
  return [
    h("strong", {}, glyph("bag"), "Order"),
    h(
      "ul",
      {},
      ...(content.product_items ?? []).map((item) =>
        h("li", {}, `${item.quantity} × ${item.product_retailer_id}, ${item.currency} ${item.item_price}`),
      ),
    ),
    content.text && h("p", { dir: "auto" }, content.text),
  ];
}

function reply(content) {
  const chosen = content.button_reply ?? content.list_reply;
  if (chosen)
    return [
      h("p", { dir: "auto" }, chosen.title),
      chosen.description && h("small", { dir: "auto" }, chosen.description),
    ];
  let values = {};
  try {
    values = JSON.parse(content.nfm_reply?.response_json ?? "{}");
  } catch {
    // What is not JSON has no values to show.
  }
  const shown = Object.entries(values).filter(([key]) => key !== "flow_token");
  return [
    h("strong", {}, glyph("form"), "Form sent"),
    ...shown.map(([key, value]) =>
      h("p", { dir: "auto" }, `${key}: ${typeof value === "object" ? JSON.stringify(value) : value}`),
    ),
  ];
}

function contentOf(message, act) {
  const { type, content = {} } = message;
  if (message.revoked)
    return [
      h(
        "p",
        { class: "gone" },
        glyph("ban"),
        message.mine ? "You deleted this message" : "This message was deleted",
      ),
    ];
  switch (type) {
    case "text":
      return [h("p", { dir: "auto" }, ...formatted(content.body))];
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return [media(type, content, { ...act, played: () => act.played?.(message) }), caption(content)];
    case "location":
      return place(content);
    case "contacts":
      return people(content);
    case "order":
      return order(content);
    case "button":
      return [h("p", { dir: "auto" }, content.text)];
    case "template":
      return template(content, (answer) => act.answer(message, answer), act);
    case "interactive":
      return message.mine
        ? reply(content)
        : interactive({ ...content, payment: message.payment }, (answer) => act.answer(message, answer), act);
    default:
      return [h("p", { class: "gone" }, `A message of type “${type}”`)];
  }
}

const ticks = { sent: ["✓", "Sent"], delivered: ["✓✓", "Delivered"], read: ["✓✓", "Read"] };

function foot(message) {
  const [mark, words] = ticks[message.state] ?? [];
  return h(
    "div",
    { class: "foot" },
    message.edited && h("span", {}, "Edited"),
    h("time", { dateTime: new Date(message.at).toISOString() }, time(message.at)),
    mark && h("span", { class: `ticks ${message.state}`, role: "img", "aria-label": words }, mark),
  );
}

/** The list item of a message. act: answer, actions, played, grown; quoted: the message it answers. */
export function bubble(message, quoted, act) {
  const side = message.mine ? "mine" : "theirs";
  const emojis = Object.values(message.reactions ?? {});
  const quote =
    message.quote && h("blockquote", { dir: "auto" }, quoted ? summary(quoted) : "An earlier message");
  const actions =
    !message.revoked &&
    h("button", {
      type: "button",
      class: "icon more",
      "aria-label": `Actions: ${summary(message).slice(0, 40)}`,
      "aria-haspopup": "dialog",
      onclick: () => act.actions(message),
    });
  return h(
    "li",
    { class: `message ${side}`, "data-id": message.id },
    h(
      "div",
      { class: message.type === "sticker" ? "bubble bare" : "bubble" },
      h("span", { class: "sr-only" }, message.mine ? "You: " : "Business: "),
      message.forwarded && h("small", { class: "gone" }, glyph("forward"), "Forwarded"),
      quote,
      ...contentOf(message, act).filter(Boolean),
      foot(message),
      actions,
    ),
    emojis.length > 0 &&
      h(
        "span",
        { class: "reactions", role: "img", "aria-label": `Reactions: ${emojis.join(" ")}` },
        emojis.join(" "),
      ),
  );
}

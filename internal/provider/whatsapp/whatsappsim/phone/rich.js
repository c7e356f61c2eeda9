// Templates and interactive messages: what is in them, and the buttons below.
import { media } from "./bubble.js";
import { glyph, h, link } from "./dom.js";
import { formatted } from "./format.js";
import { billButton, billCard } from "./pay.js";

const tap = (icon, label, onclick) =>
  h("button", { type: "button", class: "tap", onclick }, icon && glyph(icon), label);
const body = (text) => text && h("p", { dir: "auto" }, ...formatted(text));
const footer = (text) => text && h("small", { dir: "auto" }, text);
const taps = (...list) => list.length > 0 && h("div", { class: "taps" }, ...list);

function header(head, act) {
  if (!head) return null;
  const kind = (head.format ?? head.type ?? "").toLowerCase();
  if (kind === "text") return h("strong", { dir: "auto" }, head.text);
  if (kind === "location")
    return h("strong", {}, glyph("place"), head.name ?? "Location", head.address && h("small", {}, head.address));
  if (kind === "product") return h("strong", {}, glyph("bag"), head.name ?? "Product");
  // A template has the file in media; an interactive message in a member named as its type.
  const file = head.media
    ? { [/^https?:/.test(head.media) ? "link" : "id"]: head.media, filename: head.filename }
    : head[kind];
  return file && media(kind === "gif" ? "video" : kind, file, act);
}

/** A template with its values in it. answer({ kind, … }) is called by a tap. */
export function template(shown, answer, act) {
  return [
    header(shown.header, act),
    shown.offer && h("p", { class: "offer" }, glyph("clock"), shown.offer),
    body(shown.body),
    footer(shown.footer),
    shown.buttons?.length && taps(...shown.buttons.map((button) => templateButton(button, answer))),
    shown.cards?.length &&
      h(
        "div",
        { class: "cards", tabIndex: 0, role: "group", "aria-label": "Cards" },
        ...shown.cards.map((card) =>
          h("div", { class: "card" }, ...template(card, answer, act).filter(Boolean)),
        ),
      ),
  ].filter(Boolean);
}

function templateButton(button, answer) {
  switch (button.type) {
    case "URL":
      return link(button.url, glyph("open"), button.text);
    case "PHONE_NUMBER":
      return h("a", { href: `tel:${button.phoneNumber}` }, glyph("call"), button.text);
    case "COPY_CODE":
      return tap("copy", button.text || "Copy code", () => answer({ kind: "copy", text: button.code }));
    case "FLOW":
      return tap("form", button.text, () =>
        answer({
          kind: "flow",
          token: button.action?.flow_token,
          data: button.action?.flow_action_data,
          title: button.text,
        }),
      );
    case "CATALOG":
    case "MPM":
    case "SPM":
      return tap("bag", button.text, () => answer({ kind: "order", products: productsOf(button.action) }));
    case "REQUEST_CONTACT_INFO":
      return tap("person", button.text || "Share contact", () => answer({ kind: "contact" }));
    default:
      return tap(undefined, button.text, () =>
        answer({ kind: "button", payload: button.payload ?? button.text, text: button.text }),
      );
  }
}

const productsOf = (action = {}) =>
  (action.sections ?? []).flatMap((section) =>
    (section.product_items ?? []).map((item) => item.product_retailer_id),
  );

/** An interactive message of the business. */
export function interactive(message, answer, act) {
  const action = message.action ?? {};
  return [
    header(message.header, act),
    body(message.body?.text),
    message.type === "product" &&
      h(
        "div",
        { class: "about" },
        glyph("bag"),
        h("strong", {}, action.product_retailer_id),
      ),
    message.type === "order_details" && billCard(action.parameters ?? {}, message.payment),
    footer(message.footer?.text),
    message.type === "carousel"
      ? h(
          "div",
          { class: "cards", tabIndex: 0, role: "group", "aria-label": "Cards" },
          ...(action.cards ?? []).map((card) =>
            h("div", { class: "card" }, ...interactive(card, answer, act)),
          ),
        )
      : taps(...interactiveTaps(message, action, answer)),
  ].filter(Boolean);
}

function interactiveTaps(message, action, answer) {
  const set = action.parameters ?? {};
  switch (message.type) {
    case "button":
      return (action.buttons ?? []).map(({ reply }) =>
        tap(undefined, reply.title, () => answer({ kind: "reply", reply })),
      );
    case "list":
      return [
        tap("list", action.button, () =>
          answer({ kind: "list", title: action.button, sections: action.sections }),
        ),
      ];
    case "cta_url":
      return [link(set.url, glyph("open"), set.display_text)];
    case "flow":
      return [
        tap("form", set.flow_cta, () =>
          answer({
            kind: "flow",
            token: set.flow_token ?? "unused",
            title: set.flow_cta,
            screen: set.flow_action_payload?.screen,
            data: set.flow_action_payload?.data,
          }),
        ),
      ];
    case "location_request_message":
      return [tap("place", "Send location", () => answer({ kind: "location" }))];
    case "address_message":
      return [tap("home", "Provide address", () => answer({ kind: "address", values: set.values }))];
    case "request_contact_info":
      return [tap("person", "Share contact", () => answer({ kind: "contact" }))];
    case "order_details": {
      const label = billButton(message.payment);
      return label ? [tap("bag", label, () => answer({ kind: "bill", bill: set }))] : [];
    }
    case "product":
      return [
        tap("bag", "Order", () =>
          answer({ kind: "order", catalog: action.catalog_id, products: [action.product_retailer_id] }),
        ),
      ];
    case "product_list":
      return [
        tap("bag", "View items", () =>
          answer({ kind: "order", catalog: action.catalog_id, products: productsOf(action) }),
        ),
      ];
    case "catalog_message":
      return [
        tap("bag", "View catalogue", () =>
          answer({ kind: "order", products: [set.thumbnail_product_retailer_id].filter(Boolean) }),
        ),
      ];
    default:
      return [];
  }
}

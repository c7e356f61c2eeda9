// What a tap on a message of the business leads to.
import { send } from "./api.js";
import { contactFields, contactOf, locationFields, locationOf } from "./attach.js";
import { ask, choose, notice } from "./dialog.js";
import { payBill } from "./pay.js";

const said = (message, type, content) => send({ type, content, reply_to: message.id });
const submitted = (message, name, values) =>
  said(message, "interactive", {
    type: "nfm_reply",
    nfm_reply: { name, body: "Sent", response_json: JSON.stringify(values) },
  });

const answers = {
  button: (message, { payload, text }) => said(message, "button", { payload, text }),
  reply: (message, { reply }) =>
    said(message, "interactive", {
      type: "button_reply",
      button_reply: { id: reply.id, title: reply.title },
    }),
  list: chooseRow,
  flow: fillForm,
  order,
  copy: async (_, { text }) => {
    await navigator.clipboard?.writeText(text).catch(() => {});
    await notice(`The code ${text} is copied.`);
  },
  location: async (message) => {
    const values = await ask("Send a location", locationFields());
    if (values) await said(message, "location", locationOf(values));
  },
  contact: async (message) => {
    const values = await ask("Share a contact", contactFields());
    if (values) await said(message, "contacts", [{ ...contactOf(values), origin: "contact_request" }]);
  },
  address: fillAddress,
  bill: payBill,
};

/** Does what a tap asks for; the dialogs it needs come first. */
export const answer = (message, tap) => answers[tap.kind](message, tap);

async function chooseRow(message, { title, sections }) {
  const groups = (sections ?? []).map((section) => ({
    title: section.title,
    items: (section.rows ?? []).map((row) => ({ label: row.title, hint: row.description, value: row })),
  }));
  const row = await choose(title, groups);
  if (row) await said(message, "interactive", { type: "list_reply", list_reply: row });
}

// A Flow's screens are at Meta; what the message brings along tells the fields, and more can be added.
async function fillForm(message, { title, screen, data = {}, token }) {
  const known = Object.entries(data).map(([name, value]) => fieldOf(name, value));
  const fields = known.length
    ? known
    : [
        { name: "name", label: "Name" },
        { name: "email", label: "Email", type: "email" },
        { name: "comment", label: "Comment", type: "textarea" },
      ];
  const more = {
    name: " more",
    label: "More answers (JSON)",
    type: "textarea",
    hint: 'For example {"date": "2026-12-01"}',
  };
  const values = await ask(title || "Form", [...fields, more], { hint: screen && `Screen ${screen}` });
  if (!values) return;
  const { " more": extra, ...given } = values;
  let added = {};
  try {
    added = extra ? JSON.parse(extra) : {};
  } catch {
    return notice("The further answers are not JSON; nothing was sent.");
  }
  await submitted(message, "flow", { flow_token: token, ...given, ...added });
}

function fieldOf(name, value) {
  const label = name.replaceAll("_", " ");
  if (typeof value === "boolean") return { name, label, type: "checkbox", value };
  if (typeof value === "number") return { name, label, type: "number", step: "any", value };
  if (Array.isArray(value) && value.length)
    return {
      name,
      label,
      options: value.map((one) => [one.id ?? String(one), one.title ?? String(one.id ?? one)]),
    };
  return { name, label, value: typeof value === "object" ? JSON.stringify(value) : value };
}

async function fillAddress(message, { values: known = {} }) {
  const fields = [
    ["name", "Name"],
    ["phone_number", "Phone number"],
    ["house_number", "House or flat"],
    ["address", "Address"],
    ["city", "City"],
    ["state", "State"],
    ["in_pin_code", "PIN code"],
  ].map(([name, label]) => ({
    name,
    label,
    value: known[name],
    required: name === "in_pin_code" || name === "address",
  }));
  const values = await ask("Your address", fields);
  if (values) await submitted(message, "address_message", { values });
}

async function order(message, { catalog = "catalogue", products }) {
  const list = products.length ? products : [""];
  const fields = list.flatMap((id, i) => [
    {
      name: `product${i}`,
      label: list.length > 1 ? `Product ${i + 1}` : "Product",
      value: id,
      required: true,
    },
    {
      name: `quantity${i}`,
      label: "Quantity",
      type: "number",
      min: 0,
      step: 1,
      value: i ? 0 : 1,
      required: true,
    },
    {
      name: `price${i}`,
      label: "Price of one",
      type: "number",
      min: 0,
      step: "any",
      value: 499,
      required: true,
    },
  ]);
  const values = await ask("Order", [
    ...fields,
    { name: "currency", label: "Currency", value: "INR", maxlength: 3 },
    { name: "text", label: "Note" },
  ]);
  if (!values) return;
  const items = list.map((_, i) => ({
    product_retailer_id: values[`product${i}`],
    quantity: values[`quantity${i}`],
    item_price: values[`price${i}`],
    currency: values.currency,
  }));
  const wanted = items.filter((item) => item.quantity > 0);
  if (wanted.length)
    await said(message, "order", {
      catalog_id: catalog,
      text: values.text || undefined,
      product_items: wanted,
    });
}

// What a customer can send beside text.
import { send, upload } from "./api.js";
import { ask, choose, notice } from "./dialog.js";
import { byId } from "./dom.js";

export const locationFields = () => [
  {
    name: "latitude",
    label: "Latitude",
    type: "number",
    step: "any",
    min: -90,
    max: 90,
    value: 12.9763,
    required: true,
  },
  {
    name: "longitude",
    label: "Longitude",
    type: "number",
    step: "any",
    min: -180,
    max: 180,
    value: 77.5929,
    required: true,
  },
  { name: "name", label: "Name of the place", value: "Cubbon Park" },
  { name: "address", label: "Address", value: "Bengaluru" },
];
export const locationOf = ({ latitude, longitude, name, address }) => ({
  latitude,
  longitude,
  name: name || undefined,
  address: address || undefined,
});

export const contactFields = () => [
  { name: "first", label: "First name", required: true, value: "Ravi" },
  { name: "last", label: "Last name", value: "Kumar" },
  { name: "phone", label: "Phone number", type: "tel", required: true, value: "+91 98000 00002" },
];
export const contactOf = ({ first, last, phone }) => ({
  name: { formatted_name: `${first} ${last}`.trim(), first_name: first, last_name: last || undefined },
  phones: [{ phone, wa_id: phone.replace(/\D/g, ""), type: "CELL" }],
});

const adFields = () => [
  { name: "headline", label: "Headline of the ad", required: true, value: "Diwali sale" },
  { name: "body", label: "Text of the ad", value: "20 % off all sarees" },
  { name: "id", label: "Id of the ad", required: true, value: "120200000000001" },
  { name: "url", label: "Address of the ad", type: "url", required: true, value: "https://fb.me/diwali" },
  { name: "text", label: "Your message", required: true, value: "Hello! I saw your ad." },
];

const kinds = {
  media: { icon: "photo", label: "Photo or video", accept: "image/jpeg,image/png,video/mp4,video/3gpp" },
  document: { icon: "file", label: "Document", accept: "" },
  audio: { icon: "audio", label: "Audio file", accept: "audio/*" },
  sticker: { icon: "sticker", label: "Sticker (WebP)", accept: "image/webp" },
  location: { icon: "place", label: "Location" },
  contact: { icon: "person", label: "Contact card" },
  ad: { icon: "ad", label: "Come from an ad" },
  product: { icon: "bag", label: "Ask about a product" },
  poll: { icon: "poll", label: "Poll", hint: "Businesses cannot see polls" },
};

/** Asks what to attach and sends it as an answer to reply, if there is one. */
export async function attach(reply) {
  const kind = await choose("Attach", [
    { items: Object.entries(kinds).map(([value, { icon, label, hint }]) => ({ value, icon, label, hint })) },
  ]);
  if (!kind) return false;
  if (kinds[kind].accept !== undefined) return sendFile(kind, reply);
  return others[kind](reply);
}

async function sendFile(kind, reply) {
  const file = await pick(kinds[kind].accept);
  if (!file) return false;
  const type = kind === "media" ? file.type.split("/")[0] : kind;
  if (!["image", "video", "audio", "document", "sticker"].includes(type))
    return notice("Choose a photo or a video.");
  const captioned = ["image", "video", "document"].includes(type);
  const answer = captioned
    ? await ask(file.name, [{ name: "caption", label: "Caption", maxlength: 1024 }])
    : {};
  if (!answer) return false;
  const { id } = await upload(file);
  await send({
    type,
    content: {
      id,
      caption: answer.caption || undefined,
      ...(type === "audio" && { voice: false }),
      ...(type === "sticker" && { animated: false }),
    },
    reply_to: reply,
  });
  return true;
}

function pick(accept) {
  const input = byId("file");
  input.accept = accept;
  input.value = "";
  return new Promise((resolve) => {
    input.onchange = () => resolve(input.files[0]);
    input.oncancel = () => resolve(undefined);
    input.click();
  });
}

const others = {
  location: (reply) =>
    asked("Send a location", locationFields(), (values) => ({
      type: "location",
      content: locationOf(values),
      reply_to: reply,
    })),
  contact: (reply) =>
    asked("Send a contact", contactFields(), (values) => ({
      type: "contacts",
      content: [contactOf(values)],
      reply_to: reply,
    })),
  ad: () =>
    asked("Come from an ad", adFields(), ({ headline, body, id, url, text }) => ({
      text,
      referral: {
        source_url: url,
        source_id: id,
        source_type: "ad",
        headline,
        body,
        media_type: "image",
        ctwa_clid: `sim-${Date.now().toString(36)}`,
      },
    })),
  product: (reply) =>
    asked(
      "Ask about a product",
      [
        { name: "catalog", label: "Catalogue", required: true, value: "catalogue" },
        { name: "product", label: "Product", required: true, value: "saree-1" },
        { name: "text", label: "Your question", required: true, value: "Is this in stock?" },
      ],
      ({ catalog, product, text }) => ({
        text,
        referred_product: { catalog_id: catalog, product_retailer_id: product },
        reply_to: reply,
      }),
    ),
  poll: async () => {
    await send({ type: "unsupported", content: { type: "poll" } });
    return true;
  },
};

async function asked(title, fields, message) {
  const values = await ask(title, fields);
  if (values) await send(message(values));
  return Boolean(values);
}

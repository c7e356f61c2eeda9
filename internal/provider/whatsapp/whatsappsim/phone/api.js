// What the page asks of the simulator.

let here = {};

/** Names the conversation that all calls are about. */
export function use(phoneNumberId, from, name) {
  here = { phone_number_id: phoneNumberId, from, name };
}

async function call(path, options) {
  const response = await fetch(`/_sim/${path}`, options);
  const reply = await response.json();
  if (!response.ok) throw new Error(reply.error ?? "The simulator did not take it.");
  return reply;
}

const post = (path, body) =>
  call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...here, ...body }),
  });

export const numbers = () => call("phone/numbers");
export const people = (number) => call(`phone/people?phone_number_id=${encodeURIComponent(number)}`);
export const open = () => post("phone/open");
export const read = () => post("phone/read");
export const state = (change) => post("phone/state", change);
export const user = (change) => post("users", { wa_id: here.from, ...change });

export const pay = (payment) => post("payments", payment);

/** Sends what the customer writes or does. */
export const send = (message) => post("inbound", message);

/** Gives a file to the simulator; the answer has its id. */
export const upload = (file, name = file.name) =>
  call(
    `media?phone_number_id=${encodeURIComponent(here.phone_number_id)}&filename=${encodeURIComponent(name ?? "")}`,
    {
      method: "POST",
      headers: { "Content-Type": file.type || "application/octet-stream" },
      body: file,
    },
  );

/** Where the bytes of a file are: an id of the simulator, or a business's own link. */
export const fileURL = (media) =>
  /^https?:/.test(media) ? media : `/_sim/phone/media/${encodeURIComponent(media)}`;

/** The stream of the open phone. */
export const events = () => new EventSource(`/_sim/phone/events?${new URLSearchParams(here)}`);

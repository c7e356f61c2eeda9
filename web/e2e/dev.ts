/* What `aerostic dev` tells about itself: where it is, who may sign in, its simulator, its mails. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "@playwright/test";

export interface Login {
  email: string;
  password: string;
}

interface DevInfo {
  url: string;
  whatsapp_sim_url: string;
  phone_url: string;
  webhook_url: string;
  app_secret: string;
  logins: Record<"owner" | "admin" | "agent" | "other_owner" | "platform", Login>;
}

let known: DevInfo | undefined;

/** dev.json of the product under test. */
export function dev(): DevInfo {
  known ??= JSON.parse(readFileSync(devFile(), "utf8")) as DevInfo;
  return known;
}

/** A file of the data folder. */
export function dataFile(...path: string[]): string {
  return join(dirname(devFile()), ...path);
}

function devFile(): string {
  const file = process.env.AEROSTIC_DEV_JSON;
  if (!file) throw new Error("AEROSTIC_DEV_JSON is not set: server.ts does so");
  return file;
}

/** Steers the stand-in for Meta, or asks it what it saw: `sim("recipients?duplicates=1")`. */
export async function sim<Reply>(path: string, body?: unknown): Promise<Reply> {
  const response = await fetch(`${dev().whatsapp_sim_url}/_sim/${path}`, {
    method: body === undefined ? "GET" : "POST",
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`simulator, ${path}: ${await response.text()}`);
  return (await response.json()) as Reply;
}

/** How often each recipient of a number got a message, by the simulator's own memory. */
export async function received(phoneNumberId: string): Promise<Record<string, number>> {
  const { recipients } = await sim<{ recipients: Record<string, number> }>(
    `recipients?phone_number_id=${phoneNumberId}`,
  );
  return recipients;
}

/** Who got more than one message from a number. */
export async function receivedTwice(phoneNumberId: string): Promise<string[]> {
  const { recipients } = await sim<{ recipients: Record<string, number> }>(
    `recipients?duplicates=1&phone_number_id=${phoneNumberId}`,
  );
  return Object.keys(recipients);
}

/** How long to wait before looking again for what the server does in a moment, in milliseconds. */
export const soon = [50, 100, 100, 250];

/** The path behind the link of the newest mail to somebody whose subject has the words. */
export async function linkMailedTo(address: string, subject: RegExp): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(
      () => {
        link = newestLink(address, subject);
        return link;
      },
      { message: `a mail to ${address} about ${subject}`, intervals: soon },
    )
    .toBeDefined();
  return link as string;
}

function newestLink(address: string, subject: RegExp): string | undefined {
  const name = mailNames()
    .filter((file) => file.includes(` ${address} `) && subject.test(file))
    .at(-1);
  const text = name && readable(readFileSync(dataFile("mail", name), "latin1"));
  const url = text?.match(/https?:\/\/[^\s"<>]+/)?.[0];
  return url?.slice(new URL(url).origin.length);
}

function mailNames(): string[] {
  try {
    return readdirSync(dataFile("mail"))
      .filter((name) => name.endsWith(".eml"))
      .sort();
  } catch {
    return []; // nobody was mailed yet
  }
}

/** The body of a quoted-printable mail; links are ASCII, so bytes are enough. */
function readable(mail: string): string {
  return mail
    .slice(mail.search(/\r?\n\r?\n/))
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

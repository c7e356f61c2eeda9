/*
 * The product under test: `aerostic dev` on a folder of its own, with its private Postgres, the
 * simulator and the demo data, from before the first test until after the last.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const startsWithin = 90_000;

/** Playwright's global setup; what it returns stops everything. */
export default async function startServer(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.AEROSTIC_DEV_JSON) return;
  const binary = process.env.AEROSTIC_BIN ?? build();
  const data = mkdtempSync(join(scratch(), "aerostic-e2e-"));
  chmodSync(data, 0o755); // the database runs as a user of its own when we are root
  const log = join(data, "server.log");
  const output = openSync(log, "w");
  const server = spawn(binary, ["dev", "--data", join(data, "dev"), "--addr", "127.0.0.1:0"], {
    cwd: data,
    env: { ...process.env, AEROSTIC_LIMITS_OFF: "true" },
    stdio: ["ignore", output, output],
  });
  const stop = async () => {
    await ended(server);
    rmSync(data, { recursive: true, force: true });
  };
  const info = join(data, "dev", "dev.json");
  if (!(await appears(info, server))) {
    const said = readFileSync(log, "utf8");
    await stop();
    throw new Error(`aerostic dev did not start:\n${said}`);
  }
  process.env.AEROSTIC_DEV_JSON = info;
  return stop;
}

/** Memory where Linux has some to spare: nobody will miss the data, and a commit there waits for no disk. */
function scratch(): string {
  const memory = "/dev/shm";
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= 2 ** 31 ? memory : tmpdir();
}

/** Makes the binary from the sources of now, the web app inside. */
function build(): string {
  const web = join(root, "web");
  const page = join(web, "apps/app/dist/index.html");
  const built = existsSync(page) ? statSync(page).mtimeMs : 0;
  if (["apps/app/src", "packages"].some((folder) => newest(join(web, folder)) > built))
    execFileSync("npm", ["run", "--silent", "build"], { cwd: web, stdio: "inherit" });
  const binary = join(root, "bin", "aerostic-e2e");
  execFileSync("go", ["build", "-o", binary, "./cmd/aerostic"], { cwd: root, stdio: "inherit" });
  return binary;
}

function newest(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}

/** Waits for the file that is written when the server answers; false when the process ends first. */
async function appears(file: string, server: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + startsWithin;
  while (!existsSync(file)) {
    if (server.exitCode !== null || Date.now() > deadline) return false;
    await new Promise((next) => setTimeout(next, 50));
  }
  return true;
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const gone = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGINT");
  await gone;
}

// Writes .br and .gz beside every compressible file of a build, so the server never compresses.
// Usage: node scripts/precompress.mjs <dist folder>
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const compressible = /\.(js|css|html|svg|json|txt|webmanifest)$/;
const smallest = 512;

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

async function precompress(path) {
  const raw = await readFile(path);
  if (raw.length < smallest) return { raw: raw.length, sent: raw.length };
  const br = await brotli(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  const gz = await deflate(raw, { level: 9 });
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
  return { raw: raw.length, sent: br.length };
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("usage: precompress.mjs <dist folder>");
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries
  .filter((e) => e.isFile() && compressible.test(e.name))
  .map((e) => join(e.parentPath, e.name));
const sizes = await Promise.all(files.map(precompress));
const kilobytes = (key) => Math.round(sizes.reduce((sum, size) => sum + size[key], 0) / 1024);
console.log(`precompressed ${files.length} files: ${kilobytes("raw")} KB, ${kilobytes("sent")} KB as brotli`);

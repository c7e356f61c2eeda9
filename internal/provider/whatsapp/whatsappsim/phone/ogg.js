// Voice notes of WhatsApp are Opus in Ogg; browsers that record Opus in WebM have the same packets in
// another box. Sources: RFC 3533 (Ogg), RFC 7845 (Opus in it), RFC 6716 section 3.1, the Matroska elements.

const segment = 0x18538067,
  cluster = 0x1f43b675,
  tracks = 0x1654ae6b,
  track = 0xae,
  group = 0xa0;
const boxes = new Set([segment, cluster, tracks, track, group]);
const codecPrivate = 0x63a2,
  simpleBlock = 0xa3,
  block = 0xa1;

// A number whose first byte tells its length by its leading zeros; an id keeps that mark.
function vint(data, at, keepMark) {
  const length = Math.clz32(data[at]) - 23;
  let value = keepMark ? data[at] : data[at] & (0xff >> length);
  for (let i = 1; i < length; i++) value = value * 256 + data[at + i];
  return { value, next: at + length, unknown: !keepMark && value === 2 ** (7 * length) - 1 };
}

/** The Opus header and packets of a WebM recording. */
function unpack(data) {
  const packets = [];
  let head;
  for (let at = 0; at < data.length - 1; ) {
    const id = vint(data, at, true);
    const size = vint(data, id.next, false);
    if (boxes.has(id.value)) {
      at = size.next; // what is inside comes next
      continue;
    }
    const end = size.unknown ? data.length : size.next + size.value;
    if (id.value === codecPrivate) head = data.subarray(size.next, end);
    // The track's number, two bytes of time and the flags come before the packet.
    if (id.value === simpleBlock || id.value === block)
      packets.push(data.subarray(vint(data, size.next, false).next + 3, end));
    at = end;
  }
  return { head, packets };
}

// Samples of a packet, at 48 per millisecond, by its first byte.
function samples(packet) {
  const config = packet[0] >> 3;
  const length =
    config < 12
      ? [10, 20, 40, 60][config & 3]
      : config < 16
        ? [10, 20][config & 1]
        : [2.5, 5, 10, 20][config & 3];
  const frames = [1, 2, 2, packet[1] & 0x3f][packet[0] & 3];
  return length * frames * 48;
}

const table = Uint32Array.from({ length: 256 }, (_, i) => {
  let rest = i << 24;
  for (let bit = 0; bit < 8; bit++) rest = rest & 0x80000000 ? (rest << 1) ^ 0x04c11db7 : rest << 1;
  return rest >>> 0;
});

const checksum = (bytes) => bytes.reduce((sum, byte) => ((sum << 8) ^ table[(sum >>> 24) ^ byte]) >>> 0, 0);

const laces = (packet) => Math.floor(packet.length / 255) + 1;

function page(packets, { flags, position, number }) {
  const lacing = packets.flatMap((packet) => [...Array(laces(packet) - 1).fill(255), packet.length % 255]);
  const length = packets.reduce((sum, packet) => sum + packet.length, 0);
  const out = new Uint8Array(27 + lacing.length + length);
  const view = new DataView(out.buffer);
  out.set([0x4f, 0x67, 0x67, 0x53, 0, flags]); // OggS
  view.setBigUint64(6, BigInt(position), true);
  view.setUint32(14, 1, true); // of the one stream
  view.setUint32(18, number, true);
  out[26] = lacing.length;
  out.set(lacing, 27);
  let at = 27 + lacing.length;
  for (const packet of packets) {
    out.set(packet, at);
    at += packet.length;
  }
  view.setUint32(22, checksum(out), true);
  return out;
}

const tags = () => {
  const vendor = new TextEncoder().encode("Aerostic");
  const out = new Uint8Array(8 + 4 + vendor.length + 4);
  out.set(new TextEncoder().encode("OpusTags"));
  out[8] = vendor.length;
  out.set(vendor, 12);
  return out;
};

/** A WebM recording as an Ogg file; undefined when it is none of Opus. */
export async function oggOf(recording) {
  const { head, packets } = unpack(new Uint8Array(await recording.arrayBuffer()));
  if (!head || !packets.length) return undefined;
  const pages = [
    page([head], { flags: 2, position: 0, number: 0 }),
    page([tags()], { flags: 0, position: 0, number: 1 }),
  ];
  let position = 0;
  for (let from = 0; from < packets.length; ) {
    let to = from;
    for (let used = 0; to < packets.length && used + laces(packets[to]) <= 255 && to - from < 50; to++) {
      used += laces(packets[to]);
      position += samples(packets[to]);
    }
    if (to === from) return undefined; // no packet of speech is that large
    pages.push(
      page(packets.slice(from, to), { flags: to === packets.length ? 4 : 0, position, number: pages.length }),
    );
    from = to;
  }
  return new Blob(pages, { type: "audio/ogg; codecs=opus" });
}

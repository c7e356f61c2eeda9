// Voice notes: recorded where the browser can, else chosen as a file.
import { send, upload } from "./api.js";
import { oggOf } from "./ogg.js";

// Opus in Ogg is what phones send, and Opus in WebM becomes it; a browser takes the first that it can.
const formats = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];

/** Whether this browser can record here. */
export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);

/** Starts recording; the answer stops it: stop(true) gives the recording, stop(false) throws it away. */
export async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = formats.find((format) => MediaRecorder.isTypeSupported(format));
  const recorder = new MediaRecorder(stream, { mimeType });
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.start();
  return (keep) =>
    new Promise((resolve) => {
      recorder.onstop = () => {
        for (const track of stream.getTracks()) track.stop();
        const made = new Blob(parts, { type: recorder.mimeType.replace(";", "; ") });
        resolve(keep ? made : undefined);
      };
      recorder.stop();
    });
}

/** Sends a recording as a voice note. */
export async function sendVoice(recording, reply) {
  const note = recording.type.startsWith("audio/webm") ? await oggOf(recording) : recording;
  if (!note) throw new Error("Nothing was recorded.");
  const { id } = await upload(note, "");
  await send({ type: "audio", content: { id, voice: true }, reply_to: reply });
}

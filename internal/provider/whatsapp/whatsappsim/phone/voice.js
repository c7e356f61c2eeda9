// Voice notes: recorded where the browser can, else chosen as a file.
import { send, upload } from "./api.js";

// What people's phones send comes first; a browser takes the first that it can.
const formats = ["audio/ogg;codecs=opus", "audio/mp4;codecs=opus", "audio/mp4", "audio/webm;codecs=opus"];

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
        resolve(keep ? new Blob(parts, { type: recorder.mimeType.replace(";", "; ") }) : undefined);
      };
      recorder.stop();
    });
}

/** Sends a recording as a voice note. */
export async function sendVoice(recording, reply) {
  const { id } = await upload(recording, "");
  await send({ type: "audio", content: { id, voice: true }, reply_to: reply });
}

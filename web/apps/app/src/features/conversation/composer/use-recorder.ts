import { useCallback, useEffect, useRef, useState } from "react";

const formats = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];

/** Records the microphone; `stop` gives the recording to `onDone`, `cancel` throws it away. */
export function useRecorder(onDone: (file: File) => void) {
  const recorder = useRef<MediaRecorder>(undefined);
  const keep = useRef(false);
  const [since, setSince] = useState<number>();
  const [problem, setProblem] = useState<string>();

  const start = useCallback(async () => {
    setProblem(undefined);
    const stream = await navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => undefined);
    if (!stream)
      return setProblem("The microphone may not be used. Allow it in the browser's settings of this site.");
    const mimeType = formats.find((format) => MediaRecorder.isTypeSupported(format));
    const made = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
    const parts: Blob[] = [];
    made.ondataavailable = ({ data }) => parts.push(data);
    made.onstop = () => {
      for (const track of stream.getTracks()) track.stop();
      setSince(undefined);
      if (keep.current) onDone(fileOf(parts, made.mimeType));
    };
    recorder.current = made;
    keep.current = false;
    made.start();
    setSince(Date.now());
  }, [onDone]);

  const end = useCallback((keeping: boolean) => {
    keep.current = keeping;
    if (recorder.current?.state === "recording") recorder.current.stop();
  }, []);
  useEffect(() => () => end(false), [end]);
  return { since, problem, start, stop: () => end(true), cancel: () => end(false) };
}

function fileOf(parts: Blob[], type: string): File {
  const bare = type.split(";")[0] ?? type;
  return new File(parts, `voice.${bare.split("/")[1] ?? "ogg"}`, { type: bare });
}

import { Button } from "@aerostic/ui/button";
import { Spinner } from "@aerostic/ui/spinner";
import { Pause, Play } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useMediaUrl } from "../api/media";
import type { Media } from "../model";

const speeds = [1, 1.5, 2];

/** Plays a voice note or a sound, with its progress and speed; loads when it is first played. */
export function Voice({ file, voice }: { file: Media; voice: boolean }) {
  const [wanted, setWanted] = useState(false);
  const url = useMediaUrl(file, wanted);
  return (
    <Player
      url={url}
      loading={wanted && !url}
      label={voice ? "voice message" : "audio"}
      onWant={() => setWanted(true)}
    />
  );
}

interface PlayerProps {
  url?: string;
  loading?: boolean;
  label: string;
  onWant: () => void;
}

/** The controls alone, for whatever has an address. */
export function Player({ url, loading, label, onWant }: PlayerProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const [speed, setSpeed] = useState(1);
  useEffect(() => {
    // Loaded because somebody pressed play; without a press there was nothing to load.
    if (url && loading === false) void audio.current?.play().catch(() => setPlaying(false));
  }, [url, loading]);
  useEffect(() => {
    if (audio.current) audio.current.playbackRate = speed;
  }, [speed]);
  const toggle = () => {
    if (!url) return onWant();
    if (playing) audio.current?.pause();
    else void audio.current?.play();
  };
  return (
    <span className="flex w-64 max-w-full items-center gap-2">
      <Button
        variant="primary"
        size="icon"
        className="rounded-full"
        aria-label={`${playing ? "Pause" : "Play"} the ${label}`}
        onClick={toggle}
      >
        {loading ? <Spinner /> : playing ? <Pause /> : <Play />}
      </Button>
      <input
        type="range"
        min={0}
        max={length || 1}
        step={0.1}
        value={at}
        aria-label="Position"
        aria-valuetext={`${clock(at)} of ${clock(length)}`}
        disabled={!url}
        onChange={(event) => {
          if (audio.current) audio.current.currentTime = Number(event.target.value);
        }}
        className="h-1 min-w-0 flex-1 accent-primary"
      />
      <span className="w-9 text-right text-2xs text-muted-foreground">
        {length > 0 && clock(playing || at > 0 ? at : length)}
      </span>
      <Button
        variant="ghost"
        size="xs"
        aria-label={`Speed ${speed} times`}
        onClick={() => setSpeed(speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1)}
      >
        {speed}×
      </Button>
      {url && (
        // biome-ignore lint/a11y/useMediaCaption: what people say has no captions
        <audio
          ref={audio}
          src={url}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onEnded={() => setAt(0)}
          onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
          onDurationChange={({ currentTarget: { duration } }) =>
            Number.isFinite(duration) && setLength(duration)
          }
        />
      )}
    </span>
  );
}

/** Seconds as "1:05". */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

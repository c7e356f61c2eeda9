import { CheckCheck } from "lucide-react";
import type { ReactNode } from "react";

const chevrons = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** What Aerostic is, beside every form of signing in. Decoration, so hidden from screen readers. */
export function BrandPanel() {
  return (
    <div
      aria-hidden
      className="relative hidden flex-[1.15] overflow-hidden rounded-2xl bg-[oklch(0.255_0.045_168)] text-white lg:block"
      style={{
        backgroundImage:
          "radial-gradient(70% 60% at 88% 4%, oklch(0.43 0.105 163), transparent), radial-gradient(60% 50% at 4% 100%, oklch(0.36 0.07 205), transparent)",
      }}
    >
      <svg
        aria-hidden
        viewBox="0 0 728 852"
        preserveAspectRatio="xMidYMid slice"
        className="absolute inset-0 size-full"
      >
        {chevrons.map((ring) => (
          <path
            key={ring}
            d={`M364 ${420 - ring * 94} L${364 + 114 + ring * 86} ${548 + ring * 77} L364 ${508 + ring * 47} L${364 - 114 - ring * 86} ${548 + ring * 77} Z`}
            fill="none"
            stroke="oklch(0.85 0.1 163)"
            strokeOpacity={0.18 - ring * 0.006}
          />
        ))}
      </svg>
      <div className="absolute inset-0 flex items-center justify-center p-10">
        <div className="flex w-full max-w-95 flex-col gap-3 text-[15px] text-[oklch(0.22_0.02_170)] leading-[22px]">
          <Bubble mine>Hi Ananya, your monstera is back in stock 🌿 Want me to hold one for you?</Bubble>
          <Bubble>Yes please! Can it reach by Friday?</Bubble>
          <Bubble mine>It ships today and arrives Thursday. Tap below to confirm your address.</Bubble>
          <div className="flex justify-end gap-2">
            <Chip>Confirm address</Chip>
            <Chip>Talk to us</Chip>
          </div>
        </div>
      </div>
      <p className="absolute bottom-12 left-12 max-w-md text-balance text-lg leading-6">
        Campaigns and conversations on the one channel your customers already read.
      </p>
    </div>
  );
}

function Bubble({ mine, children }: { mine?: boolean; children: ReactNode }) {
  if (!mine) {
    return (
      <p className="max-w-[80%] self-start rounded-2xl rounded-bl-xs bg-white px-3.5 py-2 shadow-lg">
        {children}
      </p>
    );
  }
  return (
    <div className="max-w-[80%] self-end rounded-2xl rounded-br-xs bg-[oklch(0.93_0.065_160)] px-3.5 py-2 shadow-lg">
      {children}
      <span className="flex items-center justify-end gap-1 text-[oklch(0.45_0.03_165)] text-xs">
        10:42 <CheckCheck className="size-3.5" />
      </span>
    </div>
  );
}

function Chip({ children }: { children: ReactNode }) {
  return (
    <span className="rounded-full border border-white/20 bg-white/10 px-3.5 py-1 text-sm text-white">
      {children}
    </span>
  );
}

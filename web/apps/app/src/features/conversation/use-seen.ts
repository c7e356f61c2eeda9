import { useEffect } from "react";
import { tellSeen } from "./api/desk";

const every = 60_000;

/** While the app is in front, tells every minute that one is there: who is gets conversations. */
export function useSeen(): void {
  useEffect(() => {
    const tell = () => document.visibilityState === "visible" && tellSeen();
    tell();
    const timer = setInterval(tell, every);
    document.addEventListener("visibilitychange", tell);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tell);
    };
  }, []);
}

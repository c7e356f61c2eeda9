/* The results of a campaign whose people one may write to again. */
import type { Counts } from "./api/campaigns";
import type { RetargetResult } from "./api/results";

export const retargets: { result: RetargetResult; label: string; people: (counts: Counts) => number }[] = [
  { result: "not_read", label: "Not read", people: (k) => k.accepted + k.sent + k.delivered },
  { result: "read_no_reply", label: "Read, no reply", people: (k) => k.read },
  { result: "clicked", label: "Clicked", people: (k) => k.clicked },
  {
    result: "not_clicked",
    label: "Delivered, no click",
    people: (k) => (k.clicked > 0 ? k.delivered + k.read : 0),
  },
  { result: "failed", label: "Failed", people: (k) => k.failed + k.expired - k.retrying },
];

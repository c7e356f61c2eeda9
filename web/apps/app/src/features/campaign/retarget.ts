/* The results of a campaign whose people one may write to again. */
import type { Counts } from "./api/campaigns";
import type { RetargetResult } from "./api/results";

export interface Retarget {
  result: RetargetResult;
  label: string;
  people: (counts: Counts) => number;
  /** The number is the most it can be: who did more than that is not counted apart. */
  most?: boolean;
}

export const retargets: Retarget[] = [
  { result: "not_read", label: "Not read", people: (k) => k.accepted + k.sent + k.delivered },
  { result: "read_no_reply", label: "Read, no reply", people: (k) => k.read, most: true },
  { result: "clicked", label: "Clicked", people: (k) => k.clicked },
  {
    result: "not_clicked",
    label: "Delivered, no click",
    people: (k) => (k.clicked > 0 ? k.delivered + k.read : 0),
    most: true,
  },
  { result: "clicked_not_converted", label: "Clicked, did not buy", people: (k) => k.clicked, most: true },
  { result: "failed", label: "Failed", people: (k) => k.failed + k.expired - k.retrying },
];

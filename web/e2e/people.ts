/* Contact files as businesses have them: several scripts, several ways to write a number. */

const names = ["Asha Sharma", "रवि कुमार", "عائشة خان", "Meera 🌿", "José Núñez", "अर्जुन सिंह", "Zoya", ""];
const cities = ["Pune", "जयपुर", "دبي", "Kochi", ""];

/**
 * Digits of the n-th Indian mobile number of a range of 10,000. They end in 4, so that none is one of the
 * simulator's scenario numbers.
 */
export function mobile(range: number, n: number): string {
  return `91${9_000_000_000 + range * 100_000 + n * 10 + 4}`;
}

/** A file of that many people, all of them reachable. */
export function peopleFile(range: number, count: number): string {
  const rows = Array.from({ length: count }, (_, n) =>
    [names[n % names.length], `+${mobile(range, n)}`, cities[n % cities.length]].join(","),
  );
  return ["Name,Mobile,City", ...rows, ""].join("\r\n");
}

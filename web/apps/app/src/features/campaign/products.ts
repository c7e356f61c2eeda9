/* A choice of products as a person writes it, line by line, and as Meta takes it: JSON of sections. */

interface Section {
  title?: string;
  product_items: { product_retailer_id: string }[];
}

/** "New:\nkurta-7" as JSON of one section; empty when no product is named. */
export function sectionsOf(lines: string): string {
  const sections: Section[] = [];
  for (const line of lines.split("\n").map((raw) => raw.trim())) {
    if (!line) continue;
    if (line.endsWith(":")) {
      sections.push({ title: line.slice(0, -1).trim(), product_items: [] });
      continue;
    }
    const last = sections.at(-1) ?? sections[sections.push({ title: "", product_items: [] }) - 1];
    last?.product_items.push({ product_retailer_id: line });
  }
  const filled = sections.filter(({ product_items }) => product_items.length > 0);
  if (filled.length === 0) return "";
  return JSON.stringify(
    filled.map(({ title, product_items }) => ({ title: title || "Products", product_items })),
  );
}

/** The lines a choice was written as. */
export function linesOf(json: string | undefined): string {
  if (!json) return "";
  try {
    const sections = JSON.parse(json) as Section[];
    return sections
      .flatMap(({ title, product_items }) => [
        ...(title ? [`${title}:`] : []),
        ...product_items.map(({ product_retailer_id }) => product_retailer_id),
      ])
      .join("\n");
  } catch {
    return "";
  }
}

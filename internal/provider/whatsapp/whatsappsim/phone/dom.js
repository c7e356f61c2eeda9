// Making elements: h("p", { class: "hint" }, "text", child).

/** An element with properties, listeners (onclick …), attributes and children; null children are left out. */
export function h(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key in made && key !== "list" && key !== "role")
      made[key === "class" ? "className" : key] = value;
    else made.setAttribute(key === "className" ? "class" : key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** A web address that may be opened, or undefined. */
export function safeLink(address) {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url && ["https:", "http:"].includes(url.protocol) ? url.href : undefined;
}

export function link(address, ...children) {
  return h(
    "a",
    { href: safeLink(address) ?? "#", target: "_blank", rel: "noopener noreferrer" },
    ...children,
  );
}

/** A small picture beside words; it says nothing that they do not. */
export const glyph = (name) => h("span", { class: `glyph ${name}`, "aria-hidden": "true" });

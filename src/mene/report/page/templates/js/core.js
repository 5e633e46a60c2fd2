// What all parts of the page stand on: the data, the view (days and filters), the address that keeps it, and elements.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const isLive = document.documentElement.dataset.live === "1";

/** An element with attributes and children; text stays text. `class`, `text` and `data` are short for the usual. */
const el = (tag, { text, data: set = {}, ...attributes } = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
  Object.assign(made.dataset, set);
  if (text != null) made.textContent = text;
  made.append(...children);
  return made;
};
const svgEl = (tag, attributes = {}) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%,()*+-;.=:?@^_`{|}~";
/** The bytes of text in base 85: five digits are four bytes; of the last ones as many as there are digits, less one. */
const readDigits = (text) => {
  const values = new Uint8Array(128);
  [...DIGITS].forEach((digit, value) => (values[digit.charCodeAt(0)] = value));
  const bytes = new DataView(new ArrayBuffer(Math.ceil(text.length / 5) * 4));
  for (let at = 0, place = 0; at < text.length; at += 5, place += 4) {
    let number = 0;
    for (let digit = at; digit < at + 5; digit++) number = number * 85 + (digit < text.length ? values[text.charCodeAt(digit)] : 84);
    bytes.setUint32(place, number);
  }
  return bytes.buffer.slice(0, Math.floor((text.length * 4) / 5));
};
if (!isLive && !("DecompressionStream" in window)) {
  $("#too-old").hidden = false;
  return; // the page stays as it was written
}
/** The text that lies packed in the page: gzip in base 85. */
const readPacked = async (place) => {
  const bytes = readDigits($(place).textContent);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
};
/** All that the page was written with; the live page reads it once from beside itself. */
const beside = document.documentElement.dataset.beside;
const readBeside = async () => {
  const answer = await fetch(beside, { credentials: "same-origin" });
  if (answer.status !== 409) return answer.json();
  location.reload(); // another picture was drawn between the page and its data: they must be of one
  return new Promise(() => {});
};
const data = $("#data") ? JSON.parse(await readPacked("#data")) : beside ? await readBeside() : {};

/** Where a claim is: at its sentence in a file, on a page of its own in the live page. */
const toClaim = (id) => `${isLive ? "/claim/" : "#"}${id}`;
const CLAIM_LINK = isLive ? /^\/claim\/(s[0-9a-f]{6,})$/ : /^#(s[0-9a-f]{6,})$/;
/** The ids of the claims that a link leads to; none where it leads elsewhere. */
const claimsOf = (link) => (link.dataset.claims ?? CLAIM_LINK.exec(link.getAttribute("href"))?.[1] ?? "").split(" ").filter(Boolean);

// --- days ------------------------------------------------------------------------------------------------------------

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** "2024-12-05" as "5 Dec 2024". */
const sayDay = (iso) => {
  const [year, month, day] = iso.split("-");
  return `${+day} ${MONTHS[month - 1]} ${+year}`;
};
const stops = data.when?.stops ?? [];
const dayOf = (place) => stops[place] ?? "";
/** The first stop that is not before a day. */
const stopOf = (iso) => {
  const found = stops.findIndex((day) => day >= iso);
  return found < 0 ? stops.length - 1 : found;
};

// --- the view --------------------------------------------------------------------------------------------------------

const FIELDS = ["place", "actor", "type", "modality", "origin", "since", "until", "words", "claim"];
const view = { on: data.when?.on ?? 0, known: data.when?.known ?? 0 };
for (const field of FIELDS) view[field] = "";
const isAtStart = () => view.on === (data.when?.on ?? 0) && view.known === (data.when?.known ?? 0);

const listeners = [];
/** Calls `listener(view, changed)` at the start and after every change; `changed` has the names of what did. */
// Which claim is open changes no panel: only who asks for it `withClaim` is told that.
const onView = (listener, { withClaim = false } = {}) => listeners.push({ listener, withClaim });
const tell = (changed) => {
  const isClaim = changed.size === 1 && changed.has("claim");
  for (const { listener, withClaim } of listeners) if (withClaim || !isClaim) listener(view, changed);
};

const readAddress = () => {
  const asked = new URLSearchParams(isLive ? location.search : location.hash.includes("=") ? location.hash.slice(1) : "");
  const found = {};
  for (const field of FIELDS) found[field] = (asked.get(field) ?? "").slice(0, 200);
  for (const field of ["since", "until"]) if (!/^\d{4}-\d\d-\d\d$/.test(found[field])) found[field] = "";
  const place = (name, otherwise) => (/^\d{4}-\d\d-\d\d$/.test(asked.get(name) ?? "") && stops.length ? stopOf(asked.get(name)) : otherwise);
  found.known = place("known", data.when?.known ?? 0);
  found.on = Math.min(place("on", Math.min(data.when?.on ?? 0, found.known)), found.known);
  return found;
};
/** The view as it stands in an address: only what differs from the page as it opens. */
const writeAddress = () => {
  const asked = new URLSearchParams(isLive ? location.search : "");
  for (const field of FIELDS) view[field] ? asked.set(field, view[field]) : asked.delete(field);
  if (isAtStart()) for (const name of ["on", "known"]) asked.delete(name);
  else for (const name of ["on", "known"]) asked.set(name, dayOf(view[name]));
  return asked.toString();
};
let isWriting = 0;
const keepAddress = () => {
  clearTimeout(isWriting);
  isWriting = setTimeout(() => {
    const address = writeAddress();
    if (isLive) history.replaceState(null, "", address ? `?${address}` : location.pathname);
    else if (address || location.hash.includes("=")) history.replaceState(null, "", `#${address}`);
  }, 150); // browsers refuse too many changes in a row
};

const setView = (patch) => {
  const changed = new Set(Object.keys(patch).filter((name) => view[name] !== patch[name]));
  if (!changed.size) return;
  Object.assign(view, patch);
  tell(changed);
  keepAddress();
};

// --- saving ----------------------------------------------------------------------------------------------------------

const download = (name, type, content) => {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = el("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
};
const panels = new Map();
/** Registers what a panel saves: `rows(view)` gives its rows as they are shown. */
const savable = (name, rows) => panels.set(name, rows);

const say = (number, noun, plural = `${noun}s`) => `${number} ${number === 1 ? noun : plural}`;

/** On a narrow screen each cell stands on a line of its own, under the name of its column. */
const nameCells = () => {
  for (const table of $$("table")) {
    const names = $$("thead th", table).map((one) => one.textContent);
    for (const row of $$("tbody tr", table)) [...row.cells].forEach((cell, place) => cell.matches("td") && (cell.dataset.label ||= names[place] ?? ""));
  }
};

const start = () => {
  for (const one of $$(".scripted")) one.hidden = false;
  nameCells();
  Object.assign(view, readAddress());
  tell(new Set(["on", "known", ...FIELDS]));
  addEventListener("hashchange", () => location.hash.includes("=") && setView(readAddress()));
  if (!view.claim) $("section:target")?.scrollIntoView({ behavior: "instant" }); // what was shown since has moved it
};

// What the other parts of the script stand on: the address and who listens to it.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const el = (tag, { class: name = "", text = "", ...attributes } = {}, ...children) => {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const isLive = document.documentElement.dataset.live === "1";
const listeners = [];
const view = {};
const readAddress = () => new URLSearchParams(isLive ? location.search : location.hash.includes("=") ? location.hash.slice(1) : "");
const tell = (changed) => {
  for (const listener of listeners) listener(view, new Set(changed));
};
const setView = (patch) => {
  const changed = Object.keys(patch).filter((key) => (view[key] ?? "") !== patch[key]);
  if (!changed.length) return;
  Object.assign(view, patch);
  const query = new URLSearchParams(Object.entries(view).filter(([, value]) => value));
  history.replaceState(null, "", isLive ? `?${query}` : `#${query}`);
  tell(changed);
};
const onView = (listener) => {
  listeners.push(listener);
  listener(view, new Set(Object.keys(view)));
};
Object.assign(view, Object.fromEntries(readAddress()));
for (const one of $$(".scripted")) one.hidden = false;
addEventListener("hashchange", () => {
  const now = Object.fromEntries(readAddress());
  const changed = [...new Set([...Object.keys(view), ...Object.keys(now)])].filter((key) => (view[key] ?? "") !== (now[key] ?? ""));
  for (const key of changed) view[key] = now[key] ?? "";
  if (changed.length) tell(changed);
});

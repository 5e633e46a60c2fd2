// A stand-in while the real core is made: what the contract says, and no more.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const data = JSON.parse($("#data").textContent);
const isLive = false;
const el = (tag, { class: name, text, ...attributes } = {}, ...children) => {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const last = data.when.stops.length - 1;
const view = { on: last, known: last, place: "", actor: "", type: "", origin: "", modality: "", since: "", until: "" };
const listeners = [];
const folded = new Map();
const fold = (name) => {
  if (!folded.has(name)) folded.set(name, name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase());
  return folded.get(name);
};
const isIn = (wanted, names) => !wanted || names.some((name) => fold(name).includes(fold(wanted)));
const accepts = (facets, view) => {
  const day = facets.day || facets.told;
  return (
    isIn(view.place, [facets.place]) && isIn(view.actor, facets.actors) && isIn(view.origin, facets.origins) &&
    (!view.type || view.type === facets.type) && (!view.modality || view.modality === facets.modality) &&
    (!view.since || (day && day >= view.since)) && (!view.until || (day && day <= view.until))
  );
};
const isKnown = (facets, view) => facets.told <= data.when.stops[view.known] && (!facets.day || facets.day <= data.when.stops[view.on]);
const stopOf = (day) => Math.max(data.when.stops.findIndex((stop) => stop >= day), 0);
const facetsOf = ({ dataset: d }) => ({ place: d.place, actors: d.actors.split("|"), type: d.type, origins: d.origins.split("|"), modality: d.modality, day: d.day, told: d.told });
const tellAll = (changed) => {
  for (const row of $$(".facet")) row.hidden = !(accepts(facetsOf(row), view) && isKnown(facetsOf(row), view));
  for (const one of listeners) one(view, changed);
};
const setView = (patch) => {
  Object.assign(view, patch);
  const started = performance.now();
  tellAll(new Set(Object.keys(patch)));
  document.documentElement.dataset.took = (performance.now() - started).toFixed(1);
};
const onView = (fn) => {
  listeners.push(fn);
  fn(view, new Set(Object.keys(view)));
};
const savable = () => {};
for (const one of $$(".scripted")) one.hidden = false;
addEventListener("hashchange", () => {
  const asked = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const patch = { ...asked };
  for (const name of ["on", "known"]) if (asked[name]) patch[name] = stopOf(asked[name]);
  if ("on" in patch && !("known" in patch)) patch.known = patch.on;
  setView(patch);
});

// The filters: the same rules as facets.py. A row is found by its place, actors, type, origins, modality and days.

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ς", "σ");
const isIn = (wanted, names) => {
  const sought = fold(wanted.trim());
  return !sought || names.some((name) => fold(name).includes(sought));
};

/** Whether the filters let a row pass; `words` are looked for in `text`. */
const accepts = (facets, asked, text = "") => {
  const day = facets.day || facets.told;
  return (
    isIn(asked.place, [facets.place ?? ""]) &&
    isIn(asked.actor, facets.actors ?? []) &&
    isIn(asked.origin, facets.origins ?? []) &&
    (!asked.type || asked.type === facets.type) &&
    (!asked.modality || asked.modality === facets.modality) &&
    (!asked.since || Boolean(day && day >= asked.since)) &&
    (!asked.until || Boolean(day && day <= asked.until)) &&
    (!asked.words || fold(asked.words).split(/\s+/).every((word) => fold(text).includes(word)))
  );
};
/** Whether it was told by the day of the one handle, and was so by the day of the other. */
const isKnown = (facets, asked) => {
  if (isAtStart()) return true;
  return (!facets.told || facets.told <= dayOf(asked.known)) && (!facets.day || facets.day <= dayOf(asked.on));
};
const isFiltered = (asked) => FIELDS.some((name) => name !== "claim" && asked[name]);

const facetsOf = ({ dataset }) => {
  const [place, actors, type, origins, modality, day, told] = dataset.facets.split("\t");
  return { place, actors: actors ? actors.split("|") : [], type, origins: origins ? origins.split("|") : [], modality, day, told };
};

const rows = $$(".facet").map((row) => ({ row, facets: facetsOf(row) }));
onView((asked) => {
  for (const { row, facets } of rows) {
    const isShown = isKnown(facets, asked) && (!isFiltered(asked) || accepts(facets, asked, asked.words ? row.textContent : ""));
    if (row.hidden === isShown) row.hidden = !isShown;
  }
});

const form = $("#filters");
if (form) {
  const read = () => Object.fromEntries(new FormData(form).entries());
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => setView(read()), 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => setView(read())));
  onView((asked, changed) => {
    for (const field of form.elements) if (field.name && changed.has(field.name) && document.activeElement !== field) field.value = asked[field.name];
    const count = FIELDS.filter((name) => name !== "claim" && asked[name]).length;
    $("#filtered").textContent = count ? `(${say(count, "filter")} on)` : "";
    if (count && changed.size > 3) $("#filter-box").open = true;
  });
}
$("#share")?.addEventListener("click", async (event) => {
  clearTimeout(isWriting);
  const address = writeAddress();
  const whole = isLive ? `${location.origin}${location.pathname}?${address}` : `${location.href.split("#")[0]}#${address}`;
  const isCopied = await copyText(whole);
  event.target.textContent = isCopied ? "Link copied" : "The link is in the address bar";
  setTimeout(() => (event.target.textContent = "Copy link to this view"), 2500);
});

/** Whether text got to the clipboard; a file opened from a disk may not be let. */
const copyText = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};

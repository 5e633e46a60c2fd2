// Places replayed: for the two days of the slider each pin and each row shows what the place was.

const places = data.places ?? [];
const sides = data.sides ?? [];
const SHAPE_OF_NOBODY = "circle";

/** What a place was: 101 times the number of its state plus the belief in percent; -1 where nothing was known. */
const cellOf = (place, { known, on }) => {
  if (isAtStart()) return place.now;
  let cells = null;
  for (const column of place.c) {
    if (column[0] > known) break;
    cells = column[1];
  }
  if (!cells) return -1;
  const at = Math.min(on, known);
  const skipped = cells[0] < 0 ? -cells[0] : 0;
  return at < skipped ? -1 : (cells[skipped ? at - skipped + 1 : at] ?? -1);
};
const sideStyle = (number) => (number < 0 ? "cx" : `c${sides[number][1]} w${sides[number][2]}`);
const otherStyle = (number) => (number < 0 ? "" : ` o${sides[number][1]} p${sides[number][2]}`);
const shapeOf = (number) => (number < 0 ? SHAPE_OF_NOBODY : sides[number][3]);
const likelihood = (percent) => data.words.bands.find(([bound]) => percent < bound)[1];
const atLeastOne = (percent) => Math.min(99, Math.max(1, percent));

const spots = new Map($$(".spot").map((spot) => [+spot.dataset.n, { spot, pin: $(".pin", spot), use: $("use", spot), title: $("title", spot), sub: $(".sub", spot) }]));
const parts = (row) => Object.fromEntries(["status", "who", "since", "likely", "counts", "sentences"].map((name) => [name, $(`.${name}`, row)]));
const folds = $$("details.more");
const tableRows = new Map($$("tr[data-n]").map((row) => [+row.dataset.n, { row, fold: row.closest("details.more"), symbol: $("svg", row), use: $("use", row), ...parts(row) }]));
const sideItems = $$("[data-side]");

const [STATE_ID, STATUS, SIDE, OTHER, WORDS, SINCE, COUNTS, FOR, AGAINST, ORIGINS] = Array(10).keys();

const showPin = (one, state, percent, place) => {
  one.spot.toggleAttribute("hidden", !state);
  if (!state) return;
  one.pin.setAttribute("class", `pin ${sideStyle(state[SIDE])}${otherStyle(state[OTHER])}`);
  one.use.setAttribute("href", `#${state[STATUS]}-${shapeOf(state[SIDE])}`);
  const holder = state[SIDE] < 0 ? "holder unknown" : sides[state[SIDE]][0];
  one.title.textContent = `${place.n}: ${data.words.status[state[STATUS]]}, ${holder}, ${likelihood(percent)}`;
  if (one.sub) one.sub.textContent = `${state[SINCE] ? `${sayDay(state[SINCE]).replace(/ \d+$/, "")} · ` : ""}${atLeastOne(percent)} %`;
  one.spot.setAttribute("href", toClaim((state[FOR] || state[AGAINST]).split(" ")[0]));
  one.spot.dataset.claims = state[FOR];
  one.spot.dataset.against = state[AGAINST];
};
const opener = (ids, against, title, word) => {
  const list = ids.split(" ");
  return el("a", { class: "open", href: toClaim(list[0]), text: `${list.length} ${word}`, data: { claims: ids, against, title } });
};
const openers = (place, state) => [
  ...(state[FOR] ? [opener(state[FOR], state[AGAINST], place.n, "for"), " "] : []),
  ...(state[AGAINST] ? [opener(state[AGAINST], "", `${place.n}, against`, "against")] : []),
];
const showRow = ({ symbol, use, status, who, since, likely, counts, sentences }, state, percent, place) => {
  symbol.setAttribute("class", `k ${sideStyle(state[SIDE])}${otherStyle(state[OTHER])}`);
  use.setAttribute("href", `#${state[STATUS]}-${shapeOf(state[SIDE])}`);
  status.className = `status s-${state[STATUS].replace("_", "-")}`;
  status.textContent = data.words.status[state[STATUS]];
  who.replaceChildren(el("bdi", { text: state[WORDS] }));
  since.textContent = state[SINCE] ? `since ${sayDay(state[SINCE])}` : "";
  likely.replaceChildren(`${likelihood(percent)} `, el("span", { class: "soft nowrap", text: `${atLeastOne(percent)} %` }));
  counts.replaceChildren(`${state[COUNTS]} `, el("span", { class: "id", text: `· ${state[STATE_ID]}` }));
  sentences.replaceChildren(...openers(place, state));
};
const facetsOfState = (place, state) => ({
  place: place.n,
  actors: [state[SIDE], state[OTHER]].filter((one) => one >= 0).map((one) => sides[one][0]),
  type: "",
  origins: state[ORIGINS].split("|"),
  modality: "asserted",
  day: state[SINCE],
  told: "",
});
const placePasses = (place, state, asked) => !isFiltered(asked) || accepts(facetsOfState(place, state), { ...asked, type: "", modality: "" }, `${place.n} ${state[WORDS]}`);

const drawn = new Map(); // what each pin and row shows, so that only what changed is touched
const showPlaces = (asked) => {
  let hasChanged = false;
  places.forEach((place, number) => {
    const cell = cellOf(place, asked);
    const state = cell < 0 ? null : place.s[Math.floor(cell / 101)];
    const shown = state && placePasses(place, state, asked) ? state : null;
    const percent = cell % 101;
    const key = shown ? cell : -1;
    const before = drawn.get(number) ?? {};
    const spot = spots.get(number);
    if (spot && before.pin !== key) showPin(spot, shown, percent, place);
    const row = tableRows.get(number);
    const isStale = row && before.row !== key && !(row.fold && !row.fold.open);
    if (isStale) {
      row.row.hidden = !shown;
      if (shown) showRow(row, shown, percent, place);
    }
    if (before.pin !== key) hasChanged = true;
    drawn.set(number, { pin: key, row: isStale ? key : before.row });
  });
  const told = $("#map-desc");
  if (hasChanged && told) told.textContent = [...spots.values()].filter(({ spot }) => !spot.hasAttribute("hidden")).map(({ title }) => title.textContent).join("; ");
};
/** The legend has the sides that hold or press on something now; the fold says how many places it has. */
const showCounts = (asked) => {
  const used = new Set();
  for (const [number, { pin }] of drawn) {
    if (pin < 0) continue;
    const state = places[number].s[Math.floor(pin / 101)];
    used.add(state[SIDE]).add(state[OTHER]);
  }
  for (const item of sideItems) item.hidden = !used.has(+item.dataset.side);
  for (const fold of folds) {
    const inside = [...tableRows].filter(([number, row]) => row.fold === fold && drawn.get(number).pin >= 0).length;
    $(".count", fold).textContent = inside;
    fold.hidden = !inside;
    if (inside && inside <= MOST_OPENED && !isAtStart()) fold.open = true;
  }
};
const MOST_OPENED = 60;

// As the page opens, pins and rows are right already, but for all that their links lead to.
places.forEach((place, number) => {
  const state = place.s[place.now < 0 ? place.s.length - 1 : Math.floor(place.now / 101)];
  const spot = spots.get(number)?.spot;
  if (spot) Object.assign(spot.dataset, { claims: state[FOR], against: state[AGAINST], title: place.n });
  const row = tableRows.get(number);
  if (row) row.sentences.replaceChildren(...openers(place, state));
  drawn.set(number, { pin: place.now, row: place.now });
});
// Forces are drawn as of the last day alone: on another day they would tell of what was not there.
onView((asked) => (showPlaces(asked), showCounts(asked), $(".forces")?.toggleAttribute("hidden", !isAtStart())));
for (const fold of folds) fold.addEventListener("toggle", () => showPlaces(view));

savable("places", (asked) =>
  places.flatMap((place) => {
    const cell = cellOf(place, asked);
    const state = cell < 0 ? null : place.s[Math.floor(cell / 101)];
    if (!state || !placePasses(place, state, asked)) return [];
    const [rating, origins, copies] = state[COUNTS].split(/ · |, /);
    return [
      {
        place: place.n,
        status: state[STATUS],
        holder: state[SIDE] < 0 ? "" : sides[state[SIDE]][0],
        pressed_by: state[OTHER] < 0 ? "" : sides[state[OTHER]][0],
        since: state[SINCE],
        belief: (cell % 101) / 100,
        rating,
        origins: parseInt(origins),
        copies: parseInt(copies),
        statements_for: state[FOR],
        statements_against: state[AGAINST],
        true_on: dayOf(asked.on),
        known_on: dayOf(asked.known),
      },
    ];
  }),
);

// The timeline: bars, lanes and the list of days, drawn from data.events for each view (page/timeline.py tells its rows).
if (data.events && $("#days")) {
  const [FACT, PAST, LOOSE, HISTORY] = [1, 2, 4, 8];
  const PLOT = 64;
  const FLOOR = 70; // y of the axis
  const MOST_OPENED = 8;
  const { types, places, actors, origins, modalities, labels, bars, names, step } = data.events;
  const barCount = Math.max(bars.length - 1, 0);

  const strip = $("#bars"); // null where no event has a day
  const svg = (tag, attributes, ...children) => {
    const made = svgEl(tag, attributes);
    made.append(...children);
    return made;
  };
  /** The number of the bar that a day falls into, -1 for one outside. */
  const barOf = (day) => {
    let [low, high] = [0, barCount];
    if (!barCount || day < bars[0] || day >= bars[high]) return -1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (bars[middle] <= day) low = middle;
      else high = middle;
    }
    return low;
  };
  const nameBar = (bar) => names[bar] ?? sayDay(isoOf(bars[bar]));

  const read = ([start, day, told, type, place, who, from, modality, flags, label, ...rest]) => {
    const [words, dated, numbers, rating, copies, id, ids, against] = rest;
    const when = start === null && told !== null ? `told ${sayDay(isoOf(told))}` : dated;
    const group = flags & HISTORY ? "history" : flags & LOOSE ? "loose" : "day";
    const facets = {
      place: places[place] ?? "",
      actors: who.map((one) => actors[one]),
      type: types[type],
      origins: from.map((one) => origins[one]),
      modality: modalities[modality],
      day: isoOf(day),
      told: isoOf(told),
    };
    const bar = group === "day" ? barOf(day) : -1;
    const style = flags & PAST ? "past" : flags & FACT ? "solid" : "hollow";
    // A plan or a denial is there once it is told, whichever day it is about; what is told as fact, once it had begun.
    const known = { told: facets.told, day: style === "solid" ? isoOf(start) : "" };
    return { start, day, group, bar, facets, known, style, text: `${words} ${facets.origins.join(" ")}`, label: labels[label], words, when, numbers, rating, copies, id, ids, against };
  };
  const rows = data.events.rows.map(read);

  // --- the view ------------------------------------------------------------------------------------------------------

  /** The rows of a view, those of all days first: the bars and the lanes keep what lies outside the days chosen. */
  const choose = (view) => {
    const open = { ...view, since: "", until: "" };
    const known = rows.filter((row) => isKnown(row.known, view) && accepts(row.facets, open, row.text));
    const isChosen = ({ facets }) => {
      const day = facets.day || facets.told;
      return (!view.since || (day && day >= view.since)) && (!view.until || (day && day <= view.until));
    };
    return { known, listed: view.since || view.until ? known.filter(isChosen) : known };
  };

  // --- the bars ------------------------------------------------------------------------------------------------------

  const width = 100 / barCount;
  const drawn = []; // for each bar its link, its two rectangles and its title
  const moveFocus = (event) => {
    const at = drawn.findIndex((one) => one.link === event.target);
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: barCount - 1 };
    if (at < 0 || !(event.key in steps) || !drawn[steps[event.key]]) return;
    event.preventDefault();
    for (const one of drawn) one.link.setAttribute("tabindex", "-1");
    const { link } = drawn[steps[event.key]];
    link.setAttribute("tabindex", "0");
    link.focus();
  };
  const pickBar = (bar, view) => {
    const [since, until] = [isoOf(bars[bar]), isoOf(bars[bar + 1] - 1)];
    const isOff = view.since === since && view.until === until;
    setView(isOff ? { since: "", until: "" } : { since, until });
  };
  const makeBars = () => {
    const holder = $(".bars", strip);
    const whole = svg("g", { class: "bars" });
    for (let bar = 0; bar < barCount; bar++) {
      const x = `${((bar + 0.1) * width).toFixed(2)}%`;
      const size = { x, width: `${(0.8 * width).toFixed(2)}%`, y: FLOOR, height: 0 };
      const [fact, other, title] = [svg("rect", { class: "fact", ...size }), svg("rect", { class: "other", ...size }), svg("title", {})];
      const hit = svg("rect", { class: "hit", x: `${(bar * width).toFixed(2)}%`, width: `${width.toFixed(2)}%`, y: 0, height: FLOOR });
      const link = svg("a", { href: "#days-h", role: "button", tabindex: bar ? -1 : 0 }, title, hit, fact, other);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        pickBar(bar, view);
      });
      drawn.push({ link, fact, other, title, key: "" });
      whole.append(link);
    }
    whole.addEventListener("keydown", moveFocus);
    holder.replaceWith(whole);
    strip.setAttribute("role", "group");
    strip.append(svg("g", { class: "stops", "aria-hidden": "true" }));
    const scroller = strip.closest(".swim");
    scroller.scrollLeft = scroller.scrollWidth; // the last days first, where not all fit
  };
  const drawBars = (known, view) => {
    const [facts, others] = [new Uint32Array(barCount), new Uint32Array(barCount)];
    for (const row of known) if (row.bar >= 0) (row.style === "solid" ? facts : others)[row.bar]++;
    const top = facts.reduce((most, count, bar) => Math.max(most, count + others[bar]), 0);
    const tall = (count) => (top ? Math.round((PLOT * 10 * count) / top) / 10 : 0);
    drawn.forEach((one, bar) => {
      const [solid, hollow] = [tall(facts[bar]), tall(others[bar])];
      const isChosen = Boolean(view.since || view.until) && isoOf(bars[bar + 1] - 1) >= view.since && (!view.until || isoOf(bars[bar]) <= view.until);
      const key = `${solid} ${hollow} ${facts[bar]} ${others[bar]} ${isChosen}`;
      if (one.key === key) return;
      one.key = key;
      one.fact.setAttribute("height", solid);
      one.fact.setAttribute("y", FLOOR - solid);
      one.other.setAttribute("height", hollow);
      one.other.setAttribute("y", FLOOR - solid - hollow);
      one.title.textContent = `${nameBar(bar)}: ${facts[bar]} as fact, ${others[bar]} not`;
      one.link.setAttribute("aria-label", one.title.textContent);
      one.link.setAttribute("class", isChosen ? "chosen" : "");
      one.link.setAttribute("aria-pressed", isChosen);
    });
    $("#bars-top").textContent = top;
    drawStops(view);
    const isPart = Boolean(view.since || view.until);
    const [since, until] = [view.since, view.until].map((day) => day && sayDay(day));
    $("#bars-chosen").textContent = !isPart ? "" : since === until ? since : since && until ? `${since} – ${until}` : since ? `since ${since}` : `until ${until}`;
    $("#bars-clear").hidden = !isPart;
  };
  /** Where the slider stands: true on, known on. */
  const drawStops = (view) => {
    if (!stops.length) return;
    const at = (stop) => {
      const day = numberOf(dayOf(stop));
      const bar = barOf(day);
      if (bar < 0) return day < bars[0] ? 0 : 100;
      return ((bar + (day + 1 - bars[bar]) / (bars[bar + 1] - bars[bar])) / barCount) * 100;
    };
    const marks = view.on === view.known ? [["on", "slider"]] : [["on", "true on"], ["known", "known on"]];
    const lines = marks.flatMap(([name, label], row) => {
      const x = `${at(view[name]).toFixed(2)}%`;
      return [svg("line", { x1: x, x2: x, y1: 0, y2: FLOOR + 4 }), svg("text", { x, dx: -4, y: 10 + 13 * row }, label)];
    });
    $(".stops", strip).replaceChildren(...lines);
  };

  // --- the lanes -----------------------------------------------------------------------------------------------------

  const lanes = $("#lanes");
  let laneLimit = data.events.lanes;
  const laneDrawn = new Map(); // name of a lane: what is drawn in it, and the element
  const dotOf = (lane, bar, [facts, others, members]) => {
    const count = facts + others;
    const name = `${lane}, ${nameBar(bar)}: ${facts} as fact, ${others} not`;
    const ids = [...new Set(members.flatMap((row) => row.ids.split(" ")))].slice(0, MOST_OPENED);
    const radius = Math.min(2 + 1.5 * Math.sqrt(count), 9).toFixed(1);
    const x = (bar + 0.5) * width;
    return svg(
      "a",
      { href: toClaim(ids[0]), "data-claims": ids.join(" "), "data-title": name, "aria-label": name },
      svg("title", {}, name),
      svg("rect", { x: `${(x - width / 2).toFixed(2)}%`, width: `${width.toFixed(2)}%`, y: 1, height: 24 }),
      svg("circle", { cx: `${x.toFixed(2)}%`, cy: 13, r: radius, class: facts ? "" : "other" }),
    );
  };
  const drawLane = (name, cells, total, key) => {
    const dots = [...cells].sort((one, other) => one[0] - other[0]).map(([bar, cell]) => dotOf(name, bar, cell));
    return { key, lane: el("div", { class: "lane" }, el("p", {}, el("bdi", { text: name }), " ", el("small", { text: String(total) })), svg("svg", {}, ...dots)) };
  };
  const drawLanes = (known) => {
    const by = $("#lanes-by").value;
    const found = new Map();
    for (const row of known) {
      if (row.bar < 0) continue;
      for (const name of by === "place" ? [row.facets.place] : row.facets.actors) {
        if (!name) continue;
        if (!found.has(name)) found.set(name, { total: 0, cells: new Map() });
        const lane = found.get(name);
        lane.total++;
        if (!lane.cells.has(row.bar)) lane.cells.set(row.bar, [0, 0, []]);
        const cell = lane.cells.get(row.bar);
        cell[row.style === "solid" ? 0 : 1]++;
        cell[2].push(row);
      }
    }
    const ranked = [...found].sort((one, other) => other[1].total - one[1].total || (one[0] < other[0] ? -1 : 1));
    const shown = ranked.slice(0, laneLimit).map(([name, { total, cells }]) => {
      const key = [...cells].map(([bar, [facts, others, members]]) => `${bar}:${facts}:${others}:${members[0].id}`).join(" ");
      if (laneDrawn.get(name)?.key !== key) laneDrawn.set(name, drawLane(name, cells, total, key));
      return laneDrawn.get(name).lane;
    });
    if (shown.length !== lanes.children.length || shown.some((lane, place) => lanes.children[place] !== lane)) lanes.replaceChildren(...shown);
    $("#lanes-more").hidden = ranked.length <= laneLimit;
  };

  // --- the list ------------------------------------------------------------------------------------------------------

  const list = $("#days");
  let [listed, limit] = [[], step];
  const headingOf = (row) => (row.group === "day" ? sayDay(isoOf(row.day)) : row.group === "loose" ? "No single day" : "History, told as background");
  const itemOf = (row) => {
    const link = el("a", { href: toClaim(row.ids.split(" ")[0]), "data-claims": row.ids, "data-title": row.words }, el("bdi", { text: row.words }));
    if (row.against) link.dataset.against = row.against;
    const worth = `${row.rating} · ${say(row.facets.origins.length, "origin")}, ${say(row.copies, "copy", "copies")} · `;
    const small = el("small", {}, el("bdi", { text: row.facets.origins[0] ?? "" }), ` · ${worth}`, el("span", { class: "id", text: row.id }));
    const tail = [row.numbers && `; ${row.numbers}`, row.when && `, ${row.when}`].filter(Boolean).join("");
    return el("li", { class: row.style, id: row.id }, ...(row.label ? [el("b", { text: row.label }), " "] : []), link, `${tail} `, small);
  };
  const drawList = () => {
    const groups = new Map();
    for (const row of listed.slice(0, limit)) {
      const heading = headingOf(row);
      if (!groups.has(heading)) groups.set(heading, el("ul", {}));
      groups.get(heading).append(itemOf(row));
    }
    list.replaceChildren(...[...groups].map(([heading, items]) => el("li", {}, el("h4", { text: heading }), items)));
    const more = listed.length - Math.min(limit, listed.length);
    $("#days-count").textContent = listed.length ? `${(listed.length - more).toLocaleString("en")} of ${say(listed.length, "event")} shown` : "No event fits.";
    $("#days-more").hidden = !more;
    $("#days-more").textContent = `${Math.min(step, more)} more`;
  };

  if (barCount) {
    makeBars();
    $("#bars-clear").addEventListener("click", () => setView({ since: "", until: "" }));
    $("#lanes-by").addEventListener("change", () => {
      laneDrawn.clear();
      drawLanes(choose(view).known);
    });
    $("#lanes-more").addEventListener("click", () => {
      laneLimit += data.events.lanes;
      drawLanes(choose(view).known);
    });
  }
  $("#days-more").addEventListener("click", () => {
    const at = limit;
    limit += step;
    drawList();
    $$("li li a", list)[at]?.focus();
  });
  onView((view) => {
    const chosen = choose(view);
    if (barCount) {
      drawBars(chosen.known, view);
      drawLanes(chosen.known);
    }
    [listed, limit] = [chosen.listed, step];
    drawList();
  });
  savable("events", (view) =>
    choose(view).listed.map((row) => ({
      id: row.id,
      first_day: isoOf(row.start),
      last_day: row.facets.day,
      first_told: row.facets.told,
      type: row.facets.type,
      words: row.words,
      place: row.facets.place,
      actors: row.facets.actors.join("; "),
      modality: row.facets.modality,
      told_as: row.style === "solid" ? "fact" : row.label,
      numbers: row.numbers,
      rating: row.rating,
      origins: row.facets.origins.join("; "),
      copies: row.copies,
      statements_for: row.ids,
      statements_against: row.against,
    })),
  );
}

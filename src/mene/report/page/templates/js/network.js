// The network: lines and actors shown as of the slider's days, from data.ties (page/network.py tells its rows).
if (data.ties && $("#net")) {
  const FIGHTING = 3; // the place of "fighting" among the manners
  const MOST_OPENED = 8;
  const MOST_ROWS = 12;
  const VERBS = [["gives", "to"], ["reduces or ends", "for"], ["refuses", "to"]];
  const NOBODY = { place: "", actors: [], type: "", origins: [], modality: "", day: "", told: "" };
  const OPEN = { place: "", type: "", origin: "", modality: "", since: "", until: "" };
  const { actors, lines, ties, days } = data.ties;
  const linksOf = (name) => new Map($$(`#net [data-${name}]`).filter((one) => one.matches("a")).map((one) => [Number(one.dataset[name]), one]));
  const [lineLinks, actorLinks] = [linksOf("tie"), linksOf("actor")];
  const captions = new Map($$("#net text.means").map((one) => [Number(one.dataset.tie), one]));
  const lineOf = new Map(lines.map((line, number) => [line.join(), number]));

  /** The parts that say how a tie stands, as Tie.standing has it on the server. */
  const standing = (parts, on, known) => {
    const there = parts.filter(([, day, told]) => (told === null || told <= known) && (day === null || day <= on));
    if (!there.length) return [];
    const manner = there.at(-1)[0];
    if (manner === FIGHTING) return there.filter(([, day, told]) => (day ?? told ?? Infinity) > on - days);
    return there.filter((part) => part[0] === manner);
  };
  /** For each line that is there, its means, its parts and what they rest on; and who is at its ends. */
  const stateOf = (view) => {
    const [on, known] = isAtStart() ? [data.ties.on, data.ties.known] : [view.on, view.known].map((stop) => numberOf(dayOf(stop)));
    const found = new Map();
    for (const [source, target, what, isSure, parts] of ties) {
      if (view.actor && !accepts({ ...NOBODY, actors: [actors[source], actors[target]] }, { ...OPEN, actor: view.actor })) continue;
      const there = standing(parts, on, known);
      if (!there.length) continue;
      const number = lineOf.get([source, target, there[0][0], isSure].join());
      if (number === undefined) continue;
      if (!found.has(number)) found.set(number, { source, target, manner: there[0][0], isSure, means: new Set(), parts: [] });
      const line = found.get(number);
      if (what) line.means.add(what);
      line.parts.push(...there);
    }
    for (const line of found.values()) {
      line.origins = new Set(line.parts.flatMap((part) => part[3])).size;
      line.last = Math.max(...line.parts.map(([, day, told]) => day ?? told ?? -Infinity));
    }
    return { found, on };
  };
  /** The statements of some parts, each once; all of them, or the first ones. */
  const idsOf = (parts, most = Infinity) => {
    const ids = new Set();
    for (const part of parts)
      for (const id of part[4].split(" ")) {
        if (ids.size >= most) return [...ids];
        ids.add(id);
      }
    return [...ids];
  };
  const sayLine = ({ source, target, manner, isSure, means }) => {
    if (manner === FIGHTING) return `${actors[source]} and ${actors[target]} fight`;
    const [verb, to] = VERBS[manner];
    return `${isSure ? "" : "not told as fact: "}${actors[source]} ${verb} ${[...means].join(", ") || "backing"} ${to} ${actors[target]}`;
  };
  const openBy = (link, ids, title) => {
    const claims = ids.join(" ");
    if (link.dataset.claims === claims && link.dataset.title === title) return;
    link.dataset.claims = claims;
    link.dataset.title = title;
    link.setAttribute("href", toClaim(ids[0]));
  };
  const fightRow = (line) => {
    const pair = `${actors[line.source]} – ${actors[line.target]}`;
    const link = el("a", { href: "#" }, el("bdi", { text: pair }));
    openBy(link, idsOf(line.parts, MOST_OPENED), `${pair}: fighting`);
    const cell = (label, text) => el("td", { class: "nowrap", "data-label": label, text: String(text) });
    return el("tr", {}, el("th", { scope: "row" }, link), cell("Events", line.parts.length), cell("Origins", line.origins), cell("Last", Number.isFinite(line.last) ? sayDay(isoOf(line.last)) : "day unknown"));
  };
  /** A wide line under each, to point at; its teeth and its head would be hard to hit. */
  for (const link of lineLinks.values()) {
    const line = link.querySelector("path");
    const hit = line.cloneNode();
    hit.setAttribute("class", "hit");
    hit.removeAttribute("stroke-width");
    link.prepend(hit);
  }
  const draw = (view) => {
    const { found, on } = stateOf(view);
    const there = new Map(); // for each actor at an end of a line, the parts of all its lines
    for (const [number, link] of lineLinks) {
      const line = found.get(number);
      link.toggleAttribute("hidden", !line);
      captions.get(number)?.toggleAttribute("hidden", !line);
      if (!line) continue;
      const name = sayLine(line);
      openBy(link, idsOf(line.parts, MOST_OPENED), name);
      link.setAttribute("aria-label", `${name}; ${say(line.origins, "origin")}`);
      if (line.manner === FIGHTING) link.lastElementChild.setAttribute("stroke-width", 1.2 + 0.5 * Math.min(line.origins, 6));
      else if (captions.has(number)) captions.get(number).textContent = [...line.means].join(", ");
      for (const actor of [line.source, line.target]) there.has(actor) ? there.get(actor).push(...line.parts) : there.set(actor, [...line.parts]);
    }
    for (const [actor, link] of actorLinks) {
      link.toggleAttribute("hidden", !there.has(actor));
      if (there.has(actor)) openBy(link, idsOf(there.get(actor), MOST_OPENED), actors[actor]);
    }
    const fights = [...found.values()].filter((line) => line.manner === FIGHTING);
    fights.sort((one, other) => other.origins - one.origins || other.parts.length - one.parts.length);
    $("#fights")?.replaceChildren(...fights.slice(0, MOST_ROWS).map(fightRow));
    if (on !== null) $("#net-day").textContent = sayDay(isoOf(on));
    const fighting = fights.length;
    $("#net").setAttribute("aria-label", `${say(there.size, "actor")}: ${say(found.size - fighting, "line")} of backing, ${say(fighting, "line")} of fighting`);
  };
  onView((view, changed) => {
    if (["on", "known", "actor"].some((key) => changed.has(key))) draw(view);
  });
  savable("ties", (view) =>
    [...stateOf(view).found.values()].map((line) => ({
      source: actors[line.source],
      target: actors[line.target],
      manner: line.manner === FIGHTING ? "fighting" : VERBS[line.manner][0],
      means: [...line.means].join("; "),
      told_as_fact: Boolean(line.isSure),
      events: line.parts.length,
      origins: line.origins,
      last_day: Number.isFinite(line.last) ? isoOf(line.last) : "",
      statements: idsOf(line.parts).join(" "),
    })),
  );
}

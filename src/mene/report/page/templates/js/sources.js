// The sources: the table of origins, sorted by any column and filtered, from data.sources (page/sources.py tells its rows).
if (data.sources && $("#origins")) {
  const body = $("#origins");
  const { step } = data.sources;
  const { kinds, sides, outlets } = data.sources;
  const read = ([name, kind, side, statements, copies, outlet, others, letter, opinions, told, ids]) => ({
    name,
    kind: kinds[kind],
    side: sides[side],
    statements,
    copies,
    outlet: outlets[outlet],
    others,
    letter,
    opinions,
    share: opinions / statements,
    ids,
    facets: { place: "", actors: [], type: "", origins: [name], modality: "", day: "", told: isoOf(told) },
  });
  const rows = data.sources.rows.map(read);
  const COLUMNS = ["name", "kind", "side", "statements", "copies", "outlet", "letter", "share"];
  const sayShare = ({ opinions, share }) => (opinions && Math.round(100 * share) === 0 ? "<1 %" : `${Math.round(100 * share)} %`);
  const heads = $$("thead th", body.closest("table"));
  const FIRST_DOWN = "descending";
  let [sorted, limit, listed] = [null, step, rows]; // sorted: [column, "ascending" or "descending"]; null as it stands

  const compare = (one, other) => (typeof one === "number" ? one - other : one.localeCompare(other, "en"));
  const order = (chosen) => {
    if (!sorted) return chosen;
    const [column, way] = sorted;
    return [...chosen].sort((one, other) => (way === FIRST_DOWN ? -1 : 1) * compare(one[COLUMNS[column]], other[COLUMNS[column]]));
  };
  const rowOf = (row) => {
    const { name, kind, side, statements, copies, outlet, others, letter, ids } = row;
    const link = el("a", { href: `#${ids.split(" ")[0]}`, "data-claims": ids, "data-title": name }, el("bdi", { text: name }));
    const cell = (label, text, isCount) => el("td", { "data-label": label, class: isCount ? "count" : "", text: String(text) });
    const carried = el("td", { "data-label": "Carried by" }, el("bdi", { text: outlet }));
    if (others) carried.append(" ", el("span", { class: "soft", text: `and ${others} more` }));
    const counts = [cell("Statements", statements, true), cell("Copies", copies, true)];
    return el("tr", {}, el("th", { scope: "row" }, link), cell("Kind", kind), cell("Side", side || "–"), ...counts, carried, cell("Letter", letter), cell("Opinion", sayShare(row), true));
  };
  /** An origin is of no place, type or day: it is found by its own name, and is there once it has said anything. */
  const OPEN = { place: "", actor: "", type: "", modality: "", since: "", until: "" };
  const choose = (view) => rows.filter((one) => accepts(one.facets, { ...OPEN, origin: view.origin }) && isKnown(one.facets, view));
  const draw = () => {
    body.replaceChildren(...order(listed).slice(0, limit).map(rowOf));
    const more = Math.max(listed.length - limit, 0);
    $("#origins-count").textContent = listed.length ? `${(listed.length - more).toLocaleString("en")} of ${say(listed.length, "origin")} shown` : "No origin fits.";
    $("#origins-more").hidden = !more;
    $("#origins-more").textContent = `${Math.min(more, 4 * step)} more`;
  };
  heads.forEach((head, column) => {
    const button = el("button", { type: "button", text: head.textContent });
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const isCount = head.classList.contains("count");
      const isAgain = sorted?.[0] === column;
      const way = isAgain ? (sorted[1] === FIRST_DOWN ? "ascending" : FIRST_DOWN) : isCount ? FIRST_DOWN : "ascending";
      for (const one of heads) one.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", way);
      sorted = [column, way];
      draw();
    });
  });
  $("#origins-more").addEventListener("click", () => {
    const at = limit;
    limit += 4 * step;
    draw();
    $$("a", body)[at]?.focus();
  });
  onView((view) => {
    [listed, limit] = [choose(view), step];
    draw();
  });
  savable("sources", (view) =>
    order(choose(view)).map(({ name, kind, side, statements, copies, outlet, others, letter, opinions, facets, ids }) => ({
      origin: name,
      kind,
      side,
      statements,
      copies,
      outlet,
      more_outlets: others,
      letter,
      opinions,
      first_told: facets.told,
      claims: ids,
    })),
  );
}

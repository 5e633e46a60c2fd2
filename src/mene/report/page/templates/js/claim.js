// The page's one script. It lights up all parts of a claim and shows its note where the claim is pointed at, reached with
// the keyboard or led to; opens and closes articles; and finds claims by words. Without it the page is whole: the notes
// stand under each paragraph. It loads nothing, sends nothing, keeps nothing, and makes no HTML from text.
"use strict";
(() => {
  const WAIT_TO_CHANGE = 140; // ms: long enough to cross other claims on the way to the note
  const WAIT_TO_CLOSE = 300; // ms
  const LEAST_ROOM = 150; // px: a note lower than this is moved over what it tells of rather than made lower still
  const WIDE = matchMedia("(min-width: 62rem)"); // the width from which the note stands beside the text, as in page.css

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, name, text = "") => Object.assign(document.createElement(tag), { className: name, textContent: text });
  const partsOf = (mark) => mark.dataset.of.split(" ").map((part) => part.split(":"));

  /** For each claim, its marks, each with what it is: Map(id -> Map(mark -> ["content", "deciding"])). */
  const claims = new Map();
  for (const mark of all("mark[data-of]"))
    for (const [id, role] of partsOf(mark)) {
      if (!claims.has(id)) claims.set(id, new Map());
      const marks = claims.get(id);
      marks.set(mark, [...(marks.get(mark) ?? []), role]);
    }
  const idOf = (number) => number.hash.slice("#n-".length);
  const numbers = new Map(all("a.ref").map((number) => [idOf(number), number]));
  const noteOf = (id) => document.getElementById(`n-${id}`);
  const claimAt = (element) => {
    const spot = element.closest(".text mark[data-of], a.ref");
    return spot && { spot, id: spot.matches("mark") ? partsOf(spot)[0][0] : idOf(spot) };
  };

  const card = Object.assign(make("aside", "card"), { id: "card", hidden: true }); // it describes the number, so it has no name
  let shown = null; // the id of the claim whose note is shown
  let isPinned = false;
  let timer = 0;

  // --- showing -------------------------------------------------------------------------------------------------------

  const unlight = () => {
    for (const one of all("[data-lit]")) delete one.dataset.lit;
  };
  const light = (id) => {
    unlight();
    for (const [mark, roles] of claims.get(id)) mark.dataset.lit = roles.join(" ");
    for (const one of [numbers.get(id), noteOf(id)]) one.dataset.lit = "";
  };

  /** The sentence of a claim with this claim's parts marked, and no other's. */
  const copySentence = (id) => {
    const marks = [...claims.get(id)].filter(([, roles]) => roles.includes("content")).map(([mark]) => mark);
    const sentences = [...marks, numbers.get(id)].map((one) => one.closest(".sentence"));
    const told = make("p", "told");
    for (const sentence of new Set(sentences)) {
      const copy = sentence.cloneNode(true);
      for (const anchor of all("a", copy)) anchor.remove();
      for (const mark of all("mark", copy)) {
        const parts = partsOf(mark);
        const roles = parts.filter((part) => part[0] === id).map((part) => part[1]);
        const isDrawnSo = parts.find((part) => part[1] === "content")?.[0] === id;
        const kinds = ["opinion", "background", "unreal"].filter((kind) => isDrawnSo && mark.classList.contains(kind));
        const words = make("mark", [...roles, ...kinds].join(" "));
        words.append(...mark.childNodes);
        mark.replaceWith(...(roles.length ? [words] : words.childNodes));
      }
      told.append(copy, " ");
    }
    return told;
  };

  const fill = (id, spot) => {
    const note = make("div", "note");
    note.append(...noteOf(id).cloneNode(true).childNodes);
    note.querySelector("p").prepend(make("b", "", `${numbers.get(id).textContent}. `));
    card.replaceChildren(copySentence(id), note);
    const here = spot.matches("mark") ? partsOf(spot).map((part) => part[0]) : [];
    const others = [...new Set(here)].filter((one) => one !== id);
    if (others.length) {
      const also = make("p", "also", "These words are also part of statement ");
      for (const one of others) also.append(Object.assign(make("a", "", numbers.get(one).textContent), { href: `#${one}` }), " ");
      card.append(also);
    }
    card.append(make("button", "close", "Close (Esc)"));
  };

  /** Beside the text where there is room; else under the claim's lines, or above them where that side is larger. */
  const place = (spot) => {
    const block = spot.closest(".block");
    const box = block.getBoundingClientRect();
    block.append(card);
    card.style.maxHeight = "";
    const height = card.offsetHeight;
    if (WIDE.matches) {
      const lowest = Math.max(8, innerHeight - height - 8);
      card.style.top = `${Math.min(Math.max(spot.getClientRects()[0].top, 8), lowest) - box.top}px`;
      return;
    }
    const marks = [...claims.get(shown).keys()].filter((mark) => block.contains(mark));
    const lines = marks.flatMap((mark) => [...mark.getClientRects()]);
    const top = Math.min(...lines.map((line) => line.top));
    const bottom = Math.max(...lines.map((line) => line.bottom));
    const [below, above] = [innerHeight - bottom - 14, top - 14];
    const isBelow = height <= below || below >= above;
    const room = Math.max(isBelow ? below : above, LEAST_ROOM);
    card.style.maxHeight = `${room}px`;
    card.style.top = `${(isBelow ? bottom + 6 : top - 6 - Math.min(height, room)) - box.top}px`;
  };

  const hide = () => {
    clearTimeout(timer);
    unlight();
    card.hidden = true;
    card.classList.remove("pinned");
    isPinned = false;
    for (const name of ["aria-describedby", "aria-expanded"]) numbers.get(shown)?.removeAttribute(name);
    shown = null;
  };
  const show = (id, spot) => {
    clearTimeout(timer);
    if (shown === id && card.parentElement === spot.closest(".block")) return;
    hide();
    shown = id;
    light(id);
    fill(id, spot);
    card.hidden = false;
    numbers.get(id).setAttribute("aria-describedby", "card");
    place(spot);
  };
  const pin = (id, spot) => {
    show(id, spot);
    isPinned = true;
    card.classList.add("pinned");
    numbers.get(id).setAttribute("aria-expanded", "true");
  };
  /** Opens what a claim lies in and shows its note, as after a link to it. */
  const reveal = (id) => {
    const number = numbers.get(id);
    number.closest(".page").hidden = false;
    number.closest("details").open = true;
    number.scrollIntoView({ block: "center" });
    number.focus({ preventScroll: true });
    pin(id, number);
  };
  const close = () => {
    if (card.contains(document.activeElement)) numbers.get(shown).focus({ preventScroll: true });
    hide();
  };

  // --- pointing ------------------------------------------------------------------------------------------------------

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || isPinned) return;
    clearTimeout(timer);
    if (card.contains(event.target)) return;
    const found = claimAt(event.target);
    const note = event.target.closest(".notes > ol > li");
    if (found) timer = setTimeout(show, shown && shown !== found.id ? WAIT_TO_CHANGE : 0, found.id, found.spot);
    else if (shown) timer = setTimeout(hide, WAIT_TO_CLOSE);
    else if (note) light(note.id.slice("n-".length));
    else unlight();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']:not(.ref)");
    if (link) {
      if (claims.has(link.hash.slice(1))) setTimeout(reveal, 0, link.hash.slice(1));
    } else if (event.target.matches(".close")) close();
    else if (!card.contains(event.target) && getSelection().isCollapsed) {
      const found = claimAt(event.target);
      if (found) event.preventDefault();
      if (isPinned && (!found || shown === found.id)) hide();
      else if (found) pin(found.id, found.spot);
    }
  });

  // --- the keyboard --------------------------------------------------------------------------------------------------

  const beside = (number) => all("a.ref", number.closest(".page"));
  /** One tab stop for each article: the number reached last. */
  const rove = (number) => {
    for (const one of beside(number)) one.tabIndex = one === number ? 0 : -1;
  };
  for (const page of all(".page")) {
    const first = page.querySelector("a.ref");
    if (first) rove(first);
  }

  document.addEventListener("focusin", (event) => {
    if (!event.target.matches?.("a.ref")) return;
    rove(event.target);
    show(idOf(event.target), event.target);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.("a.ref") && !isPinned && !card.contains(event.relatedTarget)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape" && shown) return close();
    if (!event.target.matches?.("a.ref")) return;
    const row = beside(event.target);
    const at = row.indexOf(event.target);
    const steps = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: row.length - 1 };
    if (event.key in steps) row[steps[event.key]]?.focus();
    else if (event.key === " ") event.target.click();
    else return;
    event.preventDefault();
  });

  // --- articles and words --------------------------------------------------------------------------------------------

  const pages = all("#statements .page").map((page) => ({
    page,
    fold: page.querySelector("details"),
    told: all(".notes > ol > li", page).map((note) => {
      const id = note.id.slice("n-".length);
      const words = [...claims.get(id).keys()].map((mark) => mark.textContent).join("");
      return { id, words: `${note.textContent} ${words}`.toLowerCase() };
    }),
  }));
  const say = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  const find = (wanted) => {
    hide();
    for (const mark of all("mark.found")) mark.classList.remove("found");
    const counts = pages.map(({ page, fold, told }) => {
      const found = wanted ? told.filter((one) => one.words.includes(wanted)) : [];
      for (const { id } of found)
        for (const [mark, roles] of claims.get(id)) if (roles.includes("content")) mark.classList.add("found");
      page.hidden = Boolean(wanted) && !found.length;
      if (wanted) fold.open = found.length > 0;
      return found.length;
    });
    const count = counts.reduce((sum, one) => sum + one, 0);
    const told = `${say(count, "statement")} in ${say(counts.filter(Boolean).length, "article")}`;
    document.getElementById("found").textContent = wanted ? told : "";
  };
  const open = (isOpen) => {
    hide();
    for (const { fold } of pages) fold.open = isOpen;
  };
  const words = document.getElementById("find");
  document.getElementById("tools").hidden = false;
  words.addEventListener("input", () => find(words.value.trim().toLowerCase()));
  document.getElementById("open-all").addEventListener("click", () => open(true));
  document.getElementById("close-all").addEventListener("click", () => open(false));

  const revealLinked = () => {
    const id = location.hash.slice(1);
    if (claims.has(id)) reveal(id);
  };
  addEventListener("resize", () => shown && place(numbers.get(shown)));
  addEventListener("hashchange", revealLinked);
  revealLinked();
})();

// Saving: the map as SVG or PNG, the rows of a panel as CSV or JSON, each as it is shown.

const asCsv = (rows) => {
  if (!rows.length) return "";
  const names = Object.keys(rows[0]);
  // A cell that a spreadsheet would take for a formula is marked as text.
  const cell = (value) => {
    const text = value == null ? "" : String(value);
    const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [names, ...rows.map((row) => names.map((name) => row[name]))].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
};

const VARIABLES = ["--ink", "--soft", "--paper", "--panel", "--line", "--accent", "--land", "--sea", "--border", "--cx", ...Array.from({ length: 6 }, (_, n) => [`--c${n}`, `--w${n}`]).flat()];
/** What a saved map tells of itself: its days and filters, what it is drawn from, whose lines it has. */
const sayMap = () => {
  const days = stops.length ? `True on ${sayDay(dayOf(view.on))}, as known on ${sayDay(dayOf(view.known))}` : $(".read strong").textContent;
  const chosen = FIELDS.filter((name) => name !== "claim" && view[name]).map((name) => `${name} “${view[name]}”`);
  return [[days, ...chosen].join("; "), $(".read").firstChild.textContent.replace(/ · $/, ""), $("#places figcaption p:not(.save)").textContent.trim()];
};
/** The map as a file of its own: its rules, its legend and what it says of itself inside. */
const mapFile = () => {
  const copy = map.cloneNode(true);
  for (const one of $$("[hidden]", copy)) one.remove();
  const [x, y, width, height] = map.getAttribute("viewBox").split(" ").map(Number);
  const unit = width / 560;
  const lines = [...$$("#places .key li:not([hidden])").map((item) => ({ symbol: $("svg", item), text: item.textContent })), ...sayMap().map((text) => ({ text }))];
  const tall = lines.length * 16 + 12;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", `${x} ${y} ${width} ${height + tall * unit}`);
  copy.setAttribute("width", 560 * 2);
  copy.setAttribute("height", (((height + tall * unit) / width) * 560 * 2).toFixed(0));
  if (document.body.classList.contains("war")) copy.classList.add("war");
  const style = getComputedStyle(document.documentElement);
  const rules = [...document.styleSheets[0].cssRules].filter((rule) => rule.selectorText && rule.selectorText !== ":root").map((rule) => rule.cssText);
  const sheet = svgEl("style");
  sheet.textContent = `svg{${VARIABLES.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";")};--z:${unit};background:var(--panel);font-family:sans-serif}${rules.join("\n")}`;
  const legend = svgEl("g", { transform: `translate(${x} ${y + height}) scale(${unit})` });
  legend.append(svgEl("rect", { width: 560, height: tall, fill: style.getPropertyValue("--paper") }));
  lines.forEach(({ symbol, text }, place) => {
    if (symbol) {
      const mark = svgEl("g", { class: symbol.getAttribute("class").replace(/\bk\b/, ""), transform: `translate(14 ${place * 16 + 14}) scale(.8)` });
      mark.append(...[...symbol.childNodes].map((one) => one.cloneNode(true)));
      legend.append(mark);
    }
    const words = svgEl("text", { x: symbol ? 28 : 6, y: place * 16 + 18, "font-size": 10.5, fill: style.getPropertyValue("--ink") });
    words.textContent = text.length > 110 ? `${text.slice(0, 109)}…` : text;
    legend.append(words);
  });
  copy.prepend(sheet);
  copy.append(legend);
  return new XMLSerializer().serializeToString(copy);
};
const savePng = (name) => {
  const image = new Image();
  image.onload = () => {
    const paper = el("canvas", { width: image.width, height: image.height });
    paper.getContext("2d").drawImage(image, 0, 0);
    paper.toBlob((blob) => blob && download(name, "image/png", blob), "image/png");
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(mapFile())}`;
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-save]");
  if (!button) return;
  const [name, kind] = button.dataset.save.split(".");
  const file = `mene-${name}${stops.length ? `-${dayOf(view.known)}` : ""}.${kind}`;
  if (kind === "svg") download(file, "image/svg+xml", mapFile());
  else if (kind === "png") savePng(file);
  else {
    const shown = panels.get(name)(view);
    if (kind === "csv") download(file, "text/csv;charset=utf-8", `\ufeff${asCsv(shown)}`);
    else download(file, "application/json", JSON.stringify(shown, null, 2));
  }
});
